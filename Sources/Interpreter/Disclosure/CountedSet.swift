import Columns
import Engine

/// A set of rows whose number an answer shows or implies: everything that has these values.
struct CountedSet: Hashable {
  /// What is looked at in a row, and what it has to be.
  struct Part: Hashable {
    let key: Key
    let value: Value
  }

  let parts: [Part]

  init(_ parts: [(Key, Value)]) {
    self.parts = parts.map { Part(key: $0.0, value: $0.1) }
  }

  /// The rows of this set that also have a value.
  func with(_ key: Key, _ value: Value) -> CountedSet {
    CountedSet(parts.map { ($0.key, $0.value) } + [(key, value)])
  }
}
