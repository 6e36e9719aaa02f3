import Columns
import Engine
import Syntax

/// An answer about a restricted dataset with what must not be shown left out of it.
struct Masking {
  /// The ids of figures that are worked out and count no rows.
  private static let calculated: Set<String> = ["excess", "to-parity", "rank", "claimed"]
  /// Figures that are values of single rows.
  private static let singleRows: Set<String> = ["least", "greatest"]
  /// Figures that rest on every cell of a table together.
  private static let together: Set<String> = ["chi-square", "cramers-v", "p", "p-exact"]

  private let verdict: DisclosureMemory.Verdict
  private let isComplete: Bool
  private let most: Double
  private let dataset: String
  private var isMasked = false

  init(
    _ verdict: DisclosureMemory.Verdict, of family: CountedFamily, most: Double
  ) {
    self.verdict = verdict
    isComplete = family.isComplete
    self.most = most
    dataset = family.dataset.name
  }

  /// The answer with masked figures null, masked cells marked, and no sentence that holds their numbers.
  mutating func masked(_ answer: Answer) -> Answer {
    var answer = answer
    if ["list", "sample"].contains(answer.verb) {
      return withoutRows(answer)
    }
    if verdict.isWhole || (!isComplete && holdsSmall(answer)) { return withoutFigures(answer) }
    answer.figures = answer.figures.map { hides($0, in: answer.verb) ? blank($0) : $0 }
    if answer.verb == "table", isMasked {
      answer.figures = answer.figures.map {
        Masking.together.contains($0.id) ? blank($0) : $0
      }
    }
    answer.table = answer.table.map { table($0, answer.verb) }
    var blocks: [Block] = []
    for block in answer.blocks {
      if let block = self.block(block, answer) { blocks.append(block) }
    }
    answer.blocks = blocks
    if verdict.hidesUnknown {
      isMasked = true
      answer.figures.removeAll { $0.id.contains("bound-") }
    }
    guard isMasked else { return answer }
    answer.counted = verdict.hidesUnknown ? nil : answer.counted
    return said(answer)
  }

  /// A page about a restricted dataset's rows, without the numbers: each of them could be subtracted.
  static func page(_ page: Page, of question: Question, settings: Settings) -> Page {
    guard let card = question.cohort?.dataset.card, card.isRestricted else { return page }
    let words = "The card says restricted, so this page shows no numbers of rows."
    return Page(title: page.title, [.paragraph(words)])
  }

  private func isSmall(_ number: Double?) -> Bool {
    number.map { $0 > 0 && $0 <= most } ?? false
  }

  private func holdsSmall(_ answer: Answer) -> Bool {
    answer.figures.contains { hides($0, in: answer.verb) }
      || (answer.table?.rows.joined().contains(where: isSmall(cell:)) ?? false)
      || answer.blocks.contains { block in
        if case .table(let table) = block {
          return table.rows.joined().contains(where: isSmall(cell:))
        }
        return false
      }
  }

  private func isSmall(cell: Cell) -> Bool {
    if case .number(let number, .count) = cell { return isSmall(number) }
    return false
  }

  private func hides(_ figure: Figure, in verb: String) -> Bool {
    if Masking.singleRows.contains(figure.id) { return true }
    if isMasked(figure.group.map(\.value)) { return true }
    guard !Masking.calculated.contains(figure.id) else { return false }
    if figure.form == .count, isSmall(figure.value) { return true }
    if isSmall(figure.n) { return true }
    guard let n = figure.n, let of = figure.of else { return false }
    return isSmall(of - n) || isSmall(of)
  }

  /// Whether values name a masked group, as the values themselves or as their names.
  private func isMasked(_ values: [Value]) -> Bool {
    !values.isEmpty
      && verdict.groups.contains { group in
        group.values.count <= values.count
          && zip(group.values, values).allSatisfy { $0.description == $1.description }
      }
  }

  private mutating func blank(_ figure: Figure) -> Figure {
    isMasked = true
    return Figure(
      figure.id, figure.label, nil, group: figure.group,
      reason: "masked: it rests on a cell of 1 to \(Words.grouped(most))", form: figure.form)
  }

  private mutating func table(_ table: AnswerTable, _ verb: String) -> AnswerTable {
    verb == "table" ? crossed(table) : listed(table)
  }

