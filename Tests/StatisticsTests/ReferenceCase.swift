import Foundation

/// A value of a reference file, with absent and infinite numbers told apart.
enum ReferenceValue: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([ReferenceValue])
  case record([String: ReferenceValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = text == "inf" ? .number(.infinity) : text == "-inf" ? .number(-.infinity) : .text(text)
    } else if let list = try? container.decode([ReferenceValue].self) {
      self = .list(list)
    } else {
      self = .record(try container.decode([String: ReferenceValue].self))
    }
  }
}

/// One case: inputs of a method and the numbers other software gives for them.
struct ReferenceCase: Decodable {
  struct Tolerance: Decodable {
    let rel: Double
    let abs: Double
  }

  let id: String
  let method: String
  let inputs: [String: ReferenceValue]
  let expected: [String: ReferenceValue]
  let tolerance: Tolerance
  let source: String
}

/// What a method answered under one name.
enum Answer: Equatable {
  case number(Double?)
  /// Held exactly, whatever the tolerance.
  case integer(Int?)
  case text(String)
  case list([Answer])

  static func numbers(_ values: [Double?]) -> Answer { .list(values.map { .number($0) }) }

  /// Whether this is the expected value within the tolerance.
  func holds(_ expected: ReferenceValue, _ tolerance: ReferenceCase.Tolerance) -> Bool {
    switch (self, expected) {
    case (.number(nil), .null), (.integer(nil), .null): true
    case (.integer(let got?), .number(let wanted)): Double(got) == wanted
    case (.number(let got?), .number(let wanted)):
      got == wanted || abs(got - wanted) <= tolerance.abs
        || (wanted.isFinite && abs(got - wanted) <= tolerance.rel * abs(wanted))
    case (.text(let got), .text(let wanted)): got == wanted
    case (.list(let got), .list(let wanted)):
      got.count == wanted.count && zip(got, wanted).allSatisfy { $0.holds($1, tolerance) }
    default: false
    }
  }
}

/// A case that names a method or input that is not known, or gives a value of the wrong kind.
struct UnknownName: Error, CustomStringConvertible {
  let description: String
}

/// The inputs of a case by name; it remembers which were asked for.
final class ReferenceInputs {
  private let values: [String: ReferenceValue]
  private(set) var unread: Set<String>

  init(_ values: [String: ReferenceValue]) {
    self.values = values
    unread = Set(values.keys)
  }

  func value(_ name: String) throws -> ReferenceValue {
    guard let value = values[name] else { throw UnknownName(description: "no input \(name)") }
    unread.remove(name)
    return value
  }

  func double(_ name: String) throws -> Double { try Self.double(value(name)) }
  func int(_ name: String) throws -> Int { try Self.int(value(name)) }
  func doubles(_ name: String) throws -> [Double] { try list(name).map(Self.double) }
  func ints(_ name: String) throws -> [Int] { try list(name).map(Self.int) }
  func table(_ name: String) throws -> [[Int]] { try list(name).map(Self.ints) }

  func list(_ name: String) throws -> [ReferenceValue] { try Self.list(value(name)) }

  static func list(_ value: ReferenceValue) throws -> [ReferenceValue] {
    guard case .list(let list) = value else { throw UnknownName(description: "not a list") }
    return list
  }

  static func ints(_ value: ReferenceValue) throws -> [Int] { try list(value).map(int) }

  static func double(_ value: ReferenceValue) throws -> Double {
    guard case .number(let number) = value else {
      throw UnknownName(description: "\(value) is not a number")
    }
    return number
  }

  static func int(_ value: ReferenceValue) throws -> Int {
    guard let whole = Int(exactly: try double(value)) else {
      throw UnknownName(description: "\(value) is not a whole number")
    }
    return whole
  }
}
