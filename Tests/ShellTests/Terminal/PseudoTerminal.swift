import Glibc

/// A program on a terminal of its own, with the keys a person would press and the screen they would
/// see.
final class PseudoTerminal {
  private(set) var screen: Screen
  /// Everything the program has written, colours and all.
  private(set) var output: [UInt8] = []

  private let keyboard: Int32
  private let program: pid_t
  private var exitCode: Int32?

  /// How long a test waits for what it expects before it fails; slow machines are no failure.
  private static let patience = 20.0

  enum Problem: Error {
    case cannotStart(String)
    case neverShown(what: String, screen: String)
    case neverEnded(screen: String)
  }

  /// Starts a program in a session of its own that the new terminal controls.
  init(
    _ path: String, arguments: [String] = [], environment: [String: String], columns: Int = 80,
    rows: Int = 24
  ) throws {
    screen = Screen(columns: columns, rows: rows)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = -1
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, &size) == 0 else {
      throw Problem.cannotStart("no terminal to be had")
    }
    defer { close(slave) }
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    keyboard = master
    // `ttyname` has one buffer for all, and tests run at once.
    var name = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard ttyname_r(slave, &name, name.count) == 0,
      let program = Self.spawn(path, arguments, environment, terminal: name)
    else {
      close(master)
      throw Problem.cannotStart(path)
    }
    self.program = program
  }

  deinit {
    if exitCode == nil {
      kill(program, SIGKILL)
      var status: Int32 = 0
      waitpid(program, &status, 0)
    }
    close(keyboard)
  }

  /// A session leader without a terminal gets the first one that it opens.
  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], terminal: [CChar]
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in STDIN_FILENO...STDERR_FILENO {
      posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let setsid: Int16 = 0x80
    posix_spawnattr_setflags(
      &attributes, setsid | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var program: pid_t = 0
    let failure = posix_spawn(&program, path, &actions, &attributes, &words, &variables)
    return failure == 0 ? program : nil
  }

  /// Presses keys, all at once.
  func press(_ keys: Key...) {
    type(keys.map(\.rawValue).joined())
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(keyboard, $0.baseAddress!, $0.count) }
      guard count > 0 else { return }
      written += count
    }
  }

  /// Pastes as a terminal does: between marks if the program has asked for them.
  func paste(_ text: String) {
    type(screen.marksPaste ? "\u{1B}[200~\(text)\u{1B}[201~" : text)
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  /// Reads the program's output until the screen is as expected, doing something again every fifth
  /// of a second.
  func wait(
    for what: String, urging urge: (() -> Void)? = nil, until isShown: (Screen) -> Bool
  ) throws {
    let deadline = Self.now() + Self.patience
    urge?()
    while !isShown(screen) {
      if read(until: urge == nil ? deadline : Self.now() + 0.2) { continue }
      guard urge != nil, Self.now() < deadline else {
        throw Problem.neverShown(what: what, screen: screen.text)
      }
      urge?()
    }
  }

  /// Waits until the text stands anywhere on the screen or has scrolled off it.
  func wait(for text: String) throws {
    try wait(for: text) { $0.text.contains(text) }
  }

  /// Waits until the cursor's row reads exactly like this.
  func wait(forRow row: String, urging urge: (() -> Void)? = nil) throws {
    try wait(for: row, urging: urge) { $0.cursorRow == row }
  }

  /// Waits until the program ends; its exit code, or 128 and the number of the signal that ended
  /// it.
  func end() throws -> Int32 {
    let deadline = Self.now() + Self.patience
    while read(until: deadline) {}
    var status: Int32 = 0
    while Self.now() < deadline {
      if waitpid(program, &status, WNOHANG) == program {
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        exitCode = code
        return code
      }
      usleep(10_000)
    }
    throw Problem.neverEnded(screen: screen.text)
  }

  func send(signal: Int32) {
    kill(program, signal)
  }

  /// Reads what there is; whether there was anything before the deadline.
  private func read(until deadline: Double) -> Bool {
    var descriptor = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    let wait = max(0, Int32((deadline - Self.now()) * 1000))
    guard poll(&descriptor, 1, wait) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(keyboard, &chunk, chunk.count)
    guard count > 0 else { return false }
    output += chunk[..<count]
    screen.write(chunk[..<count])
    return true
  }

  private static func now() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}

/// What a keyboard sends to a terminal of the xterm family.
enum Key: String {
  case enter = "\r"
  case tab = "\t"
  case escape = "\u{1B}"
  case backspace = "\u{7F}"
  case up = "\u{1B}[A"
  case down = "\u{1B}[B"
  case right = "\u{1B}[C"
  case left = "\u{1B}[D"
  case home = "\u{1B}[H"
  case end = "\u{1B}[F"
  case delete = "\u{1B}[3~"
  case wordLeft = "\u{1B}[1;5D"
  case wordRight = "\u{1B}[1;5C"
  case altEnter = "\u{1B}\r"
  case controlA = "\u{01}"
  case controlC = "\u{03}"
  case controlD = "\u{04}"
  case controlE = "\u{05}"
  case controlG = "\u{07}"
  case controlK = "\u{0B}"
  case controlL = "\u{0C}"
  case controlR = "\u{12}"
  case controlU = "\u{15}"
  case controlW = "\u{17}"
  case controlY = "\u{19}"
}
