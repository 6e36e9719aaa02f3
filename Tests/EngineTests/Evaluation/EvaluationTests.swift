import Columns
import Engine
import Testing

/// Short ways to write values in tests.
func n(_ text: String) -> Value { Decimal(plain: text).map(Value.number) ?? .missing }
func d(_ text: String) -> Value {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return Day(year: parts[0], month: parts[1], day: parts[2]).map(Value.date) ?? .missing
}
func p(_ unit: PeriodUnit, _ text: String) -> Value {
  d(text).day.map { .period(Period(unit, of: $0)) } ?? .missing
}

@Suite("Calculations on one row")
struct CalculationTests {
  @Test(
    "decimals stay exact",
    arguments: [
      (Arithmetic.add, "0.1", "0.2", "0.3"), (.subtract, "1", "0.9", "0.1"),
      (.multiply, "1.5", "-0.04", "-0.06"),
      (.add, "999999999999999999999", "1", "1000000000000000000000"),
    ])
  func exact(operation: Arithmetic, left: String, right: String, result: String) {
    #expect(Evaluation.calculate(operation, n(left), n(right)) == n(result))
  }

  @Test("a quotient is a double, and missing by zero")
  func division() {
    #expect(Evaluation.calculate(.divide, n("1"), n("4")) == .real(0.25))
    #expect(Evaluation.calculate(.divide, n("7"), n("2")) == .real(3.5))
    #expect(Evaluation.calculate(.divide, n("1"), n("0")) == .missing)
    #expect(Evaluation.calculate(.divide, .real(1), .real(0)) == .missing)
  }

  @Test("numbers beyond 38 digits become doubles and never trap")
  func overflow() {
    let large = n("999999999999999999999999999999")
    let small = n("0.00000000000000000000000000001")
    let square = Evaluation.calculate(.multiply, large, large).double ?? 0
    #expect((square / 1e60 - 1).magnitude < 1e-15)
    #expect(Evaluation.calculate(.add, large, small).double == 1e30)
    #expect(Evaluation.order(small, large) == .less)
    #expect(Evaluation.order(large, small) == .greater)
  }

  @Test("a missing operand, or one of another kind, makes the result missing")
  func missing() {
    for operation in [Arithmetic.add, .subtract, .multiply, .divide] {
      #expect(Evaluation.calculate(operation, .missing, n("1")) == .missing)
      #expect(Evaluation.calculate(operation, n("1"), .text("1")) == .missing)
    }
  }

  @Test("dates move by whole days, and their difference is in days")
  func dates() {
    #expect(Evaluation.calculate(.add, d("2020-02-28"), n("2")) == d("2020-03-01"))
    #expect(Evaluation.calculate(.subtract, d("2020-03-01"), n("2")) == d("2020-02-28"))
    #expect(Evaluation.calculate(.add, d("2020-02-28"), n("0.5")) == .missing)
    #expect(Evaluation.calculate(.add, d("9999-12-31"), n("1")) == .missing)
    #expect(Evaluation.calculate(.subtract, d("2021-01-01"), d("2020-01-01")) == n("366"))
    let start = Value.moment(seconds: 0)
    #expect(Evaluation.calculate(.subtract, .moment(seconds: 151_200), start) == .real(1.75))
    #expect(Evaluation.calculate(.subtract, .moment(seconds: 172_800), start) == n("2"))
  }

  // Python: datetime.date(…).isocalendar()
  @Test(
    "parts of a date are numbers",
    arguments: [
      ("2020-12-31", 2020, 4, 12, 53, 4, 31), ("2021-01-03", 2021, 1, 1, 53, 7, 3),
      ("2021-01-04", 2021, 1, 1, 1, 1, 4), ("2018-12-31", 2018, 4, 12, 1, 1, 31),
      ("2024-02-29", 2024, 1, 2, 9, 4, 29),
    ])
  func parts(
    date: String, year: Int, quarter: Int, month: Int, week: Int, weekday: Int, day: Int
  ) {
    let functions: [(Function, Int)] = [
      (.year, year), (.quarter, quarter), (.month, month), (.week, week), (.weekday, weekday),
      (.day, day),
    ]
    for (function, expected) in functions {
      let value = Evaluation.value(of: .call(function, [.literal(d(date))])) { _ in .missing }
      #expect(value == .number(Decimal(expected)), "\(function)")
    }
  }

