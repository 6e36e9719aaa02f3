import Columns
import Connectors
import Diagnostics
import Engine
import Syntax

extension Session {
  /// `card referrals … end`
  func card(_ name: Name, _ lines: [CardLine]) throws -> [Response] {
    guard let dataset = catalogue.dataset(named: name.text) else {
      throw unknownDataset(name)
    }
    var described = dataset
    for line in lines where line.word.key == "counts" {
      guard case .pairs(let field, let pairs) = line.content else { continue }
      described = try counted(described, field, pairs)
    }
    var card = described.card
    for line in lines where line.word.key != "counts" {
      try CardReader.read(line, into: &card, of: described)
    }
    described.card = card
    if described !== dataset { catalogue.add(described) }
    return []
  }

  /// `counts outcome death=Death life=NoDeath`: each row is many cases, counted in columns. It
  /// becomes a row for each of them, with the outcome as a field and the count as the weight.
  private func counted(
    _ dataset: Dataset, _ field: Name, _ pairs: [(ValueNode, ValueNode)]
  ) throws -> Dataset {
    guard dataset.column(named: field.text) == nil else {
      throw Diagnostic(
        "name-taken", "\(dataset.name) already has a field \(field.text) in its file",
        at: field.span)
    }
    guard !pairs.isEmpty else {
      throw Diagnostic(
        "expected", "counts are written: counts OUTCOME VALUE=COLUMN VALUE=COLUMN", at: field.span)
    }
    let scope = Scope(dataset: dataset, cohort: dataset.name)
    let names = pairs.map { Name($0.1.text, at: $0.1.span) }
    let columns = try names.map { name in
      guard let column = dataset.column(named: name.text) else {
        throw binder.unknownField(name, in: scope)
      }
      return column
    }
    let fields = try names.map { try binder.field($0, in: scope) }
    for (field, pair) in zip(fields, pairs) where !(field.type?.isNumber ?? !readsRows) {
      throw BindingMessages.notANumberField(
        field.name, field.type?.words ?? "no number", at: pair.1.span)
    }
    let counted = Listing(
      dataset: dataset.name, rows: .constant(true), fields: fields, choice: .first(.max))
    func groups(_ run: any RunMonitor) throws -> [StackedSource.Group] {
      let runner = Runner(catalogue: catalogue, monitor: run)
      let rows = try readsRows ? runner.list(counted, of: dataset).rows : []
      return pairs.indices.map { place in
        StackedSource.Group(
          name: pairs[place].0.text,
          numbers: rows.map { $0[place].isMissing ? "" : $0[place].description })
      }
    }
    let number = dataset.unusedName("number")
    let form = StackedSource.Form(
      kept: dataset.fields.filter { !columns.contains($0) }, field: field.text, number: number,
      groups: groups)
    let stacked = Dataset(
      name: dataset.name,
      source: unreadWhereChecked(
        try StackedSource(dataset.source, table: dataset.table, form: form, run: monitor)),
      table: dataset.table, fields: form.kept + [field.text, number])
    stacked.card = dataset.card
    stacked.card.weight = number
    (stacked.computed, stacked.links, stacked.stages) =
      (dataset.computed, dataset.links, dataset.stages)
    return stacked
  }

  func unknownDataset(_ name: Name) -> Diagnostic {
    let nearest = Nearest.matches(to: name.text, in: catalogue.datasets.map(\.name), limit: 1)
    return BindingMessages.unknownCohort(
      name.text, nearest: nearest.map { "the nearest dataset is \($0)" }, at: name.span)
  }
}

/// Reads the lines of a card.
enum CardReader {
  static func read(_ line: CardLine, into card: inout Card, of dataset: Dataset?) throws {
    switch line.content {
    case .values(let field, let values):
      let key = try self.key(field, dataset)
      card.missing[key, default: []].formUnion(values.map(\.text))
    case .pairs(let field, let pairs):  // `counts` makes another dataset: see `Session.card`.
      let key = try self.key(field, dataset)
      for (from, to) in pairs { card.recode[key, default: [:]][from.text] = to.text }
    case .words(let words): try read(line.word, words, into: &card, of: dataset)
    }
  }

  private static func key(_ field: Name, _ dataset: Dataset?) throws -> String {
    guard let dataset else { return field.key }
    guard let column = dataset.column(named: field.text) else {
      throw BindingMessages.unknownField(
        field.text, dataset.name,
        nearest: Nearest.matches(to: field.text, in: dataset.fields, limit: 2), at: field.span)
    }
    return Name.key(of: column)
  }

