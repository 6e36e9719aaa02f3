import Foundation

extension Bench {
  /// A field with a value for every other row, grouped by.
  func manyValues(_ file: CaseFile) throws {
    guard options.sections.contains("ids"),
      let duckDB = peers.cold.first(where: { $0.name == "DuckDB" })
    else { return }
    say(
      "\n### A field with half as many values as rows\n\nSeconds (processor seconds) and peak memory, from the CSV.\n"
    )
    var table = Table(["question", "Docket", "peak", "DuckDB", "peak", "ratio", "agrees"])
    for question in Question.manyValues {
      var own: [ChildRun] = []
      var theirs: [Peer.Answer] = []
      for _ in 0..<min(2, options.runs) {
        own.append(try docket.cold(question, of: file))
        if let answer = try duckDB.cold(question, of: file) { theirs.append(answer) }
      }
      table.add([
        question.name, Text.seconds(own.map(\.usage)), Text.peak(own.map(\.usage)),
        Text.seconds(theirs.map(\.usage)), Text.peak(theirs.map(\.usage)),
        Text.ratio(own.map(\.wall).median, theirs.map(\.usage.wall).median),
        Text.agreement(own.last, [("DuckDB", theirs.last?.numbers)]),
      ])
    }
    say(table.text)
  }

  /// Compressed input, and quotes and line breaks in every field.
  func edges() throws {
    guard options.sections.contains("edges") else { return }
    say(
      "\n## Packed and quoted\n\nSeconds (processor seconds), medians of \(options.runs) runs.\n")
    var table = Table(["what", "Docket", "peak", "beside", "seconds", "ratio", "agrees"])
    let rows = min(1_000_000, options.sizes.max() ?? 1_000_000)
    let file = try CaseFile(rows: rows, in: options.folder)
    try compare(
      "flagship ratio of \(Text.count(rows)) rows, gzip", Question.suite[0],
      of: try file.packed(), beside: "gunzip -c", &table
    ) { ["sh", "-c", "gunzip -c '\($0.path)' > /dev/null"] }
    let quoted = try QuotedFile(rows: 2 * rows, in: options.folder)
    if let duckDB = peers.duckDBPath {
      try compare(
        "\(Text.count(2 * rows)) rows, every field quoted, with line breaks", QuotedFile.question,
        of: quoted.file, beside: "DuckDB", numbers: quoted.numbers, &table
      ) {
        [
          duckDB, "-csv", "-c",
          "select outcome, count(*) n from read_csv('\($0.path)', quote='\"', escape='\"', header=true) group by 1",
        ]
      }
    }
    say(table.text)
  }

  private func compare(
    _ name: String, _ question: Question, of file: CaseFile, beside other: String,
    numbers: [Double]? = nil, _ table: inout Table, _ command: (CaseFile) -> [String]
  ) throws {
    var own: [ChildRun] = []
    var theirs: [ChildRun] = []
    for _ in 0..<options.runs {
      own.append(try docket.cold(question, of: file))
      theirs.append(try ChildRun(command(file)))
    }
    let expected: [(String, [Double]?)] = numbers.map { [("the writer", $0)] } ?? []
    table.add([
      name, Text.seconds(own.map(\.usage)), Text.peak(own.map(\.usage)), other,
      Text.seconds(theirs.map(\.usage)),
      Text.ratio(own.map(\.wall).median, theirs.map(\.wall).median),
      Text.agreement(own.last, expected),
    ])
  }

  /// From the start of a process to its end.
  func start() throws {
    guard options.sections.contains("start") else { return }
    say("\n## Start\n\nMilliseconds from the start of a process to its end.\n")
    var table = Table(["what", "wall", "processor"])
    let office = options.project + "/examples/data/office.docket"
    var commands = [
      ("docket --version", [options.docket, "--version"]),
      ("docket, figures alone", [options.docket, "-c", "share 162 of 200"]),
      (
        "docket, the bundled example",
        [options.docket, "-c", "ratio buybust race=Black vs kcmo-jackson", office]
      ),
    ]
    if let duckDB = peers.duckDBPath {
      commands.append(("duckdb, select 1", [duckDB, "-c", "select 1"]))
    }
    var runs = [[ChildRun]](repeating: [], count: commands.count)
    for _ in 0..<4 * options.runs {
      for (place, command) in commands.enumerated() { runs[place].append(try ChildRun(command.1)) }
    }
    for (command, runs) in zip(commands, runs) {
      table.add([
        command.0, Text.milliseconds(runs.map(\.wall).median),
        Text.milliseconds(runs.map(\.processor).median),
      ])
    }
    say(table.text)
  }
}
