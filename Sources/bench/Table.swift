import Foundation

/// Writes a line at once, so that a long run can be followed.
func say(_ text: String) {
  FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

/// Says something that is no part of the results.
func tell(_ text: String) {
  FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
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

  /// As many digits as a number has.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(format: "%.0f", value) : "\(value)"
  }

  static func seconds(_ value: Double) -> String {
    value.isFinite ? String(format: value < 1 ? "%.3f" : "%.2f", value) : "–"
  }

  static func milliseconds(_ value: Double) -> String {
    value.isFinite ? String(format: "%.1f", value * 1000) : "–"
  }

  static func megabytes(_ bytes: Double) -> String { "\(Int((bytes / 1_000_000).rounded())) MB" }

  /// Medians of wall and processor time and of peak memory: `0.41 (0.77), 62 MB`.
  static func used(_ runs: [Usage]) -> String {
    guard !runs.isEmpty else { return "–" }
    let times =
      seconds(runs.map(\.wall).median) + " (" + seconds(runs.map(\.processor).median) + ")"
    return times + ", " + megabytes(runs.map { Double($0.peakBytes) }.median)
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
  static func summary(_ ratios: [Double], _ name: String, of what: String? = nil) {
    guard let largest = ratios.max() else { return }
    say(
      "- \(what.map { $0 + " ÷ " } ?? "÷ ")\(name): geometric mean \(number(ratios.geometricMean)), "
        + "at most \(number(largest))")
  }
}

extension [Double] {
  /// The middle one, or the mean of the two in the middle.
  var median: Double {
    let sorted = self.sorted()
    guard let last = sorted.indices.last else { return .nan }
    return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
  }

  /// The geometric mean.
  var geometricMean: Double { exp(map { log($0) }.reduce(0, +) / Double(count)) }
}
