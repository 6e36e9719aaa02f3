package import Columns
package import Engine

/// A wide table in long form: each row once for each of some groups, with the group's name in one
/// field and its number in another.
///
/// `Death 9, NoDeath 3` of one row become two rows, `outcome=death n=9` and `outcome=life n=3`. It
/// stands on another source, whose rows and other fields it repeats; asked from one thread at a
/// time.
package final class StackedSource: Source, @unchecked Sendable {
  /// A group of a row, with its number in each row of the table as a text; empty where it is not
  /// known.
  package struct Group: Sendable {
    package let name: String
    package let numbers: [String]

    package init(name: String, numbers: [String]) {
      self.name = name
      self.numbers = numbers
    }
  }

  /// What the long form is made of.
  package struct Form {
    /// The fields of the table that are kept.
    package let kept: [String]
    /// The new fields: the group's name, and its number.
    package let field: String
    package let number: String
    /// The groups, with one number for each row of the table as it is now.
    package let groups: (any RunMonitor) throws -> [Group]

    package init(
      kept: [String], field: String, number: String,
      groups: @escaping (any RunMonitor) throws -> [Group]
    ) {
      self.kept = kept
      self.field = field
      self.number = number
      self.groups = groups
    }
  }

  /// The columns that the groups make, of one edition of the rows.
  private struct Made {
    let edition: Int
    let groupCount: Int
    let labels: Column
    let numbers: Column
  }

  package var origin: String { base.origin }
  private let base: any Source
  private let table: String
  private let form: Form
  private var made: Made

  /// Errors: those of the form's groups.
  package init(_ base: any Source, table: String, form: Form, run: any RunMonitor) throws {
    self.base = base
    self.table = table
    self.form = form
    made = try StackedSource.made(form, edition: base.edition(of: table), run)
  }

  private static func made(_ form: Form, edition: Int, _ run: any RunMonitor) throws -> Made {
    let groups = try form.groups(run)
    let rows = groups.first?.numbers.count ?? 0
    var labels = ColumnBuilder()
    var numbers = ColumnBuilder()
    for row in 0..<rows {
      for group in groups {
        labels.append(group.name)
        numbers.append(group.numbers[row])
      }
    }
    return Made(
      edition: edition, groupCount: groups.count, labels: labels.column, numbers: numbers.column)
  }

  package func datasets() throws -> [DatasetSchema] {
    [DatasetSchema(name: table, fields: form.kept + [form.field, form.number])]
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    let kept = names.filter { form.kept.contains($0) }
    for _ in 0..<3 {
      let columns = kept.isEmpty ? [] : try base.columns(kept, of: table, run: run)
      // Numbers belong to the rows that they were taken of, and to no others.
      if made.edition != base.edition(of: table) {
        made = try StackedSource.made(form, edition: base.edition(of: table), run)
        continue
      }
      let read = Dictionary(zip(kept, columns), uniquingKeysWith: { a, _ in a })
      return try names.map { name in
        if name == form.field { return made.labels }
        if name == form.number { return made.numbers }
        guard let column = read[name] else {
          throw SourceProblem(.notFound, "\(origin) has no field \(name)")
        }
        return column.repeated(made.groupCount)
      }
    }
    throw SourceProblem(
      .damaged, "\(table) in \(origin) changed while it was read", help: ["ask again"])
  }

  package func rowCount(of dataset: String, run: any RunMonitor) throws -> Int {
    try columns([form.field], of: dataset, run: run)[0].rowCount
  }

  package func beginQuestion() { base.beginQuestion() }
  package func edition(of dataset: String) -> Int { base.edition(of: table) }

  package func declaredType(of column: String, in dataset: String) -> FieldType? {
    if column == form.field { return .category }
    if column == form.number { return .decimal }
    return base.declaredType(of: column, in: table)
  }

  package func card(of dataset: String) -> Card? { base.card(of: table) }
  package func report(of dataset: String) -> [String] { base.report(of: table) }
  package func warnings(of dataset: String) -> [String] { base.warnings(of: table) }
  package func fingerprint(of dataset: String) throws -> String {
    try base.fingerprint(of: table)
  }
}

extension Column {
  /// Each row so many times, one behind another.
  fileprivate func repeated(_ times: Int) -> Column {
    var codes: [UInt32] = []
    codes.reserveCapacity(rowCount * times)
    for code in self.codes.words {
      for _ in 0..<times { codes.append(code) }
    }
    return Column(codes: .words(codes), texts: texts, counts: counts.map { $0 * times })
  }
}
