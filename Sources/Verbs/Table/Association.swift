import Diagnostics
import Engine
import Statistics
import Syntax

/// How far the rows and columns of a table go together: a test, and Cramér's V.
struct Association {
  private let table: ContingencyTable?
  private let card: MethodCard
  private let test: HypothesisTest
  private let p: Double?

  /// By Pearson's chi-square, or by the test that `using` names.
  init(_ counts: [[Int]], _ method: Name?) throws {
    table = ContingencyTable(counts)
    card = try Association.card(method)
    switch card.id {
    case MethodCatalogue.yates.id: test = table?.yates() ?? .undefined
    case MethodCatalogue.gTest.id: test = table?.gTest() ?? .undefined
    default: test = table?.pearson() ?? .undefined
    }
    p = isExact(card) ? table?.fisher().p : test.p
  }

  private static func card(_ name: Name?) throws -> MethodCard {
    let cards = [
      MethodCatalogue.pearson, MethodCatalogue.yates, MethodCatalogue.gTest,
      MethodCatalogue.fisherTable,
    ]
    guard let name else { return cards[0] }
    if let card = MethodCatalogue.card(named: name.text, in: .contingency), cards.contains(card) {
      return card
    }
    throw VerbMessages.unknownMethod(name.text, cards.map(\.id), at: name.span)
  }

  /// The statistic, V and p as figures; where expected counts are small, an exact p beside them.
  func write(_ names: [String], _ what: String, _ answer: inout Answer) {
    let reason = test.p == nil ? "a row or column is empty, or there is only one" : nil
    let statistic = card.id == MethodCatalogue.gTest.id ? "G" : "chi-square"
    // Fisher's test has no statistic of its own: Pearson's stands in the line above its p.
    let statisticCard = isExact(card) ? MethodCatalogue.pearson : card
    let v = table?.cramersV()
    let figures = [
      Figure(
        "chi-square", statistic, test.statistic, method: statisticCard.id, reason: reason,
        form: .number(decimals: 2)),
      Figure("cramers-v", "Cramér's V", v, method: "cramers-v", reason: reason, form: .ratio),
      Figure("p", "p", p, method: card.id, reason: reason, form: .probability),
    ]
    answer.figures += figures
    answer.tests = p.map { [$0] } ?? []
    for card in [statisticCard, MethodCatalogue.cramersV, card] { answer.cite(card) }
    var lines = [
      FigureLine(
        figures[0], remark: test.df.map { "with \(Int($0)) degrees of freedom" } ?? ""),
      FigureLine(figures[1], remark: "0 apart, 1 together"),
      FigureLine(
        figures[2], remark: card.id == MethodCatalogue.pearson.id ? "" : card.name),
    ]
    if let least = table?.leastExpected, least < 5, !isExact(card) {
      lines += exact(least, &answer)
    }
    answer.blocks.append(.figures(lines))
    let strength = v.map { "V \(Numbers.decimal($0, 2))" } ?? "V not to be had"
    let chance = p.map { "p \(Numbers.probability($0))" } ?? "no test is possible"
    let of = what.isEmpty ? "" : " of \(what)"
    answer.sentences = [Words.sentence("\(names[0]) by \(names[1])\(of): \(strength), \(chance).")]
    answer.steps = steps(statistic)
  }

  private func exact(_ least: Double, _ answer: inout Answer) -> [FigureLine] {
    answer.cautions.append(
      Caution(
        "small-expected",
        "Some cells expect fewer than 5 (the least \(Numbers.decimal(least, 1))), so the "
          + "chi-square p is rough."))
    guard let exact = table?.fisher() else { return [] }
    let figure = Figure(
      "p-exact", "p, exact", exact.p, method: MethodCatalogue.fisherTable.id,
      reason: exact.p == nil ? "too many tables to go through" : nil,
      form: .probability)
    answer.figures.append(figure)
    answer.cite(MethodCatalogue.fisherTable)
    return [FigureLine(figure, remark: "Fisher's test")]
  }

  private func steps(_ statistic: String) -> [String] {
    let value = test.statistic.map { Numbers.decimal($0, 4) } ?? "not to be had"
    let formula =
      switch card.id {
      case MethodCatalogue.yates.id: "sum of (|count − expected| − 1/2)² ÷ expected"
      case MethodCatalogue.gTest.id: "2 × sum of count × log (count ÷ expected)"
      default: "sum of (count − expected)² ÷ expected"
      }
    guard let table, let row = table.rowTotals.first, let column = table.columnTotals.first,
      let count = table.rows.first?.first
    else { return [] }
    let expected = row * column / max(1, table.total)
    let least = Double(min(table.rowTotals.count, table.columnTotals.count) - 1)
    let chiSquare = table.pearson().statistic.map { Numbers.decimal($0, 4) } ?? "not to be had"
    let v = table.cramersV().map { Numbers.decimal($0, 4) } ?? "not to be had"
    let df =
      test.df.map { ", with (rows − 1) × (columns − 1) = \(Words.grouped($0)) degrees" } ?? ""
    return [
      "expected = row total × column total ÷ all; of the first cell, which counts "
        + "\(Words.grouped(Double(count))): \(Words.grouped(row)) × \(Words.grouped(column)) ÷ "
        + "\(Words.grouped(table.total)) = \(Numbers.decimal(expected, 2))",
      "\(statistic) = \(formula) = \(value)\(df)",
      "Cramér's V = root of (chi-square ÷ (all × (the lesser of rows and columns − 1))) = root of "
        + "(\(chiSquare) ÷ (\(Words.grouped(table.total)) × \(Words.grouped(least)))) = \(v)",
    ]
  }
}

private func isExact(_ card: MethodCard) -> Bool { card.id == MethodCatalogue.fisherTable.id }
