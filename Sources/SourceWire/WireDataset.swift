/// What kind of values a field of a source holds.
package enum WireType: String, CaseIterable, Hashable, Sendable {
  case text
  /// Looks numeric, never calculated with.
  case code
  /// Words that repeat.
  case category
  /// Whole numbers; beyond 2⁵³ they are written as text.
  case integer
  /// Exact decimal numbers, written as text: `"81234.50"`.
  case decimal
  /// Binary floating point.
  case real
  case boolean
  /// `2021-04-01`.
  case date
  /// `2021-04-01T08:30:00`, of the clock that the source keeps.
  case datetime
}

/// A field as its source describes it.
package struct WireField: Hashable, Sendable {
  package var name: String
  package var type: WireType
  package var label: String?
  /// The texts that stand for a missing value.
  package var missing: [String]
  /// Whether lists of rows hide it.
  package var isSensitive: Bool

  package init(
    name: String, type: WireType, label: String? = nil, missing: [String] = [],
    isSensitive: Bool = false
  ) {
    self.name = name
    self.type = type
    self.label = label
    self.missing = missing
    self.isSensitive = isSensitive
  }
}

/// A dataset as its source describes it.
package struct WireDataset: Hashable, Sendable {
  package var name: String
  package var fields: [WireField]
  /// The lines of its card by their first words: `unit`, `id`, `place`, `period` …
  package var card: [WireJSON.Member]
  /// About how many rows there are, where that is known.
  package var rows: Int?
  /// Whether every scan gives the rows in the same order, so that columns can be scanned apart.
  package var isOrdered: Bool
  /// The digest of its content, `sha256:…`, where the source has one.
  package var fingerprint: String?

  package init(
    name: String, fields: [WireField], card: [WireJSON.Member] = [], rows: Int? = nil,
    isOrdered: Bool = false, fingerprint: String? = nil
  ) {
    self.name = name
    self.fields = fields
    self.card = card
    self.rows = rows
    self.isOrdered = isOrdered
    self.fingerprint = fingerprint
  }
}

extension WireField {
  init(_ json: WireJSON) throws {
    guard let name = json["name"]?.text, !name.isEmpty else {
      throw WireFault("describes a field without a name")
    }
    let type = json["type"]?.text ?? "text"
    guard let known = WireType(rawValue: type) else {
      throw WireFault("says that \(name) is of the type \(type), which there is not")
    }
    self.init(
      name: name, type: known, label: json["label"]?.text, missing: json["missing"]?.texts ?? [],
      isSensitive: json["sensitive"]?.boolean ?? false)
  }

  var json: WireJSON {
    var members: [WireJSON.Member] = [
      .init("name", .text(name)), .init("type", .text(type.rawValue)),
    ]
    if let label { members.append(.init("label", .text(label))) }
    if !missing.isEmpty { members.append(.init("missing", WireJSON(texts: missing))) }
    if isSensitive { members.append(.init("sensitive", .boolean(true))) }
    return .object(members)
  }
}

extension WireDataset {
  init(_ json: WireJSON) throws {
    guard let name = json["name"]?.text, !name.isEmpty else {
      throw WireFault("describes a dataset without a name")
    }
    guard let fields = json["fields"]?.array else {
      throw WireFault("describes \(name) without fields")
    }
    self.init(
      name: name, fields: try fields.map { try WireField($0) }, card: json["card"]?.members ?? [],
      rows: json["rows"]?.integer, isOrdered: json["ordered"]?.boolean ?? false,
      fingerprint: json["fingerprint"]?.text)
    var names: Set<String> = []
    if let twice = self.fields.first(where: { !names.insert($0.name).inserted }) {
      throw WireFault("describes two fields \(twice.name) of \(name)")
    }
  }

  var json: WireJSON {
    var members: [WireJSON.Member] = [.init("name", .text(name))]
    if !card.isEmpty { members.append(.init("card", .object(card))) }
    if let rows { members.append(.init("rows", WireJSON(rows))) }
    if isOrdered { members.append(.init("ordered", .boolean(true))) }
    if let fingerprint { members.append(.init("fingerprint", .text(fingerprint))) }
    members.append(.init("fields", .array(fields.map(\.json))))
    return .object(members)
  }
}
