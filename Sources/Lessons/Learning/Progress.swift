import Glibc

/// What a learner has finished and guessed, kept in a small text file.
///
/// One line for each fact: `finished NAME`, `reached NAME STEP`, `guess NAME LOW HIGH TRUE`,
/// `quiz RIGHT OF`.
package struct Progress: Sendable {
  /// A guess and what it was about: low and high are the same for one number.
  package struct Estimate: Hashable, Sendable {
    package let lesson: String
    package let low: Double
    package let high: Double
    package let actual: Double
  }

  /// More lines than a learner writes in years.
  private static let longestFile = 100_000

  private let path: String?
  package private(set) var finished: Set<String> = []
  package private(set) var reached: [String: Int] = [:]
  package private(set) var estimates: [Estimate] = []
  package private(set) var quizzes: [(right: Int, of: Int)] = []

  /// Reads what the file says; lines that say nothing known are left out. Without a path nothing is kept.
  package init(path: String?) {
    self.path = path
    guard let path, let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 1024)
    var count = 0
    while count < Progress.longestFile, fgets(&line, Int32(line.count), file) != nil {
      count += 1
      let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      read(String(decoding: bytes, as: UTF8.self))
    }
  }

  private mutating func read(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    switch (words.first, words.count) {
    case ("finished", 2): finished.insert(words[1])
    case ("reached", 3): reached[words[1]] = Int(words[2])
    case ("guess", 5):
      guard let low = Double(words[2]), let high = Double(words[3]), let actual = Double(words[4])
      else { return }
      estimates.append(Estimate(lesson: words[1], low: low, high: high, actual: actual))
    case ("quiz", 3):
      if let right = Int(words[1]), let of = Int(words[2]) { quizzes.append((right, of)) }
    default: break
    }
  }

  /// Notes that a lesson was gone through.
  package mutating func finish(_ lesson: String) {
    finished.insert(lesson)
    reached[lesson] = nil
    save()
  }

  /// Notes the step that a learner has come to.
  package mutating func reach(_ step: Int, of lesson: String) {
    reached[lesson] = step
    save()
  }

  /// Notes a guess and the truth, for calibration.
  package mutating func guess(_ estimate: Estimate) {
    estimates.append(estimate)
    save()
  }

  /// Notes a quiz and how many of its questions were right.
  package mutating func quiz(right: Int, of all: Int) {
    quizzes.append((right, all))
    save()
  }

  private var text: String {
    var lines = finished.sorted().map { "finished \($0)" }
    lines += reached.sorted { $0.key < $1.key }.map { "reached \($0.key) \($0.value)" }
    lines += estimates.map { "guess \($0.lesson) \($0.low) \($0.high) \($0.actual)" }
    lines += quizzes.map { "quiz \($0.right) \($0.of)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A disk that refuses costs the learner no lesson.
  private func save() {
    if let path { PrivateFile.write(text, to: path) }
  }
}

extension Progress {
  /// How the learner's guesses have come out, in a sentence or two; nothing before the first.
  package var calibration: String? {
    guard !estimates.isEmpty else { return nil }
    let points = estimates.filter { $0.low == $0.high }
    let ranges = estimates.filter { $0.low < $0.high }
    var sentences: [String] = []
    if !points.isEmpty {
      let low = points.count { $0.low < $0.actual }
      let high = points.count { $0.low > $0.actual }
      let close = points.count { abs($0.low - $0.actual) <= 0.1 * abs($0.actual) }
      sentences.append(
        "\(points.count == 1 ? "1 guess" : "\(points.count) guesses"): \(close) within a tenth of the figure, \(low) too low, \(high) too high."
      )
    }
    if !ranges.isEmpty {
      let held = ranges.count { $0.low <= $0.actual && $0.actual <= $0.high }
      sentences.append("\(held) of \(ranges.count) ranges held the figure.")
    }
    return sentences.joined(separator: " ")
  }
}
