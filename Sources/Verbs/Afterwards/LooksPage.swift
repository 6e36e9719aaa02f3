import Columns
package import Engine
import Statistics

/// The comparisons that a session has made, and how many would stand out by luck.
package enum LooksPage {
  /// Comparisons shown one by one; the count is of all.
  private static let shown = 50

  /// The page for the questions of a session with the p-values of their comparisons, in order.
  package static func page(of questions: [(question: String, tests: [Double])]) -> Page {
    let looks = questions.flatMap { entry in entry.tests.map { (entry.question, $0) } }
    guard !looks.isEmpty else {
      return Page(
        title: "Comparisons of this session",
        [.paragraph("None yet: no question compared two groups with a test.")])
    }
    let p = looks.map(\.1)
    let holm = PValueAdjustment.holm(p)
    let hochberg = PValueAdjustment.benjaminiHochberg(p)
    func flagged(_ values: [Double]) -> Int { values.filter { $0 < 0.05 }.count }
    let byLuck = Words.grouped(Double(p.count) * 0.05)
    let rows = looks.indices.suffix(shown).map { index -> [Cell] in
      [
        .value(.text(looks[index].0)), .number(p[index], .probability),
        .number(holm[index], .probability), .number(hochberg[index], .probability),
      ]
    }
    let table = AnswerTable(
      columns: [
        .init("question", .text), .init("p", .number), .init("Holm", .number),
        .init("Benjamini-Hochberg", .number),
      ], rows: rows, hidden: max(0, looks.count - shown))
    return Page(
      title: "Comparisons of this session",
      [
        .paragraph(
          "\(Words.count(Double(p.count), "comparison")) in \(Words.count(Double(questions.filter { !$0.tests.isEmpty }.count), "question")). \(flagged(p)) \(flagged(p) == 1 ? "stands" : "stand") out at 5%, where luck alone would make about \(byLuck). After Holm \(flagged(holm)) still \(flagged(holm) == 1 ? "does" : "do"), after Benjamini-Hochberg \(flagged(hochberg))."
        ),
        .paragraph(
          "Holm keeps the chance of even one false find below 5%; Benjamini-Hochberg keeps the part of false finds among the finds below 5%."
        ), .table(table),
      ])
  }
}
