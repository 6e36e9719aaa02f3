import Columns
import Engine
import Testing

/// What holds for every source, whatever it is made of.
struct SourceLaws {
  /// Whether the rows of a source come in the order in which the cases stand.
  var keepsOrder = true
  /// Whether some columns of the cases are serial numbers.
  var areSerial = false

  /// Makes sources of some cases and calls the body with their datasets, `cases` and `places`; the
  /// files they stand on live as long.
  let withDatasets: (RandomCases, ([Dataset]) throws -> Void) throws -> Void

  /// How many of the tabulations the source made by itself.
  struct Tally {
    var asked = 0
    var pushed = 0
    /// Of these, those that follow a link to another table.
    var linked = 0
  }

  /// A law that is broken, with what it takes to see it again.
  private struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  private func withSource(
    _ cases: RandomCases, _ body: (any Source, _ table: String) throws -> Void
  ) throws {
    try withDatasets(cases) { datasets in
      let dataset = try #require(datasets.first { $0.name == RandomCases.dataset })
      try body(dataset.source, dataset.table)
    }
  }

  /// Columns hold the cells as they were written, whichever are asked for together.
  func columnsHoldTheCells(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let cases = RandomCases(seed: seed, areSerial: areSerial)
      try withSource(cases) { source, table in
        var random = SplitMix(seed: seed)
        let asked = cases.columns.indices.filter { _ in random.chance(50) }
        let names = asked.map { cases.columns[$0].name }
        let columns = try source.columns(
          names, of: table, run: UnwatchedRun())
        try #require(columns.count == names.count)
        var read: [[Value]] = []
        for (index, column) in zip(asked, columns) {
          let meaning = cases.columns[index].meaning
          read.append(
            (0..<column.rowCount).map {
              Oracle.read(column.texts[column.codes[$0]], by: meaning)
            })
          try #require(column.rowCount == cases.rows.count)
          #expect(column.counts.reduce(0, +) == cases.rows.count)
          #expect(
            Set((0..<column.texts.count).map { column.texts[$0] }).count == column.texts.count)
        }
        let rows = cases.rows.indices.map { row in read.map { $0[row] } }
        let written = cases.rows.map { row in
          asked.map { Oracle.read(row[$0], by: cases.columns[$0].meaning) }
        }
        #expect(inOrder(rows) == inOrder(written))
      }
    }
  }

  /// The rows as a source gives them that keeps their order; else in one that the values make.
  private func inOrder(_ rows: [[Value]]) -> [[Value]] {
    if keepsOrder { return rows }
    return rows.sorted { left, right in
      for (a, b) in zip(left, right) where a != b { return a < b }
      return false
    }
  }

  /// What the source makes by itself is what the oracle makes, and the columnar engine too; what it
  /// leaves is made of its columns, and is the oracle's as well.
  func pushedIsTheOracles(seeds: Range<UInt64>, questions: Int) throws -> Tally {
    var tally = Tally()
    for seed in seeds {
      let cases = RandomCases(seed: seed, areSerial: areSerial)
      let columns = cases.asColumns
      var random = RandomQuestions(seed: seed)
      try withDatasets(cases) { datasets in
        let dataset = try #require(datasets.first { $0.name == RandomCases.dataset })
        let (source, table) = (dataset.source, dataset.table)
        let catalogue = Catalogue()
        for dataset in datasets { catalogue.add(dataset) }
        let runner = Runner(catalogue: catalogue, monitor: UnwatchedRun())
        for _ in 0..<questions {
          let question = random.tabulation()
          var asked = question
          asked.dataset = table
          tally.asked += 1
          let wanted = cases.oracle.table(for: question)
          let local = try cases.scanned(question, columns)
          if local != wanted {
            throw Broken(
              description: """
                seed \(seed): \(PlanText.text(of: question))
                the columnar engine made \(local.rows)
                not  \(wanted.rows)
                """)
          }
          let pushed = try source.tabulate(asked, run: UnwatchedRun())
          if pushed != nil {
            tally.pushed += 1
            if !question.isConfined { tally.linked += 1 }
          }
          // Which of two rows alike a pick takes is up to a source without an order.
          let isTied = !keepsOrder && !LocalEngine.picks(of: question).isEmpty
          if pushed == nil, isTied { continue }
          let made = try pushed ?? runner.tabulate(question, of: dataset)
          if made != wanted {
            throw Broken(
              description: """
                seed \(seed): \(PlanText.text(of: question))
                \(source.statement(for: asked) ?? "")
                made \(made.rows)
                not  \(wanted.rows)
                """)
          }
        }
      }
    }
    return tally
  }

  /// What is made of the source's columns is what the oracle makes, links to other sources and all.
  func scannedIsTheOracles(seeds: Range<UInt64>, questions: Int) throws {
    for seed in seeds {
      let cases = RandomCases(seed: seed, areSerial: areSerial)
      var random = RandomQuestions(seed: seed)
      try withDatasets(cases) { datasets in
        let catalogue = Catalogue()
        for dataset in datasets { catalogue.add(dataset) }
        let runner = Runner(catalogue: catalogue, monitor: UnwatchedRun())
        let dataset = try #require(catalogue.dataset(named: RandomCases.dataset))
        for _ in 0..<questions {
          let question = random.tabulation()
          let made = try runner.tabulate(question, of: dataset)
          let wanted = cases.oracle.table(for: question)
          if made != wanted {
            throw Broken(
              description: """
                seed \(seed): \(PlanText.text(of: question))
                made \(made.rows)
                not  \(wanted.rows)
                """)
          }
        }
        let listing = random.listing()
        guard case .first(let limit) = listing.choice else { return }
        let made = try runner.list(listing, of: dataset)
        let wanted = cases.oracle.list(listing, limit: limit)
        // Which rows are the first is up to a source without an order.
        if keepsOrder ? made != wanted : made.matching != wanted.matching {
          throw Broken(description: "seed \(seed): \(listing)")
        }
      }
    }
  }

  /// What is not there is said, a stopped run ends, and a fingerprint is that of the data.
  func problemsAreSaid() throws {
    var prints: Set<String> = []
    for seed in 1...2 as ClosedRange<UInt64> {
      try withSource(RandomCases(seed: seed)) { source, table in
        let missing = #expect(throws: SourceProblem.self) {
          try source.columns(["race"], of: "nowhere", run: UnwatchedRun())
        }
        #expect(missing?.kind == .notFound)
        let unknown = #expect(throws: SourceProblem.self) {
          try source.columns(["nothing"], of: table, run: UnwatchedRun())
        }
        #expect(unknown?.kind == .notFound)
        let print = try source.fingerprint(of: table)
        #expect(print.hasPrefix("sha256:") && print.utf8.count == 71)
        #expect(try source.fingerprint(of: table) == print)
        prints.insert(print)
      }
    }
    #expect(prints.count == 2)
  }
}
