/// How the bytes of a file are packed, known by its first bytes and not by its name.
enum Packing: Hashable, Sendable {
  case none, gzip, zstandard

  /// - Parameter start: the first four bytes of the file, or fewer where there are no more.
  init(start: [UInt8]) {
    if start.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Packing.isSkippable(start) {
      self = .zstandard
    } else {
      self = .none
    }
  }

  /// A Zstandard file may begin with a frame that holds no data (RFC 8878, section 3.1.2).
  private static func isSkippable(_ start: [UInt8]) -> Bool {
    start.count >= 4 && start[0] & 0xF0 == 0x50 && start[1...3].elementsEqual([0x2A, 0x4D, 0x18])
  }

  func unpacked(_ file: any ByteInput, path: String) throws(DelimitedProblem) -> any ByteInput {
    switch self {
    case .none: file
    case .gzip: try GzipInput(file, path: path)
    case .zstandard: try ZstandardInput(file, path: path)
    }
  }
}

/// What stands between the bytes of a file and its text.
struct TextContainer: Hashable, Sendable {
  let packing: Packing
  let encoding: Dialect.Encoding

  init(of file: any ByteInput, path: String) throws(DelimitedProblem) {
    packing = Packing(start: try TextContainer.prefix(of: file, count: 4))
    let text = try packing.unpacked(file, path: path)
    encoding = Dialect.encoding(of: try TextContainer.prefix(of: text, count: 4096))
  }

  /// The text of the file in UTF-8 (or in bytes of an older encoding), from its beginning.
  func text(of file: any ByteInput, path: String) throws(DelimitedProblem) -> any ByteInput {
    let unpacked = try packing.unpacked(file, path: path)
    switch encoding {
    case .bytes: return unpacked
    case .utf16(let isBigEndian): return WideTextInput(unpacked, isBigEndian: isBigEndian)
    }
  }

  /// What is worth saying about it.
  var notes: [String] {
    switch encoding {
    case .bytes: []
    case .utf16: ["the file is written in UTF-16"]
    }
  }

  /// The first bytes of an input.
  static func prefix(of input: any ByteInput, count: Int) throws(DelimitedProblem) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { room.deallocate() }
    return Array(room[..<(try input.read(into: room, at: 0))])
  }
}
