import Testing

@testable import Columns

@Suite("Where fields and rows end")
struct BlockIndexTests {
  /// What the rule for quotes says of each byte.
  private struct Walked: Equatable {
    var positions: [Int32] = [-1]
    var rowEnds: [Int32] = []
    var endsInsideQuotes = false
    var hasQuotedBreaks = false

    init(_ bytes: [UInt8], _ shape: RowShape) {
      var walk = QuoteWalk()
      for (place, byte) in bytes.enumerated() {
        let isBreak = byte == shape.lineBreak
        guard walk.separates(byte, isBreak || byte == shape.delimiter) else {
          if isBreak { hasQuotedBreaks = true }
          continue
        }
        if isBreak { rowEnds.append(Int32(positions.count)) }
        positions.append(Int32(place))
      }
      endsInsideQuotes = walk.isInside
    }

    init(_ bytes: [UInt8], _ shape: RowShape, level: Int) {
      var index = BlockIndex(capacity: (bytes.count + 63) / 64 * 64, level: level)
      self.init(bytes, shape, &index)
    }

    init(_ bytes: [UInt8], _ shape: RowShape, _ index: inout BlockIndex) {
      let padded = bytes + Array(repeating: 0, count: 128)
      padded.withUnsafeBufferPointer {
        if let base = $0.baseAddress { index.scan(base, count: bytes.count, shape: shape) }
      }
      positions = (0..<index.positionCount).map { index.positions[$0] }
      rowEnds = (0..<index.rowCount).map { index.rowEnds[$0] }
      endsInsideQuotes = index.endsInsideQuotes
      hasQuotedBreaks = index.hasQuotedBreaks
    }
  }

  @Test("every scan that the machine has finds what the rule for quotes says")
  func scans() {
    var dice = Dice(seed: 29)
    let shape = RowShape(delimiter: UInt8(ascii: ","), lineBreak: UInt8(ascii: "\n"), fieldCount: 3)
    for round in 0..<160 {
      // From hardly any separator in 64 bytes to nothing else.
      let separators = [40, 8, 3, 1][round % 4]
      let marks: [UInt8] = round % 3 == 0 ? Array(",,,\n\"".utf8) : Array(",,\n".utf8)
      let bytes = (0..<Int.random(in: 0...900, using: &dice)).map { _ -> UInt8 in
        let isMark = Int.random(in: 0..<separators, using: &dice) == 0
        return isMark
          ? marks.randomElement(using: &dice) ?? 0 : UInt8.random(in: 97...122, using: &dice)
      }
      let walked = Walked(bytes, shape)
      for level in 0...BlockIndex.bestLevel {
        #expect(Walked(bytes, shape, level: level) == walked, "round \(round), level \(level)")
      }
    }
  }

  /// A block of rows that mostly have `fieldCount` fields, quoted or not, and perhaps half a row behind them.
  private func block(
    fieldCount: Int, raggedOf: Int, dice: inout Dice
  ) -> (bytes: [UInt8], isRegular: Bool) {
    var bytes: [UInt8] = []
    var isRegular = true
    for _ in 0..<Int.random(in: 0...60, using: &dice) {
      var count = fieldCount
      if raggedOf > 0, Int.random(in: 0..<raggedOf, using: &dice) == 0 {
        count += [-1, 1].randomElement(using: &dice) ?? 0
      }
      let fields = (0..<max(1, count)).map { _ in
        ["", "a", "\"b,\nc\"", "\"\"\"d\"\"\"", "efghijklm"].randomElement(using: &dice) ?? ""
      }
      if fields.count != fieldCount { isRegular = false }
      bytes += Array(fields.joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
    }
    let rest = Int.random(in: 0..<max(1, fieldCount), using: &dice)
    for _ in 0..<rest { bytes += Array("x,".utf8) }
    return (bytes, isRegular)
  }

  @Test(
    "blocks of regular rows and others, one after another, are found as the rule for quotes says")
  func regularRows() {
    var dice = Dice(seed: 31)
    for level in 0...BlockIndex.bestLevel {
      for fieldCount in [1, 2, 5] {
        let shape = RowShape(
          delimiter: UInt8(ascii: ","), lineBreak: UInt8(ascii: "\n"), fieldCount: fieldCount)
        var index = BlockIndex(capacity: 1 << 14, level: level)
        for round in 0..<120 {
          let (bytes, isRegular) = block(
            fieldCount: fieldCount, raggedOf: round % 3 == 0 ? 20 : 0, dice: &dice)
          #expect(Walked(bytes, shape, &index) == Walked(bytes, shape), "round \(round)")
          #expect(index.isRegular == isRegular, "round \(round), level \(level)")
          let rows = index.rowCount
          index.closeLastRow(at: bytes.count, shape: shape)
          let added = index.positionCount - 1 - (rows == 0 ? 0 : Int(index.rowEnds[rows - 1]))
          #expect(index.isRegular == (isRegular && added == fieldCount), "round \(round)")
        }
      }
    }
  }
}
