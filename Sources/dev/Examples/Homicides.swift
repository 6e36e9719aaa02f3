/// Homicides of 2019 to 2021, with the day each was cleared.
///
/// Published totals: 176 in 2020, 158 in 2021; on 31 August 2020, 127 so far in the year, 62 of them cleared, and 27 of
/// earlier years cleared since January.
enum Homicides {
  private static let yearStart = Almanac.day("2020-01-01")
  private static let reportDay = Almanac.day("2020-08-31")
  private static let extract = Almanac.day("2022-03-31")

  /// Homicides received from `first` to `last`, of which each part of `cleared` was cleared between two days.
  private struct Batch {
    let count: Int
    let first: Int
    let last: Int
    let cleared: [(count: Int, from: Int, to: Int)]
  }

  private static let batches = [
    Batch(
      count: 150, first: Almanac.day("2019-01-01"), last: yearStart - 1,
      cleared: [(66, 0, yearStart - 1), (27, yearStart, reportDay), (4, reportDay + 1, extract)]),
    Batch(
      count: 127, first: yearStart, last: reportDay,
      cleared: [(62, 0, reportDay), (19, reportDay + 1, extract)]),
    Batch(
      count: 49, first: reportDay + 1, last: Almanac.day("2020-12-31"),
      cleared: [(27, 0, extract)]),
    Batch(
      count: 158, first: Almanac.day("2021-01-01"), last: Almanac.day("2021-12-31"),
      cleared: [(85, 0, extract)]),
  ]

  static func sheet(seed: UInt64) -> Sheet {
    var chance = SplitMix64(seed: seed)
    let days = batches.flatMap { dates(of: $0, with: &chance) }.sorted { $0.0 < $1.0 }
    var sheet = Sheet(
      header: [
        "incident_id", "received", "cleared_date", "charged_date", "race", "sex", "age",
        "weapon", "neighborhood",
      ])
    for (ordinal, (received, cleared)) in days.enumerated() {
      let race = chance.pick([
        ("Black", weight: 74), ("White", weight: 17), ("Other", weight: 7), ("", weight: 2),
      ])
      let isMale = chance.chance(830)
      let age = chance.between(quantiles: [2, 18, 21, 24, 27, 30, 34, 39, 45, 54, 81])
      let weapon = chance.pick([
        ("firearm", weight: 86), ("knife", weight: 7), ("other", weight: 7),
      ])
      // Some arrests end without a charge, and a death ends others ("cleared exceptionally").
      let charged = cleared.flatMap { day in
        chance.chance(760) ? min(day + chance.between(quantiles: [0, 1, 2, 9, 40]), extract) : nil
      }
      sheet.rows.append([
        "H" + Almanac.padded(ordinal + 1, 4), Almanac.text(received),
        cleared.map(Almanac.text) ?? "", charged.map(Almanac.text) ?? "", race,
        isMale ? "M" : "F", String(age), weapon,
        chance.pick(Neighborhood.weights(race: race == "Black" ? "B" : "W", isDrug: false)),
      ])
    }
    return sheet
  }

  private static func dates(
    of batch: Batch, with chance: inout SplitMix64
  ) -> [(Int, Int?)] {
    let received = (0..<batch.count).map { _ in
      batch.first + chance.below(batch.last - batch.first + 1)
    }
    var days: [(Int, Int?)] = []
    var left = chance.shuffled(received)
    for part in batch.cleared {
      for _ in 0..<part.count {
        let day = left.removeLast()
        let wait = chance.between(quantiles: [0, 1, 3, 7, 14, 30, 70, 150])
        let isInTime = day + wait >= part.from && day + wait <= part.to
        let earliest = max(day, part.from)
        let latest = min(earliest + 240, part.to)
        days.append(
          (day, isInTime ? day + wait : earliest + chance.below(latest - earliest + 1)))
      }
    }
    return days + left.map { ($0, nil) }
  }
}
