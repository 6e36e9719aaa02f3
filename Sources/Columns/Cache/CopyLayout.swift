/// How a copy stands in its file: a mark, the length and checksum of a head, the head, and the
/// parts of the column, each with its length and checksum in the head.
///
/// Numbers are little-endian. A file that differs in a single byte, or in its length, is no copy.
enum CopyLayout {
  /// The last digit changes with the layout.
  static let mark = Array("DOCKET·COLUMN·4".utf8)
  /// The mark, then the length and the checksum of the head.
  static var fixedByteCount: Int { mark.count + 8 }
  /// The longest head that is read: a file of 16 TB has block checksums of 64 MB.
  static let longestHead = 1 << 26

  /// The parts begin at a multiple of so many bytes, so that codes can be used as they stand.
  static let alignment = 64

  /// Codes, the lengths of the texts, the texts, and the counts; of serial numbers codes alone, of the rows
  /// alone their outline in the first.
  static let partCount = 4

  /// One part: how wide its numbers are, how many bytes, and what these add up to.
  struct Part: Hashable {
    var width = 1
    var byteCount = 0
    var checksum: UInt32 = 0
  }

  /// What the head says.
  struct Head {
    var program: FileStamp
    var file: FileStamp
    var ordinal: Int
    var rowCount: Int
    var textCount: Int
    var faults: [String]
    var rowNotes: [String]
    var columnNotes: [String]
    var fingerprintMaterial: [UInt8]
    var serial: Serial?
    var parts: [Part]
  }

  /// What the texts of serial numbers are.
  struct Serial: Hashable {
    var pattern: [UInt8]
    var first: Int
    var numberCount: Int
    var heldTextCount: Int
  }

  // MARK: - Writing

  /// The bytes before the parts.
  static func beginning(_ head: Head) -> [UInt8] {
    var bytes: [UInt8] = []
    put(head.program, &bytes)
    put(head.file, &bytes)
    for number in [head.ordinal, head.rowCount, head.textCount] { put(number, &bytes) }
    for notes in [head.faults, head.rowNotes, head.columnNotes] {
      put(notes.count, &bytes)
      for note in notes { put(Array(note.utf8), &bytes) }
    }
    put(head.fingerprintMaterial, &bytes)
    put(head.serial?.pattern ?? [], &bytes)
    if let serial = head.serial {
      for number in [serial.first, serial.numberCount, serial.heldTextCount] {
        put(number, &bytes)
      }
    }
    for part in head.parts {
      for number in [part.width, part.byteCount, Int(part.checksum)] { put(number, &bytes) }
    }
    let end = fixedByteCount + bytes.count + MemoryLayout<Int>.size
    put([UInt8](repeating: 0, count: (alignment - end % alignment) % alignment), &bytes)
    let checksum = bytes.withUnsafeBytes { Checksum(of: $0).value }
    return mark + littleEndian(UInt32(bytes.count)) + littleEndian(checksum) + bytes
  }

  private static func put(_ stamp: FileStamp, _ bytes: inout [UInt8]) {
    put(Array(stamp.path.utf8), &bytes)
    for number in [
      stamp.byteCount, Int(bitPattern: UInt(stamp.device)), Int(bitPattern: UInt(stamp.inode)),
      stamp.modified, stamp.changed,
    ] {
      put(number, &bytes)
    }
  }

  static func put(_ run: [UInt8], _ bytes: inout [UInt8]) {
    put(run.count, &bytes)
    bytes += run
  }

  static func put(_ number: Int, _ bytes: inout [UInt8]) {
    bytes += littleEndian(number)
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  // MARK: - Reading

  /// The length of the head and what it adds up to; nothing where the mark is another.
  static func head(of beginning: ArraySlice<UInt8>) -> (byteCount: Int, checksum: UInt32)? {
    guard beginning.count >= fixedByteCount, beginning.starts(with: mark) else { return nil }
    var reader = Reader(beginning.dropFirst(mark.count))
    guard let count = reader.number(UInt32.self), let sum = reader.number(UInt32.self),
      count <= longestHead
    else { return nil }
    return (Int(count), sum)
  }

  /// The head, which must be whole.
  static func head(_ bytes: ArraySlice<UInt8>, checksum: UInt32) -> Head? {
    guard bytes.withUnsafeBytes({ Checksum(of: $0).value }) == checksum else { return nil }
    var reader = Reader(bytes)
    guard let program = reader.stamp(), let file = reader.stamp(), let ordinal = reader.number(),
      let rowCount = reader.size(), let textCount = reader.size(), let faults = reader.texts(),
      let rowNotes = reader.texts(), let columnNotes = reader.texts(), let material = reader.run(),
      let pattern = reader.run()
    else { return nil }
    var serial: Serial?
    if !pattern.isEmpty {
      guard let first = reader.size(), let count = reader.size(), let held = reader.size() else {
        return nil
      }
      serial = Serial(
        pattern: Array(pattern), first: first, numberCount: count, heldTextCount: held)
    }
    var parts: [Part] = []
    for _ in 0..<partCount {
      guard let width = reader.size(), let count = reader.size(), let sum = reader.size(),
        let checksum = UInt32(exactly: sum)
      else { return nil }
      parts.append(Part(width: width, byteCount: count, checksum: checksum))
    }
    guard reader.run() != nil, reader.isAtEnd else { return nil }
    return Head(
      program: program, file: file, ordinal: ordinal, rowCount: rowCount, textCount: textCount,
      faults: faults, rowNotes: rowNotes, columnNotes: columnNotes,
      fingerprintMaterial: Array(material), serial: serial, parts: parts)
  }

  /// Takes numbers and texts from bytes, as far as these go.
  struct Reader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Int.self) -> Number? {
      let width = MemoryLayout<Number>.size
      guard bytes.count >= width else { return nil }
      defer { bytes = bytes.dropFirst(width) }
      return Number(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(as: Number.self) })
    }

    /// A number that can't be negative.
    mutating func size() -> Int? {
      number().flatMap { $0 >= 0 ? $0 : nil }
    }

    mutating func run() -> ArraySlice<UInt8>? {
      guard let count = size(), count <= bytes.count else { return nil }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count)
    }

    mutating func texts() -> [String]? {
      guard let count = size(), count <= bytes.count else { return nil }
      var texts: [String] = []
      for _ in 0..<count {
        guard let text = run() else { return nil }
        texts.append(String(decoding: text, as: UTF8.self))
      }
      return texts
    }

    mutating func stamp() -> FileStamp? {
      guard let path = run(), let byteCount = size(), let device = number(UInt64.self),
        let inode = number(UInt64.self), let modified = number(), let changed = number()
      else { return nil }
      return FileStamp(
        path: String(decoding: path, as: UTF8.self), byteCount: byteCount, device: device,
        inode: inode, modified: modified, changed: changed)
    }
  }
}