  private static func read(
    _ word: Name, _ words: [ValueNode], into card: inout Card, of dataset: Dataset?
  ) throws {
    guard let first = words.first else {
      throw Diagnostic(
        "expected", "the card's `\(word.text)` needs a word behind it", at: word.span)
    }
    switch word.key {
    case "unit": card.unit = first.text
    case "id": card.id = try column(first, dataset)
    case "person": card.person = try column(first, dataset)
    case "weight": card.weight = try column(first, dataset)
    case "date": try date(words, into: &card, dataset)
    case "place": card.place = first.text
    case "coding": card.coding = first.text
    case "source": card.source = first.text
    case "period": card.period = try coverage(first)
    case "ages": card.ages = try ages(first)
    case "privacy": card.isRestricted = first.text.lowercased() == "restricted"
    case "strata": card.strata = try words.map { try column($0, dataset) }
    case "label":
      guard words.count > 1 else {
        throw Diagnostic("expected", "a label is written: label FIELD \"words\"", at: word.span)
      }
      card.labels[Name.key(of: try column(first, dataset))] = words[1].text
    case "type": try type(words, into: &card, dataset)
    case "sample": card.sample = try sample(words, word.span)
    default: throw unknown(word)
    }
  }

  private static let words = [
    "unit", "id", "person", "date", "place", "period", "ages", "coding", "missing", "recode",
    "counts", "weight", "sample", "privacy", "label", "source", "strata", "type",
  ]

  private static func unknown(_ word: Name) -> Diagnostic {
    let nearest = Nearest.matches(to: word.text, in: words, limit: 1)
    return Diagnostic(
      "unknown-card-word", "a card has no line `\(word.text)`", at: word.span,
      help: nearest.isEmpty
        ? ["its lines are: " + words.joined(separator: ", ")] : ["the nearest is \(nearest[0])"],
      edits: nearest.first.map { [Edit(word.span, $0)] } ?? [])
  }

  private static func column(_ node: ValueNode, _ dataset: Dataset?) throws -> String {
    guard let dataset else { return node.text }
    if let column = dataset.column(named: node.text) { return column }
    if dataset.computed(named: node.text) != nil { return node.text }
    throw BindingMessages.unknownField(
      node.text, dataset.name,
      nearest: Nearest.matches(to: node.text, in: dataset.fields, limit: 2), at: node.span)
  }

  /// `date received`, `date received as month/day`
  private static func date(_ words: [ValueNode], into card: inout Card, _ dataset: Dataset?) throws
  {
    let column = try column(words[0], dataset)
    card.date = column
    guard words.count >= 3, words[1].text.lowercased() == "as" else { return }
    card.types[Name.key(of: column)] = Card.TypedAs(.date, order: try order(words[2]))
  }

  /// `type zip code`, `type reported date as day/month`
  private static func type(_ words: [ValueNode], into card: inout Card, _ dataset: Dataset?) throws
  {
    guard words.count >= 2, let type = FieldType(rawValue: words[1].text.lowercased()) else {
      throw Diagnostic(
        "expected",
        "a type is one of " + FieldType.allCases.map(\.rawValue).joined(separator: ", "),
        at: (words.count > 1 ? words[1] : words[0]).span)
    }
    let order = words.count >= 4 ? try order(words[3]) : nil
    card.types[Name.key(of: try column(words[0], dataset))] = Card.TypedAs(type, order: order)
  }

  private static func order(_ node: ValueNode) throws -> DateOrder {
    switch node.text.lowercased() {
    case "month/day", "month/day/year": return .monthDayYear
    case "day/month", "day/month/year": return .dayMonthYear
    case "year/month/day", "year-month-day": return .yearMonthDay
    default:
      throw Diagnostic(
        "expected", "dates are written month/day, day/month or year-month-day", at: node.span)
    }
  }

  static func coverage(_ node: ValueNode) throws -> Coverage {
    let (lower, upper): (String, String)
    switch node.kind {
    case .range(let first?, let last?): (lower, upper) = (first, last)
    default: (lower, upper) = (node.text, node.text)
    }
    guard let first = PeriodLiteral(lower)?.days, let last = PeriodLiteral(upper)?.days else {
      throw Diagnostic(
        "not-a-period", "a period is written 2019 or 2017..2020", at: node.span)
    }
    return Coverage(first: first.first, last: last.last, firstWritten: lower, lastWritten: upper)
  }

  /// `all`, `18..`, `10..17`
  static func ages(_ node: ValueNode) throws -> AgeRange {
    if case .range(let lower, let upper) = node.kind {
      return AgeRange(lower: lower.flatMap { Int($0) }, upper: upper.flatMap { Int($0) })
    }
    if node.text.lowercased() == "all" { return AgeRange(lower: nil, upper: nil) }
    if let age = Int(node.text) { return AgeRange(lower: age, upper: age) }
    throw Diagnostic("not-ages", "ages are written all, 18.. or 10..17", at: node.span)
  }

  /// `sample 595 of 1402`
  private static func sample(_ words: [ValueNode], _ span: Span) throws -> SampleSize {
    guard words.count == 3, let drawn = NumberLiteral(words[0].text)?.integer,
      let population = NumberLiteral(words[2].text)?.integer, drawn <= population, drawn > 0
    else {
      throw Diagnostic("not-a-sample", "a sample is written: sample 595 of 1402", at: span)
    }
    return SampleSize(drawn: drawn, population: population)
  }
}
