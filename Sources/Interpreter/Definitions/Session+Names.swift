import Diagnostics
import Engine
import Syntax

extension Session {
  /// `let target = 39%`, `let s = share buybust race=Black`
  func define(_ name: Name, _ value: LetValue) throws -> [Response] {
    switch value {
    case .number(let quantity):
      namedAnswers[name.key] = nil
      catalogue.define(
        name.text, value: quantity.literal.double, isShare: quantity.literal.isPercent)
    case .ask(let ask):
      let (_, answer) = try answered(ask)
      guard let figure = answer.figures.first(where: { $0.value != nil }),
        let number = figure.value
      else {
        throw Diagnostic("no-figure", "that question has no figure to keep", at: ask.span)
      }
      namedAnswers[name.key] = answer
      catalogue.define(name.text, value: number, isShare: figure.form == .percent)
    case .text(_, let span):
      throw Diagnostic("not-a-number", "`let` names a number or the figure of a question", at: span)
    }
    return []
  }

  /// A name whose question is only checked: it is known, and what it stands for is not.
  func nameWithoutAnswer(_ name: Name) {
    namedWithoutAnswer.insert(name.key)
    catalogue.define(name.text, value: 0.5, isShare: true)
  }

  /// `param year = 2021`: the value given when the script was run, else the one written here.
  func parameter(_ name: Name, _ value: LetValue) throws -> [Response] {
    guard let written = value.written else { return try define(name, value) }
    let given = parameters[name.key] ?? written
    if let problem = SessionMessages.badParameter(name, written: written, given: given) {
      throw problem
    }
    declared[name.key] = given
    if let literal = NumberLiteral(given) {
      catalogue.define(name.text, value: literal.double, isShare: literal.isPercent)
    }
    return []
  }

  /// What a parameter's name stands for in the next text: what was given, else what was written before.
  var parameterValues: ParameterValues { .given(declared.merging(parameters) { $1 }) }

  /// A value that was given for a parameter that the text does not have.
  func checkParameters(_ given: [String: String], in text: String, at span: Span?) throws {
    guard !given.isEmpty else { return }
    let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
    let names = parsed.statements.compactMap { statement -> String? in
      if case .param(let name, _) = statement.kind { name.key } else { nil }
    }
    for name in given.keys.sorted() where !names.contains(name) {
      throw SessionMessages.unknownParameter(name, known: names, at: span)
    }
  }
}

// Figures in words.
extension Session {
  /// A text with each `{name}` replaced by what it stands for: `{year}`, `{s}`, `{s.low}`, `{s.index}`.
  ///
  /// Two braces stand for one.
  func filled(_ text: String, at span: Span) throws -> String {
    var result = ""
    var rest = Substring(text)
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<brace]
      let after = rest.index(after: brace)
      if rest[after...].first == rest[brace] {
        result.append(rest[brace])
        rest = rest[rest.index(after: after)...]
      } else if rest[brace] == "{", let end = rest[after...].firstIndex(of: "}") {
        result += try shown(String(rest[after..<end]), at: span)
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(rest[brace])
        rest = rest[after...]
      }
    }
    return result + rest
  }

  private func shown(_ reference: String, at span: Span) throws -> String {
    let parts = reference.split(separator: ".", maxSplits: 1).map(String.init)
    let key = Name.key(of: parts.first ?? "")
    if let answer = namedAnswers[key] {
      guard let text = Session.shown(parts.count > 1 ? parts[1] : nil, of: answer) else {
        throw SessionMessages.noPart(
          reference, known: answer.figures.map(\.id), at: span)
      }
      return text
    }
    if let value = declared[key], parts.count == 1 { return value }
    if let figure = catalogue.figure(named: key), parts.count == 1 {
      return Numbers.text(figure.value, figure.isShare ? .percent : .number(decimals: 2))
    }
    if namedWithoutAnswer.contains(key) { return "" }
    let names = Array(declared.keys) + Array(namedAnswers.keys) + catalogue.figures.map(\.name)
    throw SessionMessages.unknownReference(reference, known: names.sorted(), at: span)
  }

  /// The main figure, one of its parts, or another figure by its id.
  private static func shown(_ part: String?, of answer: Answer) -> String? {
    let main = answer.figures.first { $0.value != nil }
    switch part {
    case nil, "value":
      return main.flatMap { figure in figure.value.map { Numbers.text($0, figure.form) } }
    case "low": return main.flatMap { figure in figure.low.map { Numbers.text($0, figure.form) } }
    case "high": return main.flatMap { figure in figure.high.map { Numbers.text($0, figure.form) } }
    case "n": return main?.n.map { Words.grouped($0) }
    case "of": return main?.of.map { Words.grouped($0) }
    case "receipt": return answer.receipt
    case .some(let id):
      let figure = answer.figures.first { $0.id == id }
      return figure.flatMap { figure in figure.value.map { Numbers.text($0, figure.form) } }
    }
  }
}
