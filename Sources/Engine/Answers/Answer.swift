package import Columns

/// What a question was answered with: one value that every format is drawn from.
package struct Answer: Sendable {
  /// The statement, formatted.
  package var question: String
  /// The question in plain words.
  package var words: String
  package var verb: String
  package var sentences: [String]
  package var figures: [Figure]
  package var table: AnswerTable?
  /// What the page shows below the sentences, in order.
  package var blocks: [Block]
  package var counted: Counted?
  package var cautions: [Caution]
  /// Lines of orientation that are no cautions: `? Residents are not everyone at risk of arrest …`.
  package var remarks: [String]
  package var methods: [MethodNote]
  package var sources: [SourceNote]
  /// `7F3A-91C2`.
  package var receipt: String
  /// The calculation with its own numbers, step by step, for `explain`.
  package var steps: [String]
  /// The p-values of the comparisons in it, for `looks`.
  package var tests: [Double]
  /// How it may be passed on, where `set words on` asks for that.
  package var saying: Saying?

  package init(question: String, words: String, verb: String) {
    self.question = question
    self.words = words
    self.verb = verb
    sentences = []
    figures = []
    table = nil
    blocks = []
    counted = nil
    cautions = []
    remarks = []
    methods = []
    sources = []
    receipt = ""
    steps = []
    tests = []
    saying = nil
  }
}

/// What may and what may not be said of an answer.
package struct Saying: Hashable, Sendable {
  package let say: String
  package let avoid: String

  package init(say: String, avoid: String) {
    self.say = say
    self.avoid = avoid
  }
}

/// How a number is written.
package enum NumberForm: Hashable, Sendable {
  /// A whole count with thousands separators; a weighted one with at most one decimal.
  case count
  /// 0 to 1, written as a percentage with one decimal.
  case percent
  /// A difference of two shares, -1 to 1, written in points: `42.0 points`.
  case points
  /// A quotient, written with two decimals (more digits below 0.1).
  case ratio
  case number(decimals: Int)
  case money
  /// A p-value: `0.012`, `< 0.001`.
  case probability
  case days
  /// 1 for yes, 0 for no; data formats hold true and false.
  case truth
}

/// One number with its interval, at full precision.
package struct Figure: Sendable {
  package var id: String
  package var label: String
  /// Nothing where it can't be had; `reason` says why.
  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var level: Double?
  /// Events, or the rows the figure rests on.
  package var n: Double?
  package var of: Double?
  /// The id of a method in `Answer.methods`.
  package var method: String?
  /// Key name and value of the group that the figure is about, in the order of `by`.
  package var group: [GroupLabel]
  package var reason: String?
  package var form: NumberForm

  package init(
    _ id: String, _ label: String, _ value: Double?, low: Double? = nil, high: Double? = nil,
    level: Double? = nil, n: Double? = nil, of: Double? = nil, method: String? = nil,
    group: [GroupLabel] = [], reason: String? = nil, form: NumberForm
  ) {
    self.id = id
    self.label = label
    self.value = value
    self.low = low
    self.high = high
    self.level = level
    self.n = n
    self.of = of
    self.method = method
    self.group = group
    self.reason = reason
    self.form = form
  }
}

/// A key and its value: the group that a figure is about.
package struct GroupLabel: Hashable, Sendable {
  package let key: String
  package let value: Value

  package init(key: String, value: Value) {
    self.key = key
    self.value = value
  }
}

/// One piece of the page.
package enum Block: Sendable {
  /// Figures under each other: label, value, interval, remark.
  case figures([FigureLine])
  /// The answer's table, or another one.
  case table(AnswerTable)
  case chart(Chart)
  case text([String])
}

/// A line of figures: which figure, and the words behind it (`162 of 200 defendants`).
package struct FigureLine: Sendable {
  package let figure: Figure
  package let remark: String

  package init(_ figure: Figure, remark: String = "") {
    self.figure = figure
    self.remark = remark
  }
}

/// Rows and columns of an answer.
package struct AnswerTable: Sendable {
  /// What a column of an answer holds.
  package enum ColumnType: String, Sendable {
    case category, text, integer, number, percent, interval, date
  }

  /// A column with its name and what it holds.
  package struct Column: Sendable {
    package let name: String
    package let type: ColumnType

    package init(_ name: String, _ type: ColumnType) {
      self.name = name
      self.type = type
    }
  }

  package var title: String?
  package var columns: [Column]
  package var rows: [[Cell]]
  /// Rows that were left out by `top` or `limit`.
  package var hidden: Int

  package init(title: String? = nil, columns: [Column], rows: [[Cell]], hidden: Int = 0) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.hidden = hidden
  }
}

