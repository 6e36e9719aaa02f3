internal import Columns
internal import Engine
internal import SourceWire

/// Rows that change while a source is open.
///
/// What was read is kept for a question. The next one uses it where the source says that the rows are
/// the same; where it can't tell, or says nothing, they are read anew.
extension PluginSource {
  package func beginQuestion() {
    for name in held.keys { held[name]?.isSettled = false }
  }

  package func edition(of dataset: String) -> Int {
    if held[dataset] == nil { held[dataset] = PluginTable() }
    do {
      try settle(dataset, UnwatchedRun())
    } catch {
      // The question itself says that the source can't be asked; nothing is taken for the same.
      letGo(dataset)
      held[dataset]?.isSettled = true
    }
    return held[dataset]?.edition ?? 0
  }

  /// Lets go of what was read for an earlier question, unless the source says that it still holds.
  func settle(_ dataset: String, _ run: any RunMonitor) throws {
    guard let table = held[dataset], !table.isSettled else { return }
    let conversation = try running(run)
    var isSame = table.state == .notTold
    if case .told(let known) = table.state, conversation.hello.features.contains("state") {
      try conversation.ask(.state(dataset: dataset), run: run) { reply in
        noteFingerprint(reply.fingerprint, dataset)
        if reply.isEnd {
          noteState(reply.state, dataset)
          isSame = reply.state == known
        }
        return reply.isEnd
      }
    }
    if !isSame { letGo(dataset) }
    held[dataset]?.isSettled = true
  }

  /// Takes note of what the source says at the end of an answer.
  func noteState(_ given: String?, _ dataset: String) {
    if held[dataset, default: PluginTable()].note(given) { warn(dataset, PluginSource.changed) }
  }

  /// Takes note that an answer was made of other data than those of before.
  func noteFingerprint(_ given: String?, _ dataset: String) {
    guard let given, let place = found.firstIndex(where: { $0.name == dataset }),
      let known = found[place].fingerprint, known != given
    else { return }
    found[place].fingerprint = given
    hasChanged(dataset, PluginSource.changed)
  }

  /// What was read is let go of where a dataset is no longer described as it was.
  func noteChanges(from before: [WireDataset], to now: [WireDataset]) {
    for old in before {
      guard let new = now.first(where: { $0.name == old.name }), new != old else { continue }
      hasChanged(
        old.name,
        new.fields == old.fields
          ? PluginSource.changed
          : "its fields changed while it was open: open it again to ask about them")
    }
    if before != now { for name in held.keys { letGo(name) } }
  }

  /// Takes columns as those that are held now, and tells where they are not as they were before.
  func hold(_ columns: [String: Column], of dataset: String) {
    var table = held[dataset] ?? PluginTable()
    let isOther = columns.contains { name, column in
      table.before[name].map { $0 != PluginTable.Content(column) } ?? false
    }
    table.before = table.before.filter { columns[$0.key] == nil }
    table.columns.merge(columns) { $1 }
    table.isSettled = true
    held[dataset] = table
    if isOther { warn(dataset, PluginSource.changed) }
  }

  private func hasChanged(_ dataset: String, _ what: String) {
    letGo(dataset)
    warn(dataset, what)
  }

  private func warn(_ dataset: String, _ what: String) {
    held[dataset, default: PluginTable()].warn(what, limit: settings.limits.warnings)
  }

  func letGo(_ dataset: String) { held[dataset, default: PluginTable()].letGo() }

  private static let changed = "its data changed while it was open, and are read anew"
}
