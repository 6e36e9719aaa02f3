import Foundation
import Testing
import dev

/// The published totals, counted row by row from the committed files.
@Suite("Example data")
struct ExampleDataTests {
  /// The rows of a committed file, each by the names of its header.
  private static func rows(_ name: String) throws -> [[String: String]] {
    let lines = try text(name).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return try lines.dropFirst().map {
      try #require($0.count == lines[0].count)
      return Dictionary(uniqueKeysWithValues: zip(lines[0], $0))
    }
  }

  private static func text(_ name: String) throws -> String {
    try String(
      contentsOf: ProjectFolder.top.appending(path: "examples/data/\(name)"), encoding: .utf8)
  }

  private static func drug() throws -> [[String: String]] {
    try rows("referrals.csv").filter { $0["lead_category"] == "drug" }
  }

  private static func share(_ value: String, _ rows: [[String: String]]) -> Double {
    Double(rows.count { $0["race"] == value }) / Double(rows.count)
  }

  @Test("the committed files are those that the generator writes")
  func generated() throws {
    let files = ExampleFile.all()
    #expect(files.count == 11)
    for file in files {
      let isSame = try Self.text(file.name) == file.text
      #expect(isSame, "\(file.name) differs; `swift run dev examples` writes it anew")
    }
  }

  @Test("there were 1,402 felony drug cases in 2020, about 1,400 a year, the largest category")
  func drugCases() throws {
    let all = try Self.rows("referrals.csv")
    let in2020 = try Self.drug().filter { $0["received", default: ""].hasPrefix("2020") }
    #expect(in2020.count { $0["class"] == "felony" } == 1402)
    for year in 2017...2020 {
      let cases = all.filter { $0["received", default: ""].hasPrefix("\(year)") }
      let byCategory = Dictionary(grouping: cases) { $0["lead_category", default: ""] }
        .mapValues(\.count)
      #expect((1380...1440).contains(byCategory["drug", default: 0]))
      #expect(byCategory.values.max() == byCategory["drug"])
    }
  }

  @Test("162 of 200 buy-bust defendants are Black, 28 white, none unknown or under 18")
  func buyBust() throws {
    let cases = try Self.drug().filter { $0["method"] == "buy-bust" }
    #expect(cases.count == 200)
    #expect(Set(cases.map { $0["defendant_id"] }).count == 200)
    #expect(cases.count { $0["race"] == "B" } == 162)
    #expect(cases.count { $0["race"] == "W" } == 28)
    #expect(!cases.contains { ["", "U"].contains($0["race"]) })
    let of2019 = cases.filter { $0["received", default: ""].hasPrefix("2019") }
    #expect(Self.share("B", of2019) == 0.80)
    #expect(Self.share("W", of2019) == 0.14)
  }

  @Test("85% of drug sale defendants are Black")
  func sale() throws {
    let cases = try Self.drug().filter { $0["type"] == "sale" }
    #expect(Self.share("B", cases) == 0.85)
  }

  @Test("until September 2020, 54.0% of known drug defendants are Black and 42.0% white")
  func allDrug() throws {
    let cases = try Self.drug().filter { $0["received", default: ""] <= "2020-09-30" }
    let known = cases.filter { !["", "U"].contains($0["race"]) }
    #expect(cases.count - known.count == 24)
    #expect((0.5395..<0.5405).contains(Self.share("B", known)))
    #expect((0.4195..<0.4205).contains(Self.share("W", known)))
    #expect((0.535..<0.545).contains(Self.share("B", cases)))
    #expect((0.415..<0.425).contains(Self.share("W", cases)))
  }

  @Test("firearms in fewer than 5%, violence within four years in about 25%, mostly the east side")
  func circumstances() throws {
    let cases = try Self.drug()
    let east = try Set(
      Self.rows("neighborhoods.csv").filter { $0["side"] == "east" }.map { $0["name"] })
    let possession = cases.filter { $0["type"] == "possession" }
    #expect(cases.count { $0["gun"] == "yes" } * 100 < 5 * cases.count)
    let linked = Double(cases.count { $0["prior_violence"] == "yes" }) / Double(cases.count)
    #expect((0.24...0.26).contains(linked))
    for part in [cases, possession] {
      #expect(part.count { east.contains($0["neighborhood"]) } * 2 > part.count)
    }
  }

  @Test("everyone referred is grown up, and nothing is filed before it is received")
  func plausible() throws {
    for name in ["referrals.csv", "referrals-2021.csv"] {
      for row in try Self.rows(name) {
        let (received, filed) = (row["received", default: ""], row["filed_date", default: ""])
        let disposed = row["disposed_date", default: ""]
        #expect(row["age"] == "" || Int(row["age", default: ""]) ?? 0 >= 18)
        #expect(filed == "" || filed >= received)
        #expect(disposed == "" || disposed >= max(received, filed))
        #expect((disposed == "") == (row["disposition"] == ""))
      }
    }
  }

