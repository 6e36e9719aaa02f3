internal import Engine
internal import Glibc

/// Whether sources of others may be run; the one who asks a person, or has been told once, says so.
package protocol PluginPolicy: Sendable {
  /// No with `--safe`: then no source is run but those inside this program.
  var runsPlugins: Bool { get }
  /// No with `--offline`: then no source is run that may need the network.
  var usesNetwork: Bool { get }
  /// Asked before the first run of a file, and again when its content has changed.
  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool
  /// What a person types behind a question without it being shown; nothing where nobody can be asked.
  func secret(_ question: String) -> String?
  /// Work in which another program may ask the person something at the terminal.
  func attended<Result>(_ work: () -> Result) -> Result
}

extension PluginPolicy {
  package var usesNetwork: Bool { true }
  package func secret(_ question: String) -> String? { nil }
  package func attended<Result>(_ work: () -> Result) -> Result { work() }
}

/// Remembers by path and content which sources may be run.
///
/// The digest is that of the executable itself; what it reads when it runs is its own affair.
package struct PluginTrust: Sendable {
  /// The file that remembers: a line for each source, digest and path.
  private let record: String?
  let policy: any PluginPolicy

  /// - Parameter record: nothing where it is to be asked every time.
  package init(record: String?, policy: any PluginPolicy) {
    self.record = record
    self.policy = policy
  }

  /// Lets a source pass that may be run. Errors: `SourceProblem` where it may not.
  package func admit(_ plugin: PluginFile) throws {
    let refused = "the source \(plugin.name) was not run"
    guard policy.runsPlugins else {
      throw SourceProblem(
        .refused, refused + ": a safe session runs no other program",
        help: ["start without --safe"])
    }
    guard policy.usesNetwork || plugin.manifest?.worksOffline == true else {
      throw SourceProblem(
        .refused, refused + ": it may need the network, and this session does without",
        help: ["start without --offline"])
    }
    let digest = try inspect(plugin)
    if plugin.origin == .installation { return }
    let entries = remembered()
    let known = entries.first { $0.path == plugin.path }
    if known?.digest == digest { return }
    guard policy.approves(plugin, isChanged: known != nil) else {
      throw SourceProblem(
        .refused,
        refused + (known == nil ? ": it was not allowed" : ": it has changed since it was allowed"),
        help: ["it is \(plugin.path)", "docket source trust \(plugin.name)"])
    }
    remember(entries.filter { $0.path != plugin.path } + [(digest, plugin.path)])
  }

  /// Whether a source may be run, as far as that is settled.
  package enum Standing: Hashable, Sendable {
    case ours, allowed, changed, unknown
    /// Others could have written it.
    case refused(String)
  }

  /// How a source stands; nobody is asked and nothing is run.
  package func standing(of plugin: PluginFile) -> Standing {
    do {
      let digest = try inspect(plugin)
      if plugin.origin == .installation { return .ours }
      let known = remembered().first { $0.path == plugin.path }
      return known.map { $0.digest == digest ? .allowed : .changed } ?? .unknown
    } catch {
      return .refused((error as? SourceProblem)?.message ?? "\(error)")
    }
  }

  /// Remembers that a source may be run as it is now; its digest.
  ///
  /// Errors: `SourceProblem` where others could have written it.
  package func allow(_ plugin: PluginFile) throws -> String {
    let digest = try inspect(plugin)
    remember(remembered().filter { $0.path != plugin.path } + [(digest, plugin.path)])
    return digest
  }

  /// The digest of the file; refuses what others could have changed.
  private func inspect(_ plugin: PluginFile) throws -> String {
    let descriptor = open(plugin.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SourceProblem(.refused, "\(plugin.path) can't be read, so it is not run")
    }
    defer { close(descriptor) }
    let folder = plugin.path.lastIndex(of: "/").map { String(plugin.path[..<$0]) } ?? "/"
    var file = stat()
    var parent = stat()
    guard fstat(descriptor, &file) == 0, stat(folder, &parent) == 0 else {
      throw SourceProblem(.refused, "\(plugin.path) can't be looked at, so it is not run")
    }
    for (status, path) in [(file, plugin.path), (parent, folder)] {
      if status.st_mode & S_IWOTH != 0 {
        throw SourceProblem(
          .refused, "everyone may write to \(path), so the source \(plugin.name) is not run",
          help: ["chmod o-w \(path)"])
      }
      if status.st_uid != 0, status.st_uid != geteuid() {
        throw SourceProblem(
          .refused,
          "\(path) belongs to another account, so the source \(plugin.name) is not run",
          help: ["install a copy of it under this account"])
      }
    }
    var digest = RunningDigest()
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0 {
        throw SourceProblem(.refused, "\(plugin.path) can't be read, so it is not run")
      }
      if count == 0 { return digest.digest }
      block.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  // MARK: The record

  private func remembered() -> [(digest: String, path: String)] {
    guard let record, let file = fopen(record, "re") else { return [] }
    defer { fclose(file) }
    var entries: [(String, String)] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
      let parts = text.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      entries.append((String(parts[0]), String(parts[1].prefix { $0 != "\n" })))
    }
    return entries
  }

  /// Written whole and then renamed, so that a crash loses nothing; where it can't be written, it is
  /// asked again next time.
  private func remember(_ entries: [(digest: String, path: String)]) {
    guard let record else { return }
    StateFolder.make(above: record)
    let new = record + ".new"
    let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let text = entries.filter { !$0.path.contains("\n") }
      .map { "\($0.digest) \($0.path)\n" }.joined()
    let isWritten = Array(text.utf8).withUnsafeBytes {
      write(descriptor, $0.baseAddress, $0.count) == $0.count
    }
    if close(descriptor) == 0, isWritten { rename(new, record) } else { unlink(new) }
  }
}

/// The folders that a file of this program's own state stands in.
enum StateFolder {
  /// Makes those above the file that are not there yet, for this account alone.
  static func make(above path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
