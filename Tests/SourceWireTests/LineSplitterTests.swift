import SourceWire
import Testing

@Suite("Lines of the wire")
struct LineSplitterTests {
  @Test("lines come whole, however the bytes arrive", arguments: [1, 2, 3, 7, 1000])
  func pieces(size: Int) throws {
    let bytes = Array("first\n\nsecond\r\nthé third\nunfinished".utf8)
    var splitter = LineSplitter()
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = bytes[start..<min(start + size, bytes.count)]
      try piece.withUnsafeBytes { piece in
        lines += try splitter.append(piece).map { String(decoding: $0, as: UTF8.self) }
      }
    }
    #expect(lines == ["first", "second", "thé third"])
    #expect(splitter.unfinished == Array("unfinished".utf8))
  }

  @Test("a line may be as long as the limit, and no longer")
  func limit() throws {
    for (length, isTaken) in [(1 << 20, true), (1 << 20 + 1, false)] {
      var splitter = LineSplitter(limit: 1 << 20)
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: length) + [UInt8(ascii: "\n")]
      let lines = line.withUnsafeBytes { try? splitter.append($0) }
      #expect((lines != nil) == isTaken)
    }
    var endless = LineSplitter(limit: 1 << 20)
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 19)
    #expect(throws: WireFault("is longer than 1 MiB")) {
      for _ in 0..<3 { _ = try piece.withUnsafeBytes { try endless.append($0) } }
    }
  }
}
