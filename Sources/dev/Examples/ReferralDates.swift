/// When cases come in: by season, with a dip in the spring of 2020 and fewer at weekends.
enum ReferralDates {
  private static let season = [90, 84, 101, 103, 106, 101, 100, 104, 98, 100, 92, 86]

  /// What the pandemic made of each month of 2020, in percent.
  private static let pandemic = [102, 100, 76, 40, 54, 82, 101, 113, 117, 118, 112, 104]

  static func draw(in year: Int, with chance: inout SplitMix64) -> Int {
    let months = season.indices.map { index in
      (index + 1, weight: season[index] * (year == 2020 ? pandemic[index] : 100))
    }
    while true {
      let month = chance.pick(months)
      let dayOfMonth = 1 + chance.below(Almanac.length(ofMonth: month, in: year))
      let day = Almanac.day(
        "\(year)-\(Almanac.padded(month, 2))-\(Almanac.padded(dayOfMonth, 2))")
      if !Almanac.isWeekend(day) || chance.chance(550) { return day }
    }
  }
}
