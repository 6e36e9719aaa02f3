/// Who lives in the three places that the published shares were compared with, and by age and neighborhood.
enum Populations {
  /// Totals and Black residents as published; how the others divide fills the rest.
  private static let areas: [(area: String, year: Int, people: [(String, Int)])] = [
    (
      "kcmo-jackson", 2019,
      [
        ("Black", 124_020), ("White", 152_640), ("Asian", 6_360), ("Native American", 1_590),
        ("Other", 33_390),
      ]
    ),
    (
      "kcmo", 2010,
      [
        ("Black", 137_540), ("White", 272_194), ("Asian", 11_495), ("Native American", 2_299),
        ("Other", 36_259),
      ]
    ),
    (
      "jackson-county", 2015,
      [
        ("Black", 160_013), ("White", 455_525), ("Asian", 11_575), ("Native American", 3_405),
        ("Other", 50_387),
      ]
    ),
  ]

  /// The first place is given by neighborhood, so that comparisons can be made inside each.
  static func areaSheet() -> Sheet {
    var sheet = Sheet(header: ["area", "year", "neighborhood", "race", "people"])
    for (index, area) in areas.enumerated() {
      let groups =
        index == 0
        ? inside(area.people) : area.people.map { (place: "", race: $0.0, people: $0.1) }
      sheet.rows += groups.map {
        [area.area, String(area.year), $0.place, $0.race, String($0.people)]
      }
    }
    return sheet
  }

  /// The groups of the first place in each neighborhood; they add up to the groups of the whole and
  /// to the residents of the neighborhoods, whose rest is white.
  private static func inside(_ people: [(race: String, people: Int)]) -> [(
    place: String, race: String, people: Int
  )] {
    let residents = Neighborhood.residents(total: Neighborhood.residentsIn2019)
    var rest = residents
    var parts: [String: [Int]] = [:]
    for group in people where group.race != "White" {
      let weights = Neighborhood.all.map { $0.size * (group.race == "Black" ? blackShare($0) : 1) }
      let counts = Apportionment.parts(of: group.people, by: weights)
      parts[group.race] = counts
      for index in rest.indices { rest[index] -= counts[index] }
    }
    parts["White"] = rest
    return Neighborhood.all.indices.flatMap { index in
      people.map { group in
        (Neighborhood.all[index].name, group.race, parts[group.race]?[index] ?? 0)
      }
    }
  }

  /// How large the Black part of the residents is in a neighborhood, beside the others.
  private static func blackShare(_ place: Neighborhood) -> Int { place.side == "east" ? 54 : 31 }

  static let ageGroups = ["under 18", "18–24", "25–34", "35–49", "50–64", "65 and over"]

  /// Residents by year, neighborhood and age; 2019 adds up to the total of the published place.
  static func residentSheet() -> Sheet {
    let totals =
      [(2017, 314_820), (2018, 316_410), (2019, Neighborhood.residentsIn2019)]
      + [(2020, 319_272), (2021, 319_908)]
    var sheet = Sheet(header: ["year", "neighborhood", "agegroup", "people"])
    for (year, total) in totals {
      for (place, people) in zip(Neighborhood.all, Neighborhood.residents(total: total)) {
        for (group, count) in zip(
          ageGroups, Apportionment.parts(of: people, by: ageWeights(of: place)))
        {
          sheet.rows.append([String(year), place.name, group, String(count)])
        }
      }
    }
    return sheet
  }

  private static func ageWeights(of place: Neighborhood) -> [Int] {
    switch place.side {
    case "east": [27, 10, 15, 18, 18, 12]
    case "west": [15, 13, 24, 22, 15, 11]
    default: [23, 8, 13, 20, 19, 17]
    }
  }

  /// The US 2000 standard million in the age groups used here.
  ///
  /// Reference: National Center for Health Statistics, the year 2000 standard; the division of ages 15 to 19 at 18 after
  /// Klein and Schoenborn 2001, Statistical Notes 20.
  static func standardSheet() -> Sheet {
    let standard = [257_736, 95_611, 135_573, 234_731, 149_963, 126_386]
    return Sheet(
      header: ["agegroup", "people"],
      rows: zip(ageGroups, standard).map { [$0, String($1)] })
  }
}
