import Testing

@testable import Columns

/// What reads millions of numbers at once says what the general readers say.
@Suite("Many numbers")
struct ManyNumbersTests {
  /// `#` stands for a digit, `*` for up to nine of them.
  private static let patterns = [
    "#", "###", "*#", "*#*", "-##", "#.##", "##.#0", "-0.00", "0.00", "$##", "#,###", "2021-0#-1#",
    "2021####", "#/##/2020", "A##", "", "NA", "-", ".", "##.", ".##", "*#.*#*", "1e##", " ##",
    "0#", "Unknown",
  ]

  /// A column's texts: mostly of one pattern, some of another.
  private static func cells(_ dice: inout Dice) -> [String] {
    let main = patterns.randomElement(using: &dice) ?? ""
    let other = patterns.randomElement(using: &dice) ?? ""
    return (0..<Int.random(in: 1...40, using: &dice)).map { _ in
      var cell = ""
      for mark in Int.random(in: 0..<9, using: &dice) == 0 ? other : main {
        switch mark {
        case "#": cell += String(Int.random(in: 0...9, using: &dice))
        case "*":
          for _ in 0..<Int.random(in: 0...9, using: &dice) {
            cell += String(Int.random(in: 0...9, using: &dice))
          }
        default: cell.append(mark)
        }
      }
      return cell
    }
  }

  @Test("a plain number is what the general reader says of it")
  func plainNumbers() {
    var dice = Dice(seed: 11)
    var found = 0
    for _ in 0..<400 {
      for cell in ManyNumbersTests.cells(&dice) {
        let (plain, written) = Array(cell.utf8).withUnsafeBufferPointer {
          (PlainNumber($0), WrittenNumber($0))
        }
        guard let plain else { continue }
        found += 1
        let (units, decimals) = plain.lowestTerms
        #expect(written?.decimal == Decimal(units: Int128(units), scale: decimals), "\(cell)")
        #expect(written?.wholeDigitCount == plain.wholeDigitCount, "\(cell)")
        #expect(written?.decimalCount == plain.decimalCount, "\(cell)")
        let endsInZero: WrittenNumber.Traits =
          plain.hasTrailingZero ? (plain.decimalCount == 1 ? .pointZero : .trailingZero) : []
        #expect(written?.traits == endsInZero, "\(cell)")
      }
    }
    #expect(found > 1000)
  }

  @Test("a column's type and notes are the same however many threads look at its texts")
  func threads() {
    var dice = Dice(seed: 12)
    var types: Set<FieldType> = []
    for _ in 0..<600 {
      let column = column(ManyNumbersTests.cells(&dice))
      for missing in [[], ["NA"]] as [Set<String>] {
        for type in [nil, .decimal, .date] as [FieldType?] {
          func inferred(_ workers: Int) -> TypeInference {
            TypeInference.meaning(
              of: column, named: "x", missing: missing, as: type, workers: workers)
          }
          let alone = inferred(1)
          types.insert(alone.meaning.type)
          for workers in [2, 5] {
            #expect(inferred(workers).meaning == alone.meaning)
            #expect(inferred(workers).notes == alone.notes)
          }
        }
      }
    }
    #expect(types.count > 5)
  }

  @Test("numbers of their own are the values of the texts, each once")
  func ownNumbers() {
    var dice = Dice(seed: 13)
    var found = 0
    for _ in 0..<800 {
      let texts = column(ManyNumbersTests.cells(&dice)).texts
      for missing in [[], ["NA", "."]] as [Set<String>] {
        let meaning = Meaning(type: .decimal, dateOrder: nil, missing: missing, recode: [:])
        let values = meaning.values(of: texts)
        for workers in [1, 3] {
          guard let numbers = PlainNumbers(texts, meaning: meaning, workers: workers) else {
            continue
          }
          found += 1
          #expect(
            values == (0..<texts.count).map { numbers.decimal($0).map(Value.number) ?? .missing })
          let known = values.filter { !$0.isMissing }
          #expect(Set(known).count == known.count)
          #expect(numbers.missing == values.indices.filter { values[$0].isMissing })
        }
      }
    }
    #expect(found > 200)
  }
}
