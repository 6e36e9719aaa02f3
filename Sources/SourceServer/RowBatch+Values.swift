internal import Columns
internal import Engine
internal import SourceWire

extension RowBatch {
  /// Appends a cell of a small table, as the wire has it.
  mutating func append(_ value: Value) {
    switch value {
    case .missing: appendMissing()
    case .truth(let truth): append(truth)
    case .real(let number): append(number)
    case .number(let number):
      if let whole = number.integer { append(Int64(whole)) } else { append(number.description) }
    case .moment: append(value.description.replacing(" ", with: "T"))
    case .text, .date, .period, .band: append(value.description)
    }
  }
}
