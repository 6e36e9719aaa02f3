import Columns
import Connectors
import Engine
import Foundation
import Interpreter
import Rendering
import Synchronization
import Testing

/// Rows that are shown are the same whether their cells are gone to in the file, or columns were read, on any number of
/// threads, in a first and in a second session.
@Suite("Rows that are shown")
struct ShownRowsTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("docket-shown-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  // MARK: - Files and questions

  private static let families: [[String]] = [
    ["0", "1", "14", "140", "1400"], ["220.10", "220.1", "3.00"], ["1.50", "2.25", "0.10"],
    ["4.0", "5.0"], ["-3", "-3.5", "12"], ["2021-04-01", "2020-02-29", "1999-12-31"],
    ["2021-02-30", "2021-04-31"], ["2021-04-01T10:30:00", "2021-04-02 00:00:00"],
    ["4/1/2021", "12/31/2020"], ["31/12/2020", "1/4/2021"], ["20210401", "20201231"],
    ["007", "12E04"], ["1e5", "1.5e-3"], ["$5", "\"1,400\"", "12.5%"],
    ["1077995851303", "1078000000000"], ["yes", "no"], ["Unknown", "NA"], ["Black", "White"],
    ["é", "cafe\u{301}"], ["\"\"", "\"12\"", "\"a\nb\"", "\"6\"\" knife\"", "a\"b"],
  ]

  /// Rows of columns that hold one or two families of texts each, some rows ragged, some lines blank.
  private static func file(_ dice: inout SplitMix) -> [UInt8] {
    let lineBreak = Bool.random(using: &dice) ? "\n" : "\r\n"
    let pools = (0..<4).map { _ -> [String] in
      let texts = (0..<Int.random(in: 1...2, using: &dice)).flatMap { _ in
        families.randomElement(using: &dice) ?? []
      }
      return Array(texts.shuffled(using: &dice).prefix(5)) + [""]
    }
    let foreign = Int.random(in: 0..<4, using: &dice) == 0
    var bytes = Array(("c1,c2,c3,c4" + lineBreak).utf8)
    for _ in 0..<Int.random(in: 1..<90, using: &dice) {
      var cells = pools.map { $0.randomElement(using: &dice) ?? "" }
      switch Int.random(in: 0..<20, using: &dice) {
      case 0: cells.removeLast()
      case 1: cells.append("17")
      case 2: cells = [""]
      default: break
      }
      bytes += Array(cells.joined(separator: ",").utf8)
      if foreign, Int.random(in: 0..<9, using: &dice) == 0 { bytes.append(0xE9) }
      bytes += Array(lineBreak.utf8)
    }
    return bytes
  }

  private static func card(_ dice: inout SplitMix) -> String {
    let lines = [
      "missing c1 = Unknown", "missing c2 = 14 | NA", "type c1 date as month/day", "date c3",
      "type c2 code", "type c4 decimal", "type c3 date as day/month", "recode c3 NA=12",
    ].filter { _ in Int.random(in: 0..<5, using: &dice) == 0 }
    return lines.isEmpty ? "" : "card cases\n\(lines.joined(separator: "\n"))\nend\n"
  }

  private static let questions = [
    "list cases limit 3", "list cases c2=? limit 200", "list cases c4 limit 4",
    "list cases c1, c3 where c2=? limit 5", "sample cases 5 seed 3",
    "list cases c1=? and c4!=? c4, c1, c2", "sample cases 3 c3, c1 seed 8",
    "sample cases 2 c3, c1 by c2 seed 5", "list few where c2!=? limit 7",
    "list cases c1, tidy limit 4", "list cases c2=NA c3, c4",
  ]

  private static let definitions = """
    cohort few = cases where c3!=?
    field tidy of cases = if c2=? then \"none\" else \"some\"
    """

  // MARK: - Sessions

  private struct Reading {
    var leastBytes = 0
    var cores = 1
    var segmentBytes = 1 << 20
  }

  private var path: String { folder.appendingPathComponent("cases.csv").path }

  private var cache: ColumnCache {
    var bounds = ColumnCache.Bounds()
    bounds.smallestFile = 0
    bounds.leftAlone = -1_000_000_000
    bounds.free = 0
    return ColumnCache(folder: folder.appendingPathComponent("cache").path, bounds: bounds)
  }

  private func session(_ reading: Reading, _ setting: String, keeps: Bool = false) throws -> Session
  {
    let source = try DelimitedTextSource(
      path: path, cores: reading.cores, segmentBytes: reading.segmentBytes,
      leastBytes: reading.leastBytes)
    let session = Session(directory: folder.path)
    if keeps {
      session.keepColumns(in: cache)
      session.shelve(source)
    }
    _ = try session.register(source, path: path, as: "cases")
    for case .problem(let problem) in session.respond(to: setting).responses {
      Issue.record("\(problem)")
    }
    return session
  }

  /// Answers as text and as JSON, and problems.
  private func answers(_ session: Session, _ question: String) throws -> [String] {
    let json = try #require(Renderer(format: "json"))
    let table = try #require(Renderer(format: "table", style: Style(width: 200)))
    return session.respond(to: question).responses.flatMap { response -> [String] in
      switch response {
      case .answer(let answer): [json.render(answer), table.render(answer)]
      case .problem(let problem): ["\(problem)"]
      default: []
      }
    }
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  // MARK: - Tests

  @Test("are the same however they were come by", arguments: 0..<24)
  func same(_ seed: UInt64) throws {
    defer { remove() }
    var dice = SplitMix(state: seed)
    try Data(Self.file(&dice)).write(to: URL(fileURLWithPath: path))
    let setting = Self.card(&dice) + Self.definitions
    let expected = try Self.questions.map {
      try answers(session(Reading(leastBytes: .max), setting), $0)
    }
    // `c2=NA` is a problem where no row has it.
    #expect(expected.dropLast().allSatisfy { $0.count == 2 }, "\(expected)")
    for reading in [
      Reading(), Reading(cores: 2, segmentBytes: 64), Reading(cores: 3, segmentBytes: 200),
      Reading(cores: 8, segmentBytes: 1000),
    ] {
      // Each in a session of its own, without definitions that read columns where it needs none.
      for (question, answer) in zip(Self.questions, expected) {
        let needsDefinitions = question.contains("few") || question.contains("tidy")
        let fresh = try session(
          reading, needsDefinitions ? setting : setting.components(separatedBy: "cohort")[0])
        #expect(try answers(fresh, question) == answer, "\(question), fresh")
      }
      // One after the other, forwards, backwards, and when all columns are there.
      let forwards = try session(reading, setting)
      for (question, answer) in zip(Self.questions, expected) {
        #expect(try answers(forwards, question) == answer, "\(question), after others")
      }
      let full = try session(
        reading, setting + "\ncount cases where c1=? or c2=? or c3=? or c4=?")
      for (question, answer) in zip(Self.questions, expected).reversed() {
        #expect(try answers(full, question) == answer, "\(question), with columns")
      }
      // A first session that keeps copies, and the next.
      for time in ["first", "second"] {
        for (question, answer) in zip(Self.questions, expected) {
          let kept = try session(reading, setting, keeps: true)
          #expect(try answers(kept, question) == answer, "\(question), \(time) session")
          kept.keepColumns()
        }
      }
      try FileManager.default.removeItem(at: folder.appendingPathComponent("cache"))
    }
  }

  /// A file of many rows with a column of each kind.
  private func writeCases(_ change: (Int) -> String = { "\($0)" }) throws {
    var text = "id,race,day,cost,note\n"
    for row in 0..<3000 {
      text += "D\(change(row)),\(row % 7 == 0 ? "Black" : "White"),2021-04-\(row % 20 + 10),"
      text += "\(row % 90 + 10).\(row % 10)5,\"note, \(row)\"\n"
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private func columnsRead(_ session: Session) -> Set<String> {
    session.catalogue.dataset(named: "cases")?.columnsRead ?? []
  }

  @Test("are gone to: only the columns of the condition are read")
  func onlyWhatIsShown() throws {
    defer { remove() }
    try writeCases()
    for (question, read) in [
      ("list cases race=Black limit 20", ["race"]), ("list cases id, cost limit 2", []),
      ("sample cases 50", []), ("sample cases 5 id, cost by race", ["race"]),
      ("list cases limit 10001", ["id", "race", "day", "cost", "note"]),
    ] {
      let session = try session(Reading(cores: 2, segmentBytes: 1 << 12), "")
      #expect(try answers(session, question).count == 2)
      #expect(columnsRead(session) == Set(read), "\(question)")
    }
    let whole = try session(Reading(leastBytes: .max), "")
    _ = try answers(whole, "list cases race=Black limit 20")
    #expect(columnsRead(whole).count == 5)
  }

  @Test("of a file that has changed are not shown", arguments: [true, false])
  func changed(keepsTime: Bool) throws {
    defer { remove() }
    try writeCases()
    let session = try session(Reading(segmentBytes: 1 << 12), "")
    #expect(try answers(session, "count cases race=Black").count == 2)
    let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seek(toOffset: 60)
    try file.write(contentsOf: Data("X".utf8))
    try file.close()
    if keepsTime, let time {
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
    let said = try answers(session, "list cases race=Black id limit 2")
    #expect(said.count == 1 && said[0].contains("change"), "\(said)")
  }

  @Test("in a second session need neither the file's other columns nor a look at them")
  func second() throws {
    defer { remove() }
    try writeCases()
    let question = "list cases race=Black limit 20"
    let reading = Reading(segmentBytes: 1 << 12)
    let first = try session(reading, "", keeps: true)
    let expected = try answers(first, question)
    first.keepColumns()
    // The rows, with what was found of columns that were shown, and one column.
    let kept = folder.appendingPathComponent("cache")
    let names = try FileManager.default.contentsOfDirectory(atPath: kept.path)
    #expect(names.count == 2)
    let second = try session(reading, "", keeps: true)
    let watch = ReadingWatch()
    second.monitor = watch
    #expect(try answers(second, question) == expected)
    #expect(!watch.hasRead.withLock { $0 })
    // Damaged, all is read again.
    for name in names {
      let copy = kept.appendingPathComponent(name)
      var bytes = try Data(contentsOf: copy)
      bytes[bytes.count - 3] ^= 1
      try bytes.write(to: copy)
    }
    let third = try session(reading, "", keeps: true)
    third.monitor = watch
    #expect(try answers(third, question) == expected)
    #expect(watch.hasRead.withLock { $0 })
  }

  @Test("of a restricted dataset leave nothing behind")
  func restricted() throws {
    defer { remove() }
    try writeCases()
    let reading = Reading(segmentBytes: 1 << 12)
    let open = try session(reading, "", keeps: true)
    _ = try answers(open, "list cases race=Black limit 20")
    open.keepColumns()
    let kept = folder.appendingPathComponent("cache").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept).count == 2)
    let closed = try session(reading, "card cases\n  privacy restricted\nend", keeps: true)
    _ = try answers(closed, "count cases race=Black")
    _ = try answers(closed, "list cases race=Black limit 20")
    closed.keepColumns()
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept).isEmpty)
  }
}

/// Whether a file was read.
private final class ReadingWatch: RunMonitor {
  let hasRead = Mutex(false)
  var isCancelled: Bool { false }

  func advance(done: Int, of total: Int) { hasRead.withLock { $0 = true } }
}

/// Numbers that look random and are the same in every run (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
