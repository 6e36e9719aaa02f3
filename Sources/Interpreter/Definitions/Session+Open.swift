import Connectors
import Diagnostics
import Engine
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
      let source = try SourceCatalogue.open(path, relativeTo: directory) { path in
        try plugins?.open(path, relativeTo: directory, run: monitor)
      }
      shelve(source)
      return readsRows ? source : UnreadSource(source)
    } catch let problem as SourceProblem {
      throw Session.diagnostic(of: problem, at: span)
    }
  }

  /// A statement as it may be kept: without the passwords in its quoted addresses.
  package static func withoutSecrets(_ text: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) ? String(part) : PluginCatalogue.shown(String(part))
    }.joined(separator: "\"")
  }

  /// Names the datasets of a source, and says what there is.
  func register(_ source: any Source, path: String, as name: String?) throws -> [Response] {
    let tables = try source.datasets()
    let stem = name ?? SourceCatalogue.name(ofPath: path)
    var lines: [String] = []
    for table in tables {
      let isOnly = tables.count == 1 && source.readsAhead
      let dataset = Dataset(
        name: isOnly ? stem : "\(stem).\(table.name)", source: source, table: table.name,
        fields: table.fields)
      if let card = source.card(of: table.name) { dataset.card = card }
      if catalogue.settings.restrictsAll { dataset.card.isRestricted = true }
      dataset.columnsAhead = table.fields.filter { namesAhead.contains(Name.key(of: $0)) }
      catalogue.add(dataset)
      lines.append("\(dataset.name): \(Words.count(Double(table.fields.count), "field"))")
      lines += source.report(of: table.name).map { "  \($0)" }
    }
    if tables.isEmpty { lines.append("\(stem) holds no tables") }
    return [.notice(lines.joined(separator: "\n"))]
  }
}
