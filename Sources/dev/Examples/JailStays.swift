/// Stays in the jail, 2019 and 2020: fewer come in and more leave early in the spring of 2020.
enum JailStays {
  private static let firstShown = Almanac.day("2019-01-01")
  private static let extract = Almanac.day("2020-12-31")
  private static let closing = Almanac.day("2020-03-16")
  private static let reopening = Almanac.day("2020-05-18")

  static func sheet(seed: UInt64) -> Sheet {
    var chance = SplitMix64(seed: seed)
    var sheet = Sheet(
      header: [
        "stay_id", "person_id", "booked_date", "released_date", "race", "sex", "age", "class",
      ])
    // The years before fill the jail; of them only the stays that reach into the first year shown are kept.
    for booked in Almanac.day("2017-07-01")...extract {
      for _ in 0..<bookings(on: booked, with: &chance) {
        let isFelony = chance.chance(640)
        let released = release(from: booked, isFelony: isFelony, with: &chance)
        let race = chance.pick([
          ("Black", weight: 56), ("White", weight: 38), ("Other", weight: 5), ("", weight: 1),
        ])
        let sex = chance.chance(850) ? "M" : "F"
        let age = chance.between(quantiles: [18, 21, 24, 27, 30, 34, 38, 43, 50, 72])
        guard released >= firstShown else { continue }
        let ordinal = sheet.rows.count + 1
        let isBack = ordinal > 50 && chance.chance(70)
        let person = isBack ? 1 + chance.below(ordinal - 1) : ordinal
        sheet.rows.append([
          "S" + Almanac.padded(ordinal, 5), "P" + Almanac.padded(person, 5),
          Almanac.text(booked), released > extract ? "" : Almanac.text(released), race, sex,
          String(age), isFelony ? "felony" : "misdemeanor",
        ])
      }
    }
    return sheet
  }

  private static func bookings(on day: Int, with chance: inout SplitMix64) -> Int {
    let usual = chance.between(quantiles: [2, 4, 5, 6, 7, 10])
    if (closing..<reopening).contains(day) { return usual * 35 / 100 }
    return day >= reopening ? usual * 75 / 100 : usual
  }

  private static func release(
    from booked: Int, isFelony: Bool, with chance: inout SplitMix64
  ) -> Int {
    let length = chance.between(
      quantiles: isFelony
        ? [1, 3, 9, 26, 60, 105, 155, 210, 290, 520] : [0, 1, 1, 2, 4, 8, 17, 34, 60, 140])
    let released = booked + length
    let isInsideAtClosing = booked < closing && released > closing
    guard isInsideAtClosing, chance.chance(isFelony ? 330 : 620) else { return released }
    return min(released, closing + chance.below(40))
  }
}
