internal import SourceWire

/// The type of a column as a server writes it: `Nullable(Decimal(9, 2))`.
struct ColumnType: Hashable {
  enum Kind: Hashable {
    /// Whole numbers of so many bits.
    case integer(bits: Int, isSigned: Bool)
    case decimal(scale: Int)
    case real
    case boolean
    case text
    /// Texts of one length, filled up with zero bytes.
    case fixedText
    /// Words that repeat, stored as numbers.
    case word
    /// Looks like a code, and is one text for each value.
    case code
    case day
    /// In whole seconds, shown by the clock of a zone where one is named.
    case moment(zone: String?)
    /// Shown as text; nothing is worked out of it at the server.
    case other
    /// Can't be shown.
    case opaque
  }

  let kind: Kind

  init(_ written: String) {
    var (name, arguments) = ColumnType.parts(written)
    var isRepeated = false
    while ["Nullable", "LowCardinality"].contains(name), let inner = arguments {
      if name == "LowCardinality" { isRepeated = true }
      (name, arguments) = ColumnType.parts(inner)
    }
    let kind = ColumnType.kind(name, arguments)
    self.kind = isRepeated && (kind == .text || kind == .fixedText) ? .word : kind
  }

  /// `Decimal` and `9, 2`.
  private static func parts(_ written: String) -> (name: String, arguments: String?) {
    guard let open = written.firstIndex(of: "("), written.last == ")" else { return (written, nil) }
    return (
      String(written[..<open]), String(written[written.index(after: open)...].dropLast())
    )
  }

  private static func kind(_ name: String, _ arguments: String?) -> Kind {
    for (prefix, isSigned) in [("UInt", false), ("Int", true)] where name.hasPrefix(prefix) {
      if let bits = Int(name.dropFirst(prefix.count)) {
        return .integer(bits: bits, isSigned: isSigned)
      }
    }
    let list = (arguments ?? "").split(separator: ",").map {
      $0.drop { $0 == " " }.drop { $0 == "'" }.prefix { $0 != "'" }
    }
    switch name {
    case "Decimal": return list.last.flatMap { Int($0) }.map { .decimal(scale: $0) } ?? .other
    case "Decimal32", "Decimal64", "Decimal128", "Decimal256":
      return list.first.flatMap { Int($0) }.map { .decimal(scale: $0) } ?? .other
    case "Float32", "Float64", "BFloat16": return .real
    case "Bool": return .boolean
    case "String": return .text
    case "FixedString": return .fixedText
    case "Enum8", "Enum16", "Enum": return .word
    case "UUID", "IPv4", "IPv6": return .code
    case "Date", "Date32": return .day
    case "DateTime": return .moment(zone: list.first.map(String.init))
    case "AggregateFunction", "Nothing", "Set": return .opaque
    default: return .other
    }
  }

  /// What the wire calls it; nothing where it can't be shown.
  var wire: WireType? {
    switch kind {
    case .integer: .integer
    case .decimal: .decimal
    case .real: .real
    case .boolean: .boolean
    case .text, .fixedText, .other: .text
    case .word: .category
    case .code: .code
    case .day: .date
    case .moment: .datetime
    case .opaque: nil
    }
  }
}
