import Columns
import Foundation

@testable import EngineTests

/// The tables of the one transcript: made up, the same every time, with what sources tend to differ in.
///
/// Missing values as NULL, as empty texts and as a code; letters composed and in pieces; dates with
/// and without a time; money to the cent, also owed; whole numbers beyond 2⁵³; codes with noughts in
/// front; people with several cases; places that a case may not have.
enum SameCases {
  static let tables = [cases, places]

  private static let places = TestTable(
    name: "places",
    fields: [
      .init(name: "name", type: .category), .init(name: "zone", type: .category),
      .init(name: "residents", type: .integer),
    ],
    rows: [
      ["Northeast", "east", "1200"], ["Ñuñoa", "west", "88"], ["Plaza", "west", nil],
      ["O'Hare", nil, "15"], ["ドラッグ通り", "east", "9007199254740993"],
    ])

  private static let cases: TestTable = {
    var random = SplitMix(seed: 20_210_401)
    return TestTable(
      name: "cases",
      fields: [
        .init(name: "case_id", type: .code), .init(name: "person", type: .code),
        .init(name: "race", type: .category), .init(name: "sex", type: .category),
        .init(name: "age", type: .integer), .init(name: "gun", type: .category),
        .init(name: "charge", type: .code), .init(name: "place", type: .category),
        .init(name: "note", type: .text), .init(name: "received", type: .date),
        .init(name: "closed", type: .date), .init(name: "booked", type: .datetime),
        .init(name: "balance", type: .decimal), .init(name: "reference", type: .integer),
      ],
      rows: (1...480).map { row($0, &random) })
  }()

  private static func row(_ number: Int, _ random: inout SplitMix) -> [String?] {
    let received = Day(number: 18_262 + Int.random(in: 0..<720, using: &random))
    let isClosed = random.chance(70)
    let closed = Day(number: received.number + Int.random(in: 0...200, using: &random))
    // The letter é as one character, and as an e with an accent behind it.
    let notes = [
      "caf\u{E9}", "cafe\u{301}", "CAFE", "", nil, "50% of it", "a_b", "O'Hare", "x x",
      "\"quoted\"",
      "back\\slash", "ドラッグ", "𝒳 over", "na\u{EF}ve; two, three", "na\u{EF}ve",
    ]
    let cents = Int.random(in: -5_000...90_000, using: &random)
    return [
      digits(number, 5), digits(Int.random(in: 1...300, using: &random), 4),
      random.pick(["Black", "Black", "Black", "White", "White", "Asian", "U", "", nil]),
      random.pick(["F", "M", "M", "M", nil]),
      random.chance(6) ? nil : "\(Int.random(in: 15...78, using: &random))",
      random.pick(["Y", "N", "N", nil]),
      random.pick(["007", "07", "7", "12E04", "220.10", "220.1"]),
      random.pick(["Northeast", "Ñuñoa", "Plaza", "O'Hare", "ドラッグ通り", "elsewhere", nil]),
      random.pick(notes), random.chance(4) ? nil : received.description,
      isClosed ? closed.description : nil,
      random.chance(20)
        ? nil : received.description + random.pick([" 00:00:00", " 08:30:00", " 23:59:59"]),
      random.chance(8) ? nil : money(cents),
      random.chance(10)
        ? nil : "\(9_007_199_254_740_990 + Int.random(in: 0...9, using: &random))",
    ]
  }

  private static func digits(_ number: Int, _ length: Int) -> String {
    String(repeating: "0", count: max(0, length - "\(number)".count)) + "\(number)"
  }

  private static func money(_ cents: Int) -> String {
    (cents < 0 ? "-" : "") + "\(abs(cents) / 100)." + digits(abs(cents) % 100, 2)
  }
}

extension TestTable {
  /// The made-up cases of the laws. A column in which a cell is not of its type is one of texts, as is
  /// one of dates that are written in another order.
  static func tables(of cases: RandomCases) -> [TestTable] {
    [
      table(RandomCases.dataset, cases.columns, cases.rows),
      table(RandomCases.places, RandomCases.placeColumns, cases.placeRows),
    ]
  }

  private static func table(
    _ name: String, _ columns: [(name: String, meaning: Meaning)], _ rows: [[String]]
  ) -> TestTable {
    let fields = columns.enumerated().map { index, column in
      let type = column.meaning.type
      let isWritten = rows.allSatisfy { row in
        row[index].isEmpty || fits(row[index], type)
      }
      return Field(name: column.name, type: isWritten ? type : .text)
    }
    let cells = rows.enumerated().map { number, row in
      zip(row, fields).map { cell, field -> String? in
        let isTyped = field.type.isNumber || field.type.isDate
        return cell.isEmpty && (isTyped || number % 2 == 0) ? nil : cell
      }
    }
    return TestTable(name: name, fields: fields, rows: cells)
  }

  private static func fits(_ cell: String, _ type: FieldType) -> Bool {
    switch type {
    case .integer: return Int64(cell).map { "\($0)" == cell } ?? false
    case .decimal, .real: return Decimal(plain: cell)?.description == cell
    case .date, .datetime:
      let value = Meaning(type: type, dateOrder: .yearMonthDay).value(of: cell)
      return !value.isMissing && value.description == cell
    case .text, .code, .category, .boolean: return true
    }
  }
}
