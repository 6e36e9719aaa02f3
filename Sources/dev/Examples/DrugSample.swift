/// The random sample of drug cases of 2019 that was read by hand: 595 of 1,402, of which 82 involve violence.
enum DrugSample {
  static let size = 595
  static let violent = 82

  static func sheet(from referrals: [Referral], seed: UInt64) -> Sheet {
    var chance = SplitMix64(seed: seed)
    let cases = referrals.filter { $0.isDrug && Almanac.year($0.day) == 2019 }
    let drawn = chance.shuffled(Array(cases.indices)).prefix(size).sorted().map { cases[$0] }
    let readAsViolent = hand(reading: drawn, with: &chance)
    return Sheet(
      header: [
        "case_id", "received", "type", "method", "race", "sex", "age", "neighborhood", "gun",
        "violence",
      ],
      rows: drawn.indices.map { index in
        let referral = drawn[index]
        return [
          referral.number, Almanac.text(referral.day), referral.type, referral.method,
          referral.race, referral.sex, referral.age, referral.neighborhood, referral.gun,
          readAsViolent.contains(index) ? "yes" : "no",
        ]
      })
  }

  /// A reader agrees with the automatic reading of most cases and differs on a few, in either direction.
  private static func hand(
    reading drawn: [Referral], with chance: inout SplitMix64
  ) -> Set<Int> {
    let automatic = chance.shuffled(drawn.indices.filter { drawn[$0].violence == "yes" })
    let others = chance.shuffled(drawn.indices.filter { drawn[$0].violence == "no" })
    let agreed = automatic.prefix(min(automatic.count, violent) - 5)
    return Set(agreed + others.prefix(violent - agreed.count))
  }
}
