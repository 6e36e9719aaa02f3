import Foundation

/// A table in Markdown, its columns aligned.
struct Table {
  private var rows: [[String]]

  init(_ header: [String]) {
    rows = [header]
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell.padding(toLength: max(width, cell.count), withPad: " ", startingAt: 0)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([line(rows[0]), line(rule)] + rows.dropFirst().map(line)).joined(separator: "\n")
  }
}

/// Figures as the bench prints them.
enum Text {
  static func number(_ value: Double) -> String { String(format: "%.3f", value) }

  static func seconds(_ value: Double) -> String {
    value.isFinite ? String(format: "%.2f", value) : "–"
  }

  /// Medians of wall and processor time.
  static func seconds(_ runs: [ChildRun]) -> String {
    guard !runs.isEmpty else { return "–" }
    return seconds(runs.map(\.wall).median) + " (" + seconds(runs.map(\.processor).median) + ")"
  }

  static func milliseconds(_ value: Double) -> String {
    value.isFinite ? String(format: "%.1f", value * 1000) : "–"
  }

  static func peak(_ runs: [ChildRun]) -> String {
    runs.isEmpty ? "–" : "\(Int(runs.map { Double($0.peakBytes) }.median / 1_000_000)) MB"
  }

  static func ratio(_ own: Double, _ theirs: Double) -> String {
    own.isFinite && theirs.isFinite ? number(own / theirs) : "–"
  }

  /// Whether an answer holds every number of a peer's.
  static func agreement(_ run: ChildRun?, _ numbers: [Double]?) -> String {
    guard let run, run.status == 0 else { return "no answer" }
    guard let numbers else { return "–" }
    return Docket.holds(numbers, in: run.output) ? "yes" : "no"
  }
}
