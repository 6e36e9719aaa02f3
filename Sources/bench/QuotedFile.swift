import Foundation

/// A file whose every field is quoted and holds a delimiter, a doubled quote or a line break.
struct QuotedFile {
  let file: CaseFile
  /// How many rows hold each outcome, as its writer counted them.
  let figures: Figures

  static let question = Question(
    name: "rows by outcome", docket: "count cases by outcome",
    reading: .table(["outcome", "rows"]), names: ["outcome", "n"],
    sql: "select outcome, count(*) n from cases group by 1")

  /// Each row has an id of its own, with a line break in it.
  static let ids = Question(
    name: "distinct ids", docket: "count cases unit id",
    reading: .figure("count", ["value"]), names: ["count"],
    sql: "select count(distinct id) count from cases")

  private static let outcomes = [
    "guilty,\nplea", "dismissed \"\"early\"\"", "open\n\nstill", "\nacquitted,",
  ]

  init(rows: Int, in folder: String) throws {
    let directory = folder + "/quoted-\(rows)"
    file = CaseFile(path: directory + "/cases.csv", rows: rows)
    // Row by row the outcome is that of the sum of its digits.
    var counts = [Int](repeating: 0, count: QuotedFile.outcomes.count)
    for row in 0..<rows { counts[QuotedFile.outcome(of: row)] += 1 }
    figures = Figures(
      zip(QuotedFile.outcomes, counts).map { outcome, count in
        [.text(outcome.replacing("\"\"", with: "\"")), .number(Double(count))]
      })
    if FileManager.default.fileExists(atPath: file.path) { return }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let draft = file.path + ".part"
    guard FileManager.default.createFile(atPath: draft, contents: nil),
      let output = FileHandle(forWritingAtPath: draft)
    else { throw BenchProblem("\(draft) can't be written") }
    try output.write(contentsOf: Data("\"id\",\"note\",\"outcome\"\n".utf8))
    var text: [UInt8] = []
    for row in 0..<rows {
      text += "\"N\n\(row)\",\"seen, \(row % 97)\nthen \"\"released\"\"\n\",\"".utf8
      text += "\(QuotedFile.outcomes[QuotedFile.outcome(of: row)])\"\n".utf8
      if text.count > 1 << 20 || row == rows - 1 {
        try output.write(contentsOf: Data(text))
        text.removeAll(keepingCapacity: true)
      }
    }
    try output.close()
    try FileManager.default.moveItem(atPath: draft, toPath: file.path)
  }

  private static func outcome(of row: Int) -> Int {
    var (left, sum) = (row, 0)
    while left > 0 { (left, sum) = (left / 10, sum + left % 10) }
    return sum % outcomes.count
  }
}
