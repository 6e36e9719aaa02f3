import Foundation
import Testing

@testable import Statistics

struct MethodCatalogueTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The names declared as cards in the sources.
  static func declaredCards() throws -> Set<String> {
    let folder = root.appendingPathComponent("Sources/Statistics")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var names: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /package static let (\w+) = MethodCard\(/) {
        names.insert(String(match.output.1))
      }
    }
    return names
  }

  @Test("the catalogue lists every card declared in the sources, in order, one on a line")
  func catalogueIsComplete() throws {
    let file = Self.root.appendingPathComponent("Sources/Statistics/Catalogue.swift")
    let listed = try String(contentsOf: file, encoding: .utf8)
      .matches(of: /\n    (\w+),/).map { String($0.output.1) }
    #expect(listed == (try Self.declaredCards()).sorted())
    #expect(MethodCatalogue.all.count == listed.count)
  }

  @Test("ids are unique, and so are names within a family")
  func namesAreUnique() {
    let ids = MethodCatalogue.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for family in MethodFamily.allCases {
      let names = MethodCatalogue.all.filter { $0.family == family }.flatMap(\.names)
      #expect(Set(names).count == names.count, "\(family)")
      #expect(!names.isEmpty, "\(family) has no method")
    }
  }

  @Test("every reference method has one card, and every card's reference name a method")
  func referenceNames() {
    let names = MethodCatalogue.all.map(\.referenceName).filter { !$0.isEmpty }
    #expect(names.sorted() == ReferenceMethods.all.keys.sorted())
  }

  @Test("each choice of a family is the id of a card of that family")
  func choicesHaveCards() {
    func check<Choice: NamedMethod>(_ type: Choice.Type) {
      for method in Choice.allCases {
        #expect(method.card?.family == Choice.family, "\(method)")
        for name in method.card?.names ?? [] {
          #expect(Choice.named(name.uppercased())?.rawValue == method.rawValue, "\(name)")
        }
      }
      let cards = MethodCatalogue.all.filter { $0.family == Choice.family }.count
      #expect(Choice.allCases.count <= cards)
    }
    check(Proportion.Method.self)
    check(ProportionDifference.Method.self)
    check(RiskRatio.Method.self)
    check(OddsRatio.Method.self)
    check(PopulationShare.Method.self)
    check(GroupAgainstRest.Method.self)
    check(BinomialTest.Method.self)
    check(TwoProportionsTest.Method.self)
    check(RelativeRateIndex.Method.self)
    check(PoissonRate.Method.self)
    check(RateRatio.Method.self)
    check(StandardizedMortality.Method.self)
    check(DirectStandardisation.Method.self)
    check(IndirectStandardisation.Method.self)
    check(MantelHaenszel.DifferenceMethod.self)
    check(CochranMantelHaenszel.Method.self)
    check(BreslowDay.Method.self)
    check(ContingencyTable.Method.self)
    check(PValueAdjustment.Method.self)
    check(KaplanMeier.Limits.self)
  }

  @Test("a name finds its method whatever its case, dashes and blanks")
  func namesAreFolded() {
    #expect(Proportion.Method.named("Clopper Pearson") == .clopperPearson)
    #expect(Proportion.Method.named("EXACT") == .clopperPearson)
    #expect(OddsRatio.Method.named("mid_p") == .midP)
    #expect(Proportion.Method.named("katz") == nil)
  }

  @Test("grammar/methods.md is the page of the catalogue")
  func pageIsCommitted() throws {
    let file = Self.root.appendingPathComponent("grammar/methods.md")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try MethodCatalogue.page().write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == MethodCatalogue.page())
  }
}
