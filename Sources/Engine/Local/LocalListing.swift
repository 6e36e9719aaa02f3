internal import Columns

/// One listing over columns: the rows where a condition is true, in input order.
struct LocalListing {
  private let listing: Listing
  private let readings: Readings
  private let cubes: CodeCubes
  private let monitor: any RunMonitor

  init(
    _ listing: Listing, readings: Readings, cubes: CodeCubes, monitor: any RunMonitor
  ) {
    self.listing = listing
    self.readings = readings
    self.cubes = cubes
    self.monitor = monitor
  }

  /// The rows that are shown, ascending, and how many meet the condition.
  func chosen() -> (matching: Int, rows: [Int]) {
    let truth = Truth(listing.rows)
    let lanes = Lanes(truth.terms, readings)
    let space = CellSpace(
      lanes.grouped(truth.terms), rowCount: readings.rowCount, cubes: cubes,
      monitor: monitor)
    let condition = CellTruth(truth, in: space)
    let isChosen = space.counts.indices.map { cell in
      space.counts[cell] > 0 && condition.value(in: cell) == true
    }
    let matching = zip(space.counts, isChosen).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let chosen: [Int]
    switch listing.choice {
    case .first(let limit): chosen = space.cells.firstRows(limit, where: isChosen)
    case .sample(let size, let seed):
      let all = space.cells.firstRows(matching, where: isChosen)
      chosen = RandomSample.places(size, of: matching, seed: seed).map { all[$0] }
    }
    return (matching, chosen)
  }

  /// The values of rows.
  /// - Parameter texts: by column its text in each of the rows, for columns that were not read.
  func values(of rows: [Int], texts: [String: [String]]) -> [[Value]] {
    let columns = Dictionary(
      uniqueKeysWithValues: LocalEngine.columnNames(of: listing).filter { texts[$0] == nil }.map {
        ($0, readings.column($0))
      })
    return rows.enumerated().map { place, row in
      listing.fields.map { field in
        Evaluation.value(of: field) { name, meaning in
          if let texts = texts[name] { return meaning.value(of: texts[place]) }
          return columns[name].map { meaning.value(of: $0.texts[$0.codes[row]]) } ?? .missing
        } linked: { link, key, value in
          readings.linked(link, key, value)
        }
      }
    }
  }
}

/// A simple random sample without replacement.
enum RandomSample {
  /// `size` of the places `0..<count`, ascending: each set of that size is equally likely.
  ///
  /// **Reference**: Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S;
  /// random numbers after Steele, Lea and Flood 2014 (SplitMix64).
  static func places(_ size: Int, of count: Int, seed: UInt64) -> [Int] {
    var random = SplitMix64(state: seed)
    var places: [Int] = []
    for place in 0..<count where places.count < size {
      if Int.random(in: 0..<(count - place), using: &random) < size - places.count {
        places.append(place)
      }
    }
    return places
  }

  private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
