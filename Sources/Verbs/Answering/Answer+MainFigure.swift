package import Engine

extension Answer {
  /// The one figure that an answer is about, for what holds it against a number.
  ///
  /// With `by` there is one for each group, and the first stands.
  package var mainFigure: Figure? {
    let ids: [String]
    switch verb {
    case "ratio": ids = ["rri", "index"]
    case "gap": ids = ["difference"]
    case "table": ids = ["cramers-v"]
    case "trend": ids = ["change"]
    case "check": ids = ["follows"]
    case "missing": ids = ["unknown"]
    default: ids = [verb]
    }
    return ids.lazy.compactMap { id in figures.first { $0.id == id } }.first ?? figures.first
  }
}
