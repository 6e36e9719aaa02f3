import Glibc

/// A program on a terminal of its own, whose answers to keys are timed.
final class Terminal {
  /// Seconds from the start of the program until it showed what was waited for.
  let start: Double
  private let keyboard: Int32
  private let program: pid_t
  /// What was written since the last key.
  private var output: [UInt8] = []

  private static let patience = 60.0

  /// Starts a program and waits until it has written a text.
  init(_ command: [String], environment: [String: String], until text: String) throws {
    var size = winsize(ws_row: 50, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = -1
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, &size) == 0 else {
      throw BenchProblem("there is no terminal to be had")
    }
    defer { close(slave) }
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    keyboard = master
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A session leader without a terminal gets the first one that it opens.
    for end in STDIN_FILENO...STDERR_FILENO {
      posix_spawn_file_actions_addopen(&actions, end, ttyname(slave), O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let setsid: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, setsid)
    let begin = Clock.now
    guard let program = Child.start(command, environment, &actions, attributes: &attributes)
    else {
      close(master)
      throw BenchProblem("\(command[0]) can't be started")
    }
    self.program = program
    let end = Terminal.wait(for: text, from: master, into: &output)
    start = end.map { $0 - begin } ?? .nan
    guard end != nil else { throw BenchProblem("\(command[0]) never showed \(text)") }
  }

  deinit {
    kill(program, SIGKILL)
    _ = Child.end(program)
    close(keyboard)
  }

  /// Seconds from pressing keys until a text was written.
  func press(_ keys: String, until text: String) throws -> Double {
    output.removeAll()
    let begin = Clock.now
    Child.write(keys, to: keyboard)
    guard let end = Terminal.wait(for: text, from: keyboard, into: &output) else {
      let seen = String(decoding: output, as: UTF8.self)
      throw BenchProblem("the prompt never showed \(text) but \(seen)")
    }
    return end - begin
  }

  /// Presses keys and waits for nothing.
  func type(_ keys: String) { Child.write(keys, to: keyboard) }

  /// What was written since keys were pressed last.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// Lets what comes late pass.
  func settle() {
    while Terminal.read(keyboard, 0.05) != nil {}
  }

  /// Lets some seconds pass, and all that is written in them.
  func settle(for seconds: Double) {
    let end = Clock.now + seconds
    while Clock.now < end { _ = Terminal.read(keyboard, end - Clock.now) }
  }

  /// When the text was there.
  private static func wait(for text: String, from end: Int32, into output: inout [UInt8])
    -> Double?
  {
    let deadline = Clock.now + patience
    while Clock.now < deadline {
      guard let bytes = read(end, deadline - Clock.now) else { return nil }
      output += bytes
      if String(decoding: output, as: UTF8.self).contains(text) { return Clock.now }
    }
    return nil
  }

  private static func read(_ end: Int32, _ seconds: Double) -> ArraySlice<UInt8>? {
    var descriptor = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, max(0, Int32(seconds * 1000))) > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(end, &bytes, bytes.count)
    return count > 0 ? bytes[..<count] : nil
  }
}
