/// Rows whose number of fields is not the header's.
struct RaggedRows: Hashable, Sendable {
  static let exampleLimit = 3

  struct Example: Hashable, Sendable {
    var line: Int
    var fieldCount: Int
    var isShort: Bool
  }

  private(set) var shortCount = 0
  private(set) var longCount = 0
  private var examples: [Example] = []

  mutating func note(line: Int, fieldCount: Int, isShort: Bool) {
    if isShort { shortCount += 1 } else { longCount += 1 }
    keep(Example(line: line, fieldCount: fieldCount, isShort: isShort))
  }

  /// The first few rows that are too short, and the first few that are too long.
  func examples(isShort: Bool) -> [Example] { examples.filter { $0.isShort == isShort } }

  private mutating func keep(_ example: Example) {
    if examples(isShort: example.isShort).count < RaggedRows.exampleLimit {
      examples.append(example)
    }
  }

  /// Appends those of the lines that follow the first `lines`.
  mutating func append(_ next: RaggedRows, afterLines lines: Int) {
    shortCount += next.shortCount
    longCount += next.longCount
    for var example in next.examples {
      example.line += lines
      keep(example)
    }
  }
}

/// What was read from one segment of a file: whole rows, as codes of the worker's own dictionaries.
///
/// Filled by one worker, and only read from then on.
final class SegmentRead: @unchecked Sendable {
  /// Whose dictionaries the codes belong to.
  let worker: Int
  /// The offsets of the first row and of the first row that is not in the segment.
  let start: Int
  var end: Int
  var rowCount = 0
  var lineCount = 0
  var blankLineCount = 0
  var ragged = RaggedRows()
  /// One for each column asked for.
  var codes: [CodeRun]
  /// For columns of so many texts that rows hold them themselves, what they hold instead of codes.
  var keys: [KeyRun?]
  /// For columns of serial numbers the numbers.
  var serials: [SerialRun?]
  /// For each column the texts that the worker met here first: codes in order of appearance.
  var newCodes: [Range<Int>] = []
  /// One for each column of which only the type is wanted.
  var shapes: [ColumnShape] = []
  /// Where some of the rows begin, and how many of the segment stand before them.
  var places: [(offset: Int, rowsBefore: Int)] = []
  /// The checksums of `start..<end`, cut at the borders of the file's blocks.
  var checksums: [Checksum] = []

  init(
    worker: Int, start: Int, codes: [CodeRun], keys: [KeyRun?], serials: [SerialRun?]
  ) {
    self.worker = worker
    self.start = start
    self.codes = codes
    self.keys = keys
    self.serials = serials
    end = start
  }

  deinit {
    for run in codes { run.deallocate() }
    for run in keys { run?.deallocate() }
    for run in serials { run?.deallocate() }
  }

  /// Frees what the rows hold of one column, but for what stands in the reader's memory.
  func dropRows(of slot: Int) {
    codes[slot].deallocate()
    codes[slot] = CodeRun(capacity: 0)
    keys[slot]?.deallocate()
    keys[slot] = nil
    serials[slot]?.deallocate()
    serials[slot] = nil
  }

  /// Lets rows hold keys in place of serial numbers.
  func restoreKeys(of slot: Int) {
    guard let run = serials[slot] else { return }
    keys[slot] = run.keys
    run.deallocate()
    serials[slot] = nil
  }
}
