import Engine
import Statistics
import Syntax

extension Inquiry {
  /// The method of a family that `using` names, or the default.
  func method<M: NamedMethod>(_ question: Question, _ standard: M) throws -> M {
    guard let name = question.method else { return standard }
    if let method = M.named(name.text) { return method }
    throw VerbMessages.unknownMethod(
      name.text, M.allCases.map(\.rawValue), at: name.span)
  }

  /// The named method if it belongs to the family, else the default: for verbs whose figures are of several families.
  func methodIfNamed<M: NamedMethod>(_ question: Question, _ standard: M) -> M {
    question.method.flatMap { M.named($0.text) } ?? standard
  }

  /// Fails where `using` names nothing that the families of a verb know.
  func checkMethod(_ question: Question, _ families: [[String]], _ isKnown: Bool) throws {
    guard let name = question.method, !isKnown else { return }
    throw VerbMessages.unknownMethod(name.text, families.flatMap(\.self), at: name.span)
  }
}

extension Answer {
  /// Adds the method's note once.
  mutating func cite(_ card: MethodCard?) {
    guard let card, !methods.contains(where: { $0.id == card.id }) else { return }
    methods.append(MethodNote(id: card.id, name: card.name, reference: card.reference))
  }

  mutating func cite<M: NamedMethod>(_ method: M) { cite(method.card) }

  /// Adds the notes of methods that figures name and the verb has not cited, so that none stands
  /// unexplained.
  package mutating func citeFigures() {
    for id in figures.compactMap(\.method) { cite(MethodCatalogue.card(id: id)) }
  }
}

extension Figure {
  /// The same figure for a line whose label says its group already.
  var ungrouped: Figure {
    var copy = self
    copy.group = []
    return copy
  }

  /// The same figure with an interval.
  func with(_ interval: Interval, level: Double, method: String) -> Figure {
    var copy = self
    copy.low = interval.lower
    copy.high = interval.upper
    copy.level = level
    copy.method = method
    return copy
  }
}
