private import Glibc

/// The keys of one segment's rows, sorted by the highest bits of their hashes; rows of a part stay
/// in their order.
///
/// Threads write to parts, or to segments, that no other thread has.
struct SortedKeys<Key: TextKey>: @unchecked Sendable {
  let count: Int
  let keys: UnsafeMutablePointer<Key>
  /// Row by row the part that its key lies in.
  private let parts: UnsafeMutablePointer<UInt16>
  private let starts: [UInt32]
  /// Part by part how many texts the segments before hold.
  let firstsBefore: UnsafeMutablePointer<UInt32>

  init(_ segment: SegmentRead, slot: Int, keys known: [[Key]], bits: Int) {
    let count = segment.rowCount
    self.count = count
    parts = .allocate(capacity: count)
    keys = .allocate(capacity: count)
    firstsBefore = .allocate(capacity: 1 << bits)
    firstsBefore.initialize(repeating: 0, count: 1 << bits)
    let parts = parts
    let keys = keys
    var starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    known[segment.worker].withUnsafeBufferPointer { known in
      withUnsafeTemporaryAllocation(of: Key.self, capacity: count) { inOrder in
        SortedKeys.readKeys(segment, slot, known, into: inOrder)
        for row in 0..<count {
          let part =
            bits == 0
            ? 0 : UInt16(truncatingIfNeeded: inOrder[row].hash &>> UInt64(64 - bits))
          parts[row] = part
          starts[Int(part) + 1] &+= 1
        }
        for part in 0..<1 << bits { starts[part + 1] &+= starts[part] }
        var next = starts
        next.withUnsafeMutableBufferPointer { next in
          for row in 0..<count {
            let part = Int(parts[row])
            keys[Int(next[part])] = inOrder[row]
            next[part] &+= 1
          }
        }
      }
    }
    self.starts = starts
  }

  /// The rows' keys, in their order; those that stand for a text of the worker's table are looked up.
  private static func readKeys(
    _ segment: SegmentRead, _ slot: Int, _ known: UnsafeBufferPointer<Key>,
    into target: UnsafeMutableBufferPointer<Key>
  ) {
    guard let run = segment.keys[slot] else {
      let codes = segment.codes[slot]
      if let base = target.baseAddress { codes.mapped(to: base) { known[$0] } }
      return
    }
    for row in 0..<run.count {
      let key: Key = run.key(row)
      target[row] = key < Key.nameMark ? key : known[Int(UInt32(truncatingIfNeeded: key))]
    }
  }

  func deallocate() {
    keys.deallocate()
    parts.deallocate()
    firstsBefore.deallocate()
  }

  func places(of part: Int) -> Range<Int> { Int(starts[part])..<Int(starts[part + 1]) }

  /// How many rows hold a text that no earlier row holds, and how long the texts are together.
  func firstSize(_ named: NamedTexts) -> (count: Int, bytes: Int) {
    var (firsts, bytes) = (0, 0)
    for place in 0..<count where keys[place] < Key.repeatMark {
      firsts += 1
      bytes += length(of: keys[place], named)
    }
    return (firsts, bytes)
  }

  @inline(__always)
  private func length(of key: Key, _ named: NamedTexts) -> Int {
    key < Key.nameMark
      ? key.textLength : named.length(of: Int(UInt32(truncatingIfNeeded: key)))
  }

  /// Numbers the texts that the segment holds first, in the order of its rows; then rows hold no
  /// keys any more, but numbers, in a fraction of the room.
  func nameFirsts(
    from start: (code: Int, byte: Int), _ bases: [Int], _ named: NamedTexts,
    _ places: UnsafeMutablePointer<UInt32>, _ bounds: UnsafeMutablePointer<Int>,
    _ bytes: UnsafeMutablePointer<UInt8>?
  ) {
    var (code, end) = start
    var next = starts
    next.withUnsafeMutableBufferPointer { next in
      bases.withUnsafeBufferPointer { bases in
        for row in 0..<count {
          let part = Int(parts[row])
          let place = Int(next[part])
          next[part] &+= 1
          let key = keys[place]
          guard key < Key.repeatMark else { continue }
          places[bases[part] &+ Int(firstsBefore[part])] = UInt32(truncatingIfNeeded: code)
          firstsBefore[part] &+= 1
          keys[place] = Key(truncatingIfNeeded: code)
          if let bytes { write(key, named, to: bytes + end) }
          end += length(of: key, named)
          code &+= 1
          bounds[code] = end
        }
      }
    }
    shrink()
  }

  /// Lets each place hold 32 bits instead of a key: the code, or behind `repeats` the text's number
  /// in its part. What is left of the room goes back to the system.
  private func shrink() {
    let raw = UnsafeMutableRawPointer(keys)
    for place in 0..<count {
      let key = keys[place]
      let number = UInt32(truncatingIfNeeded: key) & ~SortedKeys.repeats
      raw.storeBytes(
        of: key < Key.repeatMark ? number : number | SortedKeys.repeats,
        toByteOffset: place &* 4, as: UInt32.self)
    }
    let page = 1 << 12
    let start = (Int(bitPattern: raw) + count * 4 + page - 1) / page * page
    let end = (Int(bitPattern: raw) + count * MemoryLayout<Key>.stride) / page * page
    if start < end, let unused = UnsafeMutableRawPointer(bitPattern: start) {
      _ = madvise(unused, end - start, MADV_DONTNEED)
    }
  }

  private static var repeats: UInt32 { 1 << 31 }

  @inline(__always)
  private func write(_ key: Key, _ named: NamedTexts, to target: UnsafeMutablePointer<UInt8>) {
    if key < Key.nameMark {
      withUnsafeBytes(of: key.littleEndian) { bytes in
        UnsafeMutableRawPointer(target).copyMemory(
          from: bytes.baseAddress ?? UnsafeRawPointer(target), byteCount: key.textLength)
      }
    } else {
      named.copy(Int(UInt32(truncatingIfNeeded: key)), to: target)
    }
  }

  /// Writes each row's code, once its text and those before have their numbers.
  func writeCodes<Code: FixedWidthInteger>(
    _ bases: [Int], _ places: [UInt32], to target: UnsafeMutablePointer<Code>
  ) {
    var next = starts
    next.withUnsafeMutableBufferPointer { next in
      bases.withUnsafeBufferPointer { bases in
        places.withUnsafeBufferPointer { places in
          let numbers = UnsafeRawPointer(keys)
          for row in 0..<count {
            let part = Int(parts[row])
            let number = numbers.load(fromByteOffset: Int(next[part]) &* 4, as: UInt32.self)
            next[part] &+= 1
            target[row] = Code(
              truncatingIfNeeded: number < SortedKeys.repeats
                ? number : places[bases[part] &+ Int(number & ~SortedKeys.repeats)])
          }
        }
      }
    }
  }
}
