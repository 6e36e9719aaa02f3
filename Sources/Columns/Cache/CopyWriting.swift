private import Glibc

/// Writes a copy into an open file.
struct CopyWriting {
  private let head: CopyLayout.Head
  private let beginning: [UInt8]
  private let codes: Codes?
  private let texts: [UInt8]
  private let lengths: [UInt8]
  private let counts: [UInt8]
  private let outline: [UInt8]

  init(_ copy: ColumnCopy, of file: FileStamp, by program: FileStamp) {
    codes = copy.column?.codes
    let serial = copy.column?.texts.serial
    // The texts of serial numbers are not written down.
    let texts = serial == nil ? copy.column?.texts ?? Texts() : Texts()
    self.texts = texts.bytes
    let lengthWidth = CopyWriting.width(of: zip(texts.bounds.dropFirst(), texts.bounds).lazy.map(-))
    lengths = CopyWriting.packed(
      zip(texts.bounds.dropFirst(), texts.bounds).lazy.map(-), count: texts.count,
      width: lengthWidth)
    let numbers = serial == nil ? copy.column?.counts ?? [] : []
    let countWidth = CopyWriting.width(of: numbers)
    counts = CopyWriting.packed(numbers, count: numbers.count, width: countWidth)
    outline = copy.outline?.bytes ?? []
    var parts = [CopyLayout.Part](repeating: .init(), count: CopyLayout.partCount)
    outline.withUnsafeBytes { parts[0] = CopyWriting.part($0, 1) }
    codes?.withBytes { codes, width in parts[0] = CopyWriting.part(codes, width) }
    lengths.withUnsafeBytes { parts[1] = CopyWriting.part($0, lengthWidth) }
    self.texts.withUnsafeBytes { parts[2] = CopyWriting.part($0, 1) }
    counts.withUnsafeBytes { parts[3] = CopyWriting.part($0, countWidth) }
    head = CopyLayout.Head(
      program: program, file: file, ordinal: copy.ordinal, rowCount: copy.rowCount,
      textCount: copy.column?.texts.count ?? 0, faults: copy.faults, rowNotes: copy.rowNotes,
      columnNotes: copy.columnNotes, fingerprintMaterial: copy.fingerprintMaterial,
      serial: serial.map {
        CopyLayout.Serial(
          pattern: $0.pattern.written, first: Int($0.first), numberCount: $0.numberCount,
          heldTextCount: copy.column?.heldTextCount ?? 0)
      }, parts: parts)
    beginning = CopyLayout.beginning(head)
  }

  /// The size of the file to be.
  var byteCount: Int { beginning.count + head.parts.reduce(0) { $0 + $1.byteCount } }

  /// Whether all of it was written.
  func write(to descriptor: Int32) -> Bool {
    guard beginning.withUnsafeBytes({ CopyWriting.write($0, to: descriptor) }) else { return false }
    guard let codes else {
      return outline.withUnsafeBytes { CopyWriting.write($0, to: descriptor) }
    }
    return codes.withBytes { codes, _ in CopyWriting.write(codes, to: descriptor) }
      && lengths.withUnsafeBytes { CopyWriting.write($0, to: descriptor) }
      && texts.withUnsafeBytes { CopyWriting.write($0, to: descriptor) }
      && counts.withUnsafeBytes { CopyWriting.write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 24))
      let count = Glibc.write(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func part(_ bytes: UnsafeRawBufferPointer, _ width: Int) -> CopyLayout.Part {
    CopyLayout.Part(width: width, byteCount: bytes.count, checksum: Checksum(of: bytes).value)
  }

  /// The bytes that the largest of the numbers needs.
  private static func width(of numbers: some Sequence<Int>) -> Int {
    let largest = numbers.reduce(0) { max($0, $1) }
    return largest < 1 << 8 ? 1 : largest < 1 << 16 ? 2 : largest < 1 << 32 ? 4 : 8
  }

  private static func packed(_ numbers: some Sequence<Int>, count: Int, width: Int) -> [UInt8] {
    Array(unsafeUninitializedCapacity: count * width) { room, filled in
      if let base = UnsafeMutableRawPointer(room.baseAddress) {
        switch width {
        case 1: fill(base, UInt8.self, numbers)
        case 2: fill(base, UInt16.self, numbers)
        case 4: fill(base, UInt32.self, numbers)
        default: fill(base, UInt64.self, numbers)
        }
      }
      filled = count * width
    }
  }

  private static func fill<Number: FixedWidthInteger>(
    _ base: UnsafeMutableRawPointer, _: Number.Type, _ numbers: some Sequence<Int>
  ) {
    for (index, number) in numbers.enumerated() {
      base.storeBytes(
        of: Number(truncatingIfNeeded: number), toByteOffset: index * MemoryLayout<Number>.size,
        as: Number.self)
    }
  }
}

extension Codes {
  /// Lends the codes as they stand in memory, with their width.
  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer, Int) -> Result) -> Result {
    switch self {
    case .bytes(let codes): codes.withUnsafeBytes { body($0, 1) }
    case .shorts(let codes): codes.withUnsafeBytes { body($0, 2) }
    case .words(let codes): codes.withUnsafeBytes { body($0, 4) }
    }
  }
}
