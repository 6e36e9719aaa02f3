internal import Columns
internal import Engine

/// What was scanned of one dataset, and what the source warned of.
struct PluginTable {
  var columns: [String: Column] = [:]
  private(set) var warnings: [String] = []
  /// What the source said last that changes when the rows do.
  var state: String?

  /// A warning that was given before is not kept again.
  mutating func warn(_ message: String, limit: Int) {
    var message = message
    while message.hasSuffix(".") { message.removeLast() }
    if !warnings.contains(message), warnings.count < limit { warnings.append(message) }
  }
}

extension PluginTable {
  /// Whether a cell is of the type that its source declared.
  ///
  /// The empty text and the codes for missing values pass as any type.
  static func fits(_ text: String, _ type: FieldType) -> Bool {
    switch type {
    case .text, .code, .category, .boolean: return true
    case .integer:
      let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
      return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
    case .decimal: return Decimal(plain: text) != nil
    case .real: return Double(text) != nil
    case .date, .datetime:
      return !Meaning(type: type, dateOrder: .yearMonthDay).value(of: text).isMissing
    }
  }
}
