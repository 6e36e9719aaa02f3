internal import Columns
internal import Engine
package import SourceWire

/// Takes rows cell by cell and sends them on, a thousand or a megabyte at a time.
package final class ServedRows {
  private let id: Int
  private let send: (WireReply) -> Void
  private let isCancelled: () -> Bool
  private var batch = RowBatch()
  private(set) var count = 0
  /// About how many rows there will be, for the progress that is shown; nothing where that is not known.
  package var total: Int?
  private var reported = 0

  private static let bytesPerLine = 1 << 20
  private static let rowsPerReport = 50_000

  init(id: Int, send: @escaping (WireReply) -> Void, isCancelled: @escaping () -> Bool) {
    self.id = id
    self.send = send
    self.isCancelled = isCancelled
  }

  /// Appends a missing value.
  package func appendMissing() { batch.appendMissing() }
  /// Appends a text that is at hand, yes or no, or a number.
  package func append(_ text: some StringProtocol) { batch.append(String(text).composed) }
  package func append(_ truth: Bool) { batch.append(truth) }
  package func append(_ number: Int64) { batch.append(number) }
  package func append(_ number: Double) { batch.append(number) }

  /// Appends the bytes of a text, which have to be UTF-8; it is sent in canonical composition, in
  /// which equal texts have equal bytes.
  package func append(text: UnsafeBufferPointer<UInt8>) {
    if text.allSatisfy({ $0 < 0x80 }) {
      batch.append(text: text)
    } else {
      batch.append(String(decoding: text, as: UTF8.self).composed)
    }
  }

  /// Appends a cell of a small table.
  func append(_ value: Value) { batch.append(value) }

  /// Ends a row. Errors: `WireError` with the code `cancelled`, where the request was.
  package func endRow() throws {
    batch.endRow()
    count += 1
    if batch.rowCount == WireVersion.rowsPerLine || batch.bytes.count > ServedRows.bytesPerLine {
      if isCancelled() { throw WireError.cancelled }
      flush()
    }
  }

  /// Says how far the work has come. Errors: `WireError` with the code `cancelled`.
  package func checkCancellation() throws {
    if isCancelled() { throw WireError.cancelled }
  }

  /// Tells of rows that could not be read as they should be.
  package func warn(_ message: String, rows: Int? = nil) {
    var reply = WireReply(id: id)
    reply.warnings = [WireWarning(message, rows: rows)]
    send(reply)
  }

  /// Sends what is there.
  func flush() {
    guard batch.rowCount > 0 else { return }
    var reply = WireReply(id: id)
    reply.rows = batch
    if let total, count - reported >= ServedRows.rowsPerReport {
      reported = count
      reply.progress = WireProgress(done: min(count, total), total: total)
    }
    send(reply)
    batch = RowBatch()
  }
}

extension WireError {
  /// The answer to a request that was cancelled.
  package static let cancelled = WireError(.cancelled, "stopped as it was asked to")
}
