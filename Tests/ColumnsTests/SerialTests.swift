import Testing

@testable import Columns

/// Texts that are written around one number each are held as these numbers; what the rows say is the same.
struct SerialTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func pattern(_ texts: [String]) -> SerialPattern? {
    SerialPattern(of: texts.map(bytes))
  }

  @Test(
    "a pattern reads the numbers of its texts, and writes the texts of its numbers",
    arguments: [
      (["D10000017", "D00000001", "D99999999"], [10_000_017, 1, 99_999_999]),
      (["2016-000123", "2021-999999"], [2_016_000_123, 2_021_999_999]),
      (["CR-16-1234/567-8", "CR-00-0000/000-0"], [16_123_456_78, 0]),
      (["50.00", "4049.99", "0.07"], [5000, 404_999, 7]),
      (["7", "120", "0", "9999999999999999"], [7, 120, 0, 9_999_999_999_999_999]),
      (["0007", "0120"], [7, 120]),
      (["1.5", "123456789.0"], [15, 1_234_567_890]),
    ] as [([String], [UInt64])])
  func patterns(_ texts: [String], _ numbers: [UInt64]) throws {
    let pattern = try #require(SerialTests.pattern(texts))
    #expect(texts.map { pattern.number(of: SerialTests.bytes($0)) } == numbers)
    #expect(
      numbers.map { String(decoding: pattern.text(of: $0), as: UTF8.self) } == texts)
    #expect(SerialPattern(written: pattern.written) == pattern)
  }

  @Test(
    "texts without one pattern have none",
    arguments: [
      ["12", "D12"], ["D12", "D123"], ["12", "012"], ["1.5", "1.50"], ["a", "b"], ["1-2-3-4-5"],
      ["-5", "12"], [""], ["D1234567890123456"], ["1,5", "1.5"],
    ])
  func noPattern(_ texts: [String]) {
    #expect(SerialTests.pattern(texts) == nil)
  }

  @Test(
    "a text of another pattern has no number",
    arguments: [
      "D1000001", "D100000017", "E10000017", "D1000001a", "D1000001/", "D1000001:", "d10000017", "",
      "D10000017 ", "D١0000017",
    ])
  func otherTexts(_ text: String) throws {
    let fixed = try #require(SerialTests.pattern(["D10000017"]))
    #expect(fixed.number(of: SerialTests.bytes(text)) == nil)
    let amount = try #require(SerialTests.pattern(["50.00"]))
    for other in ["05.00", ".50", "00.50", "5.0", "5.000", "5,00", "500", "-5.00", "5.0a", "$5.00"]
    {
      #expect(amount.number(of: SerialTests.bytes(other)) == nil, "\(other)")
    }
    #expect(amount.number(of: SerialTests.bytes("0.50")) == 50)
  }
}
