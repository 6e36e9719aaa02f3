/// The people in the referrals; some come back, under the same number and a few years older.
struct Defendants {
  struct Person {
    let number: Int
    let isMale: Bool
    /// Age in days on the first day of the almanac.
    let ageInDays: Int
  }

  private var pools: [String: [Person]] = [:]
  private var numbers: [Int]
  private var nextNumber = 0

  /// Numbers are given out in an order of chance, so that they say nothing about when a person first came.
  init(with chance: inout SplitMix64) {
    numbers = chance.shuffled(Array(10_000..<40_000))
  }

  /// A person of the pool, grown up on `day`; one who was here before `permille` times in a thousand.
  mutating func person(
    from pool: String, on day: Int, returning permille: Int, with chance: inout SplitMix64
  ) -> Person {
    if chance.chance(permille), let known = pools[pool], !known.isEmpty {
      return known[chance.below(known.count)]
    }
    let years = chance.between(quantiles: [18, 20, 22, 25, 28, 31, 34, 38, 43, 51, 74])
    let person = Person(
      number: numbers[nextNumber], isMale: chance.chance(780),
      ageInDays: years * 366 + chance.below(365) - day)
    nextNumber += 1
    pools[pool, default: []].append(person)
    return person
  }
}
