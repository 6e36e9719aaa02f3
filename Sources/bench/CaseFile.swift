import Foundation

/// The file that every engine is asked about: twelve columns of made-up cases, the same on every
/// machine for the same number of rows.
struct CaseFile {
  let path: String
  let rows: Int

  static let header =
    "id,date,agency,race,sex,age,charge,method,neighborhood,disposition,days,cost\n"

  /// The file of so many rows in a folder; written unless it is there already.
  init(rows: Int, in folder: String) throws {
    self.rows = rows
    path = folder + "/cases-\(rows)/cases.csv"
    if FileManager.default.fileExists(atPath: path) { return }
    try FileManager.default.createDirectory(
      atPath: folder + "/cases-\(rows)", withIntermediateDirectories: true)
    let draft = path + ".part"
    guard FileManager.default.createFile(atPath: draft, contents: nil),
      let file = FileHandle(forWritingAtPath: draft)
    else { throw BenchProblem("\(draft) can't be written") }
    var writer = CaseWriter(people: max(1, rows / 2))
    try file.write(contentsOf: Data(CaseFile.header.utf8))
    var left = rows
    while left > 0 {
      let batch = min(left, 50_000)
      try file.write(contentsOf: writer.rows(batch))
      left -= batch
    }
    try file.close()
    try FileManager.default.moveItem(atPath: draft, toPath: path)
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

  init(people: Int) {
    self.people = people
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

/// Something that stops the bench, in one sentence.
struct BenchProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
