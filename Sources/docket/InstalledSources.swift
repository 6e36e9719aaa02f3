import Connectors
import Glibc
import Shell

/// The sources that are programs of their own, as this installation and this person have them.
enum InstalledSources {
  static var folders: PluginFolders {
    let executable = realpath("/proc/self/exe", nil)
    defer { free(executable) }
    return PluginFolders(
      environment: Environment.all, executable: executable.map { String(cString: $0) })
  }

  static func settings(_ policy: any PluginPolicy) -> PluginSettings {
    let state = Paths(environment: Environment.all)?.state
    return PluginSettings(
      trust: PluginTrust(record: state.map { $0 + "/trusted-sources" }, policy: policy),
      logs: state.map { $0 + "/sources" })
  }

  static func catalogue(_ policy: any PluginPolicy) -> PluginCatalogue {
    PluginCatalogue(folders: folders, settings: settings(policy))
  }
}

/// The one at the terminal decides whether a source may be run, and is asked for passwords; where
/// nobody is, neither is answered.
struct PersonAtTerminal: PluginPolicy {
  let runsPlugins: Bool
  let usesNetwork: Bool

  init(runsPlugins: Bool = true, usesNetwork: Bool = true) {
    self.runsPlugins = runsPlugins
    self.usesNetwork = usesNetwork
  }

  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool {
    let why =
      isChanged
      ? "has changed since it was allowed to run"
      : "was not installed with Docket, and has not run before"
    let answer = ProgressLine.asking {
      PersonAtTerminal.answer(
        "The source \(plugin.name) \(why).\nIt is \(plugin.path)\nRun it? [y/N] ")
    }
    return ["y", "yes"].contains(answer?.lowercased() ?? "")
  }

  func secret(_ question: String) -> String? {
    var before = termios()
    guard PersonAtTerminal.isInForeground, tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO)
    quiet.c_lflag |= tcflag_t(ICANON | ISIG)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Printer.write("\n", to: STDERR_FILENO)
    }
    return ProgressLine.asking { PersonAtTerminal.answer(question) }
  }

  func attended<Result>(_ work: () -> Result) -> Result { ProgressLine.asking(work) }

  /// A line that is typed behind a question; nothing where nobody is there, or they press Ctrl-C.
  private static func answer(_ question: String) -> String? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1, isInForeground else { return nil }
    Printer.write(question, to: STDERR_FILENO)
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while waitForKey(), read(STDIN_FILENO, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
      if bytes.count > 4096 { return nil }
    }
    return nil
  }

  /// Whether keys are typed for this program; in the background they are for another, whose terminal
  /// must be left as it is.
  private static var isInForeground: Bool {
    let owner = tcgetpgrp(STDIN_FILENO)
    return owner < 0 || owner == getpgrp()
  }

  /// Waits until something was typed; whether no Ctrl-C came first, which another thread may have taken.
  private static func waitForKey() -> Bool {
    var key = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !Signals.isInterrupted {
      if poll(&key, 1, 20) > 0 { return true }
    }
    return false
  }
}
