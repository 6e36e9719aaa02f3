private import Synchronization

/// The distinct texts of several tables, numbered.
///
/// Texts are sorted by hash into parts; equal texts come to lie in one part, and each part is
/// numbered on its own, by any thread.
struct JoinedTexts {
  let count: Int
  /// Table by table the number of each text.
  let names: [[UInt32]]

  /// Texts in a part, so that its table fits a core's cache.
  private static let textsPerPart = 1 << 14

  init(_ tables: [TextTable], workers: Int) {
    if tables.count == 1 {
      // A table holds each text once.
      count = tables[0].count
      names = [Array(0..<UInt32(count))]
      return
    }
    let total = tables.reduce(0) { $0 + $1.count }
    let bits = (0...12).first { total >> $0 <= JoinedTexts.textsPerPart } ?? 12
    let workers = bits > 0 ? workers : 1
    let shared = SharedTables(tables: tables)
    let sorted = JoinedTexts.byTable(tables.count, workers) {
      SortedCodes(shared.tables[$0], bits: bits)
    }
    let rooms = tables.map {
      SharedPointer(UnsafeMutablePointer<UInt32>.allocate(capacity: $0.count))
    }
    defer { for room in rooms { room.value?.deallocate() } }
    let counts = Mutex([UInt32](repeating: 0, count: 1 << bits))
    Parallel.stretches(of: 1 << bits, workers: workers) { _, stretch in
      for part in stretch {
        let count = JoinedTexts.join(part, shared.tables, sorted, rooms)
        counts.withLock { $0[part] = count }
      }
    }
    var bases: [UInt32] = [0]
    for count in counts.withLock({ $0 }) { bases.append(bases[bases.count - 1] + count) }
    count = Int(bases[bases.count - 1])
    names = JoinedTexts.byTable(tables.count, workers) { [bases] table in
      sorted[table].parts.enumerated().map { code, part in
        (rooms[table].value?[code] ?? 0) + bases[Int(part)]
      }
    }
  }

  /// Makes something of each table, on several threads.
  private static func byTable<Made: Sendable>(
    _ tableCount: Int, _ workers: Int, _ make: @Sendable (Int) -> Made
  ) -> [Made] {
    let made = Mutex([Made?](repeating: nil, count: tableCount))
    Parallel.stretches(of: tableCount, workers: max(1, min(workers, tableCount))) { _, stretch in
      for table in stretch {
        let one = make(table)
        made.withLock { $0[table] = one }
      }
    }
    return made.withLock { $0.compactMap(\.self) }
  }

  /// Numbers the texts of one part; returns how many there are.
  private static func join(
    _ part: Int, _ tables: [TextTable], _ sorted: [SortedCodes], _ rooms: [SharedPointer<UInt32>]
  ) -> UInt32 {
    var union = TextTable(expecting: sorted.map { $0.codes(of: part).count }.max() ?? 0)
    defer { union.deallocate() }
    for (index, table) in tables.enumerated() {
      guard let room = rooms[index].value else { continue }
      for code in sorted[index].codes(of: part) {
        room[Int(code)] = union.code(
          of: table.key(of: Int(code)), table.longText(of: Int(code)))
      }
    }
    return UInt32(union.count)
  }
}

/// Tables that several threads read.
private struct SharedTables: @unchecked Sendable {
  let tables: [TextTable]
}

/// A table's codes, sorted by the highest bits of their texts' hashes.
private struct SortedCodes: Sendable {
  /// The part of each code.
  let parts: [UInt16]
  private let codes: [UInt32]
  private let starts: [Int]

  init(_ table: TextTable, bits: Int) {
    let parts = (0..<table.count).map { code in
      bits == 0 ? 0 : UInt16(truncatingIfNeeded: table.key(of: code).hash >> UInt64(64 - bits))
    }
    var starts = [Int](repeating: 0, count: (1 << bits) + 1)
    for part in parts { starts[Int(part) + 1] += 1 }
    for part in 0..<1 << bits { starts[part + 1] += starts[part] }
    var next = starts
    var codes = [UInt32](repeating: 0, count: parts.count)
    for (code, part) in parts.enumerated() {
      codes[next[Int(part)]] = UInt32(code)
      next[Int(part)] += 1
    }
    self.parts = parts
    self.codes = codes
    self.starts = starts
  }

  func codes(of part: Int) -> ArraySlice<UInt32> { codes[starts[part]..<starts[part + 1]] }
}
