import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Interpreter
import Rendering
import Shell

/// What every way of starting a session shares.
enum SessionStart {
  static func session(_ options: OutputSettings) throws -> Session {
    let session = Session(directory: Environment.workingDirectory)
    session.goesOnAfterProblems = options.onError == "continue"
    if let most = options.privacy { session.restrictAll(masking: most) }
    if let seconds = options.timeout {
      let watch = RunWatch(seconds: seconds)
      session.watch(isCancelled: { watch.isCancelled }, advance: { _, _ in })
    }
    // The prompt has handlers of its own; elsewhere the exit code says what ended the run.
    signal(SIGINT) { _ in _exit(130) }
    signal(SIGTERM) { _ in _exit(143) }
    session.reach = Reach(
      usesNetwork: !options.isOffline && !options.isSafe, writesFiles: !options.isSafe)
    session.plugins = InstalledSources.catalogue(
      PersonAtTerminal(runsPlugins: !options.isSafe, usesNetwork: !options.isOffline))
    session.document = { answer, path in
      FormatCatalogue.format(ofFile: path).map { Renderer(format: $0).render(answer) }
    }
    if let paths = Paths(environment: Environment.all) {
      session.keepColumns(in: paths.columns)
    }
    for (name, value) in options.definitions {
      session.parameters[name.lowercased()] = value
    }
    for (name, value) in options.set {
      let transcript = session.respond(to: "set \(name) \(value)")
      if case .problem(let problem)? = transcript.responses.last {
        throw ValidationError(problem.message)
      }
    }
    return session
  }

  /// The person's start file, and the project's `docket.docket`, found upward from the working directory.
  static var files: [String] {
    var found: [String] = []
    if let paths = Paths(environment: Environment.all), access(paths.initialization, R_OK) == 0 {
      found.append(paths.initialization)
    }
    var folder = Environment.workingDirectory
    while true {
      let file = (folder == "/" ? "" : folder) + "/docket.docket"
      if access(file, R_OK) == 0 { return found + [file] }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return found }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// Opens `PATH` or `NAME=PATH`; a script of definitions is run.
  static func open(
    _ item: String, _ session: Session, _ printer: Printer, saysReports: Bool
  ) throws {
    var (name, path) = (String?.none, item)
    if let sign = item.firstIndex(of: "="), !item[..<sign].contains(where: { "/:".contains($0) }),
      access(item, F_OK) != 0
    {
      name = String(item[..<sign])
      path = String(item[item.index(after: sign)...])
    }
    let known = Set(session.catalogue.datasets.map(\.name))
    defer {
      // Who is not told what was opened is still told which rows could not be read.
      if !saysReports {
        for report in session.reports(except: known) {
          Printer.write(report + "\n", to: STDERR_FILENO)
        }
      }
    }
    if path.hasSuffix(".docket") {
      run(script: path, [:], session, printer, saysNotices: saysReports)
      return
    }
    let quoted = path.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    answer(
      "open \"\(quoted)\"" + (name.map { " as `\($0)`" } ?? ""), name: nil, session, printer,
      saysNotices: saysReports)
  }

  static func answer(
    _ text: String, name: String?, _ session: Session, _ printer: Printer,
    saysNotices: Bool = true
  ) {
    let source = Transcript(source: .init(text, name: name))
    _ = session.respond(to: text, name: name) { response in
      if case .notice = response, !saysNotices { return }
      printer.print(response) { source }
    }
  }

  static func run(
    script path: String, _ given: [String: String], _ session: Session, _ printer: Printer,
    saysNotices: Bool = true
  ) {
    do {
      let text = try Session.text(
        ofFile: Session.absolute(path, in: session.directory), written: path, at: nil)
      let source = Transcript(source: .init(text, name: path))
      _ = try session.run(script: path, given: given) { response in
        if case .notice = response, !saysNotices { return }
        printer.print(response) { source }
      }
    } catch {
      printer.print(Session.response(to: error)) { Transcript(source: .init("")) }
    }
  }

  static func standardInput() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
