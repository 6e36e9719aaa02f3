/// Words that a person wrote into a report: paragraphs, lists, emphasis, code and links of Markdown.
///
/// Everything else stays as it was written; markup of HTML is shown, not obeyed.
struct MarkdownNote {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Paragraphs and lists.
  var html: String {
    var parts: [String] = []
    var paragraph: [String] = []
    var list: [String] = []
    func close() {
      if !paragraph.isEmpty {
        parts.append(Markup.element("p", [], inline(paragraph.joined(separator: " "))))
      }
      if !list.isEmpty {
        let items = list.map { Markup.element("li", [], inline($0)) }
        parts.append(Markup.element("ul", [], "\n" + items.joined(separator: "\n") + "\n"))
      }
      (paragraph, list) = ([], [])
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let words = line.drop(while: \.isWhitespace)
      if words.isEmpty {
        close()
      } else if words.hasPrefix("- ") || words.hasPrefix("* ") {
        if !paragraph.isEmpty { close() }
        list.append(String(words.dropFirst(2)))
      } else if let last = list.last, line.first?.isWhitespace == true {
        list[list.count - 1] = last + " " + words
      } else {
        if !list.isEmpty { close() }
        paragraph.append(String(words))
      }
    }
    close()
    return parts.joined(separator: "\n")
  }

  /// Code first, whose signs mean nothing else; then links, strong and emphasised words.
  private func inline(_ text: String) -> String {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    return pieces.enumerated().map { index, piece in
      let escaped = Markup.escaped(String(piece))
      guard !index.isMultiple(of: 2), index < pieces.count - 1 else {
        return (index.isMultiple(of: 2) ? "" : "`") + emphasised(linked(escaped))
      }
      return Markup.element("code", [], escaped)
    }.joined()
  }

  private func emphasised(_ text: String) -> String {
    text.replacing(#/\*\*([^*]+)\*\*/#) { "<strong>\($0.output.1)</strong>" }
      .replacing(#/\*([^*\s][^*]*)\*/#) { "<em>\($0.output.1)</em>" }
  }

  /// Links to pages of the web and to mail, and no others.
  private func linked(_ text: String) -> String {
    text.replacing(#/\[([^\]]+)\]\(((?:https?:\/\/|mailto:)[^\s)]+)\)/#) {
      "<a href=\"\($0.output.2)\">\($0.output.1)</a>"
    }
  }
}
