/// One stratum of a 2x2 table: exposed events and non-events, unexposed events and non-events.
package struct StratumTable: Sendable, Equatable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double

  /// From its parts.
  package init(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    (self.a, self.b, self.c, self.d) = (Double(a), Double(b), Double(c), Double(d))
  }

  /// Exposed, unexposed, events, non-events, all.
  var n1: Double { a + b }
  var n0: Double { c + d }
  var m: Double { a + c }
  var rest: Double { b + d }
  var n: Double { n1 + n0 }
  /// `a - n1 m / n`, the observed minus the expected first cell: `(a d - b c) / n`.
  var excess: Double { differenceOfProducts(a, d, b, c) / n }
}
