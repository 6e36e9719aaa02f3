/// A line of a page before it is decorated.
struct Line: Hashable, Sendable {
  private(set) var runs: [Run] = []
  /// Cells taken so far.
  private(set) var width = 0

  init() {}

  init(_ text: String, _ role: Role = .text) {
    append(text, role)
  }

  mutating func append(_ text: String, _ role: Role = .text) {
    guard !text.isEmpty else { return }
    runs.append(Run(role: role, text: text))
    width += text.cells
  }

  /// Fills with spaces up to a column; nothing happens where it is passed already.
  mutating func move(to column: Int) {
    append(String(repeating: " ", count: max(0, column - width)))
  }

  mutating func append(_ other: Line) {
    runs += other.runs
    width += other.width
  }

  /// The line's text as the decorator shows it, without spaces at its end.
  func text(_ decorator: some Decorator) -> String {
    var shown = runs
    while let last = shown.last {
      let kept = last.text.reversed().drop { $0 == " " }
      shown.removeLast()
      if kept.isEmpty { continue }
      shown.append(Run(role: last.role, text: String(kept.reversed())))
      break
    }
    return shown.map(decorator.decorated).joined()
  }
}
