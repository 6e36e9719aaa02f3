private import Glibc

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
      if place(of: UInt8(ascii: "\""), in: window) == nil,
        let lineBreak = place(of: shape.lineBreak, in: window)
      {
        return offset + lineBreak
      }
      let outside = Reading(of: window, shape, isInside: false)
      let inside = Reading(of: window, shape, isInside: true)
      if outside.score != inside.score || outside.ends(like: inside) || isLast {
        let better = inside.score > outside.score ? inside : outside
        return offset - 1 + (better.firstStart ?? window.count)
      }
      windowBytes *= 8
    }
  }

  /// Where a byte stands first.
  private static func place(of byte: UInt8, in window: [UInt8]) -> Int? {
    window.withUnsafeBytes { window in
      guard let base = window.baseAddress,
        let found = memchr(base, Int32(byte), window.count)
      else { return nil }
      return UnsafeRawPointer(found) - base
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
      window.withUnsafeBufferPointer { window in
        guard let bytes = window.baseAddress else { return }
        // A loop over a range alone, which is no slow one in programs for debugging either.
        for position in 0..<window.count { take(bytes[position], at: position, shape) }
      }
    }

    private mutating func take(_ byte: UInt8, at position: Int, _ shape: RowShape) {
      let isBreak = byte == shape.lineBreak
      guard walk.separates(byte, isBreak || byte == shape.delimiter) else { return }
      guard isBreak else {
        fieldCount += 1
        return
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
