import Columns
import Diagnostics
import Engine
import Syntax
import Verbs

extension Session {
  /// A session command with its arguments.
  func command(_ word: Name, _ arguments: [Argument]) throws -> [Response] {
    guard let command = CommandWord(rawValue: word.key) else { return [] }
    switch command {
    case .quit, .exit: return [.farewell]
    case .datasets: return [.page(CataloguePages.datasets(catalogue))]
    case .settings: return [.page(settingsPage())]
    case .help: return [.page(try HelpPages.page(for: arguments.first?.text, self))]
    case .describe: return [.page(try describe(try name(arguments, word)))]
    case .fields: return [.page(try fields(try name(arguments, word)))]
    case .values: return [.page(try values(arguments, word))]
    case .how: return [.page(try how(try name(arguments, word)))]
    case .source: return [.page(try sourcePage(try name(arguments, word)))]
    case .receipt: return [.page(try receiptPage(word))]
    case .run: return try runScript(arguments, word)
    case .limits: return [.page(try limits(arguments, word))]
    case .whatif: return [.page(try whatif(word, arguments))]
    case .looks: return [.page(looks())]
    case .verify: return try verify(arguments.isEmpty ? nil : try name(arguments, word), word)
    case .fix: return try fix(word)
    case .save: return try save(arguments, word)
    case .note: return [.page(Page([.note(try words(arguments, word))]))]
    case .heading: return [.page(Page([.heading(try words(arguments, word))]))]
    default:
      if let commandHandler, commandHandler.words.contains(command) {
        return try commandHandler.respond(to: command, arguments, at: word.span, in: self)
      }
      throw Diagnostic(
        "not-yet", "`\(word.text)` is not a command of this version", at: word.span,
        help: ["`help` lists the words that a line can begin with"])
    }
  }

  private func name(_ arguments: [Argument], _ word: Name) throws -> Name {
    switch arguments.first {
    case .name(let name): return itOr(name)
    case .text(let text, let span): return Name(text, at: span)
    default:
      throw Diagnostic(
        "expected", "`\(word.text)` needs a name behind it", at: word.span,
        help: CommandWord(rawValue: word.key).map { ["the form is: \($0.usage)"] } ?? [])
    }
  }

  /// The words behind `note` and `heading`, in quotes or bare.
  private func words(_ arguments: [Argument], _ word: Name) throws -> String {
    guard !arguments.isEmpty else {
      throw Diagnostic(
        "expected", "`\(word.text)` needs a text in quotes", at: word.span,
        help: CommandWord(rawValue: word.key).map { ["the form is: \($0.usage)"] } ?? [])
    }
    return try filled(arguments.map(\.text).joined(separator: " "), at: arguments[0].span)
  }

  /// `limits`: of the answer before; `limits simpson`: of one caution.
  private func limits(_ arguments: [Argument], _ word: Name) throws -> Page {
    guard !arguments.isEmpty else { return LimitsPage.page(of: try answerBefore(word)) }
    let id = try name(arguments, word)
    if let page = LimitsPage.page(ofCaution: id.text) { return page }
    let nearest = Nearest.matches(to: id.text, in: CautionCard.all.map(\.id), limit: 2)
    throw Diagnostic(
      "no-help", "there is no caution \(id.text)", at: id.span,
      help: nearest.isEmpty
        ? ["`limits` alone is about the last answer"]
        : ["the nearest is " + nearest.joined(separator: " or ")],
      edits: nearest.first.map { [Edit(id.span, $0)] } ?? [])
  }

  /// The answer before, for commands that are about it.
  func answerBefore(_ word: Name) throws -> Answer {
    if let lastAnswer { return lastAnswer }
    throw SessionMessages.nothingAsked(word.text, at: word.span)
  }

  /// `explain`, `explain ASK`, `show plan for ASK`
  func about(_ word: Name, _ stage: Name?, _ ask: Ask?, _ expectation: Expectation?) throws
    -> [Response]
  {
    switch word.key {
    case "explain":
      guard let ask else { return [.page(ExplainPage.page(of: try answerBefore(word)))] }
      return [.page(ExplainPage.page(of: try answer(ask)))]
    case "show":
      guard let stage, let ask else { return [] }
      return [.page(try StagePages.page(stage, ask, self))]
    case "why": return [.page(try why(word, ask))]
    case "expect": return try expect(word, stage, ask, expectation)
    default:
      throw Diagnostic(
        "not-yet", "`\(word.text)` is not a command of this version", at: word.span)
    }
  }

  private func receiptPage(_ word: Name) throws -> Page {
    let answer = try answerBefore(word)
    var lines = [
      Page.Definition("receipt", answer.receipt), .init("question", answer.question),
      .init("version", "docket \(Session.version)"),
    ]
    lines += answer.sources.map { .init($0.name, $0.fingerprint) }
    return Page(
      title: "Receipt \(answer.receipt)",
      [
        .paragraph(
          "It stands for the version, the question, the data and every figure of the answer: ask the same of the same data, and the same receipt comes back."
        ), .definitions(lines),
      ])
  }

  /// `how ratio`: the verb's methods.
  private func how(_ name: Name) throws -> Page {
    guard let verb = VerbCatalogue.verb(name.text) else {
      throw Diagnostic(
        "unknown-verb", "there is no verb \(name.text)", at: name.span,
        help: Nearest.matches(to: name.text, in: vocabulary.signatures.map(\.word), limit: 1)
          .map { "the nearest is \($0)" })
    }
    return HowPage.page(of: verb)
  }
}

extension Argument {
  /// What was written.
  var text: String {
    switch self {
    case .name(let name): name.text
    case .text(let text, _): text
    case .condition(let condition): Formatter.text(of: condition)
    case .setting(let name, let value): "\(name.text)=\(value)"
    }
  }
}
