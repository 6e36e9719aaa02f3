import Columns
import Diagnostics
import Engine
import Syntax

/// A word that may stand at the cursor.
package struct Candidate: Hashable, Sendable {
  /// What kind of word it is; lists are shown by kind.
  package enum Kind: String, Sendable {
    case verb, word, clause, dataset, cohort, population, field, value, setting
  }

  /// What is written into the line.
  package let text: String
  package let kind: Kind
  /// A count or a few words.
  package let detail: String

  package init(_ text: String, _ kind: Kind, _ detail: String = "") {
    self.text = text
    self.kind = kind
    self.detail = detail
  }
}

/// What may stand at a place of a line: words by the verb's signature, names, fields, values with their counts.
package struct Completer {
  private let session: Session

  package init(_ session: Session) {
    self.session = session
  }

  /// Candidates for the word that ends at a UTF-8 offset, and where that word begins.
  package func candidates(in text: String, at offset: Int) -> (start: Int, list: [Candidate]) {
    let before = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
    let tokens = Lexer.tokens(of: SourceText(before))
    let line = Array(tokens.suffix(from: (tokens.lastIndex { $0.kind == .end } ?? -1) + 1))
    var typed = ""
    var start = offset
    var earlier = line
    if let last = line.last, last.span.upper == before.utf8.count,
      last.kind == .word || last.kind == .unclosed || last.kind == .name
    {
      typed = last.text
      start = last.span.lower
      earlier.removeLast()
    } else if let dot = line.last, dot.text == ".", dot.span.upper == before.utf8.count,
      let word = line.dropLast().last, word.span.upper == dot.span.lower
    {
      // `neighborhoods.`, before the field of another dataset is begun.
      typed = word.text + "."
      start = word.span.lower
      earlier.removeLast(2)
    }
    let wanted = typed.lowercased()
    let found = list(after: earlier, typed: wanted).filter {
      wanted.isEmpty || bare($0.text).lowercased().hasPrefix(wanted)
    }
    return (start, found)
  }

  private func bare(_ text: String) -> String {
    text.hasPrefix("\"") || text.hasPrefix("`") ? String(text.dropFirst()) : text
  }

  private func list(after tokens: [Token], typed: String) -> [Candidate] {
    guard let first = tokens.first else { return statementWords }
    let verb = session.vocabulary.signature(of: first.text)
    if tokens.count == 1 {
      if verb != nil { return cohorts }
      return names(after: first)
    }
    if let values = values(after: tokens, typed: typed) { return values }
    guard let last = tokens.last else { return [] }
    if last.kind == .word {
      switch last.text.lowercased() {
      case "vs": return populations + opponents + fields(of: tokens)
      case "per", "to": return populations + stages(of: tokens)
      case "of": return stages(of: tokens)
      case "where", "by", "within", "and", "or", "not": return fields(of: tokens)
      default: break
      }
    }
    if let verb {
      let used = Set(tokens.map { $0.text.lowercased() })
      let clauses = verb.clauses.filter { !used.contains($0.rawValue) }
        .map { Candidate($0.rawValue, .clause, $0.meaning) }
      return fields(of: tokens) + clauses
    }
    return names(after: first)
  }

  private var statementWords: [Candidate] {
    session.vocabulary.signatures.map { Candidate($0.word, .verb, $0.summary) }
      + DefinitionWord.allCases.map { Candidate($0.rawValue, .word, $0.meaning) }
      + Session.commands.map { Candidate($0.rawValue, .word, $0.meaning) }
  }

  private var cohorts: [Candidate] {
    session.catalogue.cohorts.map { Candidate(Formatter.word($0.name), .cohort, $0.definition) }
      + session.catalogue.datasets.map {
        Candidate(Formatter.word($0.name), .dataset, $0.card.unit)
      }
  }

  private var populations: [Candidate] {
    session.catalogue.populations.map {
      Candidate($0.name, .population, $0.card.place ?? "")
    }
  }

  private var opponents: [Candidate] {
    [
      Candidate("population", .word, "the one that fits the card"),
      Candidate("every", .word, "every population"), Candidate("everyone", .word, "everyone else"),
    ]
  }

  private func names(after word: Token) -> [Candidate] {
    switch word.text.lowercased() {
    case "help": return statementWords
    case "how": return session.vocabulary.signatures.map { Candidate($0.word, .verb, $0.summary) }
    case "set":
      return Setting.allCases.map { Candidate($0.rawValue, .setting, $0.meaning) }
    case "source": return cohorts + populations
    case "describe", "fields", "values", "card", "cohort": return cohorts
    case "explain": return statementWords.filter { $0.kind == .verb }
    default: return []
    }
  }

  private func dataset(of tokens: [Token]) -> Dataset? {
    tokens.dropFirst().lazy.compactMap { session.catalogue.cohort(named: $0.text)?.dataset }.first
  }

  private func fields(of tokens: [Token]) -> [Candidate] {
    guard let dataset = dataset(of: tokens) else { return [] }
    return dataset.fields.map { Candidate(nameText($0), .field) }
      + dataset.computed.map { Candidate(nameText($0.name), .field, "calculated") }
      + dataset.stages.map { Candidate(nameText($0.name), .field, "stage") }
      + dataset.links.flatMap { fields(behind: $0) }
  }

  /// Fields that a link leads to, with the name of their dataset before them: `neighborhoods.side`.
  private func fields(behind link: Link) -> [Candidate] {
    let catalogue = session.catalogue
    guard let target = catalogue.dataset(named: link.dataset) else { return [] }
    // `neighborhoods` is enough of `office.neighborhoods` where no other dataset is called so.
    let last = link.name.split(separator: ".").last.map(String.init) ?? link.name
    let name = catalogue.dataset(named: last) === target ? last : link.name
    return (target.fields + target.computed.map(\.name)).map {
      Candidate(nameText("\(name).\($0)"), .field, "linked")
    }
  }

  private func stages(of tokens: [Token]) -> [Candidate] {
    (dataset(of: tokens)?.stages ?? []).map { Candidate(nameText($0.name), .field, "stage") }
  }

  private func nameText(_ name: String) -> String {
    let word = Formatter.word(name)
    return word.hasPrefix("\"") ? "`\(name)`" : word
  }

  /// After `race=` or `race=Black|`: the values of the field with their counts, most frequent first; of a large
  /// file that was not read yet those of its first rows with their share of these, as long as one of them fits
  /// what was typed.
  private func values(after tokens: [Token], typed: String) -> [Candidate]? {
    guard let last = tokens.last, last.kind == .symbol, ["=", "!=", "|"].contains(last.text) else {
      return nil
    }
    var index = tokens.count - 1
    while index > 0, ["=", "!="].contains(tokens[index].text) == false { index -= 1 }
    guard index > 0, let dataset = dataset(of: tokens) else { return [] }
    let name = Name(tokens[index - 1].text, at: tokens[index - 1].span)
    let scope = Scope(dataset: dataset, cohort: dataset.name)
    let isRestricted = dataset.card.isRestricted
    if let (values, rows) = try? session.binder.firstValues(of: name, in: scope) {
      let first = candidates(values) { count in
        isRestricted ? "" : "~\((100 * count + rows / 2) / max(1, rows))%"
      }
      if first.contains(where: { bare($0.text).lowercased().hasPrefix(typed) }) { return first }
    }
    guard let field = try? session.binder.field(name, in: scope),
      let values = try? session.binder.values(of: field, in: scope)
    else { return [] }
    return candidates(values) { isRestricted ? "" : Words.grouped($0) }
  }

  private func candidates(_ values: FieldValues, _ count: (Int) -> String) -> [Candidate] {
    values.values.prefix(200).map {
      Candidate(Formatter.word($0.value.description), .value, count($0.count))
    } + [Candidate("?", .value, count(values.missing))]
  }
}
