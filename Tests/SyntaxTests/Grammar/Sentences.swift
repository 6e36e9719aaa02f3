import Syntax

/// Makes sentences of the grammar at random, the same ones for the same seed.
///
/// A question takes what its verb's signature declares; everything else comes from the rules.
struct Sentences {
  private let grammar: Grammar
  private let vocabulary: Vocabulary
  private var random: SplitMix
  /// How much deeper the sentence may get before the shortest way is taken.
  private var budget = 0
  private var text = ""
  private var isTight = true
  private var brackets = 0

  init(_ grammar: Grammar, _ vocabulary: Vocabulary, seed: UInt64) {
    self.grammar = grammar
    self.vocabulary = vocabulary
    random = SplitMix(seed: seed)
  }

  /// A sentence of a rule of the second part of the grammar: tokens with blanks between them.
  mutating func sentence(_ rule: String, budget: Int) -> String {
    self.budget = budget
    (text, isTight, brackets) = ("", true, 0)
    write(.rule(rule))
    return text
  }

  /// A token of a rule of the first part: nothing stands between its characters.
  mutating func token(_ rule: String) -> String { characters(.rule(rule), budget: 12) }

  private mutating func emit(_ token: String) {
    if !isTight { text += " " }
    isTight = false
    text += token
    if token == "(" || token == "[" { brackets += 1 }
    if token == ")" || token == "]" { brackets -= 1 }
  }

  private mutating func write(_ part: Grammar.Part) {
    switch part {
    case .terminal(let word): emit(word)
    case .special(let words): special(words)
    case .rule(let name): rule(name)
    case .sequence(let parts):
      for part in parts { write(part) }
    case .choice(let parts):
      let shallow = parts.min { height($0) < height($1) } ?? parts[0]
      write(budget > 0 ? parts.randomElement(using: &random) ?? shallow : shallow)
    case .optional(let part):
      if budget > 0, Bool.random(using: &random) { write(part) }
    case .repeated(let part):
      let most = budget > 0 ? 2 : 0
      for _ in 0..<Int.random(in: 0...most, using: &random) { write(part) }
    }
  }

  private mutating func rule(_ name: String) {
    budget -= 1
    switch name {
    case "word": emit(Words.words.randomElement(using: &random) ?? "drug")
    case "backquoted": emit(Words.backquoted.randomElement(using: &random) ?? "`by`")
    case "string": emit(Words.strings.randomElement(using: &random) ?? "\"by\"")
    case "number":
      let number = token("number")
      emit(brackets > 0 ? number.filter { $0 != "," } : number)
    case "date": emit(token("date"))
    case "end": emit(Bool.random(using: &random) ? "\n" : ";")
    case "ask": ask()
    default: write(grammar[name])
    }
  }

  private mutating func special(_ words: String) {
    switch words {
    case "no blank": isTight = true
    case "a whole number": emit("\(Int.random(in: 0...500, using: &random))")
    // A date may stand wherever such a name may.
    case "a word that a param of the script has named": rule("date")
    case "a word that holds a point: DATASET.FIELD": emit("referrals.race")
    default: fatalError("the test does not know what `\(words)` is")
    }
  }

  /// The least number of rules inside one another that a part needs.
  private func height(_ part: Grammar.Part, _ depth: Int = 0) -> Int {
    guard depth < 8 else { return 100 }
    switch part {
    case .terminal, .special, .optional, .repeated: return 0
    case .rule(let name):
      let isToken = ["word", "backquoted", "string", "number", "date", "end"].contains(name)
      return isToken ? 1 : 1 + height(grammar[name], depth + 1)
    case .sequence(let parts): return parts.map { height($0, depth) }.max() ?? 0
    case .choice(let parts): return parts.map { height($0, depth) }.min() ?? 0
    }
  }
}

/// Words that a sentence may be made of; none of them begins a clause or a statement.
private enum Words {
  static let words = [
    "drug", "race", "Black", "case_id", "buy-bust", "O'Brien", "A&B", "12E04", "7th", "éclair",
    "数", "Kansas/City", "x1", "yes", "DRUG", "9mm",
  ]
  static let backquoted = ["`Case Type`", "`by`", "`a ``b`` c`", "`2019`", "`not`", "`#`"]
  static let strings = ["\"Native American\"", "\"say \"\"so\"\"\"", "\"by\"", "\"\"", "\"a;b#c\""]
}

