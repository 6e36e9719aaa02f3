import Columns
import Engine
import Testing

/// What holds for every source, whatever it is made of.
struct SourceLaws {
  /// Makes the source of some cases and calls the body with it; the files it stands on live as
  /// long.
  let withSource: (RandomCases, (any Source) throws -> Void) throws -> Void

  /// How many of the tabulations the source made by itself.
  struct Tally {
    var asked = 0
    var pushed = 0
  }

  /// Columns hold the cells as they were written, whichever are asked for together.
  func columnsHoldTheCells(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let cases = RandomCases(seed: seed)
      try withSource(cases) { source in
        var random = SplitMix(seed: seed)
        let asked = cases.columns.indices.filter { _ in random.chance(50) }
        let names = asked.map { cases.columns[$0].name }
        let columns = try source.columns(
          names, of: RandomCases.dataset, run: UnwatchedRun())
        for (index, column) in zip(asked, columns) {
          let meaning = cases.columns[index].meaning
          let read = (0..<column.rowCount).map {
            Oracle.read(column.texts[column.codes[$0]], by: meaning)
          }
          #expect(read == cases.rows.map { Oracle.read($0[index], by: meaning) })
          #expect(column.counts.reduce(0, +) == cases.rows.count)
          #expect(
            Set((0..<column.texts.count).map { column.texts[$0] }).count == column.texts.count)
        }
      }
    }
  }

  /// What the source makes by itself is what the oracle makes.
  func pushedIsTheOracles(seeds: Range<UInt64>, questions: Int) throws -> Tally {
    var tally = Tally()
    for seed in seeds {
      let cases = RandomCases(seed: seed)
      var random = RandomQuestions(seed: seed)
      try withSource(cases) { source in
        for _ in 0..<questions {
          let question = random.tabulation()
          tally.asked += 1
          guard let made = try source.tabulate(question, run: UnwatchedRun()) else { continue }
          tally.pushed += 1
          let wanted = cases.oracle.table(for: question)
          guard made != wanted else { continue }
          Issue.record(
            """
            seed \(seed): \(question)
            \(source.statement(for: question) ?? "")
            made \(made.rows)
            not  \(wanted.rows)
            """)
          return
        }
      }
    }
    return tally
  }

  /// What is not there is said, and a run that was stopped stops.
  func problemsAreSaid() throws {
    try withSource(RandomCases(seed: 1)) { source in
      let missing = #expect(throws: SourceProblem.self) {
        try source.columns(["race"], of: "nowhere", run: UnwatchedRun())
      }
      #expect(missing?.kind == .notFound)
      let unknown = #expect(throws: SourceProblem.self) {
        try source.columns(["nothing"], of: RandomCases.dataset, run: UnwatchedRun())
      }
      #expect(unknown?.kind == .notFound)
    }
  }
}
