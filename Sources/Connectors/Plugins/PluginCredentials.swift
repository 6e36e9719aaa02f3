internal import Glibc
import SourceWire

/// Where the secrets of a source come from: the environment, a command of the person's, or what
/// they type without its being shown. Never from an address, a script or an option.
package struct PluginCredentials: Sendable {
  private let plugin: PluginFile
  private let origin: String
  private let policy: any PluginPolicy

  /// - Parameter origin: what is opened, without its secrets; questions name it.
  init(_ plugin: PluginFile, origin: String, policy: any PluginPolicy) {
    self.plugin = plugin
    self.origin = origin
    self.policy = policy
  }

  /// The options that are secret; a source that says nothing of them has a password.
  private var names: [String] {
    let declared = plugin.manifest?.options.filter(\.isSecret).map(\.name) ?? []
    return declared.isEmpty ? ["password"] : declared
  }

  /// `DOCKET_POSTGRES_PASSWORD`
  private func variable(_ option: String) -> String {
    "DOCKET_" + (plugin.name + "_" + option).uppercased().replacing("-", with: "_")
  }

  /// Those that the environment holds, for the first attempt.
  var known: [WireJSON.Member] {
    names.compactMap { name in
      PluginEnvironment.value(of: variable(name)).map { .init(name, .text($0)) }
    }
  }

  /// What the command prints, to try when a source has refused those before; nothing where there is no
  /// command, or it prints nothing.
  func ofCommand() -> [WireJSON.Member]? {
    guard let name = names.first, let said = policy.attended({ printed }) else { return nil }
    return [.init(name, .text(said))]
  }

  /// Whether a command is named.
  var hasCommand: Bool { PluginEnvironment.value(of: "DOCKET_PASSWORD_COMMAND") != nil }

  /// What a person types; nothing where nobody is there, or they have typed enough.
  ///
  /// - Parameter refused: how many that they typed were refused.
  func typed(refused: Int) -> [WireJSON.Member]? {
    guard let name = names.first, refused < PluginCredentials.mostTyped else { return nil }
    let again = refused == 0 ? "" : "that \(name) was refused\n"
    guard let said = policy.secret("\(again)\(name) for \(origin): "), !said.isEmpty else {
      return nil
    }
    return [.init(name, .text(said))]
  }

  /// How often a person may type.
  private static let mostTyped = 3

  /// Where a secret can come from, for the one who has none.
  ///
  /// - Parameter isSilent: whether the command was asked, and printed nothing.
  func help(isSilent: Bool) -> [String] {
    let variables = names.map(variable).joined(separator: ", ")
    if isSilent { return ["the command in DOCKET_PASSWORD_COMMAND failed or printed nothing"] }
    return ["it can come from \(variables), or from what DOCKET_PASSWORD_COMMAND prints"]
  }

  /// The first line that `DOCKET_PASSWORD_COMMAND` prints. A script can't set it: it is run.
  private var printed: String? {
    guard hasCommand else { return nil }
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let command =
      "export DOCKET_SOURCE=\(quoted(plugin.name)) DOCKET_ADDRESS=\(quoted(origin)); "
      + "eval \"$DOCKET_PASSWORD_COMMAND\""
    // It is stopped by Ctrl-C, though this thread may hold signals back.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    let opened = popen(command, "re")
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard let pipe = opened else { return nil }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    let count = getline(&line, &capacity, pipe)
    let said = count > 0 ? line.map { String(cString: $0) } : nil
    guard pclose(pipe) == 0, let said else { return nil }
    let secret = said.prefix { $0 != "\n" && $0 != "\r\n" && $0 != "\r" }
    return secret.isEmpty ? nil : String(secret)
  }
}
