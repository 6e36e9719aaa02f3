/// The distinct keys of a part, numbered as they come.
///
/// The owner frees it with `deallocate()`.
struct KeySet<Key: TextKey> {
  private(set) var count = 0
  private var keys: UnsafeMutablePointer<Key>
  private var numbers: UnsafeMutablePointer<UInt32>
  private var mask: Int

  init() {
    mask = (1 << 14) - 1
    keys = .allocate(capacity: mask + 1)
    numbers = .allocate(capacity: mask + 1)
    keys.initialize(repeating: .max, count: mask + 1)
  }

  func deallocate() {
    keys.deallocate()
    numbers.deallocate()
  }

  mutating func removeAll() {
    count = 0
    keys.update(repeating: .max, count: mask + 1)
  }

  /// The number of a key, which is entered if it is new.
  @inline(__always)
  mutating func number(of key: Key) -> UInt32 {
    var place = Int(truncatingIfNeeded: key.hash) & mask
    // No key is all ones.
    while keys[place] != .max {
      if keys[place] == key { return numbers[place] }
      place = (place &+ 1) & mask
    }
    keys[place] = key
    numbers[place] = UInt32(truncatingIfNeeded: count)
    count += 1
    if count * 4 > (mask + 1) * 3 { grow() }
    return UInt32(truncatingIfNeeded: count - 1)
  }

  @inline(never)
  private mutating func grow() {
    let (oldKeys, oldNumbers, oldMask) = (keys, numbers, mask)
    mask = mask * 2 + 1
    keys = .allocate(capacity: mask + 1)
    numbers = .allocate(capacity: mask + 1)
    keys.initialize(repeating: .max, count: mask + 1)
    for old in 0...oldMask where oldKeys[old] != .max {
      var place = Int(truncatingIfNeeded: oldKeys[old].hash) & mask
      while keys[place] != .max { place = (place + 1) & mask }
      keys[place] = oldKeys[old]
      numbers[place] = oldNumbers[old]
    }
    oldKeys.deallocate()
    oldNumbers.deallocate()
  }
}