  @Test("82 of the 595 sampled cases involve violence, and all are drug cases of 2019")
  func sample() throws {
    let sample = try Self.rows("drugsample.csv")
    let cases = try Self.drug().filter { $0["received", default: ""].hasPrefix("2019") }
    #expect(cases.count == 1402)
    #expect(sample.count == 595)
    #expect(sample.count { $0["violence"] == "yes" } == 82)
    let ids = Set(sample.map { $0["case_id"] })
    #expect(ids.count == 595)
    #expect(ids.isSubset(of: cases.map { $0["case_id"] }))
  }

  @Test("the three places are 39.0%, 29.9% and 23.5% Black")
  func populations() throws {
    let people = Dictionary(grouping: try Self.rows("population.csv")) { $0["area", default: ""] }
      .mapValues { rows in
        Dictionary(
          rows.map { ($0["race", default: ""], Int($0["people", default: ""]) ?? 0) },
          uniquingKeysWith: +)
      }
    let inside = try #require(people["kcmo-jackson"])
    let total = inside.values.reduce(0, +)
    #expect(inside["Black", default: 0] * 100 == 39 * total)
    #expect(inside["White", default: 0] * 100 == 48 * total)
    let city = try #require(people["kcmo"])
    #expect(city.values.reduce(0, +) == 459_787)
    #expect(city["Black"] == 137_540)
    let county = try #require(people["jackson-county"])
    #expect(county.values.reduce(0, +) == 680_905)
    #expect((0.2345..<0.2355).contains(Double(county["Black", default: 0]) / 680_905))
  }

  @Test("residents of 2019 are those of the neighborhoods and of the place they make up")
  func residents() throws {
    func people(_ rows: [[String: String]], _ field: String) -> Int {
      rows.reduce(0) { $0 + (Int($1[field, default: ""]) ?? 0) }
    }
    let residents = try Self.rows("residents.csv").filter { $0["year"] == "2019" }
    let inside = try Self.rows("population.csv").filter { $0["area"] == "kcmo-jackson" }
    #expect(people(residents, "people") == people(inside, "people"))
    for place in try Self.rows("neighborhoods.csv") {
      let here = residents.filter { $0["neighborhood"] == place["name"] }
      #expect(people(here, "people") == people([place], "residents"))
      let groups = inside.filter { $0["neighborhood"] == place["name"] }
      #expect(people(groups, "people") == people([place], "residents"))
      #expect(groups.allSatisfy { Int($0["people", default: ""]) ?? -1 >= 0 })
    }
    #expect(people(try Self.rows("us2000.csv"), "people") == 1_000_000)
  }

  @Test("homicides: 176 and 158; by August 2020 127, 62 of them cleared, and 27 earlier ones")
  func homicides() throws {
    let cases = try Self.rows("homicides.csv").map {
      (received: $0["received", default: ""], cleared: $0["cleared_date", default: ""])
    }
    #expect(cases.count { $0.received.hasPrefix("2020") } == 176)
    #expect(cases.count { $0.received.hasPrefix("2021") } == 158)
    let soFar = cases.filter { $0.received >= "2020-01-01" && $0.received <= "2020-08-31" }
    #expect(soFar.count == 127)
    #expect(soFar.count { $0.cleared != "" && $0.cleared <= "2020-08-31" } == 62)
    let earlier = cases.filter { $0.received < "2020-01-01" }
    #expect(earlier.count { $0.cleared >= "2020-01-01" && $0.cleared <= "2020-08-31" } == 27)
    #expect(cases.allSatisfy { $0.cleared == "" || $0.cleared >= $0.received })
  }

  @Test("the jail empties in the spring of 2020 and some are still inside")
  func jail() throws {
    let stays = try Self.rows("jail.csv")
    func inside(on day: String) -> Int {
      stays.count {
        let released = $0["released_date", default: ""]
        return $0["booked_date", default: ""] < day && (released == "" || released >= day)
      }
    }
    #expect(inside(on: "2020-05-01") * 4 < inside(on: "2020-03-01") * 3)
    #expect(stays.contains { $0["released_date"] == "" })
  }

  @Test("the share of drug cases with a reason to charge differs after the guideline began")
  func guideline() throws {
    let cases = try Self.rows("referrals-2021.csv").filter { $0["lead_category"] == "drug" }
    func allowed(_ rows: [[String: String]]) -> Double {
      let yes = rows.count { row in
        ["gun", "injury", "drug_house", "complaint"].contains { row[$0] == "yes" }
      }
      return Double(yes) / Double(rows.count)
    }
    let before = cases.filter { $0["received", default: ""] < "2021-04-01" }
    let after = cases.filter { $0["received", default: ""] >= "2021-04-01" }
    #expect(allowed(after) - allowed(before) > 0.03)
  }

  @Test("the committed files together stay under 3 MB")
  func size() throws {
    let bytes = try ExampleFile.all().reduce(0) { $0 + (try Self.text($1.name).utf8.count) }
    #expect(bytes < 3_000_000)
  }
}
