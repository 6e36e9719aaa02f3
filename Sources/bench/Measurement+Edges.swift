extension Measurement {
  /// A field with half as many values as rows.
  func ids(_ file: CaseFile) throws {
    say(
      "\n## Ids: \(Text.count(file.rows)) rows, half as many values\n\n"
        + "From the CSV, as above.\n")
    var table = Table(["question", "Docket", "DuckDB", "ratio", "agrees"])
    for question in Question.manyValues {
      var own: [ChildRun] = []
      var theirs: [Peer.Answer] = []
      for _ in 0..<options.runs {
        own.append(try docket.cold(question, of: file))
        if let answer = try peers.duckDB?.answer(question, of: file) { theirs.append(answer) }
      }
      let figures = own.last.flatMap { question.reading.figures(in: $0.output) }
      let answers = theirs.suffix(1).map { (name: "DuckDB", figures: $0.figures) }
      table.add([
        question.name, Text.used(own.map(\.usage)), Text.used(theirs.map(\.usage)),
        Text.ratio(own.map(\.usage.wall).median, theirs.map(\.usage.wall).median),
        verdicts.judge(question.name, figures, answers),
      ])
    }
    say(table.text)
  }

  /// Compressed input beside the program that only unpacks it.
  func packed() throws {
    let file = try CaseFile(
      rows: min(1_000_000, options.sizes.max() ?? 1_000_000), in: options.folder)
    let packed = try file.packed()
    say(
      "\n## Packed: \(Text.count(file.rows)) rows, \(packed.byteCount / 1_000_000) MB of gzip\n")
    var table = Table(["question", "Docket", "`gunzip -c`", "ratio", "agrees"])
    let question = Question.flagship
    var own: [ChildRun] = []
    var theirs: [ChildRun] = []
    for _ in 0..<options.runs {
      own.append(try docket.cold(question, of: packed))
      theirs.append(
        try ChildRun(["sh", "-c", "exec gunzip -c \"$0\" > /dev/null", packed.path]))
    }
    let plain = question.reading.figures(in: try docket.cold(question, of: file).output)
    table.add([
      question.name, Text.used(own.map(\.usage)), Text.used(theirs.map(\.usage)),
      Text.ratio(own.map(\.usage.wall).median, theirs.map(\.usage.wall).median),
      verdicts.judge(
        "\(question.name), packed", own.last.flatMap { question.reading.figures(in: $0.output) },
        [(name: "the plain file", figures: plain)]),
    ])
    say(table.text)
  }

  /// Quotes, doubled quotes, delimiters and line breaks in every field.
  func quoted() throws {
    let rows = min(2_000_000, 2 * (options.sizes.max() ?? 1_000_000))
    let quoted = try QuotedFile(rows: rows, in: options.folder)
    say(
      "\n## Quoted: \(Text.count(rows)) rows, every field quoted, with line breaks, "
        + "\(quoted.file.byteCount / 1_000_000) MB\n")
    var table = Table(["question", "Docket", "DuckDB", "ratio", "agrees"])
    for question in [QuotedFile.question, QuotedFile.ids] {
      var own: [ChildRun] = []
      var theirs: [ChildRun] = []
      for _ in 0..<options.runs {
        own.append(try docket.cold(question, of: quoted.file))
        guard let path = peers.duckDBPath else { continue }
        let scan = "from read_csv('\(quoted.file.path)', quote='\"', escape='\"', header=true)"
        theirs.append(
          try ChildRun([
            path, "-json", "-c", question.sql.replacing("from cases", with: scan),
          ]))
      }
      var answers = theirs.suffix(1).map {
        (name: "DuckDB", figures: Figures(json: $0.output, names: question.names))
      }
      if question.name == QuotedFile.question.name {
        answers.append((name: "what was written", figures: quoted.figures))
      }
      table.add([
        question.name, Text.used(own.map(\.usage)), Text.used(theirs.map(\.usage)),
        Text.ratio(own.map(\.usage.wall).median, theirs.map(\.usage.wall).median),
        verdicts.judge(
          "quoted, \(question.name)",
          own.last.flatMap { question.reading.figures(in: $0.output) }, answers),
      ])
    }
    say(table.text)
  }
}
