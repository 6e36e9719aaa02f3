internal import Columns
internal import Engine

/// What was scanned of one dataset, and what the source warned of.
struct PluginTable {
  var columns: [String: Column] = [:]
  private(set) var warnings: [String] = []
  /// What the source says of the rows of this edition.
  private(set) var state = State.notTold
  private var lastTold: String?
  /// Whether what is held is known to be good for the question that is asked.
  var isSettled = true
  /// Another number as soon as the rows may be others.
  private(set) var edition = 0
  /// What the columns held that were let go of.
  var before: [String: Content] = [:]

  /// Forgets the columns, except for what they held.
  mutating func letGo() {
    edition += 1
    state = .notTold
    before.merge(columns.mapValues { Content($0) }) { $1 }
    columns = [:]
  }

  /// Takes note of what the source says at the end of an answer: a text that changes when the rows do,
  /// or nothing where it can't tell whether they have. Whether they have, for certain.
  mutating func note(_ given: String?) -> Bool {
    guard let given else {
      state = .unknown
      return false
    }
    let hasChanged = lastTold.map { $0 != given } ?? false
    lastTold = given
    if hasChanged { letGo() }
    switch state {
    case .notTold: state = .told(given)
    case .told(let known) where known == given: break
    // What was read before may be of other rows than what was read now.
    case .told, .unknown: state = .unknown
    }
    return hasChanged
  }
  /// A warning that was given before is not kept again.
  mutating func warn(_ message: String, limit: Int) {
    var message = message
    while message.hasSuffix(".") { message.removeLast() }
    if !warnings.contains(message), warnings.count < limit { warnings.append(message) }
  }
}

extension PluginTable {
  /// What is known of the rows that an edition of a table has.
  enum State: Hashable {
    case notTold
    /// They are the same as long as the source says this.
    case told(String)
    case unknown
  }

  /// How often a column holds each of its texts, in whatever order: two columns are equal here that
  /// differ in the order of their rows.
  struct Content: Hashable {
    private var rows: Int
    private var sum: UInt64 = 0

    init(_ column: Column) {
      rows = column.rowCount
      for (code, count) in column.counts.enumerated() where count > 0 {
        // FNV-1a.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let bounds = column.texts.bounds[code]..<column.texts.bounds[code + 1]
        for byte in column.texts.bytes[bounds] {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        sum &+= hash &* (UInt64(count) << 1 | 1)
      }
    }
  }

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
