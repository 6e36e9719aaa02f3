extension Measurement {
  /// Time and memory by rows, and by the columns that are asked for.
  func growth() throws {
    say(
      """

      ## Growth

      The flagship question from the CSV, and the most memory of a session that asks the whole suite, columns \
      from the file.

      """)
    var table = Table([
      "rows", "seconds", "processor", "ns a row", "peak", "bytes a row", "session's peak",
      "bytes a row",
    ])
    for rows in options.sizes {
      let file = try CaseFile(rows: rows, in: options.folder)
      let runs = try (0..<(rows > 10_000_000 ? 1 : options.runs)).map { _ in
        try docket.cold(Question.flagship, of: file).usage
      }
      let suite = Question.suite.flatMap { $0.setting + [$0.docket] }
      let session = try docket.ask(suite, of: file, cache: "off").usage
      let wall = runs.map(\.wall).median
      let peak = runs.map { Double($0.peakBytes) }.median
      table.add([
        Text.count(rows), Text.seconds(wall), Text.seconds(runs.map(\.processor).median),
        Text.number(wall / Double(rows) * 1e9), Text.megabytes(peak),
        Text.number(peak / Double(rows)), Text.megabytes(Double(session.peakBytes)),
        Text.number(Double(session.peakBytes) / Double(rows)),
      ])
    }
    say(table.text)
    try growthByColumns()
  }

  private func growthByColumns() throws {
    let file = try CaseFile(rows: largest, in: options.folder)
    let columns = [
      "race", "method", "disposition", "agency", "sex", "age", "charge", "neighborhood", "date",
      "days", "cost", "id",
    ]
    say("\nThe rows of \(Text.count(largest)) that know so many columns, from the CSV:\n")
    var table = Table(["columns", "seconds", "processor", "peak"])
    for count in [1, 2, 3, 6, 9, 12] {
      let condition = columns.prefix(count).map { "\($0)!=?" }.joined(separator: " and ")
      let runs = try (0..<options.runs).map { _ in
        try docket.ask(["count cases \(condition)"], of: file, cache: "off").usage
      }
      table.add([
        "\(count)", Text.seconds(runs.map(\.wall).median),
        Text.seconds(runs.map(\.processor).median),
        Text.megabytes(runs.map { Double($0.peakBytes) }.median),
      ])
    }
    say(table.text)
  }
}
