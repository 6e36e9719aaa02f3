/// A small working source to begin with, as `docket source new NAME` writes it.
package struct PluginTemplate: Sendable {
  /// The languages that there is one in.
  package enum Language: String, CaseIterable, Sendable {
    case python, swift
    /// The shell.
    case sh
  }

  /// One file of a source.
  package struct File: Hashable, Sendable {
    /// Its path, in a folder of the source's name.
    package let path: String
    package let text: String
    package let isExecutable: Bool
  }

  package let files: [File]

  /// Nothing where the name holds more than small letters, digits and hyphens.
  package init?(name: String, language: Language) {
    guard PluginFolders.isName(name) else { return nil }
    let (text, ending) =
      switch language {
      case .python: (PluginTemplate.python, "")
      case .sh: (PluginTemplate.shell, "")
      case .swift: (PluginTemplate.swift, ".swift")
      }
    files = [
      File(
        path: "docket-source-\(name)\(ending)", text: text.replacing("NAME", with: name),
        isExecutable: language != .swift),
      File(
        path: "source.toml", text: PluginTemplate.manifest.replacing("NAME", with: name),
        isExecutable: false),
    ]
  }

  private static let manifest = """
    name = "NAME"
    summary = "Cases of NAME"
    schemes = ["NAME"]
    protocols = [1]
    # Say so if it does without the network where DOCKET_OFFLINE is set:
    # offline = true

    [options.url]
    type = "text"
    summary = "NAME: and where the cases are"
    required = true

    """
}