/// One cell of a table.
package enum Cell: Hashable, Sendable {
  case value(Value)
  case number(Double, NumberForm)
  /// Low and high of an interval; an absent end was not reached.
  case interval(Double?, Double?, NumberForm)
  /// Suppressed so that a person can't be recognised.
  case masked
  /// No figure can be had, and why, in few words.
  case none(String)
}

/// A picture drawn from figures: text at the prompt, SVG in a report.
package struct Chart: Sendable {
  /// How the picture is drawn.
  package enum Kind: String, Sendable {
    case bars, line, interval, histogram, steps
    /// The median in a box from quartile to quartile, with whiskers to `low` and `high`.
    case box
  }

  /// One value with its label and interval.
  package struct Point: Sendable {
    package let label: String
    package let value: Double?
    package let low: Double?
    package let high: Double?
    /// The ends of a box: the first and the third quartile.
    package let quartiles: ClosedRange<Double>?

    package init(
      _ label: String, _ value: Double?, low: Double? = nil, high: Double? = nil,
      quartiles: ClosedRange<Double>? = nil
    ) {
      self.label = label
      self.value = value
      self.low = low
      self.high = high
      self.quartiles = quartiles
    }
  }

  /// Points of one group, in order.
  package struct Series: Sendable {
    package let name: String
    package let points: [Point]

    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package var kind: Kind
  package var title: String
  package var form: NumberForm
  package var series: [Series]
  /// A value to compare with, drawn as a line.
  package var reference: Double?
  /// Labels of points where something changed.
  package var marks: [String]

  package init(
    _ kind: Kind, title: String, form: NumberForm, series: [Series], reference: Double? = nil,
    marks: [String] = []
  ) {
    self.kind = kind
    self.title = title
    self.form = form
    self.series = series
    self.reference = reference
    self.marks = marks
  }
}

/// What the answer rests on.
package struct Counted: Sendable {
  /// What one row is, singular: `defendant`.
  package var unit: String
  package var n: Double
  /// Rows outside the question for which it is not known whether they belong to it.
  package var excluded: Double
  /// Rows in the question with a missing value, by field.
  package var unknown: [(field: String, n: Double)]
  package var period: (first: String, last: String)?
  /// `full count`, `sample 595 of 1402`, `figures given`.
  package var kind: String

  package init(
    unit: String, n: Double, excluded: Double = 0, unknown: [(field: String, n: Double)] = [],
    period: (first: String, last: String)? = nil, kind: String = "full count"
  ) {
    self.unit = unit
    self.n = n
    self.excluded = excluded
    self.unknown = unknown
    self.period = period
    self.kind = kind
  }
}

/// What must be known before a number is used.
package struct Caution: Hashable, Sendable {
  /// How much a caution weighs.
  package enum Severity: String, Sendable {
    /// Something to know before the number is used.
    case caution
    /// Something without which the number misleads: it is said first, or was gone past by `anyway`.
    case stop
  }

  /// Stable, kebab-case: `ages-differ`.
  package let id: String
  package let severity: Severity
  /// Whether a stop was gone past by `anyway`; one that was not is said before the figures.
  package let isPassed: Bool
  /// Whether it is said before the figures.
  package var isStop: Bool { severity == .stop && !isPassed }
  package let text: String

  package init(
    _ id: String, _ text: String, severity: Severity = .caution, isPassed: Bool = false
  ) {
    self.id = id
    self.severity = severity
    self.isPassed = isPassed
    self.text = text
  }
}

/// A method that a figure was worked out with.
package struct MethodNote: Hashable, Sendable {
  package let id: String
  package let name: String
  package let reference: String

  package init(id: String, name: String, reference: String) {
    self.id = id
    self.name = name
    self.reference = reference
  }
}

/// A dataset or population that an answer rests on.
package struct SourceNote: Hashable, Sendable {
  package let name: String
  package let fingerprint: String
  /// The card's `source` line, and `synthetic` where it says so.
  package let card: String

  package init(name: String, fingerprint: String, card: String = "") {
    self.name = name
    self.fingerprint = fingerprint
    self.card = card
  }
}
