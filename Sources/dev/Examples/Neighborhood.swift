/// A made-up neighborhood of the part of the city inside the county.
struct Neighborhood {
  let name: String
  let side: String
  /// How its residents compare in number with those of the others.
  let size: Int
  /// Tenths of a square mile.
  let area: Int

  static let all: [Neighborhood] =
    [
      ("Ash Hill", 14, 11), ("Birch Crossing", 12, 9), ("Cinder Row", 9, 6),
      ("Dovecote", 11, 10), ("Elm Terrace", 13, 8), ("Foundry", 8, 12),
      ("Gable Heights", 12, 9), ("Harrow", 10, 7), ("Ivy Court", 9, 5), ("Juniper Flats", 11, 8),
    ].map { Neighborhood(name: $0.0, side: "east", size: $0.1, area: $0.2) }
    + [
      ("Kiln Park", 13, 12), ("Larkspur", 16, 15), ("Millrace", 12, 10), ("North Quay", 7, 6),
      ("Orchard Walk", 15, 16), ("Piper's End", 14, 13), ("Quarry Lane", 12, 12),
    ].map { Neighborhood(name: $0.0, side: "west", size: $0.1, area: $0.2) }
    + [
      ("Red Bridge Farm", 17, 34), ("Saddlers Green", 18, 29), ("Tall Oaks", 16, 31),
      ("Upland", 19, 38), ("Verbena", 15, 24), ("Willow Springs", 18, 35), ("Yarrow", 14, 27),
    ].map { Neighborhood(name: $0.0, side: "south", size: $0.1, area: $0.2) }

  /// How often a case of this race comes from each neighborhood; cases lean east, drug cases more.
  static func weights(race: String, isDrug: Bool) -> [(String, weight: Int)] {
    all.map { place in
      let lean =
        switch (place.side, race) {
        case ("east", "B"): isDrug ? 70 : 52
        case ("east", _): isDrug ? 40 : 24
        case ("west", "B"): 13
        case ("west", _): 22
        default: race == "B" ? 10 : 17
        }
      return (place.name, place.size * lean)
    }
  }
}

extension Neighborhood {
  /// Everybody who lives in the part of the city inside the county, 2019.
  static let residentsIn2019 = 318_000

  /// Residents of each neighborhood when there are `total` in all.
  static func residents(total: Int) -> [Int] {
    Apportionment.parts(of: total, by: all.map(\.size))
  }

  static func sheet() -> Sheet {
    let residents = residents(total: residentsIn2019)
    return Sheet(
      header: ["name", "side", "residents", "square_miles"],
      rows: zip(all, residents).map { place, people in
        [place.name, place.side, String(people), "\(place.area / 10).\(place.area % 10)"]
      })
  }
}
