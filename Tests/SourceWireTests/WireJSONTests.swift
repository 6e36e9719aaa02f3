import Foundation
import SourceWire
import Testing

@Suite("JSON of the wire")
struct WireJSONTests {
  @Test("random values come back as they were written, and Foundation reads the same")
  func roundTrip() throws {
    var random = SystemSeed(seed: 7)
    for _ in 0..<2000 {
      let value = WireJSON.random(&random, depth: 4)
      let line = value.line
      #expect(try WireJSON(line: line) == value)
      #expect(!line.contains(UInt8(ascii: "\n")))
      let read = try JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)
      #expect(value.isSame(as: read), "\(String(decoding: line, as: UTF8.self))")
    }
  }

  @Test("what Foundation writes is read")
  func foreign() throws {
    var random = SystemSeed(seed: 11)
    for _ in 0..<1000 {
      let value = WireJSON.random(&random, depth: 3)
      let read = try JSONSerialization.jsonObject(
        with: Data(value.line), options: .fragmentsAllowed)
      let written = try JSONSerialization.data(
        withJSONObject: read, options: [.fragmentsAllowed, .prettyPrinted])
      #expect(try WireJSON(line: Array(written)).isSame(as: read))
    }
  }

  @Test("escapes mean their characters")
  func escapes() throws {
    let line = Array(#" "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00" "#.utf8)
    #expect(try WireJSON(line: line) == .text("\"\\/\u{8}\u{c}\n\r\té😀"))
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", " ", "{", "[1,", "[1 2]", "{\"a\" 1}", "{a:1}", "{\"a\":}", "01", "1.", ".5", "-", "+1",
      "1e", "nul", "True", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\u12g4\"", "[1]]", "1 2", "\"\t\"",
      "NaN", "[,]", "[1,]", "{\"a\":1,}", "'a'",
    ])
  func refused(text: String) {
    #expect(throws: WireFault.self) { try WireJSON(line: Array(text.utf8)) }
  }

  @Test("bytes that are no UTF-8 are refused")
  func notUTF8() {
    let lines: [[UInt8]] = [[0x22, 0xFF, 0x22], Array("[\"aaaaaaaaaaaaaaaa".utf8) + [0xC3, 0x22]]
    for line in lines {
      #expect(throws: WireFault("is no UTF-8")) { try WireJSON(line: line) }
    }
  }

  @Test("deep nesting is refused, not followed")
  func deep() {
    let line = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: WireFault.self) { try WireJSON(line: line) }
  }

  @Test("cut off or spoiled anywhere, a line is refused or read, never a crash")
  func spoiled() throws {
    var random = SystemSeed(seed: 13)
    var read = 0
    let line = Array(
      #"{"id":3,"rows":[["Bl\u00e9ck",2019,-4.5e2,null,true],["é",0,1,"",false]],"end":true}"#.utf8)
    for length in 0..<line.count {
      #expect(throws: WireFault.self) { try WireReply(line: Array(line[..<length])) }
    }
    for _ in 0..<5000 {
      var spoiled = line
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        spoiled[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if (try? WireReply(line: spoiled)) != nil { read += 1 }
    }
    #expect(read > 0 && read < 5000)
  }
}

/// Random numbers from a seed (SplitMix64).
struct SystemSeed: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension WireJSON {
  static func random(_ random: inout SystemSeed, depth: Int) -> WireJSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .boolean(.random(using: &random))
    case 2: return WireJSON(Int.random(in: -1_000_000...1_000_000, using: &random))
    case 3: return .number(["0", "-0.5", "1e10", "12.25", "1E-3"].randomElement(using: &random)!)
    case 4, 5: return .text(text(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          .random(&random, depth: depth - 1)
        })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map { index in
          Member("\(index)" + text(&random), .random(&random, depth: depth - 1))
        })
    }
  }

  private static func text(_ random: inout SystemSeed) -> String {
    let pieces = ["a", "é", "ドラッグ", "\"", "\\", "\n", "\u{1}", "\u{7f}", "😀", " ", "/", "\u{2028}"]
    return (0..<Int.random(in: 0..<12, using: &random)).map { _ in
      pieces.randomElement(using: &random)!
    }.joined()
  }

  func isSame(as read: Any) -> Bool {
    switch self {
    case .null: read is NSNull
    case .boolean(let boolean): (read as? Bool) == boolean
    case .number(let digits): (read as? NSNumber)?.doubleValue == Double(digits)
    case .text(let text): (read as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
    case .array(let elements):
      (read as? [Any]).map { others in
        others.count == elements.count && zip(elements, others).allSatisfy { $0.isSame(as: $1) }
      } ?? false
    case .object(let members):
      (read as? [String: Any]).map { others in
        others.count == members.count
          && members.allSatisfy { member in
            others[member.name].map { member.value.isSame(as: $0) } ?? false
          }
      } ?? false
    }
  }
}
