internal import CODBC

/// The UTF-8 of one cell at a time, in a place that does not move until the next is written.
final class ODBCTextBuffer {
  private var place: UnsafeMutablePointer<UInt8>
  private var capacity = 4096
  private var count = 0

  init() {
    place = .allocate(capacity: capacity)
  }

  deinit {
    place.deallocate()
  }

  /// What was written last.
  var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: place, count: count) }

  /// Writes UTF-16 as UTF-8; half of a character becomes U+FFFD.
  func write(_ units: UnsafeBufferPointer<SQLWCHAR>) {
    reserve(units.count * 3)
    count = 0
    var index = 0
    while index < units.count {
      let unit = UInt32(units[index])
      index += 1
      if unit < 0x80 {
        put(unit)
        continue
      }
      var scalar = unit
      if unit & 0xF800 == 0xD800 {
        let next = index < units.count ? UInt32(units[index]) : 0
        let isPair = unit < 0xDC00 && next & 0xFC00 == 0xDC00
        scalar = isPair ? 0x10000 + (unit & 0x3FF) << 10 + next & 0x3FF : 0xFFFD
        if isPair { index += 1 }
      }
      put(scalar: scalar)
    }
  }

  private func put(scalar: UInt32) {
    if scalar < 0x800 {
      put(0xC0 | scalar >> 6)
    } else {
      if scalar < 0x10000 {
        put(0xE0 | scalar >> 12)
      } else {
        put(0xF0 | scalar >> 18)
        put(0x80 | scalar >> 12 & 0x3F)
      }
      put(0x80 | scalar >> 6 & 0x3F)
    }
    put(0x80 | scalar & 0x3F)
  }

  private func put(_ byte: UInt32) {
    place[count] = UInt8(truncatingIfNeeded: byte)
    count += 1
  }

  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    place.deallocate()
    capacity = wanted
    place = .allocate(capacity: capacity)
  }
}
