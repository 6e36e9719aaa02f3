import Testing
import dev

@Suite("House rules")
struct HouseRuleTests {
  @Test("the project keeps its house rules", arguments: HouseRules.all.map(\.sentence))
  func project(sentence: String) throws {
    let tree = try ProjectFolder.tree.get()
    let findings = HouseRules.all.filter { $0.sentence == sentence }
      .flatMap { $0.findings(in: tree) }
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  @Test("a rule finds what breaks it, where it is", arguments: Sample.bad)
  func bad(sample: Sample) {
    let found = sample.findings.map { "\($0.path):\($0.line ?? 0)" }
    #expect(found == sample.places, "\(sample.findings)")
  }

  @Test("a rule lets what keeps it pass", arguments: Sample.good)
  func good(sample: Sample) {
    #expect(sample.findings.isEmpty)
  }

  @Test("every rule has a sample that breaks it and one that keeps it")
  func everyRule() {
    let rules = Set(HouseRules.all.map { "\(type(of: $0))" })
    #expect(Set(Sample.bad.map(\.rule)) == rules)
    #expect(Set(Sample.good.map(\.rule)) == rules)
  }
}
