internal import CSpawn
internal import Engine
internal import Glibc
internal import SourceWire

/// A running source: its own process group, three pipes, nothing else of ours.
///
/// It is killed with its whole group when it is let go of.
final class PluginProcess {
  let identifier: pid_t
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  private let log: PluginLog
  private let ending: Int
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []
  private var nextLine = 0
  private var outgoing: [UInt8] = []
  private var isLogOpen = true
  /// Whether the source has closed its standard output.
  private(set) var isAtEnd = false
  /// How it ended, as `waitpid` says it.
  private var status: Int32?
  /// By when it has to end what was stopped.
  private var deadline: StopDeadline?
  /// Whether it ran on until it was killed here.
  private var wasRunning = false

  /// Errors: `SourceProblem` where it can't be started.
  init(path: String, environment: [String], log: PluginLog, ending: Int) throws {
    var pipes: [[Int32]] = []
    for _ in 0..<3 {
      var ends: [Int32] = [-1, -1]
      guard pipe2(&ends, O_CLOEXEC) == 0 else {
        for end in pipes.joined() { close(end) }
        throw SourceProblem(.limit, "there are no more files to be had for another source")
      }
      pipes.append(ends)
    }
    defer { for end in [pipes[0][0], pipes[1][1], pipes[2][1]] { close(end) } }
    input = pipes[0][1]
    output = pipes[1][0]
    errors = pipes[2][0]
    self.log = log
    self.ending = ending
    let child = PluginProcess.spawn(
      path, environment, standard: [pipes[0][0], pipes[1][1], pipes[2][1]])
    guard child > 0 else {
      for end in [input, output, errors] { close(end) }
      let reason = String(cString: strerror(-child))
      throw SourceProblem(.unreadable, "\(path) can't be started: \(reason)")
    }
    identifier = child
    for end in [input, output, errors] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    end()
    for descriptor in [output, errors] { close(descriptor) }
  }

  /// The new process, or an error's number below zero.
  private static func spawn(_ path: String, _ environment: [String], standard: [Int32]) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (place, end) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(place))
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    posix_spawn_file_actions_addchdir_np(&actions, "/")
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = [strdup(path), nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var child: pid_t = 0
    var failure = ETXTBSY
    // A program that has just been written may still be open in another process for a moment.
    for _ in 0..<50 where failure == ETXTBSY {
      failure = posix_spawn(&child, path, &actions, &attributes, &words, &variables)
      if failure == ETXTBSY { usleep(20_000) }
    }
    return failure == 0 ? child : -failure
  }

  // MARK: Lines

  /// Sends a line, as far as the source reads it; the rest goes out while lines are received.
  func send(_ line: [UInt8]) {
    outgoing += line + [UInt8(ascii: "\n")]
    sendMore()
  }

  /// The next line that is there; waits for one at most so long. Nothing where none came.
  ///
  /// Errors: `WireFault` where a line is too long.
  func receive(waiting milliseconds: Int) throws -> [UInt8]? {
    if nextLine == lines.count {
      lines = []
      nextLine = 0
      try pump(waiting: milliseconds)
    }
    guard nextLine < lines.count else { return nil }
    nextLine += 1
    return lines[nextLine - 1]
  }

  /// What the source wrote after its last whole line.
  var unfinished: String { String(decoding: splitter.unfinished.prefix(400), as: UTF8.self) }

  private func pump(waiting milliseconds: Int) throws {
    if isAtEnd { return }
    var waits = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isLogOpen ? errors : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: outgoing.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&waits, nfds_t(waits.count), Int32(clamping: milliseconds)) > 0 else { return }
    if waits[1].revents != 0 { readLog() }
    if waits[2].revents != 0 { sendMore() }
    if waits[0].revents != 0 { try readOutput() }
  }

  private func readOutput() throws {
    try withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 8) { block in
      let count = read(output, block.baseAddress, block.count)
      if count > 0 {
        lines += try splitter.append(UnsafeRawBufferPointer(rebasing: block[..<count]))
      } else if count == 0 || errno != EAGAIN && errno != EINTR {
        isAtEnd = true
        readLog()
      }
    }
  }

  private func readLog() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { block in
      let count = read(errors, block.baseAddress, block.count)
      if count > 0 {
        log.append(UnsafeRawBufferPointer(rebasing: block[..<count]))
      } else if count == 0 || errno != EAGAIN && errno != EINTR {
        isLogOpen = false
      }
    }
  }

  private func sendMore() {
    guard !outgoing.isEmpty, input >= 0 else { return }
    let count = outgoing.withUnsafeBytes { PluginProcess.write(input, $0) }
    if count > 0 {
      outgoing.removeFirst(count)
    } else if errno != EAGAIN && errno != EINTR {
      // It reads no more; that it has ended is seen at its output.
      outgoing = []
    }
  }

  /// Writes to a pipe that may have no reader any more, without the signal that this raises.
  private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    var broken = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &broken, &before)
    let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    let failure = errno
    if count < 0, failure == EPIPE, !wasPending {
      var now = timespec()
      while sigtimedwait(&broken, nil, &now) < 0, errno == EINTR {}
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = failure
    return count
  }

  // MARK: Ending

  /// Whether it still runs; it is not waited for, so that its number stays its own.
  var isRunning: Bool {
    guard status == nil else { return false }
    var found = siginfo_t()
    let result = waitid(P_PID, id_t(identifier), &found, WEXITED | WNOHANG | WNOWAIT)
    return result == 0 && found.si_signo == 0
  }

  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Has it killed after a time, unless `meetDeadline` comes first.
  func setDeadline(after milliseconds: Int) {
    meetDeadline()
    deadline = StopDeadline(group: identifier, after: milliseconds)
  }

  func meetDeadline() {
    deadline?.meet()
    deadline = nil
  }

  /// Closes its input, gives it a moment to end by itself, and kills its group.
  func end() {
    closeInput()
    let start = PluginClock.milliseconds
    while isRunning, PluginClock.milliseconds - start < ending { usleep(2000) }
    kill()
  }

  /// Ends it and all that it has started, at once.
  func kill() {
    guard status == nil else { return }
    closeInput()
    meetDeadline()
    wasRunning = isRunning
    Glibc.kill(-identifier, SIGKILL)
    var ended: Int32 = 0
    while waitpid(identifier, &ended, 0) < 0, errno == EINTR {}
    status = ended
    isAtEnd = true
  }

  /// How it ended, in words: `exit 1`, `signal 9`.
  var endingWords: String {
    guard let status, !wasRunning else { return "its output is closed" }
    return status & 0x7F == 0 ? "exit \((status >> 8) & 0xFF)" : "signal \(status & 0x7F)"
  }
}

/// A clock that only goes forward.
enum PluginClock {
  static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
