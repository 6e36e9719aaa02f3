import Connectors
import Diagnostics
package import Engine
import Syntax

extension Session {
  /// `open "referrals.csv" as referrals`
  func open(_ path: String, _ span: Span, as name: Name?) throws -> [Response] {
    let source = try openSource(path, at: span)
    return try register(source, path: path, as: name?.text)
  }

  /// Opens what a path or URL names; sources are read-only and nothing is created.
  func openSource(_ path: String, at span: Span) throws -> any Source {
    if PluginCatalogue.holdsSecret(path) { throw SessionMessages.secretInAddress() }
    do {
      if !reach.usesNetwork, WebFiles.opens(path) {
        throw SourceProblem(
          .refused, "\(path) is on the network, and this session does without",
          help: ["start without --offline"])
      }
      let source = try SourceCatalogue.open(path, relativeTo: directory, run: monitor) { path in
        try plugins?.open(path, relativeTo: directory, run: monitor)
      }
      shelve(source)
      return readsRows ? source : UnreadSource(source)
    } catch let problem as SourceProblem {
      // Ctrl-C also ends a wait of the system's with an error of its own.
      try runner.goOn()
      throw Session.diagnostic(of: problem, at: span)
    }
  }

  /// What sources have noticed of datasets that are not among those known.
  package func reports(except known: Set<String>) -> [String] {
    catalogue.datasets.filter { !known.contains($0.name) }.flatMap { dataset in
      unsaid(of: dataset).map { "\(dataset.name): \($0)" }
    }
  }

  /// What sources have noticed since it was last said: rows that can't be read, data that changed.
  func newReports() -> [String] {
    catalogue.datasets.flatMap { dataset -> [String] in
      let known = reported[dataset.name] ?? []
      let new = unsaid(of: dataset).filter { !known.contains($0) }
      if !new.isEmpty { reported[dataset.name] = known.union(new) }
      return new.map { "\(dataset.name): \($0)" }
    }
  }

  /// What a source has noticed, but for what stands in every answer as a caution.
  private func unsaid(of dataset: Dataset) -> [String] {
    let source = dataset.source
    let cautioned = Set(source.faults(of: dataset.table) + source.warnings(of: dataset.table))
    return source.report(of: dataset.table).filter { !cautioned.contains($0) }
  }

  /// A statement as it may be kept: without the passwords in its quoted addresses.
  package static func withoutSecrets(_ text: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) ? String(part) : PluginCatalogue.shown(String(part))
    }.joined(separator: "\"")
  }

  /// Names the datasets of a source, and says what there is.
  package func register(_ source: any Source, path: String, as name: String?) throws
    -> [Response]
  {
    let tables = try source.datasets()
    try runner.goOn()
    let stem = name ?? source.ownName ?? SourceCatalogue.name(ofPath: path)
    var lines: [String] = []
    for table in tables {
      // The one table of a database keeps its name: there may be more of them tomorrow.
      let isFile = source is PluginSource && !PluginCatalogue.isAddress(path)
      let isOnly = tables.count == 1 && (source.readsAhead || isFile)
      let dataset = Dataset(
        name: isOnly ? stem : "\(stem).\(table.name)", source: source, table: table.name,
        fields: table.fields)
      if let card = source.card(of: table.name) { dataset.card = card }
      if catalogue.settings.restrictsAll { dataset.card.isRestricted = true }
      dataset.expect(columnsAhead.columns(of: table.fields, in: dataset.name))
      catalogue.add(dataset)
      lines.append("\(dataset.name): \(Words.count(Double(table.fields.count), "field"))")
      let report = source.report(of: table.name)
      lines += report.map { "  \($0)" }
      reported[dataset.name] = Set(report)
    }
    for table in tables { lines += declaredLinks(of: table.name, in: source, stem) }
    if tables.isEmpty { lines.append("\(stem) holds no tables") }
    return [.notice(lines.joined(separator: "\n"))]
  }

  /// Links datasets by the keys that their source says they hold; what can't be linked is said.
  private func declaredLinks(of table: String, in source: any Source, _ stem: String) -> [String] {
    source.links(of: table).map { declared in
      let at = Span(0, 0)
      let from = LinkEnd(
        dataset: Name("\(stem).\(table)", at: at), field: Name(declared.field, at: at))
      let to = LinkEnd(
        dataset: Name("\(stem).\(declared.dataset)", at: at), field: Name(declared.target, at: at))
      let text = "link \(Formatter.text(of: from)) to \(Formatter.text(of: to))"
      do {
        _ = try link(from, to)
        return text
      } catch {
        return "no \(text): \((error as? Diagnostic)?.message ?? "\(error)")"
      }
    }
  }
}
