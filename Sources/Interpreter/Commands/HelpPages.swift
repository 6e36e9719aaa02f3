import Diagnostics
import Engine
package import Syntax
import Verbs

/// Help: what a line may begin with, and a page for each word.
enum HelpPages {
  static func page(for word: String?, _ session: Session) throws -> Page {
    guard let word else { return overview(session.vocabulary) }
    if let signature = session.vocabulary.signature(of: word) { return page(of: signature) }
    if let definition = DefinitionWord(rawValue: word.lowercased()) {
      return Page(
        title: definition.rawValue,
        [.paragraph(Words.sentence(definition.meaning) + "."), .preformatted(definition.usage)])
    }
    if let command = CommandWord(rawValue: word.lowercased()) {
      return Page(
        title: command.rawValue,
        [.paragraph(Words.sentence(command.meaning) + "."), .preformatted(command.usage)])
    }
    if let clause = ClauseWord(rawValue: word.lowercased()) {
      let verbs = session.vocabulary.signatures.filter { $0.clauses.contains(clause) }.map(\.word)
      return Page(
        title: clause.rawValue,
        [
          .paragraph(Words.sentence(clause.meaning) + "."), .preformatted(clause.usage),
          .paragraph("With: \(verbs.joined(separator: ", "))."),
        ])
    }
    if let page = LimitsPage.page(ofCaution: word) { return page }
    if let card = MessageCard.card(word.lowercased()) {
      return Page(title: card.id, [.paragraph(card.meaning), .paragraph(card.remedy)])
    }
    let known = session.vocabulary.statementWords + ClauseWord.allCases.map(\.rawValue)
    let nearest = Nearest.matches(to: word, in: known, limit: 2)
    throw Diagnostic(
      "no-help", "there is no help on \(word)",
      help: nearest.isEmpty
        ? ["`help` lists every word"] : ["the nearest is " + nearest.joined(separator: " or ")])
  }

  private static func overview(_ vocabulary: Vocabulary) -> Page {
    Page(
      title: "Docket answers questions about cases",
      [
        .paragraph("A question is a verb, a cohort, a condition and clauses:"),
        .preformatted("ratio buybust race=Black vs population"),
        .heading("Verbs"),
        .definitions(vocabulary.signatures.map { .init($0.word, $0.summary) }),
        .heading("Definitions"),
        .definitions(DefinitionWord.allCases.map { .init($0.rawValue, $0.meaning) }),
        .heading("Looking around"),
        .definitions(
          Session.commands.map { .init($0.rawValue, $0.meaning) }),
        .paragraph(
          "`help WORD` tells more: help ratio, help where. At the prompt a verb with a question mark, "
            + "`ratio?`, asks for each part and writes the line."),
      ])
  }

  static func page(of signature: Signature) -> Page {
    var blocks: [Page.Block] = [
      .paragraph("It answers " + signature.summary + "."), .preformatted(signature.usage),
    ]
    if !signature.clauses.isEmpty {
      blocks.append(.heading("Clauses"))
      blocks.append(.definitions(signature.clauses.map { .init($0.usage, $0.meaning) }))
    }
    blocks.append(.heading("Examples"))
    blocks.append(.definitions(signature.examples.map { .init($0.line, $0.shows) }))
    blocks.append(.heading("Figures"))
    blocks.append(.definitions(signature.figures.map { .init($0.id, $0.meaning) }))
    return Page(title: signature.word, blocks)
  }
}

extension Session {
  /// The commands that this version knows.
  package static let commands: [CommandWord] = [
    .datasets, .describe, .fields, .values, .source, .help, .explain, .how, .show, .limits, .why,
    .whatif, .looks, .receipt, .verify, .fix, .save, .note, .heading, .expect, .settings, .run,
    .quit,
  ]
}

/// The calculation behind an answer.
enum ExplainPage {
  static func page(of answer: Answer) -> Page {
    var blocks: [Page.Block] = [.paragraph(Words.sentence(answer.words) + ".")]
    let steps = answer.steps + Worked.steps(of: answer)
    if steps.isEmpty {
      blocks.append(.paragraph("This answer holds no calculation."))
    } else {
      blocks.append(
        .definitions(steps.enumerated().map { .init("\($0.offset + 1)", $0.element) }))
    }
    if let table = Worked.table(of: answer) {
      blocks += [.heading("Each group"), .table(table)]
    }
    if !answer.methods.isEmpty {
      blocks.append(.heading("Methods"))
      blocks.append(
        .definitions(answer.methods.map { .init($0.id, "\($0.name). \($0.reference).") }))
    }
    return Page(title: answer.question, blocks)
  }
}
