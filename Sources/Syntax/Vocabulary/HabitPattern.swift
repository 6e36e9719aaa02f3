import Diagnostics

/// The shape of a line that people write elsewhere, matched against its tokens.
///
/// Words in small letters and signs stand for themselves, in any case. `FIELD`, a word in capitals,
/// stands for one token; `COND…` for one or more; `{ … }` may be absent; `*.head` is a word that
/// ends so.
struct HabitPattern: Sendable {
  private indirect enum Piece: Sendable {
    case literal(String)
    case one(String)
    case several(String)
    case ending(String)
    case optional([Piece])
  }

  /// What placeholders stand for, in tokens.
  typealias Bindings = [String: [Token]]

  private let pieces: [Piece]

  init(_ text: String) {
    var words = text.split(separator: " ").map(String.init)[...]
    pieces = HabitPattern.pieces(&words)
  }

  private static func pieces(_ words: inout ArraySlice<String>) -> [Piece] {
    var pieces: [Piece] = []
    while let word = words.popFirst() {
      switch word {
      case "{": pieces.append(.optional(self.pieces(&words)))
      case "}": return pieces
      case _ where word.hasPrefix("*."): pieces.append(.ending(String(word.dropFirst())))
      case _ where isPlaceholder(word):
        pieces.append(word.hasSuffix("…") ? .several(String(word.dropLast())) : .one(word))
      default: pieces.append(.literal(word))
      }
    }
    return pieces
  }

  private static func isPlaceholder(_ word: String) -> Bool {
    word.first.map { ("A"..."Z").contains($0) } ?? false
  }

  /// What the placeholders stand for where the pattern fits all of the tokens.
  ///
  /// Complexity: the tokens of one line, of which there are at most a hundred.
  func match(_ tokens: [Token]) -> Bindings? {
    match(pieces[...], tokens[...], [:]).flatMap { $0.rest.isEmpty ? $0.bindings : nil }
  }

  /// The same where the pattern fits at the beginning, with the number of tokens that it takes.
  func matchPrefix(_ tokens: ArraySlice<Token>) -> (bindings: Bindings, count: Int)? {
    match(pieces[...], tokens, [:], isWhole: false).map {
      ($0.bindings, tokens.count - $0.rest.count)
    }
  }

  private typealias State = (bindings: Bindings, rest: ArraySlice<Token>)

  private func match(
    _ pieces: ArraySlice<Piece>, _ tokens: ArraySlice<Token>, _ bindings: Bindings,
    isWhole: Bool = true
  ) -> State? {
    guard let piece = pieces.first else {
      return isWhole && !tokens.isEmpty ? nil : (bindings, tokens)
    }
    let rest = pieces.dropFirst()
    if case .optional(let inner) = piece {
      return match(inner[...] + rest, tokens, bindings, isWhole: isWhole)
        ?? match(rest, tokens, bindings, isWhole: isWhole)
    }
    guard let token = tokens.first else { return nil }
    var bindings = bindings
    switch piece {
    case .literal(let text):
      guard token.kind == .word || token.kind == .symbol, token.text.lowercased() == text else {
        return nil
      }
    case .one(let name):
      guard token.kind != .symbol, token.kind != .unclosed,
        name != "FRACTION" || HabitPattern.isFraction(token.text)
      else { return nil }
      if bindings[name] == nil { bindings[name] = [token] }
    case .ending(let ending):
      guard token.kind == .word, token.text.lowercased().hasSuffix(ending),
        token.text.utf8.count > ending.utf8.count
      else { return nil }
      HabitPattern.bind(token, before: ending, &bindings)
    case .several(let name):
      for count in 1...tokens.count {
        bindings[name] = Array(tokens.prefix(count))
        if let state = match(rest, tokens.dropFirst(count), bindings, isWhole: isWhole) {
          return state
        }
      }
      return nil
    case .optional: return nil
    }
    return match(rest, tokens.dropFirst(), bindings, isWhole: isWhole)
  }

  /// `162/200`, which is one word here.
  private static func isFraction(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isWholeNumber) }
  }

  /// `drug.race.unique` is the field race of drug, `drug.head` is drug.
  private static func bind(_ token: Token, before ending: String, _ bindings: inout Bindings) {
    let owner = token.text.dropLast(ending.count)
    let parts = owner.split(separator: ".", maxSplits: 1).map(String.init)
    bindings["COHORT"] = [Token(.word, parts[0], at: token.span, isSpaced: true)]
    if parts.count > 1 {
      bindings["FIELD"] = [Token(.word, parts[1], at: token.span, isSpaced: true)]
    }
  }
}
