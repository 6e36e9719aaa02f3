private import Glibc

/// Reads a copy from an open file, or finds that it is none.
struct CopyReading {
  private let descriptor: Int32
  /// Whether codes may stay in the file.
  private let isMapped: Bool
  private var offset = 0

  /// Codes stay in the file, which nobody writes to once it has its name; but not in one that another
  /// machine shares, and may take away.
  init(_ descriptor: Int32, mayMap: Bool) {
    self.descriptor = descriptor
    isMapped = mayMap && !FileStamp.isRemote(descriptor)
  }

  /// The copy, if the file is one of this content made by this program, to the last byte.
  mutating func copy(of file: FileStamp, ordinal: Int, by program: FileStamp) -> ColumnCopy? {
    guard let head = head(), head.program == program, head.file == file, head.ordinal == ordinal
    else { return nil }
    let content: ColumnCopy.Content
    if ordinal >= 0 {
      guard let column = column(head) else { return nil }
      content = .column(ordinal: ordinal, column)
    } else {
      guard let bytes = bytes(head.parts[0].byteCount, checksum: head.parts[0].checksum),
        let outline = FileOutline(bytes), outline.places.rowCount == head.rowCount
      else { return nil }
      content = .rows(outline)
    }
    return ColumnCopy(
      of: file, content, rowCount: head.rowCount, faults: head.faults,
      rowNotes: head.rowNotes, columnNotes: head.columnNotes,
      fingerprintMaterial: head.fingerprintMaterial)
  }

  /// The head, if it is whole and the file is as long as it says.
  private mutating func head() -> CopyLayout.Head? {
    var status = stat()
    // What others own or may write is not trusted to be a copy that this program made.
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
      status.st_mode & (S_IWGRP | S_IWOTH) == 0,
      let start = bytes(CopyLayout.fixedByteCount, checksum: nil),
      let (count, checksum) = CopyLayout.head(of: start[...]),
      let head = bytes(count, checksum: nil).flatMap({
        CopyLayout.head($0[...], checksum: checksum)
      })
    else { return nil }
    var left = Int(status.st_size) - offset
    for part in head.parts {
      guard part.byteCount <= left else { return nil }
      left -= part.byteCount
    }
    return left == 0 ? head : nil
  }

  // MARK: - The column

  private mutating func column(_ head: CopyLayout.Head) -> Column? {
    if let serial = head.serial { return column(head, serial) }
    guard let codes = codes(head),
      let lengths = numbers(head.parts[1], count: head.textCount),
      let texts = bytes(head.parts[2].byteCount, checksum: head.parts[2].checksum),
      let counts = numbers(head.parts[3], count: head.textCount)
    else { return nil }
    var bounds: [Int] = []
    bounds.reserveCapacity(lengths.count + 1)
    var end = 0
    bounds.append(end)
    for length in lengths {
      end &+= length
      bounds.append(end)
    }
    // Lengths of at most 8 bytes each can add up to more than there is, and so to anything.
    guard end == texts.count, lengths.allSatisfy({ 0...texts.count ~= $0 }),
      counts.allSatisfy({ 0...head.rowCount ~= $0 }), counts.reduce(0, &+) == head.rowCount
    else { return nil }
    return Column(codes: codes, texts: Texts(bytes: texts, bounds: bounds), counts: counts)
  }

  private mutating func column(_ head: CopyLayout.Head, _ serial: CopyLayout.Serial) -> Column? {
    guard let pattern = SerialPattern(written: serial.pattern),
      let codes = codes(head), case .words = codes, serial.heldTextCount <= head.textCount,
      let texts = SerialTexts(
        pattern, first: serial.first, numberCount: serial.numberCount, count: head.textCount)
    else { return nil }
    return Column(codes: codes, serial: texts, heldTextCount: serial.heldTextCount)
  }

  /// The codes, each of which has a text.
  private mutating func codes(_ head: CopyLayout.Head) -> Codes? {
    let part = head.parts[0]
    guard part.width > 0, part.byteCount.isMultiple(of: part.width),
      part.byteCount / part.width == head.rowCount
    else { return nil }
    switch part.width {
    case 1: return codes(part, below: head.textCount).map { .bytes($0) }
    case 2: return codes(part, below: head.textCount).map { .shorts($0) }
    case 4: return codes(part, below: head.textCount).map { .words($0) }
    default: return nil
    }
  }

