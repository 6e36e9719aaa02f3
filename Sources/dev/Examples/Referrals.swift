/// The referral files: 2017 to 2020, and 2021 by itself.
struct Referrals {
  /// Until 2020, in the order received.
  let earlier: [Referral]
  /// Of 2021, in the order received.
  let recent: [Referral]

  /// The day of the extract, after which nothing is known.
  private static let extracts = (
    earlier: Almanac.day("2021-06-30"), recent: Almanac.day("2022-03-31")
  )
  private static let guidelineStart = Almanac.day("2021-04-01")

  init(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    var drafts = DrugReferrals.drafts(with: &chance)
    for year in 2017...2021 {
      drafts += OtherReferrals.drafts(in: year, with: &chance)
    }
    let order = drafts.indices.sorted { (drafts[$0].day, $0) < (drafts[$1].day, $1) }
    var defendants = Defendants(with: &chance)
    var ordinals: [Int: Int] = [:]
    let all = order.map { index in
      var referral = drafts[index]
      let year = Almanac.year(referral.day)
      ordinals[year, default: 0] += 1
      referral.number = "\(year % 100)-" + Almanac.padded(ordinals[year] ?? 0, 5)
      Self.identify(&referral, among: &defendants, with: &chance)
      Self.describe(&referral, with: &chance)
      Self.prosecute(
        &referral, until: year == 2021 ? Self.extracts.recent : Self.extracts.earlier,
        with: &chance)
      return referral
    }
    earlier = all.filter { Almanac.year($0.day) < 2021 }
    recent = all.filter { Almanac.year($0.day) == 2021 }
  }

  static func sheet(of referrals: [Referral]) -> Sheet {
    Sheet(header: Referral.header, rows: referrals.map(\.row))
  }

  /// Who it is. Nobody is twice among the buy-bust defendants; for theft the same people come back.
  private static func identify(
    _ referral: inout Referral, among defendants: inout Defendants,
    with chance: inout SplitMix64
  ) {
    let isTheft = referral.category == "theft"
    let person = defendants.person(
      from: isTheft ? "theft " + referral.race : referral.race, on: referral.day,
      returning: referral.isBuyBust ? 0 : isTheft ? 190 : 30, with: &chance)
    referral.defendant = "D\(person.number)"
    referral.sex = person.isMale ? "M" : "F"
    let age = (person.ageInDays + referral.day) / 366
    referral.age = !referral.isBuyBust && chance.chance(4) ? "" : String(age)
  }

  private static func describe(_ referral: inout Referral, with chance: inout SplitMix64) {
    let category = OtherReferrals.categories.first { $0.name == referral.category }
    referral.isFelony = category.map { chance.chance($0.felonyPermille) } ?? true
    referral.agency = chance.pick([
      ("KCPD", weight: 920), ("Sheriff", weight: 50), ("Highway Patrol", weight: 30),
    ])
    let place = chance.pick(
      Neighborhood.weights(race: referral.race, isDrug: referral.isDrug))
    referral.neighborhood = chance.chance(8) ? "" : place
    let odds = circumstances(of: referral)
    let (gun, injury) = (chance.chance(odds.gun), chance.chance(odds.injury))
    referral.gun = chance.chance(15) ? "" : gun ? "yes" : "no"
    referral.injury = injury ? "yes" : "no"
    referral.drugHouse = chance.chance(odds.drugHouse) ? "yes" : "no"
    let complaint = chance.chance(odds.complaint)
    referral.complaint = chance.chance(20) ? "" : complaint ? "yes" : "no"
    referral.violence = gun || injury || chance.chance(odds.violence) ? "yes" : "no"
    referral.priorViolence = chance.chance(250) ? "yes" : "no"
  }

  /// How often, in thousandths, each circumstance goes with a case.
  private static func circumstances(
    of referral: Referral
  ) -> (gun: Int, injury: Int, drugHouse: Int, complaint: Int, violence: Int) {
    switch referral.category {
    case "drug" where referral.day >= guidelineStart: (62, 26, 84, 125, 80)
    case "drug": (referral.type == "possession" ? 35 : 55, 16, 62, 80, 85)
    case "weapons": (930, 40, 8, 60, 120)
    case "homicide": (830, 1000, 10, 20, 1000)
    case "assault": (340, 560, 6, 40, 1000)
    case "robbery": (560, 210, 4, 20, 1000)
    case "domestic": (90, 480, 3, 60, 820)
    case "sex offense": (30, 190, 2, 20, 900)
    default: (25, 20, 5, 30, 20)
    }
  }

  private static func prosecute(
    _ referral: inout Referral, until extract: Int, with chance: inout SplitMix64
  ) {
    let decision =
      referral.day + chance.between(quantiles: [0, 0, 1, 1, 3, 6, 12, 21, 40, 75, 190])
    let isFiled = chance.chance(filingOdds(of: referral))
    let length = chance.between(
      quantiles: [4, 38, 72, 105, 140, 182, 235, 300, 385, 530, 960])
    let outcome = chance.pick([
      ("Guilty", weight: 62), ("Dismissed", weight: 21), ("Diverted", weight: 13),
      ("Acquitted", weight: 4),
    ])
    let cost = chance.between(quantiles: [9_000, 31_000, 62_000, 98_000, 150_000])
    let trial = chance.between(quantiles: [12_000, 60_000, 130_000, 240_000, 420_000, 1_900_000])
    referral.costInCents = cost + (isFiled && decision <= extract ? trial : 0)
    guard decision <= extract else { return }
    if isFiled {
      referral.filed = decision
      if decision + length <= extract {
        referral.disposed = decision + length
        referral.disposition = outcome
      }
    } else {
      referral.disposed = decision
      referral.disposition = "Declined"
    }
  }

  /// In thousandths; inside each kind of drug case a little lower for Black defendants, who are more of the sales.
  private static func filingOdds(of referral: Referral) -> Int {
    let isBlack = referral.race == "B"
    return switch (referral.category, referral.type) {
    case ("drug", "sale"): isBlack ? 900 : 930
    case ("drug", "intent"): isBlack ? 730 : 770
    case ("drug", _): isBlack ? 490 : 520
    case ("homicide", _): 900
    case ("weapons", _), ("robbery", _): 760
    case ("dwi", _): 820
    case ("domestic", _): 480
    default: 610
    }
  }
}
