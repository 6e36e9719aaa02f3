/// One of the committed example files, as the generator writes it.
package struct ExampleFile: Sendable {
  /// Its name in `examples/data`.
  package let name: String
  package let text: String

  /// All of them, from fixed seeds: the same bytes on every run.
  package static func all() -> [ExampleFile] {
    let referrals = Referrals(seed: 1)
    let sheets = [
      ("referrals.csv", Referrals.sheet(of: referrals.earlier)),
      ("referrals-2021.csv", Referrals.sheet(of: referrals.recent)),
      ("drugsample.csv", DrugSample.sheet(from: referrals.earlier, seed: 2)),
      ("population.csv", Populations.areaSheet()),
      ("residents.csv", Populations.residentSheet()),
      ("us2000.csv", Populations.standardSheet()),
      ("neighborhoods.csv", Neighborhood.sheet()),
      ("homicides.csv", Homicides.sheet(seed: 3)),
      ("jail.csv", JailStays.sheet(seed: 4)),
      ("searches.csv", Searches.sheet(seed: 5)),
      ("shootings.csv", Shootings.sheet(seed: 6)),
    ]
    return sheets.map { ExampleFile(name: $0, text: $1.text) }
  }
}