// Questions: what a signature declares, each part by its rule.
extension Sentences {
  private mutating func ask() {
    let isInner = budget < 6
    let signatures = vocabulary.signatures.filter { !isInner || !$0.slots.contains(.question) }
    guard let signature = signatures.randomElement(using: &random) else { return }
    emit(Bool.random(using: &random) ? signature.word : signature.word.uppercased())
    if signature.slots.contains(.question) {
      write(.rule("number"))
      emit("is")
      write(.rule("ask"))
      return
    }
    let kinds = [Signature.SubjectKind.cohort, .figures, .matrix, .none]
      .filter(signature.subjects.contains)
    let kind = kinds.randomElement(using: &random) ?? .none
    switch kind {
    case .cohort: write(.rule("name"))
    case .figures: write(.rule("figures"))
    case .matrix: write(.rule("matrix"))
    case .none: break
    }
    var slots = kind == .none ? [] : chosenSlots(signature)
    var clauses = signature.clauses.shuffled(using: &random)
      .prefix(budget > 0 ? Int.random(in: 0...3, using: &random) : 0)
    while !slots.isEmpty || !clauses.isEmpty {
      if slots.isEmpty || !clauses.isEmpty && Bool.random(using: &random) {
        clause(clauses.removeFirst())
      } else {
        slot(slots.removeFirst())
      }
    }
  }

  /// A slot to fill; a list of fields where a condition could stand has to show its comma.
  private struct ChosenSlot {
    let slot: Signature.Slot
    let isList: Bool
  }

  private mutating func chosenSlots(_ signature: Signature) -> [ChosenSlot] {
    var chosen: [ChosenSlot] = []
    var isConditionOpen = false
    for slot in signature.slots {
      let isChosen = budget > 0 && Bool.random(using: &random)
      switch slot {
      case .condition(_, let isRequired):
        if isRequired || isChosen {
          chosen.append(ChosenSlot(slot: slot, isList: false))
        } else {
          isConditionOpen = true
        }
      case .fields(let least, let most):
        if least > 0 || isChosen && (most > 1 || !isConditionOpen) {
          chosen.append(ChosenSlot(slot: slot, isList: isConditionOpen && most > 1))
        }
      case .number(_, let isRequired):
        if isRequired || isChosen { chosen.append(ChosenSlot(slot: slot, isList: false)) }
      case .duration: chosen.append(ChosenSlot(slot: slot, isList: false))
      case .question: break
      }
    }
    return chosen
  }

  private mutating func slot(_ chosen: ChosenSlot) {
    switch chosen.slot {
    case .condition: write(.rule("condition"))
    case .fields(_, let most):
      write(.rule("name"))
      if chosen.isList || most > 1 && Bool.random(using: &random) {
        emit(",")
        write(.rule("name"))
      }
    case .number: write(.rule("number"))
    case .duration: write(.rule("duration"))
    case .question: break
    }
  }

  /// The rule that begins with the clause's word.
  private mutating func clause(_ word: ClauseWord) {
    switch word {
    case .anyway: emit("anyway")
    case .in, .since, .before:
      emit(word.rawValue)
      write(.rule("period"))
    case .top, .limit, .seed:
      emit(word.rawValue)
      special("a whole number")
    case .versus: write(.rule("versus"))
    default: write(.rule(word.rawValue))
    }
  }
}

// Tokens, character by character.
extension Sentences {
  private mutating func characters(_ part: Grammar.Part, budget: Int) -> String {
    switch part {
    case .terminal(let text): return text
    case .special(let words): return character(words)
    case .rule(let name): return characters(grammar[name], budget: budget - 1)
    case .sequence(let parts):
      return parts.map { characters($0, budget: budget) }.joined()
    case .choice(let parts):
      return characters(parts.randomElement(using: &random) ?? parts[0], budget: budget)
    case .optional(let part):
      return Bool.random(using: &random) ? characters(part, budget: budget) : ""
    case .repeated(let part):
      return (0..<Int.random(in: 0...3, using: &random))
        .map { _ in characters(part, budget: budget) }.joined()
    }
  }

  private mutating func character(_ words: String) -> String {
    let pool: String
    switch words {
    case "A to Z, a to z, _ or a character beyond ASCII": pool = "abcXYZ_éß数"
    case "any character but a quote": pool = "aZ0 #;`\n\\é"
    case "any character but a backquote": pool = "aZ0 #;\"\n\\é"
    case "any character but a line break": pool = "aZ0 #;\"`\\é"
    case "line break": return "\n"
    case "tab": return "\t"
    case "carriage return": return "\r"
    default: fatalError("the test does not know what `\(words)` is")
    }
    return pool.randomElement(using: &random).map(String.init) ?? ""
  }
}
