/// A file of JSON records, plain, gzip or Zstandard: one object a line, or a document that holds
/// lists of objects.
///
/// - A nested object's fields are called `a.b`; a key that is not there, `null` and the empty text
///   are missing.
/// - Numbers keep their text; `true` and `false` are those words; a list is kept as its text and
///   said.
/// - A line that holds no object is left out and said; a document that is damaged is an error.
package struct RecordFile: Sendable {
  package let path: String
  package let byteCount: Int
  private let file: any ByteInput
  private let container: TextContainer
  private let holdsLines: Bool

  /// - Parameter holdsLines: whether each line is a record by its file's name; else that is found
  ///   out.
  package init(path: String, holdsLines: Bool = false) throws(DelimitedProblem) {
    let opened = try FileInput(path: path)
    let file: any ByteInput = opened.byteCount == nil ? try MemoryInput(all: opened) : opened
    try self.init(file, path: path, holdsLines: holdsLines)
  }

  /// Reads bytes that are in memory as if they were a file.
  package init(bytes: [UInt8], named path: String, holdsLines: Bool = false)
    throws(DelimitedProblem)
  {
    try self.init(MemoryInput(bytes), path: path, holdsLines: holdsLines)
  }

  private init(_ file: any ByteInput, path: String, holdsLines: Bool) throws(DelimitedProblem) {
    self.path = path
    self.file = file
    self.holdsLines = holdsLines
    byteCount = file.byteCount ?? 0
    container = try TextContainer(of: file, path: path)
  }

  /// All records, in one pass.
  /// - Parameter blockBytes: how much is read at a time; changes nothing in the result.
  package func read(blockBytes: Int = 1 << 20, monitor: ReadMonitor = ReadMonitor())
    throws(DelimitedProblem) -> RecordRead
  {
    do {
      let read: RecordRead
      do {
        read = try self.read(try layout(), blockBytes, monitor)
      } catch let other as RecordReading.OtherLayout {
        read = try self.read(other.layout, blockBytes, monitor)
      }
      if let file = file as? FileInput { try file.checkUnchanged() }
      return read
    } catch {
      throw error as? DelimitedProblem ?? DelimitedProblem(.unreadable, "\(error)")
    }
  }

  private func read(_ layout: RecordReading.Layout, _ blockBytes: Int, _ monitor: ReadMonitor)
    throws -> RecordRead
  {
    let text = try container.text(of: file, path: path)
    var reading = RecordReading(text, path: path, blockBytes: blockBytes, monitor: monitor)
    var read = try reading.read(layout)
    read.notes = container.notes + read.notes
    return read
  }

  /// A line that is an object with another behind it makes a file of lines, whatever it is called.
  private func layout() throws(DelimitedProblem) -> RecordReading.Layout {
    if holdsLines { return .lines }
    let text = try container.text(of: file, path: path)
    let sample = try TextContainer.prefix(of: text, count: 1 << 16)
    let lines = sample.split(separator: 0x0A, maxSplits: 1).map(Array.init)
    guard lines.count == 2, RecordFile.isObject(lines[0]) else { return .document }
    let next = lines[1].first { !JSONScanner.isSpace($0) }
    return next == UInt8(ascii: "{") ? .lines : .document
  }

  private static func isObject(_ line: [UInt8]) -> Bool {
    line.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      var scanner = JSONScanner(base, 0..<bytes.count)
      do throws(JSONStop) {
        guard try scanner.kind() == .object else { return false }
        try scanner.skipValue()
        return scanner.isAtEnd()
      } catch {
        return false
      }
    }
  }
}

/// What a file of records holds.
package struct RecordRead: Sendable {
  /// One for each list of records, in the order of the file.
  package let tables: [RecordColumns]
  /// What was noticed about the whole file, a sentence each.
  package internal(set) var notes: [String]
  /// The size of the file and the checksums of its blocks; the same however it was read.
  package let fingerprintMaterial: [UInt8]
}
