import Engine
import Syntax
import Verbs

/// What the statements to come name, so that a file is read once for all of them.
struct ColumnsAhead {
  /// Keys of the names that may be fields.
  private var names: Set<String> = []
  /// Keys of the names that may be fields of which rows are shown.
  private var shown: Set<String> = []
  /// Keys of the cohorts and datasets whose cases questions count.
  private var counted: Set<String> = []
  /// The fields by which a dataset's units and people are told apart, by the key of its name.
  private var counting: [String: Set<String>] = [:]

  /// Takes note of statements; of a script together, since a definition may be counted further down.
  mutating func add(_ statements: [Statement]) {
    for statement in statements {
      addNames(statement)
      switch statement.kind {
      case .ask(let ask): addCounted(ask)
      case .card(let dataset, let lines):
        for line in lines where ["id", "person"].contains(line.word.key) {
          guard case .words(let words) = line.content else { continue }
          for case .word(let field) in words.map(\.kind) {
            counting[dataset.key, default: []].insert(Name.key(of: field))
          }
        }
      default: break
      }
    }
    for case .cohort(let name, let base, _) in statements.reversed().map(\.kind)
    where counted.contains(name.key) {
      counted.insert(base.key)
    }
  }

  private mutating func addNames(_ statement: Statement) {
    if case .ask(let ask) = statement.kind, CountingColumns.showsRows(ask) {
      names.formUnion(NamesInTree.namesBesidesFields(in: ask).map(Name.key(of:)))
      shown.formUnion(ask.fields.map { Name.key(of: $0.text) })
    } else {
      names.formUnion(NamesInTree.names(in: statement).map(Name.key(of:)))
    }
  }

  private mutating func addCounted(_ ask: Ask) {
    for inner in ask.inner { addCounted(inner) }
    guard case .cohort(let name) = ask.subject, CountingColumns.counts(ask) else { return }
    counted.insert(name.key)
  }

  /// Those of a dataset's fields that will be asked for, and those of which rows will be shown.
  func columns(of fields: [String], in dataset: String) -> (read: [String], shown: [String]) {
    let key = Name.key(of: dataset)
    let counting = counted.contains(key) ? counting[key] ?? [] : []
    let read = fields.filter { field in
      let field = Name.key(of: field)
      return names.contains(field) || counting.contains(field)
    }
    return (read, fields.filter { shown.contains(Name.key(of: $0)) && !read.contains($0) })
  }
}
