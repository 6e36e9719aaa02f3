import Engine

extension Answer {
  /// What stands below the sentences: the blocks, or figures and table where the answer has no
  /// blocks of its own.
  var shownBlocks: [Block] {
    guard blocks.isEmpty else { return blocks }
    var shown: [Block] = []
    if !figures.isEmpty { shown.append(.figures(figures.map { FigureLine($0) })) }
    if let table { shown.append(.table(table)) }
    return shown
  }

  /// Cautions without which the figures mislead: they are said before them.
  var stops: [Caution] { cautions.filter(\.isStop) }

  /// Cautions that stand below the figures.
  var laterCautions: [Caution] { cautions.filter { !$0.isStop } }

  /// The question in plain words, as a sentence.
  var restated: String { "Asked: \(words)." }

  /// What may be said and what may not, each behind its word.
  var said: [(word: String, words: String)] {
    saying.map { [("Say", $0.say), ("Don't say", $0.avoid)] } ?? []
  }

  /// What the answer rests on, in short items: `race unknown 0`, `unit defendant`, `full count
  /// 2017–2020`.
  ///
  /// n stands here only where no figure's line has it.
  func countedItems(dash: String) -> [String] {
    guard let counted else { return [] }
    var items = counted.unknown.map { "\($0.field) unknown " + Numbers.text($0.n, .count) }
    if counted.excluded > 0 {
      items.append(Numbers.text(counted.excluded, .count) + " not known to belong")
    }
    items.append("unit \(counted.unit)")
    if !hasFigure(of: counted.n) { items.append("n " + Numbers.text(counted.n, .count)) }
    let period = counted.period.map {
      $0.first == $0.last ? $0.first : $0.first + dash + $0.last
    }
    let basis = [counted.kind, period].compactMap(\.self).filter { !$0.isEmpty }
    // A comma keeps two numbers apart: `sample 595 of 1402, 2020`.
    let separator = counted.kind.last?.isNumber == true ? ", " : " "
    if !basis.isEmpty { items.append(basis.joined(separator: separator)) }
    return items
  }

  private func hasFigure(of n: Double) -> Bool {
    shownBlocks.contains { block in
      guard case .figures(let lines) = block else { return false }
      return lines.contains { $0.figure.n == n || $0.figure.of == n }
    }
  }
}

extension Caution {
  /// The word that opens the caution where there are no signs.
  var word: String { isStop ? "Stop" : "Caution" }
}
