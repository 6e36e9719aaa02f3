import Columns
import Engine

/// What follows from the numbers of sets that are known: whether a small cell can be worked out from them.
///
/// The rows fall into atoms, the combinations of the sets that occur. A known number is a sum of
/// atoms; a sum can be worked out where its vector lies in the space that the known ones span.
struct DisclosureAudit {
  private let sets: [CountedSet: Int]
  /// For each set, which atoms are in it.
  private let members: [[Bool]]
  private let sizes: [Double]

  /// Counts every atom of the sets in one tabulation.
  init(_ all: [CountedSet], of dataset: Dataset, weight: Field?, _ runner: Runner) throws {
    var keys: [Key] = []
    var places: [Key: Int] = [:]
    for part in all.flatMap(\.parts) where places[part.key] == nil {
      places[part.key] = keys.count
      keys.append(part.key)
    }
    var numbers: [CountedSet: Int] = [:]
    var distinct: [CountedSet] = []
    for set in all where numbers[set] == nil {
      numbers[set] = distinct.count
      distinct.append(set)
    }
    sets = numbers
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, keys: keys, weight: weight), of: dataset)
    var atoms: [[Bool]: Int] = [:]
    var order: [[Bool]] = []
    var sizes: [Double] = []
    for row in table.rows {
      let signature = distinct.map { set in
        set.parts.allSatisfy { part in places[part.key].map { row.keys[$0] == part.value } ?? false
        }
      }
      if atoms[signature] == nil {
        atoms[signature] = order.count
        order.append(signature)
        sizes.append(0)
      }
      sizes[atoms[signature] ?? 0] += row.measures[0].double ?? 0
    }
    self.sizes = sizes
    members = distinct.indices.map { set in order.map { $0[set] } }
  }

  /// How many rows a set has.
  func size(_ set: CountedSet) -> Double {
    guard let number = sets[set] else { return 0 }
    return zip(members[number], sizes).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
  }

  /// Whether the numbers of `known` sets give a cell of 1 to `most` away: one of the `hidden` sets,
  /// what is left of one set when another inside it is taken out, or up to four atoms together.
  func discloses(known: [CountedSet], hidden: [CountedSet], most: Double) -> Bool {
    func isSmall(_ size: Double) -> Bool { size > 0 && size <= most }
    let rows = Set(known.compactMap { sets[$0] }).sorted()
    for outer in rows {
      for inner in rows where inner != outer && isInside(inner, outer) {
        let rest = sizes.indices.reduce(0) {
          $0 + (members[outer][$1] && !members[inner][$1] ? sizes[$1] : 0)
        }
        if isSmall(rest) { return true }
      }
    }
    // Atoms that no known set tells apart are one to whoever knows only these.
    var places: [[Bool]: Int] = [:]
    var merged: [Double] = []
    let place = sizes.indices.map { atom -> Int in
      let signature = rows.map { members[$0][atom] }
      let place = places[signature] ?? merged.count
      if place == merged.count {
        places[signature] = place
        merged.append(0)
      }
      merged[place] += sizes[atom]
      return place
    }
    var space = SpannedSpace(dimension: merged.count)
    for row in rows { space.add(vector(of: row, place, merged.count)) }
    for set in hidden {
      guard let number = sets[set], isSmall(size(set)), isWhole(number, in: place) else { continue }
      if space.holds(vector(of: number, place, merged.count)) { return true }
    }
    return space.holdsSum(of: merged, most: most)
  }

  private func vector(of set: Int, _ place: [Int], _ dimension: Int) -> [UInt64] {
    var vector = [UInt64](repeating: 0, count: dimension)
    for atom in sizes.indices where members[set][atom] { vector[place[atom]] = 1 }
    return vector
  }

  /// Whether a set has all or none of the atoms of each place.
  private func isWhole(_ set: Int, in place: [Int]) -> Bool {
    var state: [Int: Bool] = [:]
    return sizes.indices.allSatisfy { atom in
      let isIn = members[set][atom]
      defer { state[place[atom]] = isIn }
      return state[place[atom]].map { $0 == isIn } ?? true
    }
  }

  private func isInside(_ inner: Int, _ outer: Int) -> Bool {
    zip(members[inner], members[outer]).allSatisfy { !$0 || $1 }
  }
}

/// The vectors that sums and differences of others reach, over the numbers modulo a prime.
///
/// What can be reached with fractions can be reached modulo a prime as large as this one, so nothing
/// that gives a cell away is overlooked.
private struct SpannedSpace {
  private static let prime: UInt64 = 2_147_483_647
  private let dimension: Int
  /// Reduced rows, each with its leading place.
  private var rows: [(lead: Int, vector: [UInt64])] = []

  init(dimension: Int) {
    self.dimension = dimension
  }

  /// The vector less what the rows reach of it.
  private func reduced(_ vector: [UInt64]) -> [UInt64] {
    var vector = vector
    for (lead, row) in rows where vector[lead] != 0 {
      let factor = SpannedSpace.prime - vector[lead]
      for place in lead..<dimension where row[place] != 0 {
        vector[place] = (vector[place] + factor * row[place]) % SpannedSpace.prime
      }
    }
    return vector
  }

  mutating func add(_ vector: [UInt64]) {
    var rest = reduced(vector)
    guard let lead = rest.firstIndex(where: { $0 != 0 }) else { return }
    let inverse = SpannedSpace.power(rest[lead], SpannedSpace.prime - 2)
    for place in lead..<dimension { rest[place] = rest[place] * inverse % SpannedSpace.prime }
    let position = rows.firstIndex { $0.lead > lead } ?? rows.count
    rows.insert((lead, rest), at: position)
  }

  /// Whether up to four places of these sizes, at most `most` together, can be worked out.
  ///
  /// Places can where what the space does not reach of them adds up to nothing.
  func holdsSum(of sizes: [Double], most: Double) -> Bool {
    let small = sizes.indices.filter { sizes[$0] > 0 && sizes[$0] <= most }
    let rests = small.map { place in reduced(sizes.indices.map { $0 == place ? 1 : 0 }) }
    var sums: [(rest: [UInt64], places: Set<Int>, size: Double)] = rests.enumerated().map {
      ($0.element, [$0.offset], sizes[small[$0.offset]])
    }
    if sums.contains(where: { $0.rest.allSatisfy { $0 == 0 } }) { return true }
    for first in rests.indices {
      for second in rests.indices where second > first {
        let size = sums[first].size + sums[second].size
        guard size <= most else { continue }
        let rest = zip(rests[first], rests[second]).map { ($0 + $1) % SpannedSpace.prime }
        sums.append((rest, [first, second], size))
      }
    }
    var byRest: [[UInt64]: [Int]] = [:]
    for (index, sum) in sums.enumerated() { byRest[sum.rest, default: []].append(index) }
    return sums.contains { sum in
      let contrary = sum.rest.map { $0 == 0 ? 0 : SpannedSpace.prime - $0 }
      return byRest[contrary, default: []].contains { index in
        sums[index].places.isDisjoint(with: sum.places) && sums[index].size + sum.size <= most
      } || sum.rest.allSatisfy { $0 == 0 }
    }
  }

  func holds(_ vector: [UInt64]) -> Bool { reduced(vector).allSatisfy { $0 == 0 } }

  private static func power(_ value: UInt64, _ exponent: UInt64) -> UInt64 {
    var (result, factor, rest): (UInt64, UInt64, UInt64) = (1, value, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * factor % prime }
      factor = factor * factor % prime
      rest >>= 1
    }
    return result
  }
}
