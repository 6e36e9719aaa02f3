/// Room for what one worker reads of one column, run after run, in large pages where the system has them.
///
/// Pieces stand behind each other and are given back all at once. Used by one thread at a time.
///
/// **Complexity**: memory is asked for in chunks of 4 MiB; the end of each stays empty where the next piece did not fit.
final class RunMemory {
  private static let chunkBytes = 1 << 22
  /// Pages of 2 MiB begin at their multiples.
  private static let alignment = 1 << 21

  private var chunks: [UnsafeMutableRawBufferPointer] = []
  /// How much of the last chunk is taken, and where the last piece in it begins.
  private var taken = 0
  private var lastPiece = 0

  deinit { giveBack() }

  /// Frees every piece.
  func giveBack() {
    for chunk in chunks { chunk.deallocate() }
    chunks = []
    taken = 0
    lastPiece = 0
  }

  /// A new piece of memory that begins at a multiple of 64.
  func piece(byteCount: Int) -> UnsafeMutableRawPointer {
    let size = (byteCount + 63) / 64 * 64
    if chunks.last.map({ taken + size > $0.count }) ?? true {
      let chunk = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(size, RunMemory.chunkBytes), alignment: RunMemory.alignment)
      HugePages.prefer(for: chunk.bindMemory(to: UInt8.self))
      chunks.append(chunk)
      taken = 0
    }
    lastPiece = taken
    taken += size
    guard let base = chunks[chunks.count - 1].baseAddress else {
      preconditionFailure("memory has no address")
    }
    return base + lastPiece
  }

  /// Lets the next piece begin behind the bytes of this one that are used, if it is the last.
  func shorten(_ piece: UnsafeMutableRawPointer, to byteCount: Int) {
    guard let base = chunks.last?.baseAddress, piece == base + lastPiece else { return }
    taken = lastPiece + (byteCount + 63) / 64 * 64
  }
}
