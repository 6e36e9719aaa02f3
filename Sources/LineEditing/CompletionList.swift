/// Lays out completions in columns under their kinds, as the second Tab shows them.
struct CompletionList {
  let completions: [Completion]
  /// Columns and rows of the terminal that may be used.
  let width: Int
  let height: Int

  private static let gap = 3

  /// The rows of the list; the last says how many completions did not fit.
  func rows() -> [String] {
    let groups = grouped()
    let margin = (groups.map(\.kind.displayWidth).max() ?? 0) + 2
    var rows: [String] = []
    var shown = 0
    for group in groups {
      for (index, row) in columns(of: group.cells, width: width - margin).enumerated() {
        guard rows.count < height - 1 else { break }
        rows.append((index == 0 ? group.kind : "").padded(to: margin) + row.text)
        shown += row.count
      }
    }
    if shown < completions.count {
      rows.append("… and \(completions.count - shown) more".truncated(to: width))
    }
    return rows
  }

  /// The completions by kind, kinds in the order of their first member.
  private func grouped() -> [(kind: String, cells: [String])] {
    var groups: [(kind: String, cells: [String])] = []
    for completion in completions {
      let cell =
        completion.detail.isEmpty
        ? completion.display : "\(completion.display) \(completion.detail)"
      if let index = groups.firstIndex(where: { $0.kind == completion.kind }) {
        groups[index].cells.append(cell)
      } else {
        groups.append((completion.kind, [cell]))
      }
    }
    return groups
  }

  /// Cells side by side, read row by row since the best come first; a cell wider than the screen is
  /// cut.
  private func columns(of cells: [String], width: Int) -> [(text: String, count: Int)] {
    let width = max(1, width)
    let cells = cells.map { $0.truncated(to: width) }
    let cellWidth = cells.map(\.displayWidth).max() ?? 0
    let perRow = max(1, (width + Self.gap) / (cellWidth + Self.gap))
    return stride(from: 0, to: cells.count, by: perRow).map { start in
      let row = cells[start..<min(start + perRow, cells.count)]
      let padded = row.dropLast().map { $0.padded(to: cellWidth + Self.gap) } + row.suffix(1)
      return (padded.joined(), row.count)
    }
  }
}
