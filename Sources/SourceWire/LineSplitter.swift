/// Cuts bytes that arrive in pieces into lines, none longer than the wire allows.
package struct LineSplitter {
  private var rest: [UInt8] = []
  /// Up to here `rest` holds no line break.
  private var searched = 0
  private let limit: Int

  package init(limit: Int = WireVersion.lineLimit) {
    self.limit = limit
  }

  /// What came after the last line break.
  package var unfinished: [UInt8] { rest }

  /// The lines that these bytes complete, without their line breaks; empty ones are left out.
  ///
  /// Errors: `WireFault` where a line is too long; the splitter is then of no further use.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws -> [[UInt8]] {
    rest.append(contentsOf: bytes)
    var lines: [[UInt8]] = []
    var start = 0
    while let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      if end - start > limit { throw tooLong }
      var line = rest[start..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if !line.isEmpty { lines.append(Array(line)) }
      start = end + 1
      searched = start
    }
    rest.removeFirst(start)
    searched = rest.count
    if rest.count > limit { throw tooLong }
    return lines
  }

  private var tooLong: WireFault { WireFault("is longer than \(limit >> 20) MiB") }
}
