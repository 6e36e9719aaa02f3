package import Engine
import Syntax

extension Answer {
  /// The one figure that an answer is about, for what holds it against a number.
  ///
  /// With `by` there is one for each group, and the first stands.
  package var mainFigure: Figure? {
    let ids = VerbCatalogue.verb(verb)?.mainFigures ?? []
    return ids.lazy.compactMap { id in figures.first { $0.id == id } }.first ?? figures.first
  }

  /// The p-values of its comparisons: those that its verb names, else its own figure of that kind.
  package var comparisons: [Double] {
    guard tests.isEmpty else { return tests }
    return figures.filter { $0.form == .probability && $0.id == "p" }.compactMap(\.value)
  }
}