  @Test(
    "halves round away from zero",
    arguments: [
      ("2.5", "0", "3"), ("-2.5", "0", "-3"), ("2.49", "0", "2"), ("1.005", "2", "1.01"),
      ("-0.4", "0", "0"), ("7", "3", "7"),
    ])
  func rounding(number: String, digits: String, result: String) {
    let value = Evaluation.value(
      of: .call(.round, [.literal(n(number)), .literal(n(digits))])
    ) { _ in .missing }
    #expect(value == n(result))
  }

  @Test("text of nothing but white space is missing once it is trimmed")
  func texts() {
    func call(_ function: Function, _ text: String) -> Value {
      Evaluation.value(of: .call(function, [.literal(.text(text))])) { _ in .missing }
    }
    #expect(call(.trim, " \tMain St\u{a0}") == .text("Main St"))
    #expect(call(.trim, " \t ") == .missing)
    #expect(call(.lower, "ÑANDÚ") == .text("ñandú"))
  }

  @Test("a choice on an unknown condition is missing; the first value that is there is kept")
  func choices() {
    let age = Field.column(name: "age", meaning: Meaning(type: .integer))
    let adult = Predicate.test(age, .compare(.greaterOrEqual, n("18")))
    let choice = Expression.choose(
      when: adult, then: .literal(.text("adult")), otherwise: .literal(.text("child")))
    #expect(Evaluation.value(of: choice) { _ in n("18") } == .text("adult"))
    #expect(Evaluation.value(of: choice) { _ in n("17") } == .text("child"))
    #expect(Evaluation.value(of: choice) { _ in .missing } == .missing)
    let first = Expression.call(.coalesce, [.field(age), .literal(n("0"))])
    #expect(Evaluation.value(of: first) { _ in .missing } == n("0"))
    #expect(Evaluation.value(of: first) { _ in n("5") } == n("5"))
  }
}

@Suite("Bands")
struct BandTests {
  private func bands(_ bounds: [String], isWhole: Bool) -> Bands {
    Bands(bounds: bounds.compactMap { Decimal(plain: $0) }, isWhole: isWhole)
  }

  @Test("whole numbers are named by their first and last, others by their bounds")
  func labels() {
    #expect(
      bands(["25", "18", "26"], isWhole: true).labels == ["under 18", "18–24", "25", "26 and over"])
    #expect(
      bands(["18", "25"], isWhole: false).labels == ["under 18", "18 to under 25", "25 and over"])
    #expect(
      bands(["0.5", "25"], isWhole: true).labels == ["under 0.5", "0.5 to under 25", "25 and over"])
  }

  @Test("a number stands in the class that begins at or below it")
  func places() {
    let ages = bands(["18", "25"], isWhole: true)
    let classes = ["17", "18", "24", "25"].map { ages.value(of: n($0)).description }
    #expect(classes == ["under 18", "18–24", "18–24", "25 and over"])
    #expect(ages.value(of: .real(24.999)).description == "18–24")
    #expect(ages.value(of: .missing) == .missing)
    #expect(ages.value(of: .text("20")) == .missing)
  }

  @Test("bands stand in the order of their bounds, not of their names")
  func order() {
    let costs = bands(["9", "100"], isWhole: true)
    let values = ["500", "5", "50"].map { costs.value(of: n($0)) }
    #expect(values.sorted().map(\.description) == ["under 9", "9–99", "100 and over"])
  }

  @Test("an age is a whole number by its type, and so are days and parts of dates")
  func whole() {
    let age = Expression.field(.column(name: "age", meaning: Meaning(type: .integer)))
    let cost = Expression.field(.column(name: "cost", meaning: Meaning(type: .decimal)))
    #expect(age.isWhole)
    #expect(!cost.isWhole)
    #expect(Expression.arithmetic(.add, age, .literal(n("1"))).isWhole)
    #expect(!Expression.arithmetic(.divide, age, .literal(n("1"))).isWhole)
    #expect(Expression.call(.round, [cost]).isWhole)
  }
}
