/// Codes of one width, one a row: in memory of their own, or as they stand in a file.
package struct RowCodes<Code: FixedWidthInteger & Sendable>: Sendable {
  private enum Place {
    case memory([Code])
    case file(MappedFile, offset: Int)
  }

  private let place: Place
  package let count: Int

  package init(_ codes: [Code]) {
    place = .memory(codes)
    count = codes.count
  }

  /// Codes from an offset of a file, which has to be a multiple of their width.
  init(_ file: MappedFile, offset: Int, count: Int) {
    precondition(offset.isMultiple(of: MemoryLayout<Code>.size))
    precondition(offset + count * MemoryLayout<Code>.size <= file.bytes.count)
    place = .file(file, offset: offset)
    self.count = count
  }

  /// The codes, where they have memory of their own.
  var inMemory: [Code]? {
    if case .memory(let codes) = place { return codes }
    return nil
  }

  /// Lends the codes as they stand.
  @inline(__always)
  package func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Code>) -> Result
  ) -> Result {
    switch place {
    case .memory(let codes): return codes.withUnsafeBufferPointer(body)
    case .file(let file, let offset):
      return withExtendedLifetime(file) {
        let start = file.bytes.baseAddress.map { $0 + offset }
        return body(
          UnsafeBufferPointer(start: start?.assumingMemoryBound(to: Code.self), count: count))
      }
    }
  }

  /// Lends the bytes of the codes.
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBufferPointer { body(UnsafeRawBufferPointer($0)) }
  }

  /// The code of one row; many rows are faster with `withUnsafeBufferPointer`.
  package subscript(row: Int) -> Code {
    switch place {
    case .memory(let codes): return codes[row]
    case .file:
      precondition(0..<count ~= row)
      return withUnsafeBufferPointer { $0[row] }
    }
  }
}
