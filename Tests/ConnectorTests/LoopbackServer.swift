import Glibc
import Synchronization

/// A web server on this machine, for as long as a test needs it.
final class LoopbackServer: Sendable {
  struct Reply: Sendable {
    var status = "200 OK"
    var headers: [String] = []
    var body: [UInt8] = []
  }

  let port: UInt16
  private let listener: Int32
  private let answer: @Sendable (_ path: String, _ request: String) -> Reply
  private let seen = Mutex<[String]>([])

  /// The requests so far, with their header lines.
  var requests: [String] { seen.withLock { $0 } }

  init(_ answer: @escaping @Sendable (_ path: String, _ request: String) -> Reply) {
    self.answer = answer
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 8) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    precondition(bound)
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<LoopbackServer>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    pthread_detach(thread)
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Lets the serving thread end.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { break }
      respond(on: connection)
      close(connection)
    }
    close(listener)
  }

  private func respond(on connection: Int32) {
    var request: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while !request.suffix(4).elementsEqual([13, 10, 13, 10]) {
      let count = read(connection, &room, room.count)
      if count <= 0 { return }
      request += room[..<count]
    }
    let text = String(decoding: request, as: UTF8.self)
    seen.withLock { $0.append(text) }
    let path = text.split(separator: " ").dropFirst().first.map { String($0.dropFirst()) } ?? ""
    let reply = answer(path, text)
    let hasLength = reply.headers.contains { $0.hasPrefix("Transfer-Encoding") }
    let head =
      ["HTTP/1.1 \(reply.status)"] + reply.headers
      + (hasLength ? [] : ["Content-Length: \(reply.body.count)"]) + ["Connection: close", "", ""]
    var bytes = Array(head.joined(separator: "\r\n").utf8) + reply.body
    while !bytes.isEmpty {
      let count = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      if count <= 0 { return }
      bytes.removeFirst(count)
    }
  }
}
