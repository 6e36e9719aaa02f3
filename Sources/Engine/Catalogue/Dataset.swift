package import Columns
import Syntax

/// A table whose rows are counted: where it is, its card, and what was defined on it.
package final class Dataset {
  /// The name it is asked by.
  package let name: String
  package let source: any Source
  /// Its name inside the source.
  package let table: String
  /// Field names in the order of the file.
  package let fields: [String]
  package var card: Card {
    didSet {
      meanings = [:]
      repeating = nil
      found = nil
    }
  }
  /// Fields by calculation, in order of definition.
  package var computed: [(name: String, expression: Expression)] = []
  package var links: [Link] = []
  package var stages: [Stage] = []
  /// Columns that statements to come will need: they are read along with the first one that is asked for.
  package var columnsAhead: [String] = []
  /// Columns that questions have read so far: looking at these again costs little.
  package var columnsRead: Set<String> = []
  /// What questions have counted of its columns, for those to come.
  package let cubes = CodeCubes()
  /// The one field that holds dates in the rows as they are, where a question needed a date and the card named none.
  var foundDate: String? {
    get { current(found) }
    set { found = newValue.map { InEdition(value: $0, edition: source.edition(of: table)) } }
  }
  /// Whether the card's id repeats, once it has been looked up in the rows as they are.
  package var repeatingIds: Bool? {
    get { current(repeating) }
    set { repeating = newValue.map { InEdition(value: $0, edition: source.edition(of: table)) } }
  }

  /// The columns of picks, worked out when a question first looked at the rows as they are.
  private var picked: [Pick: InEdition<Column>] = [:]
  private var repeating: InEdition<Bool>?
  private var found: InEdition<String>?
  private var meanings: [String: InEdition<(Meaning, [String])>] = [:]
  private let byKey: [String: String]

  package init(name: String, source: any Source, table: String, fields: [String]) {
    self.name = name
    self.source = source
    self.table = table
    self.fields = fields
    card = Card()
    byKey = Dictionary(
      fields.map { (Name.key(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The column of this name; case does not matter, and space, `_` and `-` are one.
  package func column(named name: String) -> String? {
    fields.contains(name) ? name : byKey[Name.key(of: name)]
  }

  /// The name, or the name with a number behind it where a field has it.
  package func unusedName(_ name: String) -> String {
    let names = [name] + (2...(fields.count + 2)).map { "\(name)_\($0)" }
    return names.first { column(named: $0) == nil && computed(named: $0) == nil } ?? name
  }

  /// The calculation of the field of this name.
  package func computed(named name: String) -> Expression? {
    let key = Name.key(of: name)
    return computed.first { Name.key(of: $0.name) == key }?.expression
  }

  /// The stage of this name.
  package func stage(named name: String) -> Stage? {
    let key = Name.key(of: name)
    return stages.first { Name.key(of: $0.name) == key }
  }

  /// Something that was found out of the rows when they were of this edition.
  private struct InEdition<Value> {
    let value: Value
    let edition: Int
  }

  private func current<Value>(_ found: InEdition<Value>?) -> Value? {
    guard let found, found.edition == source.edition(of: table) else { return nil }
    return found.value
  }

  /// The column of a pick, worked out of columns that were read before.
  func column(of pick: Pick, make: () throws -> Column) rethrows -> Column {
    if let known = current(picked[pick]) { return known }
    let column = try make()
    // What stands in another dataset may be opened anew.
    if Reached(of: pick).links.isEmpty {
      picked[pick] = InEdition(value: column, edition: source.edition(of: table))
    }
    return column
  }

  /// How the texts of a column are read: what the card says, and the rest by the whole column.
  package func meaning(of column: String, run: any RunMonitor) throws -> Meaning {
    try inspected(column, run).0
  }

  /// What was noticed about a column's values, in sentences.
  package func notes(on column: String, run: any RunMonitor) throws -> [String] {
    try inspected(column, run).1
  }

  private func inspected(_ column: String, _ run: any RunMonitor) throws -> (Meaning, [String]) {
    let key = Name.key(of: column)
    let missing = card.missing[key] ?? []
    let recode = card.recode[key] ?? [:]
    let prescribed = card.types[key]
    let isDate = card.date.map { Name.key(of: $0) == key } ?? false
    let declared = source.declaredType(of: column, in: table)
    let type = prescribed?.type ?? (isDate ? .date : declared)
    // Where the source answers for its types, no cell has to be looked at.
    if source.holdsToTypes, let type, type == declared, prescribed?.order == nil, recode.isEmpty {
      let order = type.isDate ? DateOrder.yearMonthDay : nil
      return (Meaning(type: type, dateOrder: order, missing: missing), [])
    }
    if let known = current(meanings[column]) { return known }
    let inference = TypeInference.meaning(
      of: try distinct(column, run), named: column, missing: missing, recode: recode, as: type,
      dateOrder: prescribed?.order, isCancelled: { run.isCancelled })
    if run.isCancelled { throw Runner.cancelled }
    meanings[column] = InEdition(
      value: (inference.meaning, inference.notes), edition: source.edition(of: table))
    return (inference.meaning, inference.notes)
  }

  /// How the texts of a column are read, as far as some of its rows tell.
  func likelyMeaning(of column: String, by rows: Column) -> Meaning {
    let key = Name.key(of: column)
    return TypeInference.meaning(
      of: rows, named: column, missing: card.missing[key] ?? [], recode: card.recode[key] ?? [:],
      as: card.types[key]?.type, dateOrder: card.types[key]?.order
    ).meaning
  }

  private func distinct(_ column: String, _ run: any RunMonitor) throws -> Column {
    if let values = try source.values(of: column, in: table, run: run) { return values }
    return try source.columns(withThoseAhead([column]), of: table, run: run)[0]
  }

  /// The columns asked for first, then those that statements to come will need.
  func withThoseAhead(_ names: [String]) -> [String] {
    guard source.readsAhead else { return names }
    let ahead = columnsAhead.filter { !names.contains($0) }
    columnsAhead = []
    return names + ahead
  }

  /// The field of a column whose texts are not looked at: of no type, where neither card nor source says one.
  package func unreadField(_ column: String) -> Field {
    let key = Name.key(of: column)
    let isDate = card.date.map { Name.key(of: $0) == key } ?? false
    let prescribed = card.types[key]
    guard
      let type = prescribed?.type
        ?? (isDate ? .date : source.declaredType(of: column, in: table))
    else { return .computed(name: column, .literal(.missing)) }
    return .column(name: column, meaning: Meaning(type: type, dateOrder: prescribed?.order))
  }

  /// The field of a column whose cells are shown in some rows and counted in none: the column need not be read for it.
  /// Words of all kinds may be called `category`.
  package func shownField(_ column: String, run: any RunMonitor) throws -> Field {
    if current(meanings[column]) == nil,
      let meaning = try source.shownMeaning(of: shownColumn(column), in: table, run: run)
    {
      return .column(name: column, meaning: meaning)
    }
    return try field(column, run: run)
  }

  /// The fields that rows are shown by where none is named: all that the card does not call sensitive.
  package var shownFields: [String] {
    fields.filter { !card.sensitive.contains(Name.key(of: $0)) }
  }

  /// Takes note of columns that statements to come will read, and of those of which they will show rows.
  package func expect(_ columns: (read: [String], shown: [String])) {
    let goesToRows = source.mostShownRows > 0
    columnsAhead = fields.filter {
      columns.read.contains($0) || !goesToRows && columns.shown.contains($0)
    }
    source.expect(columnsAhead, of: table)
    if goesToRows { expectShown(columns.shown) }
  }

  /// Tells the source of columns that will be shown and not counted.
  package func expectShown(_ columns: [String]) {
    source.expectShown(columns.map(shownColumn), of: table)
  }

  private func shownColumn(_ column: String) -> ShownColumn {
    let key = Name.key(of: column)
    let isDate = card.date.map { Name.key(of: $0) == key } ?? false
    let prescribed = card.types[key]
    return ShownColumn(
      column, missing: card.missing[key] ?? [], recode: card.recode[key] ?? [:],
      type: prescribed?.type ?? (isDate ? .date : source.declaredType(of: column, in: table)),
      dateOrder: prescribed?.order)
  }

  /// The field of a column, read as the card says.
  package func field(_ column: String, run: any RunMonitor) throws -> Field {
    .column(name: column, meaning: try meaning(of: column, run: run))
  }
}

/// A step that a case goes through: a date that is there, or a condition.
package struct Stage: Hashable, Sendable {
  package let name: String
  package let date: Field?
  package let reached: Predicate

  package init(name: String, date: Field?, reached: Predicate) {
    self.name = name
    self.date = date
    self.reached = reached
  }
}

/// A named group of the rows of one dataset.
package struct Cohort {
  package let name: String
  package let dataset: Dataset
  package let rows: Predicate
  /// The definition as written, with those it builds on: `drug where method=buy-bust`.
  package let definition: String
  /// Columns that the definition reads.
  package let columns: Set<String>
  /// The time it is confined to, where the definition says so.
  package let period: Coverage?

  package init(
    name: String, dataset: Dataset, rows: Predicate = .constant(true), definition: String,
    columns: Set<String> = [], period: Coverage? = nil
  ) {
    self.name = name
    self.dataset = dataset
    self.rows = rows
    self.definition = definition
    self.columns = columns
    self.period = period
  }
}
