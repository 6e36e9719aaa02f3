import Diagnostics
import Engine

/// Figures drawn for one question: a name for each number, and texts filled with them.
struct QuizFigures {
  /// A number, and whether it is written as a percentage.
  private struct Drawn {
    let value: Int
    let isPercent: Bool
  }

  private var drawn: [String: Drawn] = [:]
  private var state: UInt64

  /// Draws each figure; the same seed draws the same ones.
  init(_ draws: [String], seed: UInt64, at span: Span) throws(Diagnostic) {
    state = seed
    for draw in draws { try add(draw, at: span) }
  }

  /// A number that a name stands for, the same on every machine (FNV-1a, 64 bits).
  static func seed(of name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
  }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private mutating func random() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  private mutating func number(from low: Int, to high: Int) -> Int {
    high > low ? low + Int(random() % UInt64(high - low + 1)) : low
  }

  private mutating func add(_ draw: String, at span: Span) throws(Diagnostic) {
    let words = draw.split(separator: " ").map(String.init)
    guard words.count >= 3, words[1] == "=" else { throw LessonMessages.notADraw(draw, at: span) }
    let name = words[0]
    if words.count == 5, let left = drawn[words[2]], let right = drawn[words[4]] {
      switch words[3] {
      case "-": drawn[name] = Drawn(value: left.value - right.value, isPercent: false)
      case "+": drawn[name] = Drawn(value: left.value + right.value, isPercent: false)
      default: throw LessonMessages.notADraw(draw, at: span)
      }
      return
    }
    let isPercent = words[2].hasSuffix("%")
    let ends = words[2].split(separator: "%").joined().split(separator: ".")
      .compactMap { Int($0) }
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw LessonMessages.notADraw(draw, at: span)
    }
    if words.count == 5, words[3] == "of", isPercent, let whole = drawn[words[4]] {
      let low = (whole.value * ends[0] + 99) / 100
      drawn[name] = Drawn(
        value: number(from: low, to: whole.value * ends[1] / 100), isPercent: false)
    } else if words.count == 3 {
      drawn[name] = Drawn(value: number(from: ends[0], to: ends[1]), isPercent: isPercent)
    } else {
      throw LessonMessages.notADraw(draw, at: span)
    }
  }

  /// A text with each `{name}` replaced; with thousands marks where people read it.
  func filled(_ text: String, forPeople: Bool) -> String {
    drawn.sorted { $0.key < $1.key }.reduce(text) { text, entry in
      let (name, figure) = entry
      let digits = forPeople ? Words.grouped(figure.value) : String(figure.value)
      return text.replacing("{\(name)}", with: digits + (figure.isPercent ? "%" : ""))
    }
  }
}