  /// A row for each group, which is masked behind its key.
  private mutating func listed(_ table: AnswerTable) -> AnswerTable {
    var table = table
    let keys = verdict.groups.first?.values.count ?? 1
    table.rows = table.rows.map { row in
      let names = row.prefix(keys).compactMap { cell -> Value? in
        if case .value(let value) = cell { value } else { nil }
      }
      let small = row.indices.filter { isSmall(cell: row[$0]) }
      let onlyUnknown = small.allSatisfy { table.columns[$0].name == "unknown" }
      guard isMasked(names) || !small.isEmpty else { return row }
      isMasked = true
      if !isMasked(names), onlyUnknown {
        return row.indices.map { small.contains($0) ? .masked : row[$0] }
      }
      return row.map(Masking.masked)
    }
    return table
  }

  private static func masked(_ cell: Cell) -> Cell {
    switch cell {
    case .value: cell
    case .number, .interval, .masked, .none: .masked
    }
  }

  /// A two-way table: counts, and below each row its shares.
  private mutating func crossed(_ table: AnswerTable) -> AnswerTable {
    var table = table
    for group in verdict.groups where group.values.count == 2 {
      guard
        let row = table.rows.firstIndex(where: { $0.first == .value(group.values[0]) }),
        let column = table.columns.firstIndex(where: {
          $0.name == group.values[1].description
        })
      else { continue }
      isMasked = true
      table.rows[row][column] = .masked
      // On the page the row's shares stand below it.
      if row + 1 < table.rows.count, table.rows[row + 1].first == .value(.text("")) {
        table.rows[row + 1][column] = .masked
      }
    }
    return table
  }

  /// The block with masked figures and tables; a picture shows what its figures do, and is left out.
  private mutating func block(_ block: Block, _ answer: Answer) -> Block? {
    switch block {
    case .figures(let lines):
      return .figures(
        lines.map { line in
          let isHidden =
            hides(line.figure, in: answer.verb)
            || answer.figures.contains { figure in
              figure.id == line.figure.id && figure.value == nil && line.figure.value != nil
                && (line.figure.group.isEmpty || line.figure.group == figure.group)
            }
          guard isHidden else { return line }
          return FigureLine(blank(line.figure))
        })
    case .table(let table): return .table(self.table(table, answer.verb))
    case .chart, .text: return isMasked ? nil : block
    }
  }

  private mutating func withoutRows(_ answer: Answer) -> Answer {
    isMasked = true
    var answer = answer
    answer.table = nil
    answer.blocks = [.text(["Rows of a restricted dataset are not shown."])]
    if verdict.isWhole || verdict.hidesUnknown {
      answer.figures = answer.figures.map { blank($0) }
      answer.counted = nil
    }
    answer.figures = answer.figures.map { hides($0, in: answer.verb) ? blank($0) : $0 }
    return said(answer)
  }

  private mutating func withoutFigures(_ answer: Answer) -> Answer {
    var answer = answer
    answer.figures = answer.figures.map { blank($0) }
    answer.table = nil
    answer.blocks = [.text(["No figure of this answer may be shown."])]
    answer.counted = nil
    isMasked = true
    return said(answer)
  }

  /// Sentences, steps and cautions hold numbers, so none of them stays.
  private func said(_ answer: Answer) -> Answer {
    var answer = answer
    answer.sentences = [
      Words.sentence(answer.words) + ": cells of 1 to \(Words.grouped(most)) are masked."
    ]
    answer.steps = ["\(dataset) is restricted, so the numbers of this calculation are not shown"]
    answer.tests = []
    answer.cautions = answer.cautions.map { caution in
      let holdsNumber = caution.text.contains(where: \.isNumber)
      let text = CautionCard.card(caution.id).map { Words.sentence($0.title) + "." }
      return holdsNumber
        ? Caution(
          caution.id, text ?? "Its numbers are masked.", severity: caution.severity,
          isPassed: caution.isPassed)
        : caution
    }
    let why =
      verdict.earlier.map {
        " With the answer to `\($0)` more would give a masked cell away."
      }
      ?? (verdict.groups.isEmpty
        ? "" : " Others are masked with them so that no sum gives them away.")
    answer.cautions.insert(
      Caution(
        "masked",
        "The card of \(dataset) says restricted: cells of 1 to \(Words.grouped(most)) are masked."
          + why), at: 0)
    return answer
  }
}
