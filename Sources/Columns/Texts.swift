/// The distinct texts of a column, UTF-8, end to end; `bounds[i]..<bounds[i + 1]` are the bytes of
/// code `i`.
package struct Texts: Sendable {
  private var listed: (bytes: [UInt8], bounds: [Int])
  /// What they are worked out of, where they are no list.
  package let serial: SerialTexts?

  package init(bytes: [UInt8] = [], bounds: [Int] = [0]) {
    listed = (bytes, bounds)
    serial = nil
  }

  package init(_ serial: SerialTexts) {
    listed = ([], [0])
    self.serial = serial
  }

  /// Of serial numbers, all texts are written down for it, once.
  package var bytes: [UInt8] { serial?.all.bytes ?? listed.bytes }
  package var bounds: [Int] { serial?.all.bounds ?? listed.bounds }

  package init(_ strings: [String]) {
    self.init()
    for string in strings { append(string) }
  }

  package var count: Int { serial?.count ?? listed.bounds.count - 1 }

  package subscript(code: Int) -> String {
    if let serial { return String(decoding: serial.bytes(of: code), as: UTF8.self) }
    let text = listed.bytes[listed.bounds[code]..<listed.bounds[code + 1]]
    return String(decoding: text, as: UTF8.self)
  }

  package var isASCII: Bool {
    if serial != nil { return true }
    return bytes.withUnsafeBufferPointer { bytes in bytes.reduce(0, |) } < 0x80
  }

  /// Whether one of the texts has no bytes.
  package var holdsEmpty: Bool {
    if let serial { return serial.holdsEmpty }
    return bounds.withUnsafeBufferPointer { bounds in
      for code in 0..<count where bounds[code] == bounds[code + 1] { return true }
      return false
    }
  }

  /// The codes of those texts that are among the given ones, ascending.
  package func codes(ofTexts wanted: Set<String>) -> [Int] {
    if let serial { return wanted.compactMap { serial.code(of: Array($0.utf8)) }.sorted() }
    let wanted = wanted.map { Array($0.utf8) }
    let lengths = Set(wanted.map(\.count))
    let longest = lengths.max() ?? -1
    return bytes.withUnsafeBufferPointer { bytes in
      bounds.withUnsafeBufferPointer { bounds in
        var codes: [Int] = []
        for code in 0..<count {
          let length = bounds[code + 1] - bounds[code]
          guard length <= longest, lengths.contains(length) else { continue }
          let text = bytes[bounds[code]..<bounds[code + 1]]
          if wanted.contains(where: { $0.elementsEqual(text) }) { codes.append(code) }
        }
        return codes
      }
    }
  }

  /// Whether the bytes of a code's text stand before those of another's.
  package func precedes(_ left: Int, _ right: Int) -> Bool {
    if let serial {
      guard serial.pattern.isInByteOrder, left != serial.emptyCode, right != serial.emptyCode
      else { return serial.bytes(of: left).lexicographicallyPrecedes(serial.bytes(of: right)) }
      return left < right
    }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes[bounds[left]..<bounds[left + 1]].lexicographicallyPrecedes(
        bytes[bounds[right]..<bounds[right + 1]])
    }
  }

  private struct Stopped: Error {}

  /// The codes in the order of their texts' bytes; in any order where that is stopped.
  ///
  /// **Complexity**: O(n log n); most texts are told apart by their first eight bytes, which are
  /// compared as one number.
  package func inOrder(unless isCancelled: () -> Bool = { false }) -> [Int] {
    if let serial, serial.pattern.isInByteOrder {
      return (serial.emptyCode.map { [$0] } ?? []) + Array(0..<serial.numberCount)
    }
    return bytes.withUnsafeBufferPointer { bytes in
      let keys = (0..<count).map { code -> (first: UInt64, code: Int) in
        var first: UInt64 = 0
        for place in bounds[code]..<min(bounds[code] + 8, bounds[code + 1]) {
          first |= UInt64(bytes[place]) << UInt64(56 - 8 * (place - bounds[code]))
        }
        return (first, code)
      }
      var comparisons = 0
      let sorted = try? keys.sorted { left, right in
        comparisons &+= 1
        if comparisons & 0xFFFF == 0, isCancelled() { throw Stopped() }
        if left.first != right.first { return left.first < right.first }
        return bytes[bounds[left.code]..<bounds[left.code + 1]].lexicographicallyPrecedes(
          bytes[bounds[right.code]..<bounds[right.code + 1]])
      }
      return (sorted ?? keys).map(\.code)
    }
  }

  /// Adds a text to the end.
  package mutating func append(_ string: String) {
    precondition(serial == nil, "serial numbers have the texts that they have")
    listed.bytes.append(contentsOf: string.utf8)
    listed.bounds.append(listed.bytes.count)
  }
}
