import Columns
import Engine
import Foundation
import Interpreter
import Testing

/// What a person could work out from the answers about restricted data, by solving for the cells.
@Suite struct DisclosureTests {
  @Test("no sequence of questions gives a cell of 1 to 9 away", arguments: 1...40)
  func holds(_ seed: Int) throws {
    var random = Draws(seed: UInt64(seed))
    let data = try RestrictedData(&random)
    defer { data.remove() }
    var attack = Attack(data)
    for _ in 0..<10 {
      let question = RestrictedData.question(&random)
      let transcript = data.session.respond(to: question)
      guard case .answer(let answer)? = transcript.responses.last else {
        Issue.record("\(question) was not answered: \(transcript.responses)")
        return
      }
      attack.learn(from: answer)
      let found = attack.revealed()
      #expect(found.isEmpty, "after \(question): \(found.joined(separator: "; "))")
    }
  }

  @Test("without the restriction the same questions do give cells away")
  func attackWorks() throws {
    var caught = 0
    for seed in 1...10 {
      var random = Draws(seed: UInt64(seed))
      let data = try RestrictedData(&random, isRestricted: false)
      defer { data.remove() }
      var attack = Attack(data)
      for _ in 0..<10 {
        let transcript = data.session.respond(to: RestrictedData.question(&random))
        if case .answer(let answer)? = transcript.responses.last { attack.learn(from: answer) }
      }
      if !attack.revealed().isEmpty { caught += 1 }
    }
    #expect(caught == 10)
  }
}

/// SplitMix64: the same draws for the same seed everywhere.
private struct Draws {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15
  }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}

/// A small file of cases, open in a session, and questions about it.
private struct RestrictedData {
  static let fields = ["race", "sex", "kind"]
  static let values = [["A", "B", "C", ""], ["f", "m"], ["x", "y", "z"]]

  let session: Session
  let rows: [[String]]
  private let folder: URL

