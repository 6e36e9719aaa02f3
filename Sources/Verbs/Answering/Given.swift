import Diagnostics
import Syntax

/// Figures that a person gives in place of data.
enum Given {
  /// Events and total as whole counts.
  static func counts(_ figures: GivenFigures) throws -> (events: Int, total: Int) {
    let events = try count(figures.events)
    let total = try count(figures.of)
    guard total > 0 else {
      throw Diagnostic(
        "nothing-counted", "there is nothing to divide by: the total is 0", at: figures.of.span)
    }
    guard events <= total, figures.per == nil else {
      throw Diagnostic(
        "more-than-all",
        "\(figures.events.literal.written) is more than all \(figures.of.literal.written)",
        at: figures.span)
    }
    return (events, total)
  }

  static func count(_ quantity: Quantity) throws -> Int {
    guard let count = quantity.literal.integer, count >= 0 else {
      throw Diagnostic(
        "not-a-count",
        "a whole count is expected here, but `\(quantity.literal.written)` stands there",
        at: quantity.span)
    }
    return count
  }
}
