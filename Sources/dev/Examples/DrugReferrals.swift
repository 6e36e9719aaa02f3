/// The drug cases before their details: how many, when, by which method, of whom.
///
/// Published totals that the counts below give: 1,402 felony drug cases in 2020; 162 of 200 buy-bust defendants Black;
/// 80% Black and 14% white of those of 2019; 85% Black of the sales; 54% Black and 42% white of all until September 2020.
enum DrugReferrals {
  /// Counts of Black, white and other defendants.
  private typealias Mix = (black: Int, white: Int, other: Int)

  private struct Year {
    let year: Int
    let total: Int
    let buyBust: Mix
    let otherSale: Mix
  }

  private static let years = [
    Year(year: 2017, total: 1421, buyBust: (42, 8, 2), otherSale: (58, 6, 2)),
    Year(year: 2018, total: 1433, buyBust: (44, 7, 3), otherSale: (55, 5, 2)),
    Year(year: 2019, total: 1402, buyBust: (40, 7, 3), otherSale: (51, 5, 2)),
    Year(year: 2020, total: 1402, buyBust: (36, 6, 2), otherSale: (48, 4, 2)),
    Year(year: 2021, total: 1386, buyBust: (19, 4, 1), otherSale: (33, 5, 2)),
  ]

  /// The last day that the published shares of all drug referrals cover.
  static let publishedUntil = Almanac.day("2020-09-30")
  private static let unknownRaces = 24
  private static let publishedInPercent = (black: 54, white: 42)

  static func drafts(with chance: inout SplitMix64) -> [Referral] {
    var sales: [Referral] = []
    var rest: [Referral] = []
    for year in years {
      for race in races(year.buyBust, with: &chance) {
        let day = ReferralDates.draw(in: year.year, with: &chance)
        sales.append(
          Referral(day: day, category: "drug", type: "sale", method: "buy-bust", race: race))
      }
      for race in races(year.otherSale, with: &chance) {
        let day = ReferralDates.draw(in: year.year, with: &chance)
        let method = chance.pick([("controlled buy", weight: 6), ("warrant", weight: 4)])
        sales.append(
          Referral(day: day, category: "drug", type: "sale", method: method, race: race))
      }
      let salesOfYear = [year.buyBust, year.otherSale].reduce(0) {
        $0 + $1.black + $1.white + $1.other
      }
      for _ in salesOfYear..<year.total {
        let day = ReferralDates.draw(in: year.year, with: &chance)
        let method = chance.pick([
          ("traffic stop", weight: 46), ("patrol", weight: 28), ("warrant", weight: 14),
          ("dispatch", weight: 12),
        ])
        rest.append(Referral(day: day, category: "drug", method: method, race: ""))
      }
    }
    setRaces(of: &rest, besides: sales, with: &chance)
    for index in rest.indices {
      let intent = rest[index].race == "B" ? 390 : 270
      rest[index].type = chance.chance(intent) ? "intent" : "possession"
    }
    return sales + rest
  }

  private static func races(_ mix: Mix, with chance: inout SplitMix64) -> [String] {
    let others = (0..<mix.other).map { _ in
      chance.pick([("A", weight: 2), ("N", weight: 1), ("O", weight: 5)])
    }
    return chance.shuffled(
      Array(repeating: "B", count: mix.black) + Array(repeating: "W", count: mix.white) + others)
  }

  /// Until September 2020 the published shares hold for the cases whose race is known; later ones are drawn.
  private static func setRaces(
    of rest: inout [Referral], besides sales: [Referral], with chance: inout SplitMix64
  ) {
    let published = rest.indices.filter { rest[$0].day <= publishedUntil }
    let publishedSales = sales.filter { $0.day <= publishedUntil }
    let known = published.count + publishedSales.count - unknownRaces
    let black =
      rounded(known, percent: publishedInPercent.black)
      - publishedSales.count { $0.race == "B" }
    let white =
      rounded(known, percent: publishedInPercent.white)
      - publishedSales.count { $0.race == "W" }
    let other = published.count - unknownRaces - black - white
    let unknown = (0..<unknownRaces).map { $0.isMultiple(of: 3) ? "" : "U" }
    let pool = chance.shuffled(races((black, white, other), with: &chance) + unknown)
    for (index, race) in zip(published, pool) { rest[index].race = race }
    for index in rest.indices where rest[index].day > publishedUntil {
      rest[index].race = chance.pick([
        ("B", weight: 520), ("W", weight: 436), ("A", weight: 10), ("N", weight: 6),
        ("O", weight: 23), ("U", weight: 5),
      ])
    }
  }

  private static func rounded(_ count: Int, percent: Int) -> Int {
    (count * percent + 50) / 100
  }
}
