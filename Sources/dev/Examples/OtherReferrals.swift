/// The cases whose lead charge is not a drug offence, before their details.
enum OtherReferrals {
  /// How many a year on average, and how often the lead charge is a felony, in thousandths.
  static let categories: [(name: String, perYear: Int, felonyPermille: Int)] = [
    ("assault", 415, 780), ("domestic", 330, 540), ("theft", 300, 610), ("weapons", 265, 960),
    ("burglary", 170, 1000), ("robbery", 140, 1000), ("dwi", 130, 420), ("property", 110, 480),
    ("fraud", 80, 830), ("sex offense", 80, 940), ("homicide", 70, 1000),
  ]

  static func drafts(in year: Int, with chance: inout SplitMix64) -> [Referral] {
    categories.flatMap { category in
      let spread = category.perYear / 12
      let count = category.perYear - spread + chance.below(2 * spread + 1)
      return (0..<count).map { _ in
        let race = chance.pick([
          ("B", weight: 500), ("W", weight: 440), ("A", weight: 12), ("N", weight: 6),
          ("O", weight: 30), ("U", weight: 9), ("", weight: 3),
        ])
        return Referral(
          day: ReferralDates.draw(in: year, with: &chance), category: category.name,
          method: method(of: category.name, with: &chance), race: race)
      }
    }
  }

  private static func method(of category: String, with chance: inout SplitMix64) -> String {
    switch category {
    case "dwi": "traffic stop"
    case "weapons":
      chance.pick([
        ("traffic stop", weight: 50), ("patrol", weight: 30), ("dispatch", weight: 20),
      ])
    default:
      chance.pick([("dispatch", weight: 70), ("warrant", weight: 18), ("patrol", weight: 12)])
    }
  }
}
