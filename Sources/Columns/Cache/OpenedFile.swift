/// A file as it was when it was opened, to be known again.
package struct OpenedFile: Sendable {
  private let input: FileInput?
  /// Nothing for what is no regular file.
  let stamp: FileStamp?
  /// A moment before the stamp was taken, in nanoseconds since 1970.
  let openedAt: Int
  /// Whether its bytes have to be unpacked, which takes longer than reading them.
  var isPacked = false

  /// What came through a pipe or was in memory can't be known again.
  init(_ input: FileInput?) {
    self.input = input
    openedAt = FileStamp.now
    stamp = input?.stamp
  }

  /// Whether the file is still as it was.
  var isUnchanged: Bool { stamp != nil && input?.stamp == stamp }
}
