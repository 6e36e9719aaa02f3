import Columns
import Diagnostics
import Engine
import Syntax
import Verbs

extension Session {
  /// The question before, for commands that look at it again.
  func questionBefore(_ word: Name) throws -> Question {
    if let lastQuestion { return lastQuestion }
    throw SessionMessages.nothingAsked(word.text, at: word.span)
  }

  /// `why`, `why ASK`: the rows lost at each condition.
  func why(_ word: Name, _ ask: Ask?) throws -> Page {
    if let ask { _ = try answer(ask) }
    let question = try questionBefore(word)
    return Masking.page(
      try WhyPage.page(of: question, inquiry), of: question, settings: catalogue.settings)
  }

  /// `whatif race=?`: how many rows would have to be coded otherwise.
  func whatif(_ word: Name, _ arguments: [Argument]) throws -> Page {
    guard case .condition(let node)? = arguments.first else {
      throw Diagnostic(
        "expected", "`whatif` needs a condition such as race=?", at: word.span,
        help: ["the form is: \(CommandWord.whatif.usage)"])
    }
    let before = try questionBefore(word)
    var question = before
    // What is missing is asked to see what it could change: the answer before that.
    if before.ask.verb.key == "missing", let conclusion = conclusions[before.cohort?.name ?? ""] {
      question = conclusion
    }
    var page = try WhatIf.page(question, node, inquiry)
    if question.text != before.text {
      page.blocks.insert(.paragraph("Of: \(question.text)"), at: 0)
    }
    return Masking.page(page, of: question, settings: catalogue.settings)
  }

  /// `looks`: the comparisons made so far.
  func looks() -> Page {
    LooksPage.page(of: history.map { ($0.question, $0.answer.comparisons) })
  }

  /// `verify 7F3A-91C2`: the question of that receipt, asked again; without one, the last answer's.
  func verify(_ given: Name?, _ word: Name) throws -> [Response] {
    let receipt = try given ?? Name(try answerBefore(word).receipt, at: word.span)
    let wanted = receipt.text.uppercased()
    guard let before = history.last(where: { $0.answer.receipt == wanted })?.answer else {
      throw SessionMessages.unknownReceipt(
        receipt.text, known: history.map(\.answer.receipt).suffix(3), at: receipt.span)
    }
    let parsed = Parser.parse(SourceText(before.question), vocabulary: vocabulary)
    guard case .ask(let ask)? = parsed.statements.first?.kind else {
      throw SessionMessages.unknownReceipt(receipt.text, known: [], at: receipt.span)
    }
    let now: Answer
    do {
      now = try answered(ask).1
    } catch let problem as Diagnostic {
      return [
        .failed(
          SessionMessages.notVerified(wanted, ["it can't be asked now: \(problem.message)"]))
      ]
    }
    guard now.receipt != wanted else {
      return [.notice("\(wanted) holds: \(before.question) gives the same answer")]
    }
    return [
      .failed(SessionMessages.notVerified(wanted, Session.changes(from: before, to: now)))
    ]
  }

  /// What an answer says otherwise than before, first the data, then the figures.
  private static func changes(from before: Answer, to now: Answer) -> [String] {
    var changes: [String] = []
    for source in now.sources {
      guard let old = before.sources.first(where: { $0.name == source.name }) else {
        changes.append("it rests on \(source.name), which it did not before")
        continue
      }
      if old.fingerprint != source.fingerprint {
        changes.append("the data of \(source.name) are not those that were read then")
      }
    }
    for figure in now.figures {
      let old = before.figures.first { $0.id == figure.id && $0.group == figure.group }
      let (was, is_) = (text(old), text(figure))
      guard was != is_ else { continue }
      changes.append("\(figure.label) was \(was) and is \(is_)")
    }
    return changes.isEmpty
      ? ["an interval or a number of rows has changed"] : Array(changes.prefix(5))
  }

  private static func text(_ figure: Figure?) -> String {
    guard let figure, let value = figure.value else { return "none" }
    return Numbers.text(value, figure.form)
  }

  /// `fix`: the last line that had a problem, with the problem's first edit made.
  func fix(_ word: Name) throws -> [Response] {
    guard let (source, problem, statement) = mendable else {
      throw SessionMessages.nothingToFix(at: word.span)
    }
    mendable = nil
    let line = Session.mended(source, problem.edits[0], statement)
    let transcript = respond(to: line)
    return [.notice(line)]
      + transcript.responses.map { response in
        switch response {
        case .problem(var problem):
          // Its place is in the mended line, which is not the one that was typed.
          problem.span = nil
          return .problem(problem)
        default: return response
        }
      }
  }

  private static func mended(_ source: SourceText, _ edit: Edit, _ statement: Span) -> String {
    let line =
      source.slice(Span(statement.lower, edit.span.lower)) + edit.text
      + source.slice(Span(edit.span.upper, statement.upper))
    return String(
      line.trimmingPrefix(while: \.isNewline).reversed().trimmingPrefix(while: \.isNewline)
        .reversed())
  }

  /// A question about `it` is about the rows of the answer before: its cohort, `where` and period.
  func aboutIt(_ ask: Ask) throws -> Ask {
    guard case .cohort(let name) = ask.subject, name.key == "it", !name.isQuoted,
      catalogue.cohort(named: name.text) == nil
    else { return ask }
    let before = try questionBefore(name)
    guard case .cohort(let cohort) = before.ask.subject else {
      throw SessionMessages.nothingAsked(name.text, at: name.span)
    }
    var ask = ask
    ask.subject = .cohort(Name(cohort.text, at: name.span, isQuoted: cohort.isQuoted))
    let written = Set(ask.clauses.map(\.word))
    ask.clauses += before.ask.clauses.filter {
      [.where, .in, .since, .before].contains($0.word) && !written.contains($0.word)
    }
    return ask
  }

  /// The cohort that `it` stands for in a command, else the name as it is.
  func itOr(_ name: Name) -> Name {
    guard name.key == "it", !name.isQuoted, catalogue.cohort(named: name.text) == nil,
      case .cohort(let cohort)? = lastQuestion?.ask.subject
    else { return name }
    return Name(cohort.text, at: name.span, isQuoted: cohort.isQuoted)
  }
}
