import Columns
import Engine
import Testing

@Suite("Conditions on one row")
struct ConditionTests {
  @Test(
    "logic has three values",
    arguments: [
      // Kleene: a, b, a and b, a or b
      (true, true, true, true), (true, false, false, true), (true, nil, nil, true),
      (false, false, false, false), (false, nil, false, nil), (nil, nil, nil, nil),
    ] as [(Bool?, Bool?, Bool?, Bool?)])
  func logic(a: Bool?, b: Bool?, and: Bool?, or: Bool?) {
    let field = Field.column(name: "a", meaning: Meaning(type: .integer))
    func condition(_ truth: Bool?) -> Predicate {
      truth.map { .constant($0) } ?? .test(field, .among([n("1")]))
    }
    for (left, right) in [(a, b), (b, a)] {
      let pair = [condition(left), condition(right)]
      #expect(Evaluation.truth(of: .all(pair)) { _ in .missing } == and)
      #expect(Evaluation.truth(of: .any(pair)) { _ in .missing } == or)
    }
    #expect(Evaluation.truth(of: .not(condition(a))) { _ in .missing } == a.map { !$0 })
  }

  @Test("whether a value is missing is never unknown")
  func missing() {
    let field = Field.column(name: "a", meaning: Meaning(type: .integer))
    #expect(Evaluation.truth(of: .missing(field)) { _ in .missing } == true)
    #expect(Evaluation.truth(of: .missing(field)) { _ in n("1") } == false)
  }

  @Test(
    "a date compares with a period as a whole",
    arguments: [
      ("2021-03-31", Evaluation.Order.less), ("2021-04-01", .equal), ("2021-04-30", .equal),
      ("2021-05-01", .greater),
    ])
  func periods(date: String, order: Evaluation.Order) {
    let april = p(.month, "2021-04-15")
    #expect(Evaluation.order(d(date), april) == order)
    let late = d(date).day.map { Value.moment(seconds: $0.number * 86_400 + 86_399) } ?? .missing
    #expect(Evaluation.order(late, april) == order)
    #expect(Evaluation.decide(.compare(.lessOrEqual, april), d(date)) == (order != .greater))
    #expect(Evaluation.decide(.among([april]), d(date)) == (order == .equal))
    #expect(
      Evaluation.decide(.between(lower: april, upper: april), d(date)) == (order == .equal))
  }

  @Test("a month is in its year; periods that overlap are apart")
  func nesting() {
    let april = p(.month, "2021-04-15")
    #expect(Evaluation.order(april, p(.year, "2021-01-01")) == .equal)
    #expect(Evaluation.order(april, p(.year, "2022-01-01")) == .less)
    #expect(Evaluation.order(april, p(.week, "2021-04-29")) == .apart)
    #expect(Evaluation.compare(april, .less, p(.week, "2021-04-29")) == nil)
    #expect(Evaluation.compare(april, .equal, p(.week, "2021-04-29")) == false)
  }

  @Test("numbers compare by size whatever their form")
  func numbers() {
    #expect(Evaluation.compare(n("0.50"), .equal, .real(0.5)) == true)
    #expect(Evaluation.compare(.real(0.49), .less, n("0.5")) == true)
    #expect(Evaluation.decide(.among([.real(2)]), n("2")) == true)
    #expect(Evaluation.compare(n("10"), .greater, n("9")) == true)
  }

  @Test("text compares by its bytes, and a band with its label")
  func texts() {
    #expect(Evaluation.compare(.text("Z"), .less, .text("a")) == true)
    #expect(Evaluation.compare(.text("e\u{301}"), .equal, .text("é")) == true)
    let young = Value.band(place: 1, label: "18–24")
    #expect(Evaluation.decide(.among([.text("18–24")]), young) == true)
    #expect(Evaluation.decide(.among([.text("25–34")]), young) == false)
  }

  @Test("values of different kinds are not equal, and neither is first")
  func kinds() {
    #expect(Evaluation.compare(.text("5"), .equal, n("5")) == false)
    #expect(Evaluation.compare(.text("5"), .notEqual, n("5")) == true)
    #expect(Evaluation.compare(.text("5"), .less, n("5")) == nil)
    #expect(Evaluation.compare(.missing, .notEqual, n("5")) == nil)
  }

  @Test(
    "parts of a text are found without regard to ASCII case, and signs of patterns mean themselves",
    arguments: [
      (Test.contains("DRUG"), "possession of drugs", true), (.contains("%"), "50% of it", true),
      (.contains("%"), "half", false), (.contains("_"), "ab", false), (.contains(""), "x", true),
      (.contains("aab"), "aaab", true), (.contains("Ñ"), "ñ", false),
      (.starts("POSS"), "possession", true), (.starts("session"), "possession", false),
    ] as [(Engine.Test, String, Bool)])
  func search(test: Engine.Test, text: String, holds: Bool) {
    #expect(Evaluation.decide(test, .text(text)) == holds)
  }
}

