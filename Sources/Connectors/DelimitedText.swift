package import Columns
package import Engine
import Synchronization

/// CSV and TSV files, also packed with gzip or Zstandard.
enum DelimitedText: SourceKind {
  static let name = "delimited text"
  static let endings = ["csv", "tsv", "txt", "tab", "psv"]

  static func opens(_ path: String) -> Bool { hasEnding(path) }

  static func open(_ path: String) throws -> any Source { try DelimitedTextSource(path: path) }
}

/// A file of delimited text as a dataset; columns are read when they are asked for, and kept.
package final class DelimitedTextSource: Source, @unchecked Sendable {
  package let origin: String
  /// What the dataset is called.
  private let name: String
  private let file: DelimitedFile
  private let ordinals: [String: Int]
  private var columns: [String: Column] = [:]
  /// Columns that will be asked for soon.
  private var expected: [String] = []
  private var rowCount: Int?
  private var notes: [String] = []
  private var faults: [String] = []
  private var material: [UInt8]?
  private var shelf: ColumnShelf?
  /// What columns look like of which only the type was wanted, and where rows stand.
  private var shapes: [Int: ColumnShape] = [:]
  private var places: RowPlaces?
  /// Whether copies were asked for these.
  private var isOutlineSought = false
  /// Columns that will be shown soon: whoever reads the file looks at them too.
  private var shown: [ColumnLook] = []
  private let cores: Int
  private let segmentBytes: Int
  private let mostTexts: Int
  private let leastBytes: Int

  /// - Parameters:
  ///   - cores: how many threads read; changes no answer.
  ///   - segmentBytes: the size of the pieces they read; changes no answer.
  ///   - mostTexts: distinct texts of a column from which on rows hold them themselves while it is read;
  ///     changes no answer.
  ///   - leastBytes: in a file of fewer bytes columns that are only shown are read whole; changes no answer.
  package init(
    path: String, cores: Int = Parallel.availableCores, segmentBytes: Int = 1 << 23,
    mostTexts: Int = 1 << 17, leastBytes: Int = 1 << 23
  ) throws {
    origin = path
    name = SourceCatalogue.name(ofPath: path)
    do {
      file = try DelimitedFile(path: path)
    } catch {
      throw SourceProblem(error, of: path)
    }
    ordinals = Dictionary(
      file.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.cores = cores
    self.segmentBytes = segmentBytes
    self.mostTexts = mostTexts
    self.leastBytes = leastBytes
  }

  package func datasets() throws -> [DatasetSchema] {
    [DatasetSchema(name: name, fields: file.header)]
  }

  package func rowCount(of dataset: String, run: any RunMonitor) throws -> Int {
    if let known = rowCount { return known }
    try read([], run)
    return rowCount ?? 0
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    guard dataset == name else {
      throw SourceProblem(.notFound, "\(origin) has no dataset \(dataset)", help: ["it is \(name)"])
    }
    if let unknown = names.first(where: { ordinals[$0] == nil }) {
      throw SourceProblem(.notFound, "\(origin) has no column \(unknown)")
    }
    let missing = names.filter { columns[$0] == nil }
    if !missing.isEmpty { try read(missing, run) }
    return names.compactMap { columns[$0] }
  }

  package func firstRows(of column: String, in dataset: String) throws -> Column? {
    guard dataset == name, columns[column] == nil, let ordinal = ordinals[column],
      file.byteCount > DelimitedTextSource.largeBytes, copies(of: [ordinal]).isEmpty
    else { return nil }
    do {
      return try file.read(columns: [ordinal], cores: 1, firstBytes: 1 << 21).columns[0]
    } catch {
      throw SourceProblem(error, of: origin)
    }
  }

  /// More than is read while a key is pressed.
  private static let largeBytes = 1 << 24

  // MARK: - Columns that are only shown

  /// Going to more rows than these takes as long as reading columns, which are then at hand.
  private static let mostRows = 10_000

  package var mostShownRows: Int {
    file.isSeekable && file.byteCount >= leastBytes ? DelimitedTextSource.mostRows : 0
  }

  package func expectShown(_ columns: [ShownColumn], of dataset: String) {
    for look in columns.compactMap(look) {
      shown.removeAll { $0.ordinal == look.ordinal }
      shown.append(look)
    }
  }

  /// What has to be looked at to show a column; nothing where its card settles it, or it has to be read.
  private func look(at column: ShownColumn) -> ColumnLook? {
    guard let ordinal = ordinals[column.name], columns[column.name] == nil,
      column.type.map(\.isDate) ?? true
    else { return nil }
    return ColumnLook(
      ordinal: ordinal, marked: column.missing.union(column.recode.keys),
      wordsSettle: column.type == nil)
  }

  package func shownMeaning(
    of column: ShownColumn, in dataset: String, run: any RunMonitor
  ) throws -> Meaning? {
    guard mostShownRows > 0, columns[column.name] == nil, let ordinal = ordinals[column.name] else {
      return nil
    }
    if let type = column.type, !type.isDate {
      return Meaning(type: type, missing: column.missing, recode: column.recode)
    }
    seekOutline()
    if let meaning = meaning(of: column, ordinal) { return meaning }
    guard let look = look(at: column), shapes[ordinal]?.look != look else { return nil }
    expectShown([column], of: dataset)
    try read([], run, looking: true)
    return meaning(of: column, ordinal)
  }

  /// How a column is read by what it looks like, as far as that is known and tells.
  private func meaning(of column: ShownColumn, _ ordinal: Int) -> Meaning? {
    shapes[ordinal].flatMap { shape in
      TypeInference.shownMeaning(
        by: shape, named: column.name, missing: column.missing, recode: column.recode,
        as: column.type, dateOrder: column.dateOrder)
    }
  }

  package func cells(
    of names: [String], in rows: [Int], of dataset: String, run: any RunMonitor
  ) throws -> [[String]?] {
    var cells = names.map { name in
      columns[name].map { column in rows.map { column.texts[column.codes[$0]] } }
    }
    let unread = names.indices.filter { cells[$0] == nil }
    guard !unread.isEmpty, mostShownRows > 0, let material else { return cells }
    seekOutline()
    let wanted = unread.compactMap { ordinals[names[$0]] }
    guard wanted.count == unread.count, let places else { return cells }
    do {
      guard
        let found = try file.cells(
          of: wanted, in: rows, places: places, fingerprintMaterial: material, cores: cores)
      else { throw changed }
      // What is to be noted of texts, reading the column notes.
      for (place, index) in unread.enumerated() where found.areAsWritten[place] {
        cells[index] = found.texts[place]
      }
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
    return cells
  }

  /// Takes what earlier sessions have found of rows and of columns that were shown.
  private func seekOutline() {
    guard !isOutlineSought else { return }
    isOutlineSought = true
    guard let rows = copies(of: [ColumnCopy.rows])[ColumnCopy.rows] else { return }
    take(rows)
  }

  // MARK: - Reading

  /// Takes columns from copies, and reads the others in one pass over the file, which also looks at those that will be
  /// shown; without any, the rows are counted.
  ///
  /// - Parameter looking: whether the file has to be read for columns that will be shown.
  private func read(_ names: [String], _ run: any RunMonitor, looking: Bool = false) throws {
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    let wanted = distinct.compactMap { ordinals[$0] }
    if !shown.isEmpty { seekOutline() }
    var found = copies(of: wanted.isEmpty ? [ColumnCopy.rows] : wanted)
    let unread = wanted.filter { found[$0] == nil }
    if found.isEmpty || !unread.isEmpty || looking {
      for copy in try readFile(unread, run) { found[copy.ordinal] = copy }
    }
    for (name, ordinal) in zip(distinct, wanted) { columns[name] = found[ordinal]?.column }
    for copy in [found[ColumnCopy.rows]] + wanted.map({ found[$0] }) {
      if let copy { take(copy) }
    }
  }

  /// Takes what a copy says besides its column.
  private func take(_ copy: ColumnCopy) {
    for note in copy.rowNotes + copy.columnNotes where !notes.contains(note) { notes.append(note) }
    faults = copy.faults
    material = copy.fingerprintMaterial
    rowCount = copy.rowCount
    guard let outline = copy.outline else { return }
    places = outline.places
    for shape in outline.shapes where shapes[shape.look.ordinal] == nil {
      shapes[shape.look.ordinal] = shape
    }
  }

  /// The copies of these columns that there are, all of one state of the file.
  private func copies(of ordinals: [Int]) -> [Int: ColumnCopy] {
    guard let shelf else { return [:] }
    var known = material
    var copies: [Int: ColumnCopy] = [:]
    for case let copy? in shelf.copies(of: file.opened, ordinals: ordinals, workers: cores) {
      guard known == nil || copy.fingerprintMaterial == known else { continue }
      known = copy.fingerprintMaterial
      copies[copy.ordinal] = copy
    }
    return copies
  }

  /// Reads columns from the file itself, and offers them for keeping.
  private func readFile(_ ordinals: [Int], _ run: any RunMonitor) throws -> [ColumnCopy] {
    do {
      let looks = shown.filter { shapes[$0.ordinal]?.look != $0 && !ordinals.contains($0.ordinal) }
      let result = try file.read(
        columns: ordinals, looks: looks, cores: cores, segmentBytes: segmentBytes,
        mostTexts: mostTexts, monitor: ReadMonitor(run))
      if let material, material != result.fingerprintMaterial { throw changed }
      for shape in result.shapes { shapes[shape.look.ordinal] = shape }
      shown = []
      let copies = ColumnCopy.copies(
        of: file.opened, ordinals, result,
        shapes: shapes.values.sorted { $0.look.ordinal < $1.look.ordinal })
      shelf?.offer(copies, of: file.opened)
      return copies
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
  }

  private var changed: SourceProblem {
    SourceProblem(.damaged, "\(origin) has changed since it was opened", help: ["open it again"])
  }

  package func use(_ shelf: ColumnShelf) {
    shelf.cover(file.opened)
    self.shelf = shelf
  }

  package func expect(_ columns: [String], of dataset: String) { expected = columns }

  /// A small file is looked through at once, so that its faults are said when it is opened.
  package func report(of dataset: String) -> [String] {
    if rowCount == nil, file.byteCount <= DelimitedTextSource.smallBytes {
      // What can't be read is told by the first question.
      try? read(expected, UnwatchedRun())
    }
    return file.notes + faults + notes
  }

  /// As much as is read in a few milliseconds.
  private static let smallBytes = 1 << 21

  package func faults(of dataset: String) -> [String] { faults }

  package func fingerprint(of dataset: String) throws -> String {
    do {
      let known = try material ?? file.fingerprintMaterial()
      material = known
      return "sha256:" + Digest.sha256(known)
    } catch let problem as DelimitedProblem {
      throw SourceProblem(problem, of: origin)
    }
  }
}
