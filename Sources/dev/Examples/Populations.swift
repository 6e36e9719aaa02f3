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

  static func areaSheet() -> Sheet {
    Sheet(
      header: ["area", "year", "race", "people"],
      rows: areas.flatMap { area in
        area.people.map { [area.area, String(area.year), $0.0, String($0.1)] }
      })
  }

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
