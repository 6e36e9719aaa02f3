private import Glibc

/// The bytes of a file in the pages that the system holds of it anyway: none is fetched, cleared and
/// filled for this program alone.
///
/// Whoever writes to the file, or cuts it, changes these bytes too: it has to be one that is replaced
/// and never changed.
final class MappedFile: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  /// Nothing where the system does not map it, or it is empty.
  init?(descriptor: Int32, byteCount: Int) {
    // From a disk whole, and not page by page as each is looked at.
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_WILLNEED)
    guard byteCount > 0,
      let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0),
      start != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}
