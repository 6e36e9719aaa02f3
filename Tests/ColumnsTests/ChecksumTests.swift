import Testing

@testable import Columns

@Suite("Checksums")
struct ChecksumTests {
  private func sum(_ bytes: some Sequence<UInt8>) -> Checksum {
    Array(bytes).withUnsafeBytes { Checksum(of: $0) }
  }

  @Test("CRC-32C gives the check value and the examples of RFC 3720, B.4")
  func published() {
    #expect(sum("123456789".utf8).value == 0xE306_9283)
    #expect(sum(Array(repeating: 0, count: 32)).value == 0x8A91_36AA)
    #expect(sum(Array(repeating: 0xFF, count: 32)).value == 0x62A8_AB43)
    #expect(sum((0..<32).map { UInt8($0) }).value == 0x46DD_794E)
  }

  @Test("pieces joined are the whole, whatever their lengths")
  func joined() {
    var dice = Dice(seed: 3)
    let bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &dice) }
    for cut in [0, 1, 500, 1023, 1024, 9999, 20_000] {
      var first = sum(bytes[..<cut])
      first.append(sum(bytes[cut...]))
      #expect(first == sum(bytes))
      var grown = Checksum()
      for piece in [bytes[..<cut], bytes[cut...]] {
        Array(piece).withUnsafeBytes { grown.append($0) }
      }
      #expect(grown == sum(bytes))
    }
  }

  @Test("every way to compute a checksum gives the same, for any length and place in memory")
  func levels() {
    var dice = Dice(seed: 4)
    let bytes = (0..<9_000).map { _ in UInt8.random(in: 0...255, using: &dice) }
    #expect(Checksum.bestLevel >= 0)
    for round in 0..<400 {
      let start = Int.random(in: 0...70, using: &dice)
      let count = round < 300 ? round * 3 : Int.random(in: 0...8_900, using: &dice)
      var plain = sum(bytes[..<start])
      for byte in bytes[start..<start + count] {
        [byte].withUnsafeBytes { plain.append($0, level: 0) }
      }
      bytes.withUnsafeBytes { all in
        let piece = UnsafeRawBufferPointer(rebasing: all[start..<start + count])
        for level in 0...Checksum.bestLevel {
          var whole = sum(bytes[..<start])
          whole.append(piece, level: level)
          #expect(whole == plain, "level \(level), \(count) bytes from \(start)")
        }
      }
    }
  }

  @Test("a file's checksums do not depend on the pieces they came in")
  func blocks() {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7919) }
    var whole = BlockChecksums()
    bytes.withUnsafeBytes { whole.append($0) }
    var pieces = BlockChecksums()
    bytes.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: 777_777) {
        pieces.append(
          UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + 777_777)]))
      }
    }
    #expect(pieces.material == whole.material)
    #expect(whole.material.count == 8 + 4 * 3)
  }
}
