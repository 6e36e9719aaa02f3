/// The codes of one column in one stretch of rows, in the narrowest width that its dictionary has
/// needed so far.
///
/// The owner frees it with `deallocate()`, unless it stands in memory that is given back as a whole.
struct CodeRun {
  enum Width: Int {
    case byte = 1
    case short = 2
    case word = 4

    /// The narrowest that holds codes below `count`.
    init(dictionaryCount count: Int) {
      self = count <= 1 << 8 ? .byte : count <= 1 << 16 ? .short : .word
    }
  }

  private(set) var count = 0
  private(set) var width = Width.byte
  private(set) var bytes: UnsafeMutableRawPointer
  private var capacity: Int
  private let memory: RunMemory?

  init(capacity: Int, memory: RunMemory? = nil) {
    self.capacity = max(64, capacity)
    self.memory = memory
    bytes = CodeRun.room(self.capacity, memory)
  }

  func deallocate() {
    if memory == nil { bytes.deallocate() }
  }

  /// Leaves what is not used of its memory to the next run.
  func finish() { memory?.shorten(bytes, to: count * width.rawValue) }

  private static func room(_ byteCount: Int, _ memory: RunMemory?) -> UnsafeMutableRawPointer {
    memory?.piece(byteCount: byteCount) ?? .allocate(byteCount: byteCount, alignment: 64)
  }

  /// Appends codes of a dictionary that by now holds `dictionaryCount` texts.
  mutating func append(
    _ codes: UnsafePointer<UInt32>, count added: Int, dictionaryCount: Int
  ) {
    let needed = Width(dictionaryCount: dictionaryCount)
    if needed.rawValue > width.rawValue || count + added > capacity {
      grow(to: max(capacity, count + added), needed.rawValue > width.rawValue ? needed : width)
    }
    switch width {
    case .byte:
      let end = bytes.assumingMemoryBound(to: UInt8.self) + count
      for index in 0..<added { end[index] = UInt8(truncatingIfNeeded: codes[index]) }
    case .short:
      let end = bytes.assumingMemoryBound(to: UInt16.self) + count
      for index in 0..<added { end[index] = UInt16(truncatingIfNeeded: codes[index]) }
    case .word:
      (bytes.assumingMemoryBound(to: UInt32.self) + count).update(from: codes, count: added)
    }
    count += added
  }

  private mutating func grow(to minimum: Int, _ wider: Width) {
    let room = minimum > capacity ? max(minimum, capacity * 2) : capacity
    // A run without rows leaves no hole.
    if count == 0 { memory?.shorten(bytes, to: 0) }
    let larger = CodeRun.room(room * wider.rawValue, memory)
    switch wider {
    case .byte: larger.copyMemory(from: bytes, byteCount: count)
    case .short: copy(to: larger.assumingMemoryBound(to: UInt16.self))
    case .word: copy(to: larger.assumingMemoryBound(to: UInt32.self))
    }
    deallocate()
    bytes = larger
    capacity = room
    width = wider
  }

  private func copy<Code: FixedWidthInteger>(to larger: UnsafeMutablePointer<Code>) {
    mapped(to: larger) { Code(truncatingIfNeeded: $0) }
  }

  subscript(row: Int) -> Int {
    precondition(row < count)
    switch width {
    case .byte: return Int(bytes.assumingMemoryBound(to: UInt8.self)[row])
    case .short: return Int(bytes.assumingMemoryBound(to: UInt16.self)[row])
    case .word: return Int(bytes.assumingMemoryBound(to: UInt32.self)[row])
    }
  }

  /// Writes what becomes of each code.
  @inline(__always)
  func mapped<Code: FixedWidthInteger>(
    to target: UnsafeMutablePointer<Code>, _ transform: (Int) -> Code
  ) {
    switch width {
    case .byte:
      let codes = bytes.assumingMemoryBound(to: UInt8.self)
      for row in 0..<count { target[row] = transform(Int(codes[row])) }
    case .short:
      let codes = bytes.assumingMemoryBound(to: UInt16.self)
      for row in 0..<count { target[row] = transform(Int(codes[row])) }
    case .word:
      let codes = bytes.assumingMemoryBound(to: UInt32.self)
      for row in 0..<count { target[row] = transform(Int(codes[row])) }
    }
  }
}
