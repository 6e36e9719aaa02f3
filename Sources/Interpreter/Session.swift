import Columns
package import Connectors
package import Diagnostics
package import Engine
package import Syntax
import Verbs

/// One session: what was opened and defined, and the answer before. Text in, responses out.
package final class Session {
  package static let version = "0.1.0"

  package let catalogue = Catalogue()
  /// Where relative paths begin: the working directory, or that of the script that runs.
  package var directory: String
  package private(set) var lastAnswer: Answer?
  package private(set) var lastQuestion: Question? {
    didSet {
      guard let question = lastQuestion, question.ask.verb.key != "missing" else { return }
      conclusions[question.cohort?.name ?? ""] = question
    }
  }
  /// The last question about each cohort that was not about what is missing: `whatif` looks at it after `missing`.
  private(set) var conclusions: [String: Question] = [:]
  package var monitor: any RunMonitor = UnwatchedRun()
  /// Whether statements behind one with a problem are run all the same.
  package var goesOnAfterProblems = false
  /// Whether rows may be read; a script is checked without.
  let readsRows: Bool
  /// Scripts that are being run, outermost first, so that none runs itself.
  var scripts: [String] = []
  /// Scripts that scripts have run, with fingerprints of their text, in order.
  package internal(set) var scriptsRun: [SourceNote] = []
  /// Values of `param`, from the command line or from `run`.
  package var parameters: [String: String] = [:]
  /// Values of the `param` lines so far, by the keys of their names.
  var declared: [String: String] = [:]
  /// Answers that `let` has named, by the keys of the names.
  var namedAnswers: [String: Answer] = [:]
  /// Names of questions that are only checked, by their keys.
  var namedWithoutAnswer: Set<String> = []
  /// What the statements that are being run will need, and the questions that are known to follow.
  var columnsAhead = ColumnsAhead()
  /// Opens what no source inside this program opens; nothing where no other program may be run.
  package var plugins: PluginCatalogue?
  /// What was said of the rows of each dataset, by its name.
  var reported: [String: Set<String>] = [:]
  /// What the session may touch beyond the files it reads.
  package var reach = Reach()
  /// Files that were opened for populations alone, so that each is read once.
  var populationSources: [String: any Source] = [:]
  /// Where copies of columns are kept between sessions; nothing where none are.
  var columnCache: ColumnCache?
  /// The copies of each source's columns.
  var shelves: [ObjectIdentifier: (source: any Source, shelf: ColumnShelf)] = [:]
  /// Hears at once what the statement that runs has to say, where there is more than one thing.
  private(set) var speaker: ((Response) -> Void)?
  /// Answers commands that the interpreter has no answer to, and hears what a person says.
  package var commandHandler: (any CommandHandler)?
  /// Asking statements of this session, as they were answered.
  var history: [(question: String, answer: Answer)] = []
  /// Statements of this session that `save session` writes, formatted, in order.
  var statements: [String] = []
  /// The last problem that can be mended, with the text it stands in, for `fix`.
  var mendable: (source: SourceText, problem: Diagnostic, statement: Span)?
  /// What answers about restricted datasets have made known.
  let disclosure = DisclosureMemory()
  /// Writes an answer in the format that a file's ending asks for; nothing where no format does.
  package var document: (_ answer: Answer, _ path: String) -> String? = { _, _ in nil }

  package convenience init(directory: String) {
    self.init(directory: directory, readsRows: true)
  }

  init(directory: String, readsRows: Bool) {
    self.directory = directory
    self.readsRows = readsRows
  }

  package var vocabulary: Vocabulary { VerbCatalogue.vocabulary }

  static var vocabularyOfVerbs: Vocabulary { VerbCatalogue.vocabulary }

  var runner: Runner { Runner(catalogue: catalogue, monitor: monitor, readsRows: readsRows) }

  var binder: Binder { Binder(catalogue: catalogue, runner: runner, vocabulary: vocabulary) }

  var inquiry: Inquiry { Inquiry(catalogue: catalogue, runner: runner, binder: binder) }

  /// Takes note of texts that will be asked, so that what they need is read along with the first look at a file.
  package func expect(_ texts: [String]) {
    for text in texts {
      columnsAhead.add(Parser.parse(SourceText(text), vocabulary: vocabulary).statements)
    }
  }

  /// Answers the statements of a text in order; a statement with a problem stops the rest.
  package func respond(to text: String, name: String? = nil) -> Transcript {
    respond(to: text, name: name) { _ in }
  }

  /// The same, telling of each response as it comes.
  package func respond(
    to text: String, name: String? = nil, each: (Response) -> Void
  ) -> Transcript {
    let source = SourceText(text, name: name)
    let parsed = Parser.parse(source, vocabulary: vocabulary, values: parameterValues)
    var transcript = Transcript(source: source)
    func say(_ response: Response) {
      transcript.responses.append(response)
      each(response)
    }
    let aheadBefore = columnsAhead
    columnsAhead.add(parsed.statements)
    let asked = run(parsed, in: source, say)
    columnsAhead = aheadBefore
    // A text with a name is a script, not what a person says.
    if name == nil, scripts.isEmpty, let commandHandler {
      for response in commandHandler.comment(on: transcript, asked: asked, in: self) {
        say(response)
      }
    }
    return transcript
  }

  /// Runs statements up to the first problem; the answers to those that are questions.
  private func run(
    _ parsed: Parsed, in source: SourceText, _ say: (Response) -> Void
  ) -> [Answer] {
    var asked: [Answer] = []
    if goesOnAfterProblems { return runAll(parsed, in: source, say) }
    let firstProblem = parsed.problems.first?.span?.lower ?? .max
    for statement in parsed.statements where statement.span.upper <= firstProblem {
      guard run(statement, in: source, say) == .done else { return asked }
      if case .ask = statement.kind, let lastAnswer { asked.append(lastAnswer) }
    }
    for problem in parsed.problems { say(.problem(problem)) }
    keepMendable(parsed.problems, in: source, parsed.statements.map(\.span))
    return asked
  }

  /// Runs every statement that could be read, whatever became of those before it.
  private func runAll(
    _ parsed: Parsed, in source: SourceText, _ say: (Response) -> Void
  ) -> [Answer] {
    var asked: [Answer] = []
    var problems = parsed.problems[...]
    for statement in parsed.statements {
      let own = problems.prefix { $0.span.map { $0.lower < statement.span.upper } ?? true }
      problems = problems.dropFirst(own.count)
      for problem in own { say(.problem(problem)) }
      keepMendable(Array(own), in: source, parsed.statements.map(\.span))
      let isWhole = !own.contains { $0.span.map { $0.upper > statement.span.lower } ?? true }
      guard isWhole else { continue }
      let outcome = run(statement, in: source, say)
      if outcome == .left { return asked }
      if outcome == .done, case .ask = statement.kind, let lastAnswer { asked.append(lastAnswer) }
    }
    for problem in problems { say(.problem(problem)) }
    keepMendable(Array(problems), in: source, parsed.statements.map(\.span))
    return asked
  }

  /// What became of a statement.
  private enum Outcome { case done, failed, left }

  /// Keeps the first problem that has an edit, until the next one.
  private func keepMendable(
    _ problems: [Diagnostic], in source: SourceText, _ statements: [Span]
  ) {
    guard let problem = problems.first(where: { !$0.edits.isEmpty }) ?? problems.first else {
      return
    }
    guard let place = problem.edits.first?.span else {
      mendable = nil
      return
    }
    // Of a text of several statements only the one with the problem is asked again; one that could not be read
    // is what stands between those that could.
    let own = statements.first { $0.lower <= place.lower && place.upper <= $0.upper }
    let before = statements.map(\.upper).filter { $0 <= place.lower }.max() ?? 0
    let behind = statements.map(\.lower).filter { $0 >= place.upper }.min() ?? source.bytes.count
    mendable = (source, problem, own ?? Span(before, behind))
  }

  /// Runs one statement.
  private func run(
    _ statement: Statement, in source: SourceText, _ say: (Response) -> Void
  ) -> Outcome {
    do {
      try runner.goOn()
      beginQuestion()
      for response in try responses(to: statement, say) {
        say(response)
        if case .farewell = response { return .left }
        if case .failed = response { return .failed }
      }
      let reports = newReports()
      if !reports.isEmpty { say(.notice(reports.joined(separator: "\n"))) }
      keep(statement)
      return .done
    } catch let problem as Diagnostic {
      let isUnknown = problem.id.hasPrefix("unknown-")
      let habit = isUnknown ? Habits.diagnostic(of: statement.span, in: source) : nil
      say(.problem(habit ?? problem))
      keepMendable([habit ?? problem], in: source, [statement.span])
    } catch let problem as SourceProblem {
      say(.problem(Session.diagnostic(of: problem, at: statement.span)))
    } catch {
      say(.problem(Diagnostic("unexpected-failure", "\(error)", at: statement.span)))
    }
    return .failed
  }

  /// What is left to say of a statement when it has run.
  private func responses(
    to statement: Statement, _ say: (Response) -> Void
  ) throws -> [Response] {
    try withoutActuallyEscaping(say) { say in
      let before = speaker
      speaker = say
      defer { speaker = before }
      return try respond(to: statement)
    }
  }

  /// The id of the problem that a statement was stopped.
  package static let stoppedID = "stopped"

  static func diagnostic(of problem: SourceProblem, at span: Span) -> Diagnostic {
    let id = problem.kind == .cancelled ? stoppedID : "source-\(problem.kind.rawValue)"
    return Diagnostic(id, problem.message, at: span, help: problem.help)
  }

  /// What is said of a statement that was stopped, and the text that this stands in.
  package static func stopped(_ statement: String) -> (Diagnostic, SourceText) {
    let source = SourceText(statement)
    return (diagnostic(of: Runner.cancelled, at: Span(0, source.bytes.count)), source)
  }

  func respond(to statement: Statement) throws -> [Response] {
    switch statement.kind {
    case .ask(let ask): return [.answer(try answer(ask))]
    case .open(let path, let span, let name): return try open(path, span, as: name)
    case .card(let name, let lines): return try card(name, lines)
    case .cohort(let name, let base, let steps):
      return try cohort(name, base: base, steps)
    case .population(let node): return try population(node)
    case .field(let name, let dataset, let node): return try field(name, of: dataset, node)
    case .link(let from, let to): return try link(from, to)
    case .stages(let dataset, let nodes): return try stages(of: dataset, nodes)
    case .guideline(let name, let since, let rules, let otherwise):
      return try guideline(name, since, rules, otherwise)
    case .let(let name, let value): return try define(name, value)
    case .param(let name, let value): return try parameter(name, value)
    case .set(let name, let value): return try set(name, value)
    case .about(let word, let stage, let ask, let expectation):
      return try about(word, stage, ask, expectation)
    case .command(let word, let arguments): return try command(word, arguments)
    case .unread: return []
    }
  }

  /// Binds and answers a question, and keeps it as the answer before.
  package func answer(_ ask: Ask) throws -> Answer {
    let (question, answer) = try answered(ask)
    lastQuestion = question
    lastAnswer = answer
    history.append((question.text, answer))
    return answer
  }

  /// The answer to the one question of a text, without keeping it as the answer before.
  package func considered(_ text: String) throws -> Answer {
    let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
    if let problem = parsed.problems.first { throw problem }
    guard parsed.statements.count == 1, case .ask(let ask) = parsed.statements[0].kind else {
      throw Diagnostic("not-a-question", "`\(text)` is not one question")
    }
    beginQuestion()
    return try answered(ask).1
  }

  /// What sources hold of their rows is looked at anew: others may have written to them.
  private func beginQuestion() {
    let datasets = catalogue.datasets + catalogue.cohorts.map(\.dataset)
    let sources = datasets.map(\.source) + Array(populationSources.values)
    var told: Set<ObjectIdentifier> = []
    for source in sources where told.insert(ObjectIdentifier(source)).inserted {
      source.beginQuestion()
    }
  }

  func answered(_ ask: Ask) throws -> (Question, Answer) {
    let ask = try aboutIt(ask)
    if case .cohort(let name) = ask.subject, let cohort = catalogue.cohort(named: name.text),
      !binder.goesToRows(ask, of: cohort.dataset)
    {
      // What counting needs is read in one pass with what is asked for.
      cohort.dataset.columnsAhead += CountingColumns.columns(of: ask, cohort.dataset)
    }
    let question = try inquiry.narrowed(binder.bind(ask))
    if let other = inquiry.ofThatTime(question),
      let (asked, answer) = try? answered(other.ask, insteadOf: question.text, other.caution)
    {
      return (asked, answer)
    }
    return try answered(question)
  }

  /// The answer about another cohort than the one that was named, which it says first.
  private func answered(
    _ ask: Ask, insteadOf text: String, _ caution: Caution
  ) throws -> (Question, Answer) {
    let question = try inquiry.narrowed(binder.bind(ask))
    var (_, answer) = try answered(question)
    answer.question = text
    answer.cautions.insert(caution, at: 0)
    answer.receipt = Receipt.of(answer, version: Session.version)
    return (question, answer)
  }

  private func answered(_ question: Question) throws -> (Question, Answer) {
    let ask = question.ask
    guard let verb = VerbCatalogue.verb(ask.verb.text) else {
      throw Diagnostic("unknown-word", "no line begins with `\(ask.verb.text)`", at: ask.verb.span)
    }
    var answer: Answer
    do {
      answer = try Repetition.answer(verb, question, inquiry)
    } catch let problem as Diagnostic {
      throw inquiry.withOtherTime(problem, question)
    }
    try StandingCautions.add(to: &answer, of: question, inquiry)
    Inquiry.sayWhom(&answer, question)
    answer.citeFigures()
    answer.cautions = answer.cautions.filter(\.isStop) + answer.cautions.filter { !$0.isStop }
    answer = try disclosed(answer, to: question)
    if catalogue.settings.showsWords { answer.saying = Sayings.saying(answer, question) }
    answer.receipt = Receipt.of(answer, version: Session.version)
    // Whoever stopped the question does not see an answer that was nearly there.
    try runner.goOn()
    return (question, answer)
  }
}
