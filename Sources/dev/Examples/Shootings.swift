/// People shot who lived, and the day the police referred a suspect, where they did.
enum Shootings {
  private static let extract = Almanac.day("2022-03-31")

  static func sheet(seed: UInt64) -> Sheet {
    var chance = SplitMix64(seed: seed)
    let years = [
      (year: 2019, count: 481, referredPermille: 215),
      (year: 2020, count: 629, referredPermille: 160),
      (year: 2021, count: 506, referredPermille: 190),
    ]
    var sheet = Sheet(
      header: ["incident_id", "occurred", "referred_date", "race", "sex", "age", "neighborhood"])
    for year in years {
      let days = (0..<year.count).map { _ in ReferralDates.draw(in: year.year, with: &chance) }
      for day in days.sorted() {
        let race = chance.pick([
          ("Black", weight: 75), ("White", weight: 17), ("Other", weight: 6), ("", weight: 2),
        ])
        let wait = chance.between(quantiles: [0, 1, 4, 11, 30, 80, 240])
        let isReferred = chance.chance(year.referredPermille) && day + wait <= extract
        sheet.rows.append([
          "N" + Almanac.padded(sheet.rows.count + 1, 4), Almanac.text(day),
          isReferred ? Almanac.text(day + wait) : "", race, chance.chance(840) ? "M" : "F",
          String(chance.between(quantiles: [3, 18, 21, 24, 27, 31, 36, 43, 76])),
          chance.pick(Neighborhood.weights(race: race == "Black" ? "B" : "W", isDrug: false)),
        ])
      }
    }
    return sheet
  }
}
