import Glibc
import LineEditing
import Synchronization

/// The signals of the prompt. The handlers only store a flag or write a few bytes.
package enum Signals {
  private static let interrupted = Atomic<Bool>(false)
  private static let pressed = Atomic<Int>(0)
  private static let prompting = Atomic<Bool>(false)

  /// Whether Ctrl-C came since `clearInterrupt`.
  package static var isInterrupted: Bool { interrupted.load(ordering: .acquiring) }

  /// How often Ctrl-C came.
  static var presses: Int { pressed.load(ordering: .acquiring) }

  /// Takes note of a Ctrl-C.
  static func interrupt() {
    interrupted.store(true, ordering: .releasing)
    pressed.add(1, ordering: .acquiringAndReleasing)
  }

  /// Forgets a Ctrl-C that came before the question that begins now.
  package static func clearInterrupt() {
    interrupted.store(false, ordering: .releasing)
  }

  /// Says whether a statement is being typed, for a suspended session that comes back.
  static func setPrompting(_ isPrompting: Bool) {
    prompting.store(isPrompting, ordering: .releasing)
  }

  /// Installs the handlers; must come before libedit takes signals over, or Ctrl-C ends the
  /// process.
  package static func install() {
    clearInterrupt()
    setPrompting(false)
    handle(SIGINT) { _ in Signals.interrupt() }
    handle(SIGCONT) { _ in
      if Signals.prompting.load(ordering: .acquiring) { Signals.writeMark(on: true) }
    }
    for number in [SIGTERM, SIGHUP, SIGQUIT] {
      handle(number) { number in
        if Signals.prompting.load(ordering: .acquiring) { Signals.writeMark(on: false) }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    signal(SIGPIPE, SIG_IGN)
    // Nothing but to end a wait.
    handle(wakingSignal) { _ in }
  }

  /// Nobody sends it else; without a handler it would be ignored.
  private static let wakingSignal = SIGURG

  /// Lets a call of the system that a thread waits in return.
  static func wake(_ thread: pthread_t) { pthread_kill(thread, wakingSignal) }

  /// Leaves the signals from now on to other threads, but for the one that wakes it; what this one has
  /// held back so far.
  static func leaveToOthers() -> sigset_t {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    sigdelset(&all, wakingSignal)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    return before
  }

  /// Lets this thread take the signals that it does not hold back.
  static func take(_ mask: sigset_t) {
    var mask = mask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Without restarting system calls, so that reading a statement ends at once.
  private static func handle(_ number: Int32, by handler: @escaping @convention(c) (Int32) -> Void)
  {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
  }

  /// Switches the terminal's marks around a paste; other programs set them while this one is
  /// suspended.
  private static func writeMark(on: Bool) {
    let mark: StaticString = on ? "\u{1B}[?2004h" : "\u{1B}[?2004l"
    let kept = errno
    _ = write(STDOUT_FILENO, mark.utf8Start, mark.utf8CodeUnitCount)
    errno = kept
  }
}
