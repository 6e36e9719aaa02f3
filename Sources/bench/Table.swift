import Foundation

/// Writes a line at once, so that a long run can be followed.
func say(_ text: String) {
  FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

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
  static func seconds(_ runs: [Usage]) -> String {
    guard !runs.isEmpty else { return "–" }
    return seconds(runs.map(\.wall).median) + " (" + seconds(runs.map(\.processor).median) + ")"
  }

  static func milliseconds(_ value: Double) -> String {
    value.isFinite ? String(format: "%.1f", value * 1000) : "–"
  }

  static func peak(_ runs: [Usage]) -> String {
    let bytes = runs.map { Double($0.peakBytes) }.median
    return bytes > 0 ? "\(Int(bytes / 1_000_000)) MB" : "–"
  }

  static func ratio(_ own: Double, _ theirs: Double) -> String {
    own.isFinite && theirs.isFinite ? number(own / theirs) : "–"
  }

  /// `100 k`, `10 M`
  static func count(_ rows: Int) -> String {
    rows % 1_000_000 == 0 && rows > 0
      ? "\(rows / 1_000_000) M" : rows % 1000 == 0 ? "\(rows / 1000) k" : "\(rows)"
  }

  /// One line on the ratios to a peer.
  static func summary(_ ratios: [Double], _ name: String) {
    guard let largest = ratios.max() else { return }
    say(
      "- of \(name)'s time: geometric mean \(number(ratios.geometricMean)), "
        + "at most \(number(largest))")
  }

  /// Whose numbers an answer all holds: `yes`, or the names of those it does not agree with.
  static func agreement(_ run: ChildRun?, _ answers: [(name: String, numbers: [Double]?)]) -> String
  {
    guard let run, run.status == 0 else { return "no answer" }
    let given = answers.filter { $0.numbers?.isEmpty == false }
    let others = given.filter { !Docket.holds($0.numbers ?? [], in: run.output) }.map(\.name)
    if given.isEmpty { return "–" }
    return others.isEmpty ? "yes" : "not with \(others.joined(separator: ", "))"
  }
}
