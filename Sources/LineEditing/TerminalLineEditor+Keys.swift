import CLibEdit

/// A key that no keyboard sends (a control character of the upper half), for what one function of
/// ours leaves to another or to libedit.
enum PrivateKey: Unicode.Scalar {
  case accept = "\u{80}"
  case end = "\u{81}"
  case deleteNext = "\u{82}"
  case mark = "\u{83}"
  case lineStart = "\u{84}"
  case lineEnd = "\u{85}"
  case killRegion = "\u{86}"
  case list = "\u{87}"
  case searchOn = "\u{89}"
  case begin = "\u{8A}"
  case commandMode = "\u{8B}"

  /// The function it is bound to.
  var function: String {
    switch self {
    case .accept: "ed-newline"
    case .end: "ed-end-of-file"
    case .deleteNext: "ed-delete-next-char"
    case .mark: "em-set-mark"
    case .lineStart: "statement-kill-line-start"
    case .lineEnd: "statement-kill-line-end"
    case .killRegion: "em-kill-region"
    case .list: "statement-list"
    case .searchOn: "statement-search-on"
    case .begin: "statement-begin"
    case .commandMode: "vi-command-mode"
    }
  }
}

extension TerminalLineEditor {
  /// Keys that mean the same in every map. `\M-` stands for Escape before a key, `\C[` for `ESC [`.
  private static let plainKeys: [(key: String, function: String)] = [
    ("^M", "statement-enter"),
    ("^J", "statement-enter"),
    ("^I", "statement-complete"),
    ("^C", "statement-interrupt"),
    ("^Z", "statement-suspend"),
    ("^\\", "statement-abandon"),
    ("^D", "statement-delete"),
    ("^R", "statement-search"),
    ("^A", "statement-line-start"),
    ("^E", "statement-line-end"),
    ("^K", "statement-kill-line"),
    ("^U", "statement-kill-back"),
    ("^P", "statement-up"),
    ("^N", "statement-down"),
    ("^H", "statement-backspace"),
    ("^?", "statement-backspace"),
  ]

  /// What terminals send after `ESC [` for the keys that have no character.
  private static let longKeys: [(key: String, function: String)] = [
    ("A", "statement-up"),
    ("B", "statement-down"),
    ("C", "ed-next-char"),
    ("D", "ed-prev-char"),
    ("H", "statement-line-start"),
    ("F", "statement-line-end"),
    ("1~", "statement-line-start"),
    ("4~", "statement-line-end"),
    ("7~", "statement-line-start"),
    ("8~", "statement-line-end"),
    ("3~", "ed-delete-next-char"),
    ("1;5C", "em-next-word"),
    ("1;5D", "ed-prev-word"),
    ("1;3C", "em-next-word"),
    ("1;3D", "ed-prev-word"),
    ("200~", "statement-paste"),
  ]

  /// Keys of vi's command mode that would leave the history to libedit, which has none.
  private static let commandKeys: [(key: String, function: String)] = [
    ("k", "statement-up"), ("j", "statement-down"), ("+", "statement-down"),
    ("\\-", "statement-up"), ("/", "statement-search"),
  ]

  /// Binds what the prompt can't do without, whatever `~/.editrc` has done to the maps.
  ///
  /// In vi's maps Escape is a key by itself. There a function reads what follows and hands longer
  /// keys on behind the one-byte forms of `ESC [` and `ESC O` (U+009B, U+008F), which are bound in
  /// every map.
  func bindKeys() {
    let isVi = line_editor_map(editor).map { $0.pointee == wchar_t(UInt8(ascii: "v")) } ?? false
    for (key, function) in Self.plainKeys { bind(key, to: function) }
    for key in PrivateKey.allCases { bind(String(key.rawValue), to: key.function) }
    for (key, function) in Self.longKeys {
      bind("\u{9B}" + key, to: function)
      if !isVi { bind("\\e[" + key, to: function) }
      if key.utf8.count == 1 {
        bind("\u{8F}" + key, to: function)
        if !isVi { bind("\\eO" + key, to: function) }
      }
    }
    if isVi {
      bind("\\e", to: "statement-escape", inCommandMode: "statement-escape-command")
      for (key, function) in Self.commandKeys { bindInCommandMode(key, to: function) }
    } else {
      bind("\\e^M", to: "statement-line")
      bind("\\e^J", to: "statement-line")
    }
  }

  private func bind(_ key: String, to function: String, inCommandMode other: String? = nil) {
    _ = withWide(key) { key in withWide(function) { line_editor_bind(editor, key, $0) } }
    bindInCommandMode(key, to: other ?? function)
  }

  private func bindInCommandMode(_ key: String, to function: String) {
    _ = withWide(key) { key in
      withWide(function) { line_editor_bind_alternate(editor, key, $0) }
    }
  }

  /// Escape in vi's maps: alone it leads to command mode, before other keys it belongs to them.
  func escape(inCommandMode: Bool) -> EditorEffect {
    guard hasKeyWaiting(), let key = nextKey() else {
      if !inCommandMode { push(.commandMode) }
      return .nothing
    }
    switch key {
    case "[":
      var sequence = "\u{9B}"
      while let next = nextKey() {
        sequence.unicodeScalars.append(next)
        if ("@"..."~").contains(next) { break }
      }
      push(sequence)
    case "O":
      push("\u{8F}" + (nextKey().map { String($0) } ?? ""))
    case "\r", "\n":
      return openLine()
    default:
      let mode = inCommandMode ? "" : String(PrivateKey.commandMode.rawValue)
      push(mode + String(key))
    }
    return .nothing
  }
}

extension PrivateKey: CaseIterable {}
