package import Columns

/// One row of each unit: the first or the last of the unit's rows among some.
///
/// Rows are told apart by looking at one another, so a pick is worked out over all rows before a
/// question is asked of any: a column of its own.
package struct Pick: Hashable, Sendable {
  /// What a person reads: `first by disposition_date per case_participant_id`.
  package let name: String
  /// The column that holds it, which no dataset has and no other pick: see `Catalogue.pick`.
  package let column: String
  /// The rows that are looked at.
  package let among: Predicate
  package let isLast: Bool
  /// What orders the rows of a unit. A row where it is missing stands behind those where it is
  /// not, ties go by the order of the file; nothing where that is the only order.
  package let order: Field?
  /// The fields whose values together make a unit. A row where one of them is missing belongs to
  /// none, so whether it is picked is unknown.
  package let unit: [Field]

  package init(
    name: String, column: String, among: Predicate, isLast: Bool, order: Field?, unit: [Field]
  ) {
    self.name = name
    self.column = column
    self.among = among
    self.isLast = isLast
    self.order = order
    self.unit = unit
  }

  /// The values of the field: `yes` for the rows picked, `no` for the other rows looked at, missing
  /// elsewhere.
  package static let picked = Value.text("yes")
  package static let left = Value.text("no")
  package static let meaning = Meaning(type: .boolean)

  /// Rows that are picked.
  package var rows: Predicate { among.and(.test(.picked(self), .among([Pick.picked]))) }

  /// The columns that it reads, those of picks inside it among them.
  package var reads: Set<String> {
    (unit + (order.map { [$0] } ?? [])).reduce(into: among.columns) { $0.formUnion($1.columns) }
  }
}
