/// Collects the lines of a text page and fits words to its width.
struct TextLayout {
  let style: Style
  private(set) var lines: [Line] = []

  init(_ style: Style) {
    self.style = style
  }

  /// An empty line, but never two and none at the beginning.
  mutating func blank() {
    if let last = lines.last, last.width > 0 { lines.append(Line()) }
  }

  mutating func add(_ line: Line) {
    lines.append(line)
  }

  mutating func add(_ more: [Line]) {
    lines += more
  }

  /// Words over the whole width; what stands in `lead` opens the first line and indents the others.
  mutating func paragraph(_ text: String, _ role: Role = .text, lead: String = "") {
    var opening = lead
    for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let shown = String(part).shown(ascii: style.ascii)
      for words in shown.wrapped(to: style.width.map { $0 - lead.cells }) {
        var line = Line(opening, role)
        line.append(words, role)
        lines.append(line)
        opening = "".padded(to: lead.cells)
      }
    }
  }

  /// The page as text; every line ends with a line break.
  var text: String {
    style.colour ? text(TerminalDecorator()) : text(PlainDecorator())
  }

  private func text(_ decorator: some Decorator) -> String {
    let shown = lines.map { $0.text(decorator) + "\n" }
    // An empty line parts what follows; at the end nothing does.
    return shown.prefix((shown.lastIndex { $0 != "\n" } ?? -1) + 1).joined()
  }
}
