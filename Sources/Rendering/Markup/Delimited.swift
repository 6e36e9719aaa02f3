/// Records as delimited text: a line of names, then a line for each row, quoted after RFC 4180.
///
/// Intervals take two fields, `NAME low` and `NAME high`. What is missing or can't be had is empty;
/// a masked cell says `masked`.
struct Delimited {
  let separator: Character

  func text(_ records: Records) -> String {
    let wide = records.names.indices.map { column in
      records.rows.contains { row in
        if case .array = row[column] { true } else { false }
      }
    }
    let names = zip(records.names, wide).flatMap { name, isWide in
      isWide ? [name + " low", name + " high"] : [name]
    }
    var result = line(names)
    for row in records.rows {
      result += line(zip(row, wide).flatMap { fields(of: $0, isWide: $1) })
    }
    return result
  }

  private func fields(of value: JSONValue, isWide: Bool) -> [String] {
    if case .array(let ends) = value { return ends.map(field) }
    return isWide ? [field(value), ""] : [field(value)]
  }

  private func field(_ value: JSONValue) -> String {
    switch value {
    case .text(let text): return text
    case .object(let members):
      if case .text("masked")? = members.first(where: { $0.0 == "reason" })?.1 { return "masked" }
      return ""
    case .null: return ""
    case .bool, .number, .digits, .array: return value.line
    }
  }

  private func line(_ fields: [String]) -> String {
    // A line with nothing on it would be taken for the end of the file.
    if fields == [""] { return "\"\"\n" }
    return fields.map(quoted).joined(separator: String(separator)) + "\n"
  }

  private func quoted(_ field: String) -> String {
    let separator = separator.asciiValue ?? UInt8(ascii: ",")
    let needsQuotes = field.utf8.contains {
      $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
    }
    guard needsQuotes else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
