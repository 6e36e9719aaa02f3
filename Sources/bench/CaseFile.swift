import Foundation

/// The file that every engine is asked about: twelve columns of made-up cases, the same on every
/// machine for the same number of rows.
struct CaseFile {
  let path: String
  let rows: Int

  static let columns = [
    "id", "date", "agency", "race", "sex", "age", "charge", "method", "neighborhood",
    "disposition", "days", "cost",
  ]

  /// Rows that are made and written at once: few, because a process counts the memory of the one that
  /// started it among its own.
  private static let batch = 2000

  /// The file of so many rows in a folder; written unless it is there already.
  init(rows: Int, in folder: String) throws {
    self.rows = rows
    path = folder + "/cases-\(rows)/cases.csv"
    if try isThere() { return }
    try FileManager.default.createDirectory(
      atPath: folder + "/cases-\(rows)", withIntermediateDirectories: true)
    for made in ["", ".gz", ".duckdb", ".sqlite"] {
      try? FileManager.default.removeItem(atPath: path + made)
    }
    try write(to: path + ".part")
    try FileManager.default.moveItem(atPath: path + ".part", toPath: path)
  }

  init(path: String, rows: Int) {
    (self.path, self.rows) = (path, rows)
  }

  /// Whether the file begins as it would be written today; another generator's is written anew.
  private func isThere() throws -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let expected = CaseFile.text(rows: min(rows, 1000), of: rows)
    return try file.read(upToCount: expected.count) == expected
  }

  /// The header and the first rows of a file of so many.
  static func text(rows: Int, of all: Int) -> Data {
    var writer = CaseWriter(rows: all)
    return Data((columns.joined(separator: ",") + "\n").utf8) + writer.rows(rows)
  }

  private func write(to draft: String) throws {
    guard FileManager.default.createFile(atPath: draft, contents: nil),
      let file = FileHandle(forWritingAtPath: draft)
    else { throw BenchProblem("\(draft) can't be written") }
    var writer = CaseWriter(rows: rows)
    try file.write(contentsOf: Data((CaseFile.columns.joined(separator: ",") + "\n").utf8))
    for start in stride(from: 0, to: rows, by: CaseFile.batch) {
      try file.write(contentsOf: writer.rows(min(CaseFile.batch, rows - start)))
    }
    try file.close()
  }

  /// The same file packed by gzip; made unless it is there already.
  func packed() throws -> CaseFile {
    let packed = path + ".gz"
    if !FileManager.default.fileExists(atPath: packed) {
      let run = try ChildRun(["sh", "-c", "gzip -c '\(path)' > '\(packed).part'"])
      guard run.status == 0 else { throw BenchProblem("gzip did not work") }
      try FileManager.default.moveItem(atPath: packed + ".part", toPath: packed)
    }
    return CaseFile(path: packed, rows: rows)
  }

  var byteCount: Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.size] as? Int ?? 0
  }
}

/// Writes rows of cases from one seed.
private struct CaseWriter {
  private var state: UInt64 = 20_210_403
  private let people: Int
  private let days: [[UInt8]]
  private let neighborhoods: [[UInt8]]
  private let charges: [[UInt8]]

  /// People are so many that in 10 million rows 5 million of them occur.
  init(rows: Int) {
    people = max(1, rows / 100 * 63)
    days = CaseWriter.civilDays(from: 2015, through: 2021)
    neighborhoods = (0..<240).map { place in
      let first = ["North", "South", "East", "West", "Old", "New", "Upper", "Lower"][place % 8]
      let second = ["Oak", "River", "Mill", "Park", "Hill", "Lake"][place / 8 % 6]
      let third = ["Gate", "Side", "View", "Heights", "Grove"][place / 48]
      return Array("\(first) \(second) \(third)".utf8)
    }
    charges = (0..<60).map { place in
      let deed = [
        "Drug possession", "Drug delivery", "Drug trafficking", "Unlawful use of a weapon",
        "Property damage", "Assault",
      ][place % 6]
      let degree = ["first degree", "second degree", "third degree", "attempted", "repeated"][
        place / 6 % 5]
      return Array((place < 45 ? "\"\(deed), \(degree)\"" : "\(deed) \(degree)").utf8)
    }
  }

  private static func civilDays(from first: Int, through last: Int) -> [[UInt8]] {
    var days: [[UInt8]] = []
    for year in first...last {
      for month in 1...12 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        for day in 1...length {
          let text =
            "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
          days.append(Array(text.utf8))
        }
      }
    }
    return days
  }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Small numbers more often than large ones.
  private mutating func skewed(below bound: Int) -> Int {
    (below(bound) * below(1 << 20)) >> 20
  }

  private mutating func pick(_ choices: [(text: StaticString, share: Int)]) -> StaticString {
    var left = below(100)
    for choice in choices {
      if left < choice.share { return choice.text }
      left -= choice.share
    }
    return choices[0].text
  }

  private static let agencies: [StaticString] = [
    "Kansas City Police", "Independence Police", "Lees Summit Police", "Blue Springs Police",
    "Grandview Police", "Raytown Police", "Jackson County Sheriff", "Highway Patrol",
    "University Police", "Park Rangers", "Drug Task Force", "Transit Police",
  ]

  mutating func rows(_ count: Int) -> Data {
    var line: [UInt8] = []
    line.reserveCapacity(count * 136)
    func put(_ text: StaticString) {
      line.append(
        contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    func put(_ number: Int) { line.append(contentsOf: String(number).utf8) }
    let comma = UInt8(ascii: ",")
    for _ in 0..<count {
      put("D")
      put(10_000_000 + below(people))
      line.append(comma)
      line += days[below(days.count)]
      line.append(comma)
      put(CaseWriter.agencies[skewed(below: 12)])
      line.append(comma)
      let method = pick([("patrol", 45), ("traffic stop", 20), ("buy-bust", 20), ("warrant", 15)])
      put(
        pick([
          ("Black", 45), ("White", 38), ("Hispanic", 9), ("Asian", 2), ("Native American", 2),
          ("", 4),
        ]))
      line.append(comma)
      put(pick([("male", 74), ("female", 24), ("", 2)]))
      line.append(comma)
      put(18 + skewed(below: 63))
      line.append(comma)
      line += charges[below(charges.count)]
      line.append(comma)
      put(method)
      line.append(comma)
      line += neighborhoods[skewed(below: 240)]
      line.append(comma)
      let disposition = pick([
        ("guilty plea", 46), ("dismissed", 26), ("declined", 14), ("open", 9), ("acquitted", 5),
      ])
      put(disposition)
      line.append(comma)
      if below(100) >= 9 { put(skewed(below: 1500)) }
      line.append(comma)
      let cents = 5000 + skewed(below: 400_000)
      put(cents / 100)
      line.append(UInt8(ascii: "."))
      line.append(UInt8(ascii: "0") + UInt8(cents / 10 % 10))
      line.append(UInt8(ascii: "0") + UInt8(cents % 10))
      line.append(UInt8(ascii: "\n"))
    }
    return Data(line)
  }
}
