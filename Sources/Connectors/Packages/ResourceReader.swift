internal import Columns
internal import Engine

/// Reads one resource of a data package's description.
struct ResourceReader {
  private let folder: String
  private let path: String
  /// What was left aside, a sentence each.
  private(set) var notes: [String] = []

  /// - Parameters:
  ///   - folder: where the description stands, with a slash behind it.
  ///   - path: the description's own path, for messages.
  init(folder: String, path: String) {
    self.folder = folder
    self.path = path
  }

  /// Nothing where a resource is no table; the notes say so.
  mutating func resource(_ entry: JSONValue, number: Int) throws -> DataPackage.Resource? {
    let name = entry["name"]?.text ?? "resource \(number)"
    guard let contents = try contents(entry, name) else {
      notes.append("`\(name)` has neither a path nor data and is left out")
      return nil
    }
    let schema = try schema(of: entry)
    let missing = ResourceReader.missing(schema?["missingValues"]) ?? []
    var fields: [DataPackage.Field] = []
    for described in schema?["fields"]?.list ?? [] {
      if let field = field(described, missing, of: name) { fields.append(field) }
    }
    noteDialect(entry["dialect"], name)
    return DataPackage.Resource(
      name: name, title: entry["title"]?.text, description: entry["description"]?.text,
      contents: contents, fields: fields,
      primaryKey: ResourceReader.names(schema?["primaryKey"]),
      foreignKeys: (schema?["foreignKeys"]?.list ?? []).compactMap {
        ResourceReader.foreignKey($0, of: name)
      },
      sources: DataPackage.titles(entry["sources"]))
  }

  // MARK: - Contents

  private func contents(_ entry: JSONValue, _ name: String) throws -> DataPackage.Contents? {
    if let data = entry["data"] {
      if let text = data.text { return .inline(Array(text.utf8)) }
      return .inline(Array(data.written.utf8))
    }
    let paths = entry["path"]?.text.map { [$0] } ?? (entry["path"]?.list ?? []).compactMap(\.text)
    guard !paths.isEmpty else { return nil }
    if paths.allSatisfy({ WebAddress($0) != nil }) { return .addresses(paths) }
    return .files(try paths.map(inside))
  }

  /// A path below the description's folder: others could reach any file of the person who opens it.
  private func inside(_ relative: String) throws -> String {
    let steps = relative.split(separator: "/")
    guard !relative.hasPrefix("/"), !relative.hasPrefix("~"), !steps.contains(".."),
      !relative.contains("://"), !relative.contains("\\")
    else {
      throw SourceProblem(
        .refused, "\(path) names a file outside its folder: \(relative)",
        help: ["open the file by its own name"])
    }
    return folder + relative
  }

  private func schema(of entry: JSONValue) throws -> JSONValue? {
    guard let relative = entry["schema"]?.text else { return entry["schema"] }
    guard WebAddress(relative) == nil else { return nil }
    return try DataPackage.document(inside(relative))
  }

  /// The delimiter and quotes of a file are found out by reading it; other wishes are said.
  private mutating func noteDialect(_ dialect: JSONValue?, _ name: String) {
    guard let dialect else { return }
    if dialect["header"] == .boolean(false) {
      notes.append("`\(name)` is said to have no header; its first row is read as one")
    }
    if let mark = dialect["commentChar"]?.text, !mark.isEmpty {
      notes.append("lines of `\(name)` that begin with \(mark) are read as rows")
    }
  }

  // MARK: - Fields

  private mutating func field(
    _ entry: JSONValue, _ missing: Set<String>, of resource: String
  ) -> DataPackage.Field? {
    guard let name = entry["name"]?.text else {
      notes.append("a field of `\(resource)` has no name and is left out")
      return nil
    }
    let declared = entry["type"]?.text ?? "any"
    let format = entry["format"]?.text ?? "default"
    let order = DataPackage.dateOrder(declared, format)
    if ["date", "datetime"].contains(declared), order == nil, format != "any" {
      notes.append("dates of `\(name)` are said to be written as \(format), which is found out")
    }
    if let mark = entry["decimalChar"]?.text, mark != "." {
      notes.append("numbers of `\(name)` are said to have `\(mark)` as decimal mark")
    }
    return DataPackage.Field(
      name: name, title: entry["title"]?.text, description: entry["description"]?.text,
      declared: declared, type: DataPackage.type(declared, order), dateOrder: order,
      missing: ResourceReader.missing(entry["missingValues"]) ?? missing,
      constraints: DataPackage.Constraints(entry["constraints"]))
  }

  /// Texts, or since version 2 also objects with a value; the empty text is missing in any case.
  private static func missing(_ list: JSONValue?) -> Set<String>? {
    list?.list.map { Set($0.compactMap { $0.text ?? $0["value"]?.text }).subtracting([""]) }
  }

  private static func names(_ value: JSONValue?) -> [String] {
    value?.text.map { [$0] } ?? (value?.list ?? []).compactMap(\.text)
  }

  private static func foreignKey(_ entry: JSONValue, of resource: String)
    -> DataPackage.ForeignKey?
  {
    let fields = names(entry["fields"])
    let targets = names(entry["reference"]?["fields"])
    guard !fields.isEmpty, fields.count == targets.count else { return nil }
    let named = entry["reference"]?["resource"]?.text ?? ""
    return DataPackage.ForeignKey(
      fields: fields, resource: named.isEmpty ? resource : named, targets: targets)
  }
}

extension DataPackage {
  /// The field type of a type of Table Schema; nothing where the values are to tell.
  static func type(_ declared: String, _ order: DateOrder?) -> FieldType? {
    switch declared {
    case "integer", "year": .integer
    case "number": .decimal
    case "boolean": .boolean
    case "date": order == nil ? nil : .date
    case "datetime": order == nil ? nil : .datetime
    default: nil
    }
  }

  /// The order of a date that a format names; nothing for other formats.
  static func dateOrder(_ declared: String, _ format: String) -> DateOrder? {
    guard declared == "date" || declared == "datetime" else { return nil }
    let day = format.prefix { $0 != " " && $0 != "T" }
    switch day {
    case "default", "%Y-%m-%d": return .yearMonthDay
    case "%m/%d/%Y": return .monthDayYear
    case "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y": return .dayMonthYear
    case "%Y%m%d": return .compact
    default: return nil
    }
  }
}
