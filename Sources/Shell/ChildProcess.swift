import Glibc

/// A program that has the terminal for a while: a pager or a text editor.
///
/// It runs in its own process group in the foreground, so that Ctrl-C is its own affair.
struct ChildProcess {
  private let identifier: pid_t
  /// Where the program reads its standard input from; nothing where it reads the terminal.
  private let input: Int32?

  /// Starts a command line of the system's shell; nothing where that can't be had.
  init?(_ command: String, readsInput: Bool, arguments: [String] = []) {
    var ends: [Int32] = [-1, -1]
    if readsInput {
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if readsInput { posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO) }
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    // `exec` leaves no shell between, which would not tell when the program is suspended.
    let script = (Self.isPlain(command) ? "exec " : "") + command
    let words = ["sh", "-c", script, "sh"] + arguments
    var pointers = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, &pointers, environ)
    if readsInput { close(ends[0]) }
    guard failure == 0 else {
      if readsInput { close(ends[1]) }
      return nil
    }
    identifier = child
    Self.giveTerminal(to: child)
    input = readsInput ? ends[1] : nil
  }

  /// Hands over all of its input and waits until it ends; its exit code, or 128 and the signal's
  /// number.
  func finish(sending text: String = "") -> Int32 {
    if let input {
      Output.write(text, to: input)
      close(input)
    }
    var status: Int32 = 0
    while true {
      let ended = waitpid(identifier, &status, WUNTRACED)
      if ended < 0, errno == EINTR { continue }
      // A program of the prompt can't be suspended by itself, for nothing would wake it.
      guard ended > 0, status & 0xFF == 0x7F else { break }
      kill(-identifier, SIGCONT)
    }
    Self.takeTerminalBack(from: identifier)
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// Whether a command line is one program and its options, with nothing that means more to the
  /// shell.
  private static func isPlain(_ command: String) -> Bool {
    let isAssignment = command.split(separator: " ").first?.contains("=") ?? true
    return !isAssignment
      && command.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || " _-./+,:=\"$".unicodeScalars.contains($0)
      }
  }

  private static func attributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setpgroup(&attributes, 0)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGPIPE, SIGCONT, SIGTERM, SIGHUP, SIGQUIT] {
      sigaddset(&defaults, number)
    }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return attributes
  }

  /// Puts a process group in the foreground, and wakes it in case it already met the terminal
  /// without it.
  private static func giveTerminal(to group: pid_t) {
    guard tcgetpgrp(STDERR_FILENO) == getpgrp() else { return }
    tcsetpgrp(STDERR_FILENO, group)
    kill(-group, SIGCONT)
  }

  /// A process in the background may set the foreground group only while SIGTTOU is blocked.
  private static func takeTerminalBack(from group: pid_t) {
    guard tcgetpgrp(STDERR_FILENO) == group else { return }
    var stop = sigset_t()
    var before = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &stop, &before)
    tcsetpgrp(STDERR_FILENO, getpgrp())
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
