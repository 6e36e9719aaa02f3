internal import CZlib
internal import Engine
internal import Glibc

/// A ZIP archive whose entries are read one at a time, from front to back.
///
/// **Reference**: PKWARE APPNOTE 6.3, sections 4.3 to 4.5; stored and deflated entries, ZIP64, no
/// encryption, one disk.
final class ZipArchive {
  struct Entry {
    let name: String
    let size: UInt64
    fileprivate let method: UInt16
    fileprivate let isEncrypted: Bool
    fileprivate let checksum: UInt32
    fileprivate let packedSize: UInt64
    fileprivate let offset: UInt64
  }

  let path: String
  private let descriptor: Int32
  private let byteCount: UInt64
  private(set) var entries: [String: Entry] = [:]

  /// Errors: `SourceProblem` where the file is not there or no ZIP archive.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw SourceProblem(
        errno == ENOENT ? .notFound : .unreadable, "\(path) can't be opened: \(reason)")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      byteCount = 0
      throw SourceProblem(.unreadable, "\(path) is not a regular file")
    }
    byteCount = UInt64(status.st_size)
    try readDirectory()
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  var damaged: SourceProblem {
    SourceProblem(.damaged, "\(path) is damaged or cut short", help: ["fetch or save it again"])
  }

  // MARK: - The directory

  private func readDirectory() throws {
    let directory = try directoryPlace()
    guard directory.size <= 1 << 28 else { throw damaged }
    let bytes = try bytes(at: directory.offset, count: Int(directory.size))
    var position = 0
    while position + 46 <= bytes.count, bytes.number(at: position, 4) == 0x0201_4B50 {
      let nameCount = Int(bytes.number(at: position + 28, 2))
      let extraCount = Int(bytes.number(at: position + 30, 2))
      let end = position + 46 + nameCount + extraCount
      guard end <= bytes.count else { throw damaged }
      let extra = position + 46 + nameCount..<end
      let name = String(decoding: bytes[position + 46..<extra.lowerBound], as: UTF8.self)
      var sizes = [
        bytes.number(at: position + 24, 4), bytes.number(at: position + 20, 4),
        bytes.number(at: position + 42, 4),
      ]
      ZipArchive.widen(&sizes, from: bytes, extra)
      entries[name] = Entry(
        name: name, size: sizes[0], method: UInt16(bytes.number(at: position + 10, 2)),
        isEncrypted: bytes.number(at: position + 8, 2) & 1 == 1,
        checksum: UInt32(bytes.number(at: position + 16, 4)), packedSize: sizes[1],
        offset: sizes[2])
      position = end + Int(bytes.number(at: position + 32, 2))
    }
    if entries.isEmpty { throw damaged }
  }

  /// Sizes that don't fit 32 bits stand in the extra field 1, in this order.
  private static func widen(_ sizes: inout [UInt64], from bytes: [UInt8], _ extra: Range<Int>) {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let count = Int(bytes.number(at: position + 2, 2))
      let end = position + 4 + count
      guard end <= extra.upperBound else { return }
      if bytes.number(at: position, 2) == 1 {
        var place = position + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && place + 8 <= end {
          sizes[index] = bytes.number(at: place, 8)
          place += 8
        }
        return
      }
      position = end
    }
  }

  /// Where the directory stands: the record that says so is at the end, before a comment.
  private func directoryPlace() throws -> (offset: UInt64, size: UInt64) {
    let tailCount = min(byteCount, 22 + 65_535)
    guard tailCount >= 22 else { throw try notAnArchive() }
    let start = byteCount - tailCount
    let tail = try bytes(at: start, count: Int(tailCount))
    guard
      let end = (0...tail.count - 22).last(where: {
        tail[$0] == 0x50 && tail.number(at: $0, 4) == 0x0605_4B50
      })
    else { throw try notAnArchive() }
    let size = tail.number(at: end + 12, 4)
    let offset = tail.number(at: end + 16, 4)
    if offset != 0xFFFF_FFFF, size != 0xFFFF_FFFF { return (offset, size) }
    guard end >= 20, tail.number(at: end - 20, 4) == 0x0706_4B50 else { throw damaged }
    let wide = try bytes(at: tail.number(at: end - 12, 8), count: 56)
    guard wide.number(at: 0, 4) == 0x0606_4B50 else { throw damaged }
    return (wide.number(at: 48, 8), wide.number(at: 40, 8))
  }

  /// Says what the file is instead, where its first bytes tell.
  private func notAnArchive() throws -> SourceProblem {
    let start = try bytes(at: 0, count: Int(min(8, byteCount)))
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return SourceProblem(
        .unreadable, "\(path) is an older Excel file (.xls) or is locked with a password",
        help: ["save it in Excel as .xlsx, without a password"])
    }
    if start.starts(with: [0x50, 0x4B]) { return damaged }
    return SourceProblem(
      .unreadable, "\(path) is no Excel workbook",
      help: ["a text file is opened by its ending: .csv, .tsv, .json"])
  }

  private func bytes(at offset: UInt64, count: Int) throws -> [UInt8] {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else { throw damaged }
    let found = try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      filled = try read(into: UnsafeMutableRawBufferPointer(room), at: offset)
    }
    guard found.count == count else { throw damaged }
    return found
  }

  private func read(into room: UnsafeMutableRawBufferPointer, at offset: UInt64) throws -> Int {
    var filled = 0
    while filled < room.count, let base = room.baseAddress {
      let count = pread(
        descriptor, base + filled, room.count - filled, off_t(offset) + off_t(filled))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw SourceProblem(
          .unreadable, "\(path) can't be read: \(String(cString: strerror(errno)))")
      }
      filled += count
    }
    return filled
  }

  // MARK: - Entries

  /// Lends the bytes of an entry piece by piece, until the body has had enough.
  ///
  /// - Parameter limit: an entry that is unpacked to more than this is an error.
  func read(_ entry: Entry, limit: UInt64, _ body: (UnsafeRawBufferPointer) throws -> Bool) throws {
    guard !entry.isEncrypted else {
      throw SourceProblem(.refused, "\(path) is locked with a password")
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw SourceProblem(.unreadable, "\(path) is packed in a way that is not read")
    }
    guard entry.size <= limit else { throw tooLarge(entry) }
    let header = try bytes(at: entry.offset, count: 30)
    guard header.number(at: 0, 4) == 0x0403_4B50 else { throw damaged }
    let start =
      entry.offset + 30 + header.number(at: 26, 2) + header.number(at: 28, 2)
    guard start <= byteCount, entry.packedSize <= byteCount - start else { throw damaged }
    var check = EntryCheck(entry: entry, limit: limit)
    let isWhole =
      entry.method == 0
      ? try readStored(entry, at: start, &check, body)
      : try readDeflated(entry, at: start, &check, body)
    guard !isWhole || check.holds else { throw damaged }
  }

  private func tooLarge(_ entry: Entry) -> SourceProblem {
    SourceProblem(.limit, "\(entry.name) in \(path) is too large to be read")
  }

  /// The size and checksum of what was unpacked, against what the directory says.
  private struct EntryCheck {
    let entry: Entry
    let limit: UInt64
    var byteCount: UInt64 = 0
    var checksum: UInt = 0

    /// Whether there may be as many bytes.
    mutating func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
      byteCount += UInt64(bytes.count)
      checksum = crc32(
        checksum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(bytes.count))
      return byteCount <= limit
    }

    var holds: Bool { byteCount == entry.size && UInt32(checksum) == entry.checksum }
  }

  private func readStored(
    _ entry: Entry, at start: UInt64, _ check: inout EntryCheck,
    _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws -> Bool {
    var done: UInt64 = 0
    while done < entry.packedSize {
      let piece = try bytes(at: start + done, count: Int(min(1 << 16, entry.packedSize - done)))
      done += UInt64(piece.count)
      let goesOn = try piece.withUnsafeBytes { bytes in
        guard check.add(bytes) else { throw tooLarge(entry) }
        return try body(bytes)
      }
      if !goesOn { return false }
    }
    return true
  }

  private func readDeflated(
    _ entry: Entry, at start: UInt64, _ check: inout EntryCheck,
    _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws -> Bool {
    var stream = z_stream()
    guard zlib_begin_raw(&stream) == Z_OK else {
      throw SourceProblem(.limit, "there is no memory to unpack \(path)")
    }
    defer { inflateEnd(&stream) }
    let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    let unpacked = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer {
      packed.deallocate()
      unpacked.deallocate()
    }
    var done: UInt64 = 0
    while true {
      if stream.avail_in == 0 {
        let room = UnsafeMutableRawBufferPointer(
          rebasing: packed[..<Int(min(UInt64(packed.count), entry.packedSize - done))])
        let count = try read(into: room, at: start + done)
        done += UInt64(count)
        stream.next_in = packed.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
      }
      let hadInput = stream.avail_in > 0
      stream.next_out = unpacked.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(unpacked.count)
      let code = inflate(&stream, Z_NO_FLUSH)
      guard code == Z_OK || code == Z_STREAM_END || (code == Z_BUF_ERROR && hadInput) else {
        throw damaged
      }
      let piece = UnsafeRawBufferPointer(
        rebasing: unpacked[..<(unpacked.count - Int(stream.avail_out))])
      guard check.add(piece) else { throw tooLarge(entry) }
      if !piece.isEmpty, try !body(piece) { return false }
      if code == Z_STREAM_END { return true }
    }
  }
}

extension [UInt8] {
  /// A number of so many bytes, the least significant first.
  fileprivate func number(at place: Int, _ byteCount: Int) -> UInt64 {
    (0..<byteCount).reduce(0) { $0 | UInt64(self[place + $1]) << (8 * UInt64($1)) }
  }
}