@Suite("Fields of one row")
struct FieldTests {
  private let zone = Field.column(name: "zone", meaning: Meaning(type: .category))
  private let place = Field.column(name: "place", meaning: Meaning(type: .category))
  private let name = Field.column(name: "name", meaning: Meaning(type: .category))

  @Test("a linked field is looked up by its key, and a missing key finds nothing")
  func links() {
    let linked = Field.linked(Link(key: place, dataset: "places", target: name), value: zone)
    func value(_ key: Value) -> Value {
      Evaluation.value(
        of: linked, column: { _, _ in key },
        linked: { link, key, value in
          link.dataset == "places" && key == .text("Plaza") && value == zone
            ? .text("west") : .missing
        })
    }
    #expect(value(.text("Plaza")) == .text("west"))
    #expect(value(.text("Elsewhere")) == .missing)
    #expect(value(.missing) == .missing)
  }

  @Test("periods and weekdays are those of the date; anything else has none")
  func calendar() {
    let received = Field.column(name: "received", meaning: Meaning(type: .date))
    func value(_ field: Field, _ cell: Value) -> String {
      Evaluation.value(of: field, column: { _, _ in cell }).description
    }
    #expect(value(.period(.week, of: received), d("2021-01-03")) == "2020-W53")
    #expect(value(.period(.quarter, of: received), d("2021-04-01")) == "2021-Q2")
    #expect(value(.weekday(of: received), d("2021-01-03")) == "7")
    #expect(value(.period(.year, of: received), .text("2021")) == "?")
    #expect(value(.weekday(of: received), .missing) == "?")
  }
}

@Suite("The oracle")
struct OracleTests {
  @Test("a table of a few rows, worked out by hand")
  func byHand() {
    let race = Field.column(
      name: "race", meaning: Meaning(type: .category, missing: ["U"], recode: ["B": "Black"]))
    let cost = Field.column(name: "cost", meaning: Meaning(type: .decimal))
    let people = Field.column(name: "people", meaning: Meaning(type: .integer))
    let oracle = Oracle(tables: [
      "cases": Oracle.Table(
        fields: ["race", "cost", "people"],
        rows: [
          ["B", "1.50", "2"], ["Black", "$2.25", "1"], ["White", "", "3"], ["U", "4", "1"],
          ["White", "5", ""], ["", "0.1", "1"],
        ])
    ])
    let table = oracle.table(
      for: Tabulation(
        dataset: "cases", keys: [.field(race)],
        measures: [.rows, .sum(cost), .units(cost), .least(cost), .greatest(cost)],
        weight: people))
    #expect(
      table.rows.map { ($0.keys + $0.measures).map(\.description).joined(separator: " ") } == [
        "Black 3 5.25 2 1.5 2.25",
        "White 3 0 0 ? ?",
        "? 2 4.1 2 0.1 4",
      ])
    let none = oracle.table(
      for: Tabulation(dataset: "cases", rows: .constant(false), measures: [.rows, .sum(cost)]))
    #expect(none.rows.map(\.measures) == [[n("0"), n("0")]])
  }
}
