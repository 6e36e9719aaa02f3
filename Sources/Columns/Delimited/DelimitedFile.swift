/// A file of delimited text: comma-, tab-, semicolon- or bar-separated, plain, gzip or Zstandard, read
/// as far as is asked.
///
/// - The first row holds the names. Quotes follow RFC 4180; a quote inside a plain field is text.
/// - Text is UTF-8, or UTF-16 with a mark; a text that is not UTF-8 is read as Windows-1252.
/// - Nothing is dropped in silence: a row with too few fields has missing values, one with too many
///   loses the extra fields, a blank line is left out (with one column it is a missing value), and
///   the notes say how many.
package struct DelimitedFile: Sendable {
  package let path: String
  package let header: [String]
  /// What was noticed on opening: encoding, delimiter, names. One sentence each.
  package let notes: [String]
  /// The size of the file itself, or of what came through a pipe.
  package let byteCount: Int
  /// The file before anything was read of it.
  package let opened: OpenedFile
  /// Whether rows can be gone to: not in a file that has to be unpacked from its beginning.
  package let isSeekable: Bool
  let file: any ByteInput
  private let container: TextContainer
  let shape: RowShape
  private let firstRow: Header

  package init(path: String) throws(DelimitedProblem) {
    let opened = try FileInput(path: path)
    if opened.byteCount == nil {
      try self.init(MemoryInput(all: opened), path: path)
    } else {
      try self.init(opened, path: path)
    }
  }

  /// Reads bytes that are in memory as if they were a file.
  package init(bytes: [UInt8], named path: String) throws(DelimitedProblem) {
    try self.init(MemoryInput(bytes), path: path)
  }

  private init(_ file: any ByteInput, path: String) throws(DelimitedProblem) {
    self.path = path
    var opened = OpenedFile(file as? FileInput)
    self.file = file
    byteCount = file.byteCount ?? 0
    container = try TextContainer(of: file, path: path)
    opened.isPacked = container.packing != .none
    self.opened = opened
    let input = try container.text(of: file, path: path)
    isSeekable = input.byteCount != nil
    let (sample, isWhole) = try DelimitedFile.sample(of: input)
    guard !sample.isEmpty else { throw DelimitedProblem(.damaged, "\(path) is empty") }
    let lineBreak = Dialect.lineBreak(of: sample)
    let delimiter = Dialect.delimiter(of: sample, lineBreak: lineBreak, isWhole: isWhole)
    var shape = RowShape(delimiter: delimiter, lineBreak: lineBreak, fieldCount: 1)
    firstRow = Header(sample: sample, shape: shape)
    guard firstRow.byteCount < sample.count || isWhole else {
      throw DelimitedProblem(.limit, "the first row of \(path) is too long")
    }
    shape.fieldCount = firstRow.names.count
    self.shape = shape
    header = firstRow.names
    notes = container.notes + DelimitedFile.notes(shape) + firstRow.notes
  }

  /// Whether the first row has several names, none of them with a control character in it.
  package var looksLikeTable: Bool {
    header.count > 1
      && header.allSatisfy { name in
        name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "{" && $0 != "[" }
      }
  }

  // MARK: - Opening

  private static let sampleBytes = 1 << 16

  /// The beginning of the text: more of it where the first row is long.
  private static func sample(of input: any ByteInput) throws(DelimitedProblem)
    -> (bytes: [UInt8], isWhole: Bool)
  {
    var sample = try TextContainer.prefix(of: input, count: sampleBytes)
    var isWhole = sample.count < sampleBytes
    while !isWhole, !holdsRow(sample), sample.count < SegmentReader.longestRowInBytes {
      let room = UnsafeMutableRawBufferPointer.allocate(byteCount: sample.count, alignment: 16)
      defer { room.deallocate() }
      let count = try input.read(into: room, at: sample.count)
      isWhole = count < room.count
      sample.append(contentsOf: room[..<count])
    }
    return (sample, isWhole)
  }

  private static func holdsRow(_ sample: [UInt8]) -> Bool {
    let lineBreak = Dialect.lineBreak(of: sample)
    var walk = QuoteWalk()
    return sample.contains { byte in
      walk.separates(byte, Dialect.delimiters.contains(byte) || byte == lineBreak)
        && byte == lineBreak
    }
  }

  private static func notes(_ shape: RowShape) -> [String] {
    var notes: [String] = []
    switch shape.delimiter {
    case UInt8(ascii: ";"): notes.append("fields are separated by semicolons")
    case UInt8(ascii: "|"): notes.append("fields are separated by bars")
    default: break
    }
    if shape.lineBreak == UInt8(ascii: "\r") {
      notes.append("lines end in a carriage return alone")
    }
    return notes
  }

  // MARK: - Reading

  /// The columns of these ordinals (0 is the first), in this order, each with all rows of the file.
  /// - Parameters:
  ///   - looks: columns of which only the type is wanted; their shapes come in this order.
  ///   - segmentBytes: what a core reads before it takes the next piece; changes nothing in the
  ///     result.
  ///   - firstBytes: only rows that begin before this offset are read, where it is given.
  ///   - mostTexts: distinct texts of a column from which its rows hold them themselves while the file is
  ///     read; changes nothing in the result.
  ///   - manyRows: rows that a worker may have from which what it reads of a column stands in large pages; changes
  ///     nothing in the result.
  package func read(
    columns: [Int], looks: [ColumnLook] = [], cores: Int = Parallel.availableCores,
    segmentBytes: Int = 1 << 23, firstBytes: Int? = nil, mostTexts: Int = 1 << 17,
    manyRows: Int = 1 << 21, monitor: ReadMonitor = ReadMonitor()
  ) throws(DelimitedProblem) -> DelimitedRead {
    precondition((columns + looks.map(\.ordinal)).allSatisfy(header.indices.contains))
    let input = try container.text(of: file, path: path)
    var reading = SegmentedReading(
      input: input, shape: shape, columns: columns, looks: looks, firstRow: firstRow,
      cores: cores, segmentBytes: segmentBytes, firstBytes: firstBytes, mostTexts: mostTexts,
      manyRows: manyRows, monitor: monitor)
    try reading.run()
    try checkUnchanged()
    // How long the rest takes is not known.
    monitor.advance(0, 0)
    return try reading.result(names: columns.map { header[$0] })
  }

  /// Whether the path still names the file that was opened, unchanged.
  func checkUnchanged() throws(DelimitedProblem) {
    if let file = file as? FileInput { try file.checkUnchanged() }
  }

  /// What the whole file adds up to, when nothing else is wanted of it.
  package func fingerprintMaterial() throws(DelimitedProblem) -> [UInt8] {
    var sums = BlockChecksums()
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { room.deallocate() }
    while true {
      let count = try file.read(into: room, at: sums.byteCount)
      sums.append(UnsafeRawBufferPointer(rebasing: room[..<count]))
      if count < room.count { return sums.material }
    }
  }
}

/// Columns that were read, and what was noticed.
package struct DelimitedRead: Sendable {
  package let columns: [Column]
  package let rowCount: Int
  /// Rows that could not be read as they stand; one sentence each.
  package let faults: [String]
  /// What else was noticed about the rows; one sentence each.
  package let rowNotes: [String]
  /// What was noticed about the texts of each column.
  package let columnNotes: [[String]]
  /// Of columns of which only the type was wanted.
  package let shapes: [ColumnShape]
  /// Where rows begin.
  package let places: RowPlaces
  /// The size of the file and the checksums of its blocks; the same however it was read.
  package let fingerprintMaterial: [UInt8]

  /// What was noticed, but for the faults.
  package var notes: [String] { rowNotes + columnNotes.joined() }
}
