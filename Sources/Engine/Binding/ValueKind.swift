import Columns
import Diagnostics
import Syntax

/// What a calculation gives, as far as it matters for what may be done with it.
enum ValueKind: Hashable {
  case number, date, words, truth

  /// With an article, as messages say it.
  var text: String {
    switch self {
    case .number: "a number"
    case .date: "a date"
    case .words: "words"
    case .truth: "yes or no"
    }
  }
}

extension FieldType {
  var kind: ValueKind {
    switch self {
    case .integer, .decimal, .real: .number
    case .date, .datetime: .date
    case .category, .text, .code: .words
    case .boolean: .truth
    }
  }
}

extension Field {
  /// Nothing where only the rows could tell.
  var kind: ValueKind? {
    switch self {
    case .period: .date
    case .computed(_, let expression): expression.kind
    case .column, .weekday: type?.kind
    case .linked(_, let value): value.kind
    case .picked: .truth
    }
  }
}

extension Expression {
  /// Nothing where only the rows could tell.
  var kind: ValueKind? {
    switch self {
    case .field(let field): field.kind
    case .literal(.text): .words
    case .literal(.number), .literal(.real): .number
    case .literal(.truth), .truth: .truth
    case .literal: nil
    case .arithmetic(let operation, let left, let right):
      [.add, .subtract].contains(operation) && (left.kind == .date) != (right.kind == .date)
        ? .date : .number
    case .call(let function, let arguments):
      switch function {
      case .year, .quarter, .month, .week, .weekday, .day, .days, .abs, .round: .number
      case .band, .lower, .trim: .words
      case .ascii: .truth
      case .coalesce: arguments.lazy.compactMap(\.kind).first
      }
    case .choose(_, let then, let otherwise): then.kind ?? otherwise.kind
    }
  }
}

extension Function {
  /// What each argument has to be; nothing where any will do.
  var argumentKind: ValueKind? {
    switch self {
    case .year, .quarter, .month, .week, .weekday, .day, .days: .date
    case .band, .abs, .round: .number
    case .lower, .trim, .ascii: .words
    case .coalesce: nil
    }
  }
}

// What may be calculated with what, told before a row is read.
extension Binder {
  /// The call with its arguments, each of the kind that the function takes.
  func call(_ function: Function, _ nodes: [ExpressionNode], in scope: Scope) throws -> Expression {
    let arguments = try nodes.map { try expression($0, in: scope) }
    if let wanted = function.argumentKind {
      for (node, argument) in zip(nodes, arguments) {
        try demand(wanted, of: argument.kind, node, for: "`\(function.rawValue)`")
      }
    } else if let first = arguments.first?.kind {
      for (node, argument) in zip(nodes, arguments).dropFirst() {
        try demand(first, of: argument.kind, node, for: "`\(function.rawValue)` of \(first.text)")
      }
    }
    return .call(function, arguments)
  }

  /// Numbers calculate with numbers; a date takes days added or taken away, or another date taken away.
  func arithmetic(
    _ operation: Arithmetic, _ left: ExpressionNode, _ right: ExpressionNode, in scope: Scope
  ) throws -> Expression {
    let operands = (try expression(left, in: scope), try expression(right, in: scope))
    for (node, operand) in [(left, operands.0), (right, operands.1)] {
      guard let kind = operand.kind, kind != .number, kind != .date else { continue }
      throw BindingMessages.notANumberField(
        Formatter.text(of: node), kind.text, at: node.span)
    }
    let dates = [operands.0.kind, operands.1.kind].map { $0 == .date }
    let isAllowed =
      switch operation {
      case .add: dates != [true, true]
      case .subtract: dates != [false, true]
      case .multiply, .divide: dates == [false, false]
      }
    guard isAllowed else {
      throw BindingMessages.dateArithmetic(operation.rawValue, at: left.span.union(right.span))
    }
    return .arithmetic(operation, operands.0, operands.1)
  }

  /// Both ways of a choice give the same kind of value.
  func choice(
    when condition: Predicate, _ then: ExpressionNode, _ otherwise: ExpressionNode,
    in scope: Scope
  ) throws -> Expression {
    let ways = (try expression(then, in: scope), try expression(otherwise, in: scope))
    if let first = ways.0.kind {
      try demand(first, of: ways.1.kind, otherwise, for: "`else` behind \(first.text)")
    }
    return .choose(when: condition, then: ways.0, otherwise: ways.1)
  }

  /// Two calculations are compared where they are of one kind.
  func comparison(
    _ left: ExpressionNode, _ relation: Comparison, _ right: ExpressionNode, in scope: Scope
  ) throws -> Predicate {
    let sides = (try expression(left, in: scope), try expression(right, in: scope))
    if let first = sides.0.kind, let second = sides.1.kind, first != second {
      throw BindingMessages.wrongKind(
        Formatter.text(of: left), first.text, Formatter.text(of: right), at: right.span)
    }
    return .compare(sides.0, relation, sides.1)
  }

  /// A part of a date, of a field that is one.
  func demandDate(_ field: Field, _ node: ExpressionNode, for what: String) throws {
    try demand(.date, of: field.kind, node, for: what)
  }

  private func demand(
    _ wanted: ValueKind, of kind: ValueKind?, _ node: ExpressionNode, for what: String
  ) throws {
    guard let kind, kind != wanted else { return }
    throw BindingMessages.needsKind(
      what, wanted.text, Formatter.text(of: node), kind.text,
      help: wanted == .date && kind == .words
        ? [
          "a date that was not recognised as one is said on the card: type FIELD date as month/day"
        ] : [],
      at: node.span)
  }
}
