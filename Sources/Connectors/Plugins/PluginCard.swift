internal import Columns
internal import Engine
internal import SourceWire

extension Card {
  /// What a source says about the rows of a dataset; what it does not say stays to be found out.
  init(_ dataset: WireDataset) {
    self.init()
    for line in dataset.card {
      guard let text = line.value.text else {
        if line.name == "period", let parts = line.value.array { period = Coverage(parts) }
        continue
      }
      switch line.name {
      case "unit": unit = text
      case "id": id = text
      case "person": person = text
      case "date": date = text
      case "place": place = text
      case "coding": coding = text
      case "weight": weight = text
      case "privacy": isRestricted = text == "restricted"
      case "source": source = text
      default: break
      }
    }
    for field in dataset.fields {
      describe(
        field: field.name, missing: Set(field.missing), label: field.label,
        isSensitive: field.isSensitive)
    }
  }
}

extension Coverage {
  /// Two years or days: `["2010", "2023"]`.
  fileprivate init?(_ parts: [WireJSON]) {
    let written = parts.compactMap { $0.text ?? $0.integer.map(String.init) }
    guard written.count == 2, let first = Coverage.span(written[0])?.first,
      let last = Coverage.span(written[1])?.last, first <= last
    else { return nil }
    self.init(first: first, last: last, firstWritten: written[0], lastWritten: written[1])
  }

  private static func span(_ text: String) -> (first: Day, last: Day)? {
    if let year = Int(text), let first = Day(year: year, month: 1, day: 1),
      let last = Day(year: year, month: 12, day: 31)
    {
      return (first, last)
    }
    let day = Meaning(type: .date, dateOrder: .yearMonthDay).value(of: text).day
    return day.map { ($0, $0) }
  }
}
