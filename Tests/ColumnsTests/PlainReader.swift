/// Delimited text read the obvious way: a character at a time, into rows of strings.
struct PlainReader {
  let header: [String]
  /// As long as the header each.
  let rows: [[String]]
  let shortCount: Int
  let longCount: Int
  let blankLineCount: Int

  init(_ text: String, delimiter: Unicode.Scalar = ",") {
    var all = PlainReader.fields(of: text, delimiter)
    header = all.removeFirst()
    var rows: [[String]] = []
    var (short, long, blank) = (0, 0, 0)
    for fields in all {
      if fields.isEmpty {
        blank += 1
        continue
      }
      if fields.count < header.count { short += 1 }
      if fields.count > header.count { long += 1 }
      let filled = fields + Array(repeating: "", count: max(0, header.count - fields.count))
      rows.append(Array(filled.prefix(header.count)))
    }
    self.rows = rows
    (shortCount, longCount, blankLineCount) = (short, long, blank)
  }

  private static func fields(of text: String, _ delimiter: Unicode.Scalar) -> [[String]] {
    let scalars = Array(text.unicodeScalars)
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var position = 0
    var wasAnything = false
    var wasQuoted = false
    var blanks: [Int] = []
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar == "\"", field.isEmpty, !wasAnything {
        (wasAnything, wasQuoted) = (true, true)
        position += 1
        while position < scalars.count {
          if scalars[position] == "\"" {
            if position + 1 < scalars.count, scalars[position + 1] == "\"" {
              position += 1
            } else {
              break
            }
          }
          field.append(scalars[position])
          position += 1
        }
      } else if scalar == delimiter {
        row.append(String(field))
        field.removeAll()
        wasAnything = false
      } else if scalar == "\n" {
        if field.last == "\r" { field.removeLast() }
        if row.isEmpty, field.isEmpty, !wasQuoted { blanks.append(rows.count) }
        row.append(String(field))
        rows.append(row)
        row = []
        field.removeAll()
        (wasAnything, wasQuoted) = (false, false)
      } else {
        field.append(scalar)
        wasAnything = true
      }
      position += 1
    }
    if !row.isEmpty || !field.isEmpty || wasAnything {
      if field.last == "\r" { field.removeLast() }
      row.append(String(field))
      rows.append(row)
    }
    if rows.first.map(\.count) != 1 {
      for blank in blanks { rows[blank] = [] }
    }
    return rows
  }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
