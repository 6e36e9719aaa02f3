internal import Columns

/// The columns of one question, their texts read by meaning once for each distinct text.
final class Readings {
  let rowCount: Int
  private let columns: [String: Column]
  private let links: [Field: LinkedValues]
  /// Whether the question was stopped: what is read from then on means nothing, and is not kept.
  let isCancelled: @Sendable () -> Bool
  /// Whether something was left unread.
  private var isStopped = false
  /// What was read so far; a question reads few columns, each in one or two ways.
  private var known: [(name: String, meaning: Meaning, values: [Value])] = []

  init(
    columns: [String: Column], rowCount: Int, links: [Field: LinkedValues],
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.isCancelled = isCancelled
    self.columns = columns
    self.rowCount = rowCount
    self.links = links
  }

  /// The column of this name; one that the dataset does not have holds nothing but missing values.
  func column(_ name: String) -> Column {
    columns[name]
      ?? Column(
        codes: .bytes(Array(repeating: 0, count: rowCount)), texts: Texts([""]),
        counts: [rowCount])
  }

  /// What a text of a column means.
  private func value(of name: String, _ meaning: Meaning, code: Int) -> Value {
    if let place = known.firstIndex(where: { $0.name == name && $0.meaning == meaning }) {
      return known[place].values[code]
    }
    let texts = column(name).texts
    let read = (0..<texts.count).map { place -> Value in
      // Whoever stops a question does not wait for millions of texts.
      if place & 0x3FFF == 0x3FFF, isCancelled() { isStopped = true }
      return isStopped ? .missing : meaning.value(of: texts[place])
    }
    known.append((name, meaning, read))
    return read[code]
  }

  /// The value of a field, given the code of each column that it reads.
  func value(of field: Field, code: (String) -> Int?) -> Value {
    Evaluation.value(of: field) { name, meaning in
      code(name).map { value(of: name, meaning, code: $0) } ?? .missing
    } linked: { link, key, value in
      linked(link, key, value)
    }
  }

  /// The value of another dataset's field in the row that holds the key.
  func linked(_ link: Link, _ key: Value, _ value: Field) -> Value {
    links[.linked(link, value: value)]?.values[key] ?? .missing
  }
}
