import Foundation

/// Syntax files for editors, written from the words of the language.
enum EditorFile: String, CaseIterable, Sendable {
  case textMate = "docket.tmLanguage.json"
  case vim = "docket.vim"
  case nano = "docket.nanorc"

  func text(_ words: KeywordList) -> String {
    switch self {
    case .textMate: Self.textMateText(words)
    case .vim: Self.vimText(words)
    case .nano: Self.nanoText(words)
    }
  }

  /// A word stands alone: no letter, digit or mark that joins words beside it.
  private static func alternatives(_ words: [String]) -> String {
    "(?i)(?<![\\w.&'/:-])(?:\(words.joined(separator: "|")))(?![\\w&'/:-])"
  }

  private static func textMateText(_ words: KeywordList) -> String {
    let patterns: [(scope: String, match: String)] = [
      ("comment.line.number-sign.docket", "#.*$"),
      ("string.quoted.double.docket", "\"(?:[^\"]|\"\")*\""),
      ("variable.other.quoted.docket", "`(?:[^`]|``)*`"),
      (
        "constant.numeric.date.docket", "\\b[12]\\d{3}(?:-(?:[Qq][1-4]|\\d{1,2}(?:-\\d{1,2})?))?\\b"
      ),
      ("constant.numeric.docket", "(?<![\\w.])[-$]?\\d[\\d,]*(?:\\.\\d+)?(?:%|[kKmM]\\b)?"),
      ("keyword.control.verb.docket", alternatives(words.verbs)),
      ("keyword.other.definition.docket", alternatives(words.definitions)),
      ("keyword.operator.word.docket", alternatives(words.particles)),
      ("keyword.other.clause.docket", alternatives(words.clauses)),
      (
        "support.function.command.docket",
        "(?i)^\\s*(?:\(words.commands.joined(separator: "|")))\\b"
      ),
      ("keyword.operator.docket", "!=|<=|>=|\\.\\.|[=<>|?+*/-]"),
    ]
    let lines = patterns.map { pattern in
      "    { \"name\": \(quoted(pattern.scope)), \"match\": \(quoted(pattern.match)) }"
    }
    return """
      {
        "name": "Docket",
        "scopeName": "source.docket",
        "fileTypes": ["docket"],
        "patterns": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func vimText(_ words: KeywordList) -> String {
    let commands = "\\(" + words.commands.joined(separator: "\\|") + "\\)"
    return """
      " Vim syntax file of Docket. Copy to ~/.vim/syntax/ and add to ~/.vim/filetype.vim:
      "   autocmd BufRead,BufNewFile *.docket setfiletype docket
      if exists("b:current_syntax")
        finish
      endif
      syntax case ignore
      setlocal iskeyword+=-
      syntax keyword docketVerb \(words.verbs.joined(separator: " "))
      syntax keyword docketDefinition \(words.definitions.joined(separator: " "))
      syntax keyword docketClause \(words.clauses.joined(separator: " "))
      syntax keyword docketParticle \(words.particles.joined(separator: " "))
      syntax match docketCommand "^\\s*\(commands)\\>"
      syntax match docketNumber "[-$]\\?\\<\\d[0-9,.]*\\(%\\|[kKmM]\\>\\)\\?"
      syntax match docketDate "\\<[12]\\d\\{3}-\\(Q[1-4]\\|\\d\\{1,2}\\(-\\d\\{1,2}\\)\\?\\)\\>"
      syntax match docketComment "#.*$"
      syntax region docketString start=+"+ skip=+""+ end=+"+
      syntax region docketName start=+`+ skip=+``+ end=+`+
      highlight default link docketVerb Statement
      highlight default link docketDefinition Type
      highlight default link docketClause Keyword
      highlight default link docketParticle Operator
      highlight default link docketCommand Function
      highlight default link docketNumber Number
      highlight default link docketDate Number
      highlight default link docketComment Comment
      highlight default link docketString String
      highlight default link docketName Identifier
      let b:current_syntax = "docket"

      """
  }

  private static func nanoText(_ words: KeywordList) -> String {
    func word(_ list: [String]) -> String { "\"\\<(\(list.joined(separator: "|")))\\>\"" }
    return """
      # Nano syntax file of Docket. Copy to ~/.nano/ and add to ~/.nanorc: include ~/.nano/docket.nanorc
      syntax "docket" "\\.docket$"
      comment "#"
      icolor brightblue \(word(words.verbs))
      icolor magenta \(word(words.definitions))
      icolor cyan \(word(words.clauses))
      icolor blue \(word(words.particles))
      icolor green "^[[:space:]]*(\(words.commands.joined(separator: "|")))\\>"
      color yellow "\\<[0-9][0-9,.]*(%|[kKmM]\\>)?"
      color yellow "\\<[12][0-9]{3}-([Qq][1-4]|[0-9]{1,2}(-[0-9]{1,2})?)\\>"
      color red "\\"[^\\"]*\\""
      color brightred "`[^`]*`"
      color brightblack "#.*$"

      """
  }
}
