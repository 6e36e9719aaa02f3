package import Columns

extension DataPackage {
  /// What a schema demands of a field's values.
  package struct Constraints: Hashable, Sendable {
    package let isRequired: Bool
    package let isUnique: Bool
    package let minimum: String?
    package let maximum: String?
    package let minimumLength: Int?
    package let maximumLength: Int?
    package let pattern: String?
    /// The values that there may be; empty where any may.
    package let allowed: [String]

    init(_ entry: JSONValue?) {
      isRequired = entry?["required"] == .boolean(true)
      isUnique = entry?["unique"] == .boolean(true)
      minimum = entry?["minimum"]?.cell
      maximum = entry?["maximum"]?.cell
      minimumLength = entry?["minLength"]?.cell.flatMap { Int($0) }
      maximumLength = entry?["maxLength"]?.cell.flatMap { Int($0) }
      pattern = entry?["pattern"]?.text
      allowed = (entry?["enum"]?.list ?? []).compactMap(\.cell)
    }
  }
}

extension DataPackage.Resource {
  /// Which demands of the schema the data don't meet, a sentence each, and what could not be looked
  /// at.
  ///
  /// - Parameter column: the column of a field; nothing where the data have none.
  /// - Complexity: O(distinct texts), and O(rows) for a primary key of several fields.
  package func violations(column: (String) throws -> Column?) rethrows -> [String] {
    var sentences: [String] = []
    for field in fields {
      guard let column = try column(field.name) else {
        sentences.append("`\(field.name)` is in the schema of \(name) and not in its data")
        continue
      }
      sentences += ConstraintCheck(field, column).sentences
    }
    if primaryKey.count == 1, let key = fields.first(where: { $0.name == primaryKey[0] }) {
      if let column = try column(key.name) {
        sentences += ConstraintCheck(key, column).keySentences
      }
    } else if primaryKey.count > 1 {
      let columns = try primaryKey.compactMap { try column($0) }
      if columns.count == primaryKey.count { sentences += repeatedKeys(columns) }
    }
    return sentences
  }

  private func repeatedKeys(_ columns: [Column]) -> [String] {
    var seen: Set<[Int]> = []
    var count = 0
    for row in 0..<(columns.first?.rowCount ?? 0) {
      if !seen.insert(columns.map { $0.codes[row] }).inserted { count += 1 }
    }
    let key = primaryKey.map { "`\($0)`" }.joined(separator: " and ")
    return count == 0
      ? []
      : [
        "\(key) should tell the rows of \(name) apart, but "
          + (count == 1 ? "1 row repeats a key" : "\(count) rows repeat a key")
      ]
  }
}

/// How constraint sentences count.
private enum Wording {
  static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}

/// Looks at the distinct texts of one column.
private struct ConstraintCheck {
  private let field: DataPackage.Field
  private let column: Column
  /// What each text means.
  private let values: [Value]

  init(_ field: DataPackage.Field, _ column: Column) {
    self.field = field
    self.column = column
    let meaning = Meaning(
      type: field.type ?? .category, dateOrder: field.dateOrder, missing: field.missing)
    values = meaning.values(of: column.texts)
  }

  /// The codes of texts that stand for no value.
  private func isMissing(_ code: Int) -> Bool {
    let text = column.texts[code]
    return text.isEmpty || field.missing.contains(text)
  }

  var sentences: [String] {
    let constraints = field.constraints
    var sentences: [String] = []
    if constraints.isRequired { sentences += missing(in: "is required") }
    if constraints.isUnique { sentences += repeated("should be unique") }
    if !constraints.allowed.isEmpty {
      let allowed = Set(constraints.allowed)
      sentences += broken("may only be \(listed(constraints.allowed))") { text, _ in
        allowed.contains(text)
      }
    }
    sentences += bounds(constraints)
    if let least = constraints.minimumLength {
      sentences += broken("should have at least \(least) characters") { text, _ in
        text.unicodeScalars.count >= least
      }
    }
    if let most = constraints.maximumLength {
      sentences += broken("should have at most \(most) characters") { text, _ in
        text.unicodeScalars.count <= most
      }
    }
    if let pattern = constraints.pattern { sentences += fits(pattern) }
    return sentences
  }

  /// What a primary key must be.
  var keySentences: [String] {
    let hasOwn = field.constraints
    return (hasOwn.isRequired ? [] : missing(in: "is the primary key"))
      + (hasOwn.isUnique ? [] : repeated("is the primary key"))
  }

  private func bounds(_ constraints: DataPackage.Constraints) -> [String] {
    bound(constraints.minimum, "should be at least") { $0 >= $1 }
      + bound(constraints.maximum, "should be at most") { $0 <= $1 }
  }

  /// Values that are not of the field's type are no matter of the bound.
  private func bound(_ text: String?, _ demand: String, _ holds: (Value, Value) -> Bool)
    -> [String]
  {
    guard let text else { return [] }
    let meaning = Meaning(type: field.type ?? .category, dateOrder: field.dateOrder)
    let bound = meaning.value(of: text)
    guard !bound.isMissing, field.type != nil else {
      return ["`\(field.name)` \(demand) \(text), which is not looked at"]
    }
    return broken("\(demand) \(text)") { _, value in value.isMissing || holds(value, bound) }
  }

  private func fits(_ pattern: String) -> [String] {
    guard let expression = SchemaPattern(pattern) else {
      return ["`\(field.name)` has the pattern \(pattern), which is not looked at"]
    }
    return broken("should fit the pattern \(pattern)") { text, _ in expression.fits(text) }
  }

  // MARK: - Sentences

  private func missing(in demand: String) -> [String] {
    let counts = column.counts
    let count = counts.indices.reduce(0) { isMissing($1) ? $0 + counts[$1] : $0 }
    return count == 0
      ? [] : ["`\(field.name)` \(demand), but it is missing in \(Wording.rows(count))"]
  }

  private func repeated(_ demand: String) -> [String] {
    let counts = column.counts
    let codes = column.codesAsTheyAppear.filter { counts[$0] > 1 && !isMissing($0) }
    guard let first = codes.first else { return [] }
    let count = codes.count == 1 ? "1 value stands" : "\(codes.count) values stand"
    return [
      "`\(field.name)` \(demand), but \(count) in several rows, such as \(column.texts[first])"
    ]
  }

  private func broken(_ demand: String, _ holds: (String, Value) -> Bool) -> [String] {
    let counts = column.counts
    let codes = column.codesAsTheyAppear.filter { code in
      counts[code] > 0 && !isMissing(code) && !holds(column.texts[code], values[code])
    }
    guard let first = codes.first else { return [] }
    let count = codes.reduce(0) { $0 + counts[$1] }
    let verb = count == 1 ? "1 row does" : "\(count) rows do"
    return ["`\(field.name)` \(demand), but \(verb) not hold that, such as \(column.texts[first])"]
  }

  private func listed(_ values: [String]) -> String {
    values.prefix(6).joined(separator: ", ") + (values.count > 6 ? " …" : "")
  }
}
