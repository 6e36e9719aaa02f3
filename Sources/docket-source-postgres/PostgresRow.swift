/// The rows of `COPY … (FORMAT binary)`, each a message of its own (PostgreSQL 15, COPY, "Binary
/// Format").
struct PostgresRow {
  private var isHeaderRead = false
  /// The bytes of the row.
  private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Where each cell stands; nothing for NULL.
  private(set) var cells: [Range<Int>?] = []

  private struct Broken: Error {}

  /// The bytes of a cell; nothing for NULL.
  func cell(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    cells[index].map { UnsafeRawBufferPointer(rebasing: bytes[$0]).bindMemory(to: UInt8.self) }
  }

  /// A cell of eight bytes as a whole number.
  func integer(_ index: Int) -> Int64? {
    cells[index].flatMap { range in
      range.count == 8
        ? Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: Int64.self))
        : nil
    }
  }

  /// Takes the bytes of one message: a row, with the header before the first.
  mutating func take(_ message: UnsafeRawBufferPointer, _ body: (PostgresRow) throws -> Void)
    throws
  {
    var place = 0
    func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
      guard place + MemoryLayout<Number>.size <= message.count else { throw Broken() }
      defer { place += MemoryLayout<Number>.size }
      return Number(bigEndian: message.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
    if !isHeaderRead {
      // Eleven bytes of signature, four of flags, and an extension with its length.
      place = 15
      place += Int(try number(Int32.self))
      isHeaderRead = true
      if place == message.count { return }
    }
    let count = try number(Int16.self)
    if count < 0 { return }
    cells.removeAll(keepingCapacity: true)
    for _ in 0..<count {
      let length = Int(try number(Int32.self))
      guard length >= 0 else {
        cells.append(nil)
        continue
      }
      guard place + length <= message.count else { throw Broken() }
      cells.append(place..<place + length)
      place += length
    }
    bytes = message
    try body(self)
  }
}
