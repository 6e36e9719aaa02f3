import Columns
import Connectors
import Engine
import Foundation
import Synchronization
import Testing

@Suite("Copies of columns")
struct ColumnCacheTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  private static let names = ["case_id", "race", "note", "docket"]

  /// Rows with texts of every length, quotes, a short row, foreign letters and what is no UTF-8, and
  /// serial numbers.
  private static func text(_ rowCount: Int = 300) -> [UInt8] {
    var bytes = Array("case_id,race,note,docket\n".utf8)
    for row in 0..<rowCount {
      let note = row % 7 == 0 ? "\"said \"\"no\"\",\nand \(row)\"" : "Jos\u{E9} \(row % 11)"
      bytes += Array(
        "C-\(row),\(["Black", "White", ""][row % 3]),\(note),D\(1000 + row % 150)\n".utf8)
    }
    bytes += Array("C-short\n".utf8)
    return bytes + Array("C-last,Wh".utf8) + [0xEF] + Array("te,x\n".utf8)
  }

  private var cacheFolder: String { folder.path + "/cache/columns" }

  /// Every file is large enough and settled, but for what a test says.
  private static func bounds(_ change: (inout ColumnCache.Bounds) -> Void = { _ in })
    -> ColumnCache.Bounds
  {
    var bounds = ColumnCache.Bounds()
    bounds.smallestFile = 0
    bounds.leftAlone = -1_000_000_000
    bounds.free = 0
    change(&bounds)
    return bounds
  }

  private func cache(_ bounds: ColumnCache.Bounds = bounds()) -> ColumnCache {
    ColumnCache(folder: cacheFolder, bounds: bounds)
  }

  /// What a session sees of a file.
  private struct Seen: Equatable {
    var cells: [[String]] = []
    var counts: [[Int]] = []
    var serialCount = 0
    var heldTextCounts: [Int] = []
    var rowCount = 0
    var report: [String] = []
    var fingerprint = ""
    /// Whether the file itself was read.
    var isFileRead = false

    /// Whether all is alike but for how it was come by.
    func same(as other: Seen) -> Bool {
      var copy = self
      copy.isFileRead = other.isFileRead
      return copy == other
    }
  }

  /// Opens the file in a session of its own, and keeps what was read.
  private func session(
    _ path: String, _ names: [String], _ cache: ColumnCache?, mostTexts: Int = 0
  ) throws -> Seen {
    let source = try DelimitedTextSource(
      path: path, cores: 2, segmentBytes: 1 << 8, mostTexts: mostTexts)
    let shelf = cache.map { ColumnShelf($0) }
    if let shelf { source.use(shelf) }
    let dataset = try source.datasets()[0].name
    let run = ReadingRun()
    let columns = try names.isEmpty ? [] : source.columns(names, of: dataset, run: run)
    var seen = Seen()
    seen.rowCount = try source.rowCount(of: dataset, run: run)
    seen.cells = columns.map(\.cells)
    seen.counts = columns.map(\.counts)
    seen.serialCount = columns.count { $0.texts.serial != nil }
    seen.heldTextCounts = columns.map(\.heldTextCount)
    seen.report = source.report(of: dataset)
    seen.fingerprint = try source.fingerprint(of: dataset)
    seen.isFileRead = run.hasRead
    if let shelf, let cache { cache.keep(shelf.takeUnkept()) }
    return seen
  }

  private func session(_ path: String, _ cache: ColumnCache) throws -> Seen {
    try session(path, Self.names, cache)
  }

  private func copies() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cacheFolder)) ?? []
    return names.sorted().map { cacheFolder + "/" + $0 }
  }

  private func asRead(_ path: String, _ names: [String] = names) throws -> Seen {
    try session(path, names, nil)
  }

  // MARK: - What it is for

  @Test("The second session sees the same, without reading the file")
  func second() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try asRead(path)
    #expect(fresh.isFileRead && fresh.report.count > 1 && fresh.serialCount == 1)
    #expect(try session(path, cache()) == fresh)
    var again = try session(path, cache())
    #expect(!again.isFileRead)
    again.isFileRead = true
    #expect(again == fresh)
  }

  @Test("A column that was not asked for is read from the file, beside those that are kept")
  func partly() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, ["race"], cache())
    #expect(copies().count == 2)
    #expect(try session(path, ["note", "race"], cache()) == asRead(path, ["note", "race"]))
    #expect(copies().count == 3)
    #expect(try !session(path, [], cache()).isFileRead)
  }

  @Test("Copies are for their owner alone")
  func permissions() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, cache())
    #expect(copies().count == 5)
    for copy in copies() {
      let attributes = try FileManager.default.attributesOfItem(atPath: copy)
      #expect(attributes[.posixPermissions] as? Int == 0o400)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: cacheFolder)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test(
    "Codes of every width come back", arguments: [1, 256, 257, 65_536, 65_537], [true, false])
  func widths(distinct: Int, areLeft: Bool) throws {
    let cache = cache(Self.bounds { $0.leavesCodesInFiles = areLeft })
    let rows = (0..<max(distinct, 300)).map { "\($0 % distinct)" }.joined(separator: "\n")
    let path = try folder.write("id\n" + rows + "\n", "wide.csv")
    let fresh = try session(path, ["id"], cache, mostTexts: 1 << 17)
    let again = try session(path, ["id"], cache, mostTexts: 1 << 17)
    #expect(!again.isFileRead)
    #expect(again.cells == fresh.cells && again.counts == fresh.counts)
  }

  @Test("What a session holds stays as it is when copies go, or make room for others")
  func held() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try session(path, cache())
    let source = try DelimitedTextSource(path: path, cores: 2, segmentBytes: 1 << 8)
    source.use(ColumnShelf(cache()))
    let run = ReadingRun()
    let columns = try source.columns(Self.names, of: source.datasets()[0].name, run: run)
    #expect(!run.hasRead)
    for copy in copies() { try FileManager.default.removeItem(atPath: copy) }
    _ = try folder.write(Self.text(200), "cases.csv")
    #expect(try session(path, cache()).rowCount != fresh.rowCount)
    #expect(columns.map(\.cells) == fresh.cells)
    #expect(columns.map(\.counts) == fresh.counts)
  }

  @Test("An empty table is kept as one")
  func empty() throws {
    let path = try folder.write("case_id,race,note,docket\n", "cases.csv")
    let fresh = try session(path, cache())
    let again = try session(path, cache())
    #expect(!again.isFileRead && again.cells == fresh.cells && again.rowCount == 0)
  }

  // MARK: - Damage

  @Test("A copy with a damaged byte is none, whichever byte it is", arguments: [true, false])
  func damagedByte(areLeft: Bool) throws {
    let path = try folder.write(Self.text(20), "cases.csv")
    _ = try session(path, cache())
    #expect(try session(path, cache()).serialCount == 1)
    for copy in copies() {
      let asked = copy.hasSuffix("rows.column") ? [] : Self.names
      let fresh = try asRead(path, asked)
      let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: copy)))
      for place in whole.indices {
        var damaged = whole
        damaged[place] ^= 1 << UInt8(place % 8)
        try overwrite(copy, damaged)
        let seen = try session(path, asked, reading { $0.leavesCodesInFiles = areLeft })
        #expect(seen == fresh, "byte \(place) of \(copy)")
      }
      try overwrite(copy, whole)
    }
    #expect(try !session(path, cache()).isFileRead)
  }

  @Test("A copy that was cut short, or has more behind it, is none")
  func otherLength() throws {
    let path = try folder.write(Self.text(20), "cases.csv")
    _ = try session(path, cache())
    for copy in copies() {
      let asked = copy.hasSuffix("rows.column") ? [] : Self.names
      let fresh = try asRead(path, asked)
      let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: copy)))
      for length in whole.indices {
        try overwrite(copy, Array(whole[..<length]))
        #expect(try session(path, asked, reading()) == fresh, "\(length) bytes of \(copy)")
      }
      try overwrite(copy, whole + [0])
      #expect(try session(path, asked, reading()) == fresh)
      try overwrite(copy, whole)
    }
  }

  /// A cache that only reads: what is damaged stays so.
  private func reading(_ change: (inout ColumnCache.Bounds) -> Void = { _ in }) -> ColumnCache {
    cache(
      Self.bounds {
        $0.largest = 0
        change(&$0)
      })
  }

  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    chmod(path, 0o600)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  @Test("Copies that are exchanged are none")
  func exchanged() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try session(path, cache())
    let named = copies().filter { !$0.hasSuffix("rows.column") }
    let contents = try named.map { try [UInt8](Data(contentsOf: URL(fileURLWithPath: $0))) }
    for (index, copy) in named.enumerated() {
      try overwrite(copy, contents[(index + 1) % named.count])
    }
    #expect(try session(path, reading()).same(as: fresh))
  }

  @Test("A draft that lost its writer is passed over, and goes when it is old")
  func killedWriter() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try session(path, ["race"], cache())
    let whole = try Data(contentsOf: URL(fileURLWithPath: copies()[0]))
    let draft = cacheFolder + "/draft-Ab3dEf"
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: draft))
    #expect(try session(path, ["race"], cache()).same(as: fresh))
    #expect(try session(path, cache()).same(as: asRead(path)))
    #expect(FileManager.default.fileExists(atPath: draft))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: draft)
    let other = try folder.write(Self.text(), "other.csv")
    _ = try session(other, cache())
    #expect(!FileManager.default.fileExists(atPath: draft))
  }

  // MARK: - Files that change

  @Test("A file that changed is read again, though size and time are as before")
  func changed() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, cache())
    let before = try FileManager.default.attributesOfItem(atPath: path)
    var bytes = Self.text()
    bytes[30] = UInt8(ascii: "X")
    try overwrite(path, bytes)
    try FileManager.default.setAttributes(
      [.modificationDate: before[.modificationDate] ?? Date()], ofItemAtPath: path)
    let seen = try session(path, cache())
    #expect(try seen == asRead(path))
    // The copies of the state before are gone.
    #expect(copies().count == 5)
  }

  @Test("A file that was written a moment ago is not kept")
  func unsettled() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let cache = cache(Self.bounds { $0.leftAlone = ColumnCache.Bounds().leftAlone })
    _ = try session(path, cache)
    #expect(copies().isEmpty)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -86_400)], ofItemAtPath: path)
    // When it was last written can be made up; when that was done can't.
    _ = try session(path, cache)
    #expect(copies().isEmpty)
  }

  @Test("A file that changes while it is open is not taken from copies")
  func changedWhileOpen() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, cache())
    let source = try DelimitedTextSource(path: path)
    source.use(ColumnShelf(cache()))
    var bytes = Self.text()
    bytes[30] = UInt8(ascii: "X")
    try overwrite(path, bytes)
    #expect(throws: SourceProblem.self) {
      try source.columns(["case_id"], of: "cases", run: UnwatchedRun())
    }
  }

  // MARK: - Where it can't be kept

  @Test("Where nothing can be written, questions are answered as ever")
  func noFolder() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try asRead(path)
    for place in ["/proc/docket/columns", path + "/columns"] {
      let cache = ColumnCache(folder: place, bounds: Self.bounds())
      for _ in 0..<2 { #expect(try session(path, cache) == fresh) }
    }
  }

  @Test("A disk that would be too full is left alone")
  func fullDisk() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let cache = cache(Self.bounds { $0.free = .max })
    #expect(try session(path, cache) == asRead(path))
    #expect(copies().isEmpty)
  }

  @Test(
    "A disk that fills up while copies are written changes no answer, and holds no half of one",
    .enabled(if: SmallDisk.canBeMounted, "only root may mount the disk that this fills"),
    arguments: [4, 16, 24, 64])
  func filledDisk(kilobytes: Int) throws {
    let path = try folder.write(Self.text(5000), "cases.csv")
    let fresh = try asRead(path)
    let alone = try Self.names.map { try asRead(path, [$0]) }
    let disk = try SmallDisk(kilobytes: kilobytes, at: folder.path + "/cache")
    for _ in 0..<3 {
      #expect(try session(path, cache()).same(as: fresh))
      // A copy that is there is a whole one: each column comes from it as from the file.
      for (name, column) in zip(Self.names, alone) {
        #expect(try session(path, [name], cache()).same(as: column))
      }
      #expect(copies().allSatisfy { !$0.contains("/draft-") })
    }
    disk.unmount()
    #expect(try session(path, cache()).same(as: fresh))
  }

  @Test("Small files are not kept")
  func small() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, cache(Self.bounds { $0.smallestFile = 8 << 20 }))
    #expect(copies().isEmpty)
  }

  @Test("Off is off, for reading and for keeping")
  func off() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let cache = cache()
    cache.isOn = false
    _ = try session(path, cache)
    #expect(copies().isEmpty)
    _ = try session(path, self.cache())
    #expect(try session(path, cache).isFileRead)
  }

  // MARK: - Room

  @Test("The oldest copies make room for new ones")
  func room() throws {
    let paths = try (0..<4).map { try folder.write(Self.text(), "cases\($0).csv") }
    _ = try session(paths[0], cache())
    let one = cache().byteCount
    let bounds = Self.bounds { $0.total = one * 2 + one / 2 }
    for path in paths.dropFirst() {
      for copy in copies() {
        let written = try FileManager.default.attributesOfItem(atPath: copy)[.modificationDate]
        try FileManager.default.setAttributes(
          [.modificationDate: (written as? Date ?? Date()).addingTimeInterval(-60)],
          ofItemAtPath: copy)
      }
      _ = try session(path, cache(bounds))
    }
    #expect(cache().byteCount <= bounds.total)
    #expect(try !session(paths[3], cache(bounds)).isFileRead)
    #expect(try session(paths[0], reading()).isFileRead)
  }

  @Test("A copy that is larger than any may be is not made")
  func largest() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    _ = try session(path, cache(Self.bounds { $0.largest = 2000 }))
    let sizes = try copies().map { try Data(contentsOf: URL(fileURLWithPath: $0)).count }
    #expect(sizes.allSatisfy { $0 <= 2000 } && sizes.count < 5)
  }

  @Test("Sessions side by side do not disturb each other")
  func together() throws {
    let path = try folder.write(Self.text(), "cases.csv")
    let fresh = try asRead(path)
    let wrong = Mutex(0)
    Parallel.run(workers: 6) { worker in
      for round in 0..<30 {
        let cache = cache(Self.bounds { $0.total = round % 2 == 0 ? 20_000 : 1 << 30 })
        let seen = try? session(path, cache)
        if seen?.same(as: fresh) != true { wrong.withLock { $0 += 1 } }
        if worker == 0 {
          for copy in copies() { try? FileManager.default.removeItem(atPath: copy) }
        }
      }
    }
    #expect(wrong.withLock { $0 } == 0)
  }
}

/// A run that knows whether a file was read: reading tells of its progress, a copy does not.
private final class ReadingRun: RunMonitor {
  private let advanced = Atomic<Bool>(false)

  var hasRead: Bool { advanced.load(ordering: .relaxed) }
  var isCancelled: Bool { false }

  func advance(done: Int, of total: Int) { advanced.store(true, ordering: .relaxed) }
}
