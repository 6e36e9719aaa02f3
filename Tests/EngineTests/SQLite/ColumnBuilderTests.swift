import Columns
import Connectors
import Testing

@Suite("Columns built cell by cell")
struct ColumnBuilderTests {
  @Test("codes widen with the dictionary", arguments: [1, 256, 257, 65_536, 65_537, 200_000])
  func widths(distinct: Int) {
    var builder = ColumnBuilder()
    for round in 0..<2 {
      for number in 0..<distinct where round == 0 || number % 3 == 0 {
        builder.append(String(number * 7919))
      }
    }
    let column = builder.column
    let width =
      switch column.codes {
      case .bytes: 8
      case .shorts: 16
      case .words: 32
      }
    #expect(width == (distinct <= 256 ? 8 : distinct <= 65_536 ? 16 : 32))
    #expect(column.texts.count == distinct)
    #expect(column.rowCount == distinct + (distinct + 2) / 3)
    let wrong = (0..<column.rowCount).first { row in
      let number = row < distinct ? row : (row - distinct) * 3
      return column.codes[row] != number || column.texts[column.codes[row]] != String(number * 7919)
    }
    #expect(wrong == nil)
    #expect(column.counts[0] == 2)
    #expect(column.counts.reduce(0, +) == column.rowCount)
  }

  @Test("bytes that are no UTF-8 are read with a sign in their place, alike each time")
  func repairs() {
    var builder = ColumnBuilder()
    for _ in 0..<3 {
      [0x61, 0xFF].withUnsafeBufferPointer { builder.append($0) }
      builder.append("a\u{FFFD}")
    }
    let column = builder.column
    #expect(column.texts.count == 1)
    #expect(column.texts[0] == "a\u{FFFD}")
    #expect(column.counts == [6])
  }
}
