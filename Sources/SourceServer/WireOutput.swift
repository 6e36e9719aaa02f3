internal import Glibc
internal import SourceWire
internal import Synchronization

/// The lines that go to the host, whole and one after another.
final class WireOutput: Sendable {
  private let descriptor: Int32
  /// Whether the host still reads.
  private let isOpen = Mutex(true)

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  func send(_ reply: WireReply) {
    var line = reply.line
    line.append(UInt8(ascii: "\n"))
    isOpen.withLock { isOpen in
      guard isOpen else { return }
      isOpen = line.withUnsafeBytes { write(all: $0) }
    }
  }

  private func write(all bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = Glibc.write(
        descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      start += count
    }
    return true
  }
}
