internal import Columns

/// Works out a pick over columns: the best row of each unit, in one pass over the rows looked at.
struct LocalPick {
  private let pick: Pick
  private let readings: Readings
  private let rows: [Int]
  private let lanes: Lanes

  /// What one field is for each row, as a place among its distinct values.
  private struct RowPlaces {
    let codes: Codes
    let classes: TermClasses

    func place(in row: Int) -> Int { Int(classes.classes[codes[row]]) }
  }

  init(_ pick: Pick, readings: Readings, cubes: CodeCubes, monitor: any RunMonitor) {
    self.pick = pick
    self.readings = readings
    let truth = Truth(pick.among)
    let fields = pick.unit + (pick.order.map { [$0] } ?? [])
    lanes = Lanes(truth.terms + fields.map(Term.value), readings)
    let space = CellSpace(
      lanes.grouped(truth.terms), rowCount: readings.rowCount, cubes: cubes, monitor: monitor)
    let condition = CellTruth(truth, in: space)
    rows = space.cells.firstRows(
      readings.rowCount,
      where: space.counts.indices.map { space.counts[$0] > 0 && condition.value(in: $0) == true })
  }

  /// `yes` for the rows picked, `no` for the others of their units, nothing elsewhere.
  func column() -> Column {
    let units = units()
    let ranks = ranks()
    var best: [Int: (rank: Int, row: Int)] = [:]
    var codes = [UInt8](repeating: 0, count: readings.rowCount)
    for (place, row) in rows.enumerated() {
      guard let unit = units[place] else { continue }
      codes[row] = 1
      let rank = ranks(row)
      guard let known = best[unit] else {
        best[unit] = (rank, row)
        continue
      }
      // Rows come in their order, so of equal ones the first stays, or the last comes.
      if rank < known.rank || (rank == known.rank && pick.isLast) { best[unit] = (rank, row) }
    }
    for (_, row) in best.values { codes[row] = 2 }
    let column = Codes.bytes(codes)
    return Column(codes: column, texts: Texts(["", "no", "yes"]), counts: column.counts(of: 3))
  }

  private func places(of field: Field) -> RowPlaces {
    let lane = lanes.lane(of: .value(field))
    return RowPlaces(codes: lane.codes, classes: lane.classes(of: .value(field)))
  }

  /// The unit of each row looked at; nothing where a part of it is missing.
  private func units() -> [Int?] {
    var units: [Int?] = Array(repeating: 0, count: rows.count)
    for field in pick.unit {
      let values = places(of: field)
      var known: [Int: Int] = [:]
      let width = max(1, values.classes.values.count)
      for (place, row) in rows.enumerated() {
        let value = values.place(in: row)
        guard let unit = units[place], !values.classes.values.isMissing(value) else {
          units[place] = nil
          continue
        }
        let pair = unit * width + value
        let number = known[pair] ?? known.count
        known[pair] = number
        units[place] = number
      }
    }
    return units
  }

  /// The place of a row in its order: the least is picked.
  private func ranks() -> (_ row: Int) -> Int {
    guard let order = pick.order else { return { _ in 0 } }
    let values = places(of: order)
    let known = (0..<values.classes.values.count).filter { !values.classes.values.isMissing($0) }
      .sorted {
        let (a, b) = (values.classes.values[$0], values.classes.values[$1])
        return pick.isLast ? b < a : a < b
      }
    var ranks = [Int](repeating: .max, count: values.classes.values.count)
    for (rank, place) in known.enumerated() { ranks[place] = rank }
    return { ranks[values.place(in: $0)] }
  }
}
