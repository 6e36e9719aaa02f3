package import Columns
internal import Syntax

/// What a dataset's rows are, as its card says.
package struct Card: Sendable {
  /// What one row is, singular: `case`, `defendant`, `stop`.
  package var unit: String
  /// Rows with one id are one unit.
  package var id: String?
  package var person: String?
  /// The date that `in`, `since` and `by month` mean.
  package var date: String?
  package var place: String?
  /// First and last year or day that the data cover, as written.
  package var period: Coverage?
  package var ages: AgeRange?
  package var coding: String?
  package var missing: [String: Set<String>]
  package var recode: [String: [String: String]]
  package var labels: [String: String]
  package var types: [String: TypedAs]
  package var weight: String?
  package var sample: SampleSize?
  package var isRestricted: Bool
  /// Fields inside which a comparison is looked at again for a reversal.
  package var strata: [String]
  package var source: String
  /// Fields that lists of rows leave out unless they are asked for by name; as `Name.key` has them.
  package var sensitive: Set<String> = []

  /// A type that the card prescribes, with the order of a date where it says so.
  package struct TypedAs: Hashable, Sendable {
    package let type: FieldType
    package let order: DateOrder?

    package init(_ type: FieldType, order: DateOrder? = nil) {
      self.type = type
      self.order = order
    }
  }

  package init(unit: String = "row") {
    self.unit = unit
    missing = [:]
    recode = [:]
    labels = [:]
    types = [:]
    isRestricted = false
    strata = []
    source = ""
  }
}

extension Card {
  /// Notes the type that a source prescribes for a field.
  package mutating func prescribe(field: String, _ type: TypedAs) {
    types[Name.key(of: field)] = type
  }

  /// Notes what a source says of a field.
  package mutating func describe(
    field: String, missing codes: Set<String>, label: String?, isSensitive: Bool = false
  ) {
    let key = Name.key(of: field)
    if isSensitive { sensitive.insert(key) }
    if !codes.isEmpty { missing[key] = codes }
    if let label { labels[key] = label }
  }
}

/// The time that data cover.
package struct Coverage: Hashable, Sendable {
  package let first: Day
  package let last: Day
  /// As the card writes it: `2017` and `2020`.
  package let firstWritten: String
  package let lastWritten: String

  package init(first: Day, last: Day, firstWritten: String, lastWritten: String) {
    self.first = first
    self.last = last
    self.firstWritten = firstWritten
    self.lastWritten = lastWritten
  }

  /// The calendar years from first to last.
  package var years: ClosedRange<Int> { first.year...max(first.year, last.year) }
}

/// The ages that are counted; an absent end is open.
package struct AgeRange: Hashable, Sendable {
  package let lower: Int?
  package let upper: Int?

  package init(lower: Int?, upper: Int?) {
    self.lower = lower
    self.upper = upper
  }

  /// `all ages`, `18 and over`, `10 to 17`, `under 18`.
  package var words: String {
    switch (lower, upper) {
    case (nil, nil), (0, nil): "all ages"
    case (let lower?, nil): "\(lower) and over"
    case (nil, let upper?), (0, let upper?): "under \(upper + 1)"
    case (let lower?, let upper?): "\(lower) to \(upper)"
    }
  }

  package var isAll: Bool { (lower ?? 0) == 0 && upper == nil }
}

/// How many were drawn out of how many.
package struct SampleSize: Hashable, Sendable {
  package let drawn: Int
  package let population: Int

  package init(drawn: Int, population: Int) {
    self.drawn = drawn
    self.population = population
  }
}
