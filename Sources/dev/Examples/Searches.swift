/// Searches of people at stops and what was found.
enum Searches {
  static func sheet(seed: UInt64) -> Sheet {
    var chance = SplitMix64(seed: seed)
    let count = 2_600
    let days = (0..<count).map { _ in
      ReferralDates.draw(in: 2017 + chance.below(4), with: &chance)
    }.sorted()
    var sheet = Sheet(
      header: ["search_id", "searched", "reason", "race", "age", "found", "neighborhood"])
    for (ordinal, day) in days.enumerated() {
      let race = chance.pick([
        ("Black", weight: 60), ("White", weight: 34), ("Other", weight: 5), ("", weight: 1),
      ])
      let reason = chance.pick(reasons(race: race))
      let age = chance.between(quantiles: [18, 20, 23, 26, 29, 33, 38, 45, 68])
      let found = chance.pick(finds(reason: reason, race: race))
      sheet.rows.append([
        "Q" + Almanac.padded(ordinal + 1, 4), Almanac.text(day), reason, race, String(age), found,
        chance.pick(Neighborhood.weights(race: race == "Black" ? "B" : "W", isDrug: true)),
      ])
    }
    return sheet
  }

  private static func reasons(race: String) -> [(String, weight: Int)] {
    race == "Black"
      ? [("consent", 33), ("frisk", 27), ("probable cause", 22), ("arrest", 18)]
        .map { ($0.0, weight: $0.1) }
      : [("consent", 26), ("frisk", 15), ("probable cause", 35), ("arrest", 24)]
        .map { ($0.0, weight: $0.1) }
  }

  /// Where less evidence is asked for, less is found; a consent search of a Black driver finds least.
  private static func finds(reason: String, race: String) -> [(String, weight: Int)] {
    let (drugs, gun) =
      switch reason {
      case "consent": race == "Black" ? (110, 25) : (160, 18)
      case "frisk": (70, 55)
      case "probable cause": (340, 50)
      default: (180, 30)
      }
    return [("none", 1000 - drugs - gun), ("drugs", drugs), ("gun", gun)]
      .map { ($0.0, weight: $0.1) }
  }
}
