import Columns
import Testing

@Suite("Packed files")
struct PackedFileTests {
  private static let rows = (0..<20_000).map { "\($0),\($0 % 7),\(String($0, radix: 36))" }
  private static let text = Array(("id,group,code\n" + rows.joined(separator: "\n") + "\n").utf8)

  private func cells(_ bytes: [UInt8]) throws -> [[String]] {
    let file = try DelimitedFile(bytes: bytes, named: "cases")
    return try file.read(columns: Array(file.header.indices)).columns.map(\.cells)
  }

  private func problem(_ bytes: [UInt8]) -> DelimitedProblem? {
    do {
      _ = try cells(bytes)
      return nil
    } catch {
      return error as? DelimitedProblem
    }
  }

  @Test("A Zstandard file reads as the text in it")
  func zstandard() throws {
    #expect(try cells(Packer.zstandard(Self.text)) == cells(Self.text))
  }

  @Test("Frames and members one after another are one text", arguments: [1, 5000, 14_000])
  func concatenated(cut: Int) throws {
    let (first, second) = (Array(Self.text[..<cut]), Array(Self.text[cut...]))
    let plain = try cells(Self.text)
    #expect(try cells(Packer.zstandard(first) + Packer.zstandard(second)) == plain)
    #expect(try cells(Packer.gzip(first) + Packer.gzip(second)) == plain)
  }

  @Test("What is unpacked ahead is the same text, on one core and on many", arguments: [1, 2, 3])
  func ahead(cores: Int) throws {
    // More than all the blocks that are unpacked ahead, with line breaks inside quotes at their borders.
    let rows = (0..<60_000).map { row in
      "\(row),\"line \(row % 97)\nbreak \"\"\(row % 13)\"\"\",\(String(row &* 2_654_435_761, radix: 36))\(row &* row)"
    }
    let text = Array(("id,words,code\n" + rows.joined(separator: "\n") + "\n").utf8)
    let plain = try DelimitedFile(bytes: text, named: "cases").read(columns: [0, 1, 2], cores: 1)
    for packed in [Packer.gzip(text), Packer.zstandard(text)] {
      let file = try DelimitedFile(bytes: packed, named: "cases")
      let read = try file.read(columns: [0, 1, 2], cores: cores)
      #expect(read.rowCount == 60_000)
      for (made, wanted) in zip(read.columns, plain.columns) {
        #expect(made.texts.bytes == wanted.texts.bytes && made.texts.bounds == wanted.texts.bounds)
        #expect(made.codes.words == wanted.codes.words && made.counts == wanted.counts)
      }
      #expect(try read.fingerprintMaterial == file.fingerprintMaterial())
    }
  }

  @Test("Reading that is stopped does not wait for what would be unpacked")
  func stoppedAhead() throws {
    let text =
      Array("a,b\n".utf8) + Array(repeatElement(Array("1,2\n".utf8), count: 400_000).joined())
    let file = try DelimitedFile(bytes: Packer.gzip(text), named: "cases")
    let problem = #expect(throws: DelimitedProblem.self) {
      _ = try file.read(columns: [0], cores: 2, monitor: ReadMonitor(isCancelled: { true }))
    }
    #expect(problem?.kind == .cancelled)
  }

  @Test("A skippable frame before the text is passed over")
  func skippable() throws {
    let frame: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    #expect(try cells(frame + Packer.zstandard(Self.text)) == cells(Self.text))
  }

  @Test("A file that is cut short is an error and not a shorter table")
  func truncated() {
    for packed in [Packer.zstandard(Self.text), Packer.gzip(Self.text)] {
      for share in [0.2, 0.5, 0.9, 0.999] {
        let cut = problem(Array(packed[..<Int(Double(packed.count) * share)]))
        #expect(cut?.kind == .damaged)
        #expect(cut?.message.contains("cut short") == true)
      }
    }
  }

  @Test("Garbage behind the last frame is an error")
  func garbage() {
    #expect(problem(Packer.zstandard(Self.text) + Array("garbage".utf8))?.kind == .damaged)
  }

  @Test("A bit that was turned is noticed where the frame has a checksum")
  func damaged() {
    var packed = Packer.gzip(Self.text)
    packed[packed.count / 2] ^= 0x10
    #expect(problem(packed)?.kind == .damaged)
  }
}