  private mutating func codes<Code: FixedWidthInteger & Sendable>(
    _ part: CopyLayout.Part, below limit: Int
  ) -> RowCodes<Code>? {
    guard isMapped, part.byteCount > 0, offset.isMultiple(of: CopyLayout.alignment),
      let file = MappedFile(descriptor: descriptor, byteCount: offset + part.byteCount)
    else { return run(part, below: limit).map(RowCodes.init) }
    let start = offset
    let codes = UnsafeRawBufferPointer(rebasing: file.bytes[start...])
    func isRight(_ block: UnsafeRawBufferPointer) -> Bool {
      CopyReading.isEach(Code.self, of: block, below: limit)
    }
    guard check(part.byteCount, part.checksum, at: { codes[$0] }, isRight) else { return nil }
    return RowCodes(file, offset: start, count: part.byteCount / MemoryLayout<Code>.size)
  }

  private mutating func numbers(_ part: CopyLayout.Part, count: Int) -> [Int]? {
    guard part.width > 0, part.byteCount.isMultiple(of: part.width),
      part.byteCount / part.width == count
    else { return nil }
    switch part.width {
    case 1: return run(part, below: .max).map { (run: [UInt8]) in run.map { Int($0) } }
    case 2: return run(part, below: .max).map { (run: [UInt16]) in run.map { Int($0) } }
    case 4: return run(part, below: .max).map { (run: [UInt32]) in run.map { Int($0) } }
    case 8: return run(part, below: .max).map { (run: [Int]) in run }
    default: return nil
    }
  }

  /// The numbers of a part, if they add up and each is less than the limit.
  private mutating func run<Number: FixedWidthInteger & Sendable>(
    _ part: CopyLayout.Part, below limit: Int
  ) -> [Number]? {
    let count = part.byteCount / MemoryLayout<Number>.size
    var isRead = false
    let numbers = [Number](unsafeUninitializedCapacity: count) { room, filled in
      HugePages.prefer(for: room)
      isRead = read(UnsafeMutableRawBufferPointer(room), checksum: part.checksum) {
        CopyReading.isEach(Number.self, of: $0, below: limit)
      }
      filled = isRead ? count : 0
    }
    return isRead ? numbers : nil
  }

  private static func isEach<Number: FixedWidthInteger>(
    _: Number.Type, of block: UnsafeRawBufferPointer, below limit: Int
  ) -> Bool {
    guard limit > 0 else { return false }
    guard let last = Number(exactly: limit - 1) else { return true }
    return block.assumingMemoryBound(to: Number.self).reduce(0) { max($0, $1) } <= last
  }

  private mutating func bytes(_ count: Int, checksum: UInt32?) -> [UInt8]? {
    var isRead = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      HugePages.prefer(for: room)
      isRead = read(
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: room[..<count])),
        checksum: checksum
      ) { _ in true }
      filled = isRead ? count : 0
    }
    return isRead ? bytes : nil
  }

  /// Fits a core's second-level cache, so that what was read is checked while it is there.
  private static let blockBytes = 1 << 18

  /// Fills the room from where the last read ended; false where that fails or doesn't add up.
  private mutating func read(
    _ room: UnsafeMutableRawBufferPointer, checksum: UInt32?,
    _ isRight: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    let (descriptor, offset) = (descriptor, offset)
    func filled(_ stretch: Range<Int>) -> Slice<UnsafeRawBufferPointer>? {
      let block = UnsafeMutableRawBufferPointer(rebasing: room[stretch])
      var filled = 0
      while filled < block.count, let base = block.baseAddress {
        let count = pread(
          descriptor, base + filled, block.count - filled,
          off_t(offset + stretch.lowerBound + filled))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return nil }
        filled += count
      }
      return UnsafeRawBufferPointer(block)[...]
    }
    return check(room.count, checksum, at: filled, isRight)
  }

  /// Goes on from where the last read ended, block by block; false where one can't be had or is not
  /// right, or all of them don't add up.
  private mutating func check(
    _ byteCount: Int, _ checksum: UInt32?,
    at block: (Range<Int>) -> Slice<UnsafeRawBufferPointer>?,
    _ isRight: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var sum = Checksum()
    var done = 0
    while done < byteCount {
      let end = min(byteCount, done + CopyReading.blockBytes)
      guard let bytes = block(done..<end).map(UnsafeRawBufferPointer.init(rebasing:)) else {
        return false
      }
      sum.append(bytes)
      guard isRight(bytes) else { return false }
      done = end
    }
    offset += done
    return checksum.map { $0 == sum.value } ?? true
  }
}
