package import Engine
package import Statistics
import Syntax

/// A verb's rule card: the methods it uses, the default first, and what `using` may name instead.
package enum HowPage {
  /// The page that `how` shows of a verb.
  package static func page(of verb: any Verb.Type) -> Page {
    var blocks: [Page.Block] = [.paragraph("It answers " + verb.signature.summary + ".")]
    let choice = verb.signature.clauses.contains(.using) ? "using " : ""
    for family in verb.families {
      let cards = MethodCatalogue.all.filter { $0.family == family }
      guard let standard = verb.standard(of: family) ?? cards.first else { continue }
      blocks.append(.heading(family.rawValue))
      blocks.append(
        .definitions([
          .init("default", "\(standard.name) (\(standard.id))"),
          .init("formula", standard.formula), .init("why", standard.whenToUse),
          .init("assumes", standard.assumptions), .init("reference", standard.reference),
          .init("agrees with", standard.agreesWith),
        ]))
      let others = cards.filter { $0.id != standard.id }
      if !others.isEmpty {
        blocks.append(
          .definitions(others.map { .init("\(choice)\($0.id)", "\($0.name). \($0.whenToUse)") }))
      }
    }
    return Page(title: "How `\(verb.signature.word)` is worked out", blocks)
  }
}

extension Verb {
  package static var families: [MethodFamily] { [] }

  /// The card of the method that a family uses unless `using` says otherwise.
  static func standard(of family: MethodFamily) -> MethodCard? {
    switch family {
    case .proportion: Proportion.defaultMethod.card
    case .proportionDifference: ProportionDifference.defaultMethod.card
    case .riskRatio: RiskRatio.defaultMethod.card
    case .oddsRatio: OddsRatio.Method.woolf.card
    case .populationShare: PopulationShare.defaultMethod.card
    case .poissonRate: PoissonRate.defaultMethod.card
    case .rateRatio: RateRatio.defaultMethod.card
    case .groupAgainstRest: GroupAgainstRest.defaultMethod.card
    case .contingency: MethodCatalogue.pearson
    case .survival: KaplanMeier.defaultLimits.card
    case .medianSurvival: MethodCatalogue.kaplanMeierMedianLogLog
    case .mean: MethodCatalogue.meanT
    case .directStandardisation: MethodCatalogue.fayFeuer
    case .missingBounds: MethodCatalogue.boundsShare
    default: nil
    }
  }
}
