private import CByteMask

/// The first texts of a dictionary, laid out so that a field of at most 64 bytes is compared with one of
/// them by one instruction, without a branch for its length.
///
/// Only for machines with `BlockIndex.bestLevel` 2. The owner frees it with `deallocate()`.
///
/// **Complexity**: 64 bytes a text and 4 a slot, at most 256 KiB and 64 KiB.
struct ShortTexts {
  /// More would be looked up in memory that no near cache holds.
  static let mostTexts = 1 << 12
  /// How long a text may be; longer ones have a code, and are found by none.
  static let mostBytes = Int(BYTEMASK_TEXT_BYTES)
  private static let mostSlots = 4 * mostTexts
  /// Texts whose hashes are alike so often are better looked for elsewhere.
  private static let mostPassed = 64

  private var known: bytemask_texts
  private var capacity = 32
  /// How many texts of the dictionary are here: those with the codes below.
  private(set) var count = 0
  /// Code by code the length of the text, for the first `mostTexts`.
  private let lengths: UnsafeMutablePointer<UInt32>
  private var mostPassed = 0
  /// Rows that were looked at here, and those of them whose text is too long.
  private var rowCount = 0
  private var longRowCount = 0

  init() {
    known = bytemask_texts(
      slots: .allocate(capacity: 256), slot_mask: 255, texts: ShortTexts.room(capacity))
    known.slots.initialize(repeating: 0, count: 256)
    lengths = .allocate(capacity: ShortTexts.mostTexts)
  }

  func deallocate() {
    known.slots.deallocate()
    known.texts.deallocate()
    lengths.deallocate()
  }

  private static func room(_ texts: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer.allocate(byteCount: texts * mostBytes, alignment: mostBytes)
      .bindMemory(to: UInt8.self, capacity: texts * mostBytes)
  }

  /// Whether looking fields up here still saves time.
  var isUseful: Bool {
    count <= ShortTexts.mostTexts && mostPassed <= ShortTexts.mostPassed
      && (longRowCount < 256 || longRowCount * 4 < rowCount)
  }

  /// Writes the code of one field of each row, up to the first whose text is not found here; returns
  /// how many rows it took.
  mutating func encode(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let taken = Int(bytemask_encode_icelake(known, bytes, separators, stride, rows, codes))
    rowCount += taken
    return taken
  }

  /// Notes that a row was looked up elsewhere.
  mutating func noteRow(length: Int) {
    rowCount += 1
    if length > ShortTexts.mostBytes { longRowCount += 1 }
  }

  /// Takes the text of the next code.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    let code = count
    count += 1
    guard code < ShortTexts.mostTexts else { return }
    lengths[code] = UInt32(text.count)
    guard text.count <= ShortTexts.mostBytes else { return }
    while code >= capacity { growTexts() }
    let target = known.texts + code * ShortTexts.mostBytes
    target.initialize(repeating: 0, count: ShortTexts.mostBytes)
    if let source = text.baseAddress { target.update(from: source, count: text.count) }
    let passed = enter(code)
    let slotCount = Int(known.slot_mask) + 1
    if count * 4 > slotCount || passed > 0 && slotCount < min(64 * count, ShortTexts.mostSlots) {
      growSlots()
    } else {
      mostPassed = max(mostPassed, passed)
    }
  }

  private func enter(_ code: Int) -> Int {
    Int(bytemask_enter_icelake(known, UInt32(code), lengths[code]))
  }

  private mutating func growTexts() {
    let larger = ShortTexts.room(capacity * 2)
    larger.update(from: known.texts, count: capacity * ShortTexts.mostBytes)
    known.texts.deallocate()
    known.texts = larger
    capacity *= 2
  }

  /// Twice as many slots, so that more texts stand where they are looked for first.
  private mutating func growSlots() {
    let slotCount = 2 * (Int(known.slot_mask) + 1)
    known.slots.deallocate()
    known.slots = .allocate(capacity: slotCount)
    known.slots.initialize(repeating: 0, count: slotCount)
    known.slot_mask = UInt64(slotCount - 1)
    mostPassed = 0
    for code in 0..<count where lengths[code] <= ShortTexts.mostBytes {
      mostPassed = max(mostPassed, enter(code))
    }
  }
}