  init(_ random: inout Draws, isRestricted: Bool = true) throws {
    // Every value occurs, some of them seldom.
    var rows = [["A", "f", "x"], ["B", "m", "y"], ["C", "f", "z"], ["", "m", "x"]]
    for _ in 0..<(40 + random.below(80)) {
      rows.append([
        random.pick(["A", "A", "A", "A", "B", "B", "B", "C", ""]), random.pick(["f", "m", "m"]),
        random.pick(["x", "x", "x", "y", "y", "z"]),
      ])
    }
    self.rows = rows
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("docket-restricted-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = ["race,sex,kind"] + rows.map { $0.joined(separator: ",") }
    try lines.joined(separator: "\n").write(
      to: folder.appendingPathComponent("cases.csv"), atomically: true, encoding: .utf8)
    session = Session(directory: folder.path)
    let privacy = isRestricted ? "restricted" : "public"
    _ = session.respond(
      to: "open \"cases.csv\" as cases\ncard cases; unit case; privacy \(privacy); end")
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static func condition(_ random: inout Draws) -> String {
    let field = random.below(3)
    let known = values[field].filter { !$0.isEmpty }
    let sign = random.pick(["=", "=", "!="])
    var text = "\(fields[field])\(sign)\(random.pick(known))"
    if random.below(3) == 0 {
      let other = random.below(3)
      text += " and \(fields[other])=\(random.pick(values[other].filter { !$0.isEmpty }))"
    }
    return text
  }

  static func question(_ random: inout Draws) -> String {
    let condition = condition(&random)
    let key = random.pick(fields)
    switch random.below(7) {
    case 0: return "count cases"
    case 1: return "count cases \(condition)"
    case 2: return "count cases by \(key)"
    case 3: return "count cases where \(condition)"
    case 4: return "share cases \(condition)"
    case 5: return "count cases by \(random.pick(["race, sex", "sex, kind", "race, kind"]))"
    default: return "count cases \(condition) by \(key)"
    }
  }
}

/// The numbers that answers have shown, as equations over the cells of the finest table.
private struct Attack {
  private let data: RestrictedData
  private let cells: [[String]]
  private let sizes: [Int]
  private var equations: [[Double]] = []

  init(_ data: RestrictedData) {
    self.data = data
    var counts: [[String]: Int] = [:]
    for row in data.rows { counts[row, default: 0] += 1 }
    cells = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    sizes = cells.map { counts[$0] ?? 0 }
  }

  /// What a shown number is the number of: found by what the question says, read by this test alone.
  mutating func learn(from answer: Answer) {
    let asked = Asked(answer.question)
    for figure in answer.figures {
      let group = Dictionary(
        uniqueKeysWithValues: figure.group.map { ($0.key, $0.value.isMissing ? "" : "\($0.value)") }
      )
      let isCount = figure.id == "count"
      if isCount, let value = figure.value {
        add({ asked.rows($0) && asked.meets($0) == true && Asked.isIn(group, $0) }, value)
      }
      if let n = figure.n, figure.value != nil {
        add({ asked.rows($0) && asked.meets($0) == true && Asked.isIn(group, $0) }, n)
      }
      if figure.id == "share", let of = figure.of, figure.value != nil {
        add({ asked.rows($0) && asked.meets($0) != nil && Asked.isIn(group, $0) }, of)
      }
      if figure.id == "share-of-all", let of = figure.of, figure.value != nil {
        add({ asked.rows($0) && asked.meets($0) == true }, of)
      }
    }
    if let counted = answer.counted {
      let onlyMeeting = answer.verb == "count"
      add({ asked.rows($0) && (!onlyMeeting || asked.meets($0) == true) }, counted.n)
      for (field, n) in counted.unknown {
        guard let place = RestrictedData.fields.firstIndex(of: field) else { continue }
        add({ asked.rows($0) && $0[place].isEmpty }, n)
      }
    }
  }

  private mutating func add(_ isIn: ([String]) -> Bool, _ number: Double) {
    let row = cells.map { isIn($0) ? 1.0 : 0 }
    let size = zip(row, sizes).reduce(0) { $0 + $1.0 * Double($1.1) }
    // The test reads an answer rightly only where the numbers are those of the data.
    #expect(size == number, "a number of the answer is not that of its rows")
    equations.append(row)
  }

  /// Every set of rows with given values in some fields that is small and follows from the equations.
  func revealed() -> [String] {
    let basis = Attack.reduced(equations)
    var found: [String] = []
    for race in RestrictedData.values[0].map(Optional.some) + [nil] {
      for sex in RestrictedData.values[1].map(Optional.some) + [nil] {
        for kind in RestrictedData.values[2].map(Optional.some) + [nil] {
          let wanted = [race, sex, kind]
          let row = cells.map { cell in
            zip(cell, wanted).allSatisfy { $1 == nil || $0 == $1 } ? 1.0 : 0
          }
          let size = zip(row, sizes).reduce(0) { $0 + $1.0 * Double($1.1) }
          guard size >= 1, size <= 9, Attack.follows(row, from: basis) else { continue }
          found.append("\(wanted.map { $0 ?? "any" }) has \(Int(size))")
        }
      }
    }
    return found
  }

  /// Row echelon form by Gauss's elimination with the largest pivot.
  private static func reduced(_ equations: [[Double]]) -> [(lead: Int, row: [Double])] {
    var basis: [(lead: Int, row: [Double])] = []
    for equation in equations {
      let rest = remainder(of: equation, basis)
      guard let lead = rest.indices.max(by: { abs(rest[$0]) < abs(rest[$1]) }),
        abs(rest[lead]) > 1e-9
      else { continue }
      let row = rest.map { $0 / rest[lead] }
      basis = basis.map { entry in
        let factor = entry.row[lead]
        return (entry.lead, zip(entry.row, row).map { $0 - factor * $1 })
      }
      basis.append((lead, row))
    }
    return basis
  }

  private static func remainder(of row: [Double], _ basis: [(lead: Int, row: [Double])])
    -> [Double]
  {
    var rest = row
    for entry in basis {
      let factor = rest[entry.lead]
      guard factor != 0 else { continue }
      rest = zip(rest, entry.row).map { $0 - factor * $1 }
    }
    return rest
  }

  private static func follows(_ row: [Double], from basis: [(lead: Int, row: [Double])]) -> Bool {
    remainder(of: row, basis).allSatisfy { abs($0) < 1e-9 }
  }
}

/// A question of this test, read anew: which rows it is about, and which of them meet its condition.
private struct Asked {
  private var filter: [[String]] = []
  private var condition: [[String]] = []

  init(_ question: String) {
    var words = question.split(separator: " ").map(String.init)
    if let by = words.firstIndex(of: "by") { words = Array(words[..<by]) }
    let parts = words.dropFirst(2).split(separator: "where", omittingEmptySubsequences: false)
    condition = Asked.tests(parts.first ?? [])
    filter = parts.count > 1 ? Asked.tests(parts[1]) : []
  }

  private static func tests(_ words: ArraySlice<String>) -> [[String]] {
    words.filter { $0 != "and" }.map { word in
      let isNot = word.contains("!=")
      let sides = word.components(separatedBy: isNot ? "!=" : "=")
      return [sides[0], sides[1], isNot ? "not" : "is"]
    }
  }

  /// Kleene's `and`: unknown where a part is and none is false.
  private static func truth(_ tests: [[String]], _ cell: [String]) -> Bool? {
    var result: Bool? = true
    for test in tests {
      let place = RestrictedData.fields.firstIndex(of: test[0]) ?? 0
      guard !cell[place].isEmpty else {
        result = result == false ? false : nil
        continue
      }
      if (cell[place] == test[1]) != (test[2] == "is") { return false }
    }
    return result
  }

  func rows(_ cell: [String]) -> Bool { Asked.truth(filter, cell) == true }

  func meets(_ cell: [String]) -> Bool? { Asked.truth(condition, cell) }

  static func isIn(_ group: [String: String], _ cell: [String]) -> Bool {
    group.allSatisfy { key, value in
      RestrictedData.fields.firstIndex(of: key).map { cell[$0] == value } ?? false
    }
  }
}
