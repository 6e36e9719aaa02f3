/// Finds where the first row at or after an offset begins, without having read what stands before.
///
/// A line break there may stand inside a quoted field. Both readings of the next bytes are tried,
/// and the one under which more rows have the header's number of fields is taken. A wrong guess is
/// noticed when the segment before has been read.
enum RowStart {
  private static let firstWindowInBytes = 1 << 13
  private static let lastWindowInBytes = 1 << 20

  static func guess(at offset: Int, in input: any ByteInput, _ shape: RowShape)
    throws(DelimitedProblem) -> Int
  {
    var windowBytes = firstWindowInBytes
    while true {
      let window = try bytes(at: offset - 1, count: windowBytes, of: input)
      let isLast = window.count < windowBytes || windowBytes >= lastWindowInBytes
      let outside = Reading(of: window, shape, isInside: false)
      if !window.contains(UInt8(ascii: "\"")), let start = outside.firstStart {
        return offset - 1 + start
      }
      let inside = Reading(of: window, shape, isInside: true)
      if outside.score != inside.score || outside.ends(like: inside) || isLast {
        let better = inside.score > outside.score ? inside : outside
        return offset - 1 + (better.firstStart ?? window.count)
      }
      windowBytes *= 8
    }
  }

  private static func bytes(at offset: Int, count: Int, of input: any ByteInput)
    throws(DelimitedProblem) -> [UInt8]
  {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { room.deallocate() }
    let filled = try input.read(into: room, at: offset)
    return Array(room[..<filled])
  }

  /// What the bytes look like if they begin inside, or outside, a quoted field.
  private struct Reading {
    /// Where the row after the first line break begins.
    var firstStart: Int?
    /// Rows of the right number of fields less the others.
    var score = 0
    private var walk: QuoteWalk
    private var fieldCount = 1

    /// Whether what follows reads the same after both, so that more bytes would tell nothing new.
    func ends(like other: Reading) -> Bool {
      firstStart != nil && other.firstStart != nil && walk == other.walk
        && fieldCount == other.fieldCount
    }

    init(of window: [UInt8], _ shape: RowShape, isInside: Bool) {
      // A quote that comes first may open a field or stand at its end: it decides nothing.
      walk = QuoteWalk(isInside: isInside, mayOpen: true)
      for (position, byte) in window.enumerated() {
        let isBreak = byte == shape.lineBreak
        guard walk.separates(byte, isBreak || byte == shape.delimiter) else { continue }
        guard isBreak else {
          fieldCount += 1
          continue
        }
        if firstStart == nil {
          firstStart = position + 1
        } else {
          score += fieldCount == shape.fieldCount ? 1 : -1
        }
        fieldCount = 1
      }
    }
  }
}
