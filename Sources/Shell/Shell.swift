import Glibc
import Interpreter
import LineEditing

/// What the command line says about the prompt.
package struct ShellOptions: Sendable {
  package var version: String
  /// Whether lines may be edited; `--no-editing` says no.
  package var editing: Bool
  package var colour: Bool
  package var pager: Pager.Mode
  package var environment: [String: String]

  package init(
    version: String, editing: Bool = true, colour: Bool = false, pager: Pager.Mode = .automatic,
    environment: [String: String]
  ) {
    self.version = version
    self.editing = editing
    self.colour = colour
    self.pager = pager
    self.environment = environment
  }
}

/// The prompt: reads a statement, has the session answer it, shows the answer, and asks again.
///
/// Once it runs, all but the session is used by the thread that reads alone.
package final class Shell: @unchecked Sendable {
  private let session: LeavableSession
  private let editor: any LineEditor
  private let guide: StatementGuide
  private let prompt: Prompt
  private let pager: Pager
  private let textEditor: TextEditor
  private let banner: String
  private var lastStatement = ""

  /// Takes over signals and the terminal.
  package init(session: any ShellSession, options: ShellOptions) {
    Signals.install()
    self.session = LeavableSession(session)
    guide = StatementGuide(self.session)
    prompt = Prompt("docket> ", colour: options.colour ? "\u{1B}[1m" : nil)
    pager = Pager(mode: options.pager, environment: options.environment)
    textEditor = TextEditor(environment: options.environment)
    banner = """
      Docket \(options.version), questions about case data in plain words.
      help says how to ask; quit or Ctrl-D leaves.

      """
    editor = Self.editor(options)
  }

  /// The editor that suits the terminal and the options, with what it has to say about `~/.editrc`.
  private static func editor(_ options: ShellOptions) -> any LineEditor {
    let history = StatementHistory(path: Paths(environment: options.environment)?.history)
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    let terminal = options.environment["TERM"] ?? "dumb"
    if isTerminal, options.editing, terminal != "dumb", terminal != "",
      let editor = TerminalLineEditor(history: history)
    {
      for warning in editor.warnings { Output.write(warning + "\n", to: STDERR_FILENO) }
      return editor
    }
    CharacterEncoding.adopt()
    return PlainLineEditor(showsPrompt: isTerminal, history: history)
  }

  /// Answers statements until the person leaves.
  ///
  /// A thread of its own reads what is typed and takes the signals; this one answers.
  package func run() {
    if isatty(STDIN_FILENO) == 1 { Output.write(banner, to: STDERR_FILENO) }
    let mask = Signals.leaveToOthers()
    defer { Signals.take(mask) }
    let thread = SideThread { [self] in
      Signals.take(mask)
      readStatements()
      session.leave()
    }
    guard let thread else {
      Output.write("error: the system has no thread left for the prompt\n", to: STDERR_FILENO)
      return
    }
    session.serve()
    thread.join()
  }

  private func readStatements() {
    var beginning = ""
    while true {
      let reading = read(beginning)
      beginning = ""
      switch reading {
      case .statement(let text):
        guard let next = answer(text) else { return }
        beginning = next
      case .aside(let question, let pending):
        show(respond(to: session.statement(forHelp: question, amid: pending)))
        beginning = pending
      case .interrupted:
        continue
      case .endOfInput:
        return
      }
    }
  }

  private func read(_ beginning: String) -> Reading {
    Signals.setPrompting(true)
    defer { Signals.setPrompting(false) }
    return editor.readStatement(prompt: prompt, beginning: beginning, guide: guide)
  }

  /// Answers one statement; the text to begin the next with, or nothing to leave.
  private func answer(_ text: String) -> String? {
    switch text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased() {
    case "": return ""
    case "quit", "exit", ":q": return nil
    case "edit": return edited()
    default: break
    }
    if let form = session.form(of: text.filter { !$0.isWhitespace }.lowercased()) {
      return filled(form)
    }
    editor.remember(Session.withoutSecrets(text))
    lastStatement = text
    let response = respond(to: text == "?" ? "help" : text)
    show(response)
    return response.ends ? nil : ""
  }

  /// Asks for the parts of a question one by one; the line that they make, for the person to run or change.
  private func filled(_ form: QuestionForm) -> String {
    Output.write(
      "Enter alone leaves out what may be left out; Ctrl-C ends the form.\n", to: STDERR_FILENO)
    var line = form.verb
    for part in form.parts {
      while true {
        let prompt = Prompt(part.question + " ", colour: self.prompt.colour)
        Signals.setPrompting(true)
        let reading = editor.readStatement(
          prompt: prompt, beginning: "", guide: FormGuide(session, after: line, part))
        Signals.setPrompting(false)
        guard case .statement(let answer) = reading else { return "" }
        let longer = form.adding(answer, for: part, to: line)
        if longer == line, !part.isOptional { continue }
        line = longer
        break
      }
    }
    return line
  }

  private func respond(to text: String) -> ShellResponse {
    var response = ShellResponse()
    guard session.isFree || settled() else {
      response.parts.append(session.stopped(text, on: .current()))
      return response
    }
    let watch = RunWatch()
    response.ends = following(watch) {
      session.respond(to: text, on: .current(), watch: watch) { response.parts.append($0) }
    }
    return response
  }

  /// Waits for a statement that was stopped and left; whether it has ended, and was not left again.
  private func settled() -> Bool { following(RunWatch()) { session.settle() } }

  /// Does something with a line of progress.
  private func following(_ watch: RunWatch, _ work: () -> Bool) -> Bool {
    let progress = ProgressLine(watching: watch)
    let result = work()
    let hasErased = progress?.finish() ?? false
    // The terminal has written `^C` where the cursor stood.
    if watch.isCancelled, !hasErased { Output.write("\n", to: STDERR_FILENO) }
    return result
  }

  private func show(_ response: ShellResponse) {
    for part in response.parts {
      switch part {
      case .page(let page): pager.show(page, on: .current())
      case .words(let words), .stopped(let words): Output.write(words, to: STDERR_FILENO)
      }
    }
  }

  private func edited() -> String {
    guard let text = textEditor.edit(lastStatement) else {
      Output.write("error: the editor “\(textEditor.command)” failed\n", to: STDERR_FILENO)
      return ""
    }
    return text
  }
}
