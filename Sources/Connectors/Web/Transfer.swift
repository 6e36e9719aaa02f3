internal import CTransfer
internal import Engine
internal import Glibc

/// One fetch of a URL into an open file.
final class Transfer {
  /// What the server said.
  struct Reply {
    var status = 0
    /// By their names in lower case; of the last reply where there were redirects.
    var headers: [String: String] = [:]
  }

  private let url: WebAddress
  private let limit: Int
  private let run: any RunMonitor
  private let file: Int32
  private var reply = Reply()
  private var byteCount = 0
  private var isTooLarge = false
  private var writeFailure: Int32 = 0

  /// - Parameter limit: the most bytes that are let come.
  init(_ url: WebAddress, into file: Int32, limit: Int, run: any RunMonitor) {
    self.url = url
    self.file = file
    self.limit = limit
    self.run = run
  }

  /// - Parameter conditions: header lines that ask only for what has changed.
  func fetch(conditions: [String]) throws -> Reply {
    let curl = try CurlLibrary.loaded()
    guard let handle = curl.make() else {
      throw SourceProblem(.network, "libcurl could not begin to fetch \(url.shown)")
    }
    defer { curl.free(handle) }
    var headers: UnsafeMutableRawPointer?
    defer { curl.freeHeaders(headers) }
    for line in conditions { headers = curl.addHeader(headers, line) }
    set(curl, handle)
    _ = transfer_set_context(
      curl.setter, handle, CurlLibrary.Option.headers.rawValue, headers)
    let code = withExtendedLifetime(self) { curl.perform(handle) }
    var status = 0
    _ = transfer_get_number(curl.getter, handle, CurlLibrary.responseCode, &status)
    reply.status = status
    try check(code, curl)
    return reply
  }

  private func set(_ curl: CurlLibrary, _ handle: UnsafeMutableRawPointer) {
    let numbers: [(CurlLibrary.Option, Int)] = [
      (.followLocation, 1), (.mostRedirects, 10), (.noSignal, 1), (.connectSeconds, 15),
      (.slowBytesPerSecond, 1), (.slowSeconds, 60), (.noProgress, 0), (.bufferBytes, 1 << 18),
    ]
    for (option, number) in numbers {
      _ = transfer_set_number(curl.setter, handle, option.rawValue, number)
    }
    let texts: [(CurlLibrary.Option, String)] = [
      (.url, url.text), (.userAgent, "docket"), (.protocols, "http,https"),
      (.redirectProtocols, "http,https"),
    ]
    for (option, text) in texts {
      _ = transfer_set_text(curl.setter, handle, option.rawValue, text)
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    for option in [CurlLibrary.Option.writeContext, .headerContext, .progressContext] {
      _ = transfer_set_context(curl.setter, handle, option.rawValue, context)
    }
    _ = transfer_set_sink(curl.setter, handle, CurlLibrary.Option.write.rawValue) {
      bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
      return transfer.take(UnsafeRawBufferPointer(start: bytes, count: Int(size * count)))
    }
    _ = transfer_set_sink(curl.setter, handle, CurlLibrary.Option.header.rawValue) {
      bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
      transfer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: Int(size * count)))
      return transfer.isTooLarge ? 0 : size * count
    }
    _ = transfer_set_progress(curl.setter, handle, CurlLibrary.Option.progress.rawValue) {
      context, total, done, _, _ in
      guard let context else { return 0 }
      let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
      transfer.run.advance(done: Int(done), of: Int(max(total, done)))
      return transfer.run.isCancelled ? 1 : 0
    }
  }

  /// Writes what came; another count than came stops the fetch.
  private func take(_ bytes: UnsafeRawBufferPointer) -> UInt {
    guard byteCount + bytes.count <= limit else {
      isTooLarge = true
      return 0
    }
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let count = write(file, base + written, bytes.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        writeFailure = errno
        return 0
      }
      written += count
    }
    byteCount += written
    return UInt(written)
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      reply.headers = [:]
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
    reply.headers[line[..<colon].lowercased()] = value.joined(separator: " ")
    // A length that is too large is known before anything comes.
    if line[..<colon].lowercased() == "content-length", let length = Int(value.first ?? ""),
      length > limit
    {
      isTooLarge = true
    }
  }

  private func check(_ code: Int32, _ curl: CurlLibrary) throws {
    if run.isCancelled { throw SourceProblem(.cancelled, "the fetch of \(url.shown) was stopped") }
    if isTooLarge {
      throw SourceProblem(
        .limit, "\(url.shown) is larger than \(limit / (1 << 20)) MiB",
        help: ["fetch it with another program and open the file"])
    }
    if writeFailure != 0 {
      throw SourceProblem(
        .unreadable,
        "\(url.shown) can't be kept: \(String(cString: strerror(writeFailure)))")
    }
    guard code == 0 else {
      let reason = curl.describe(code).map { String(cString: $0) } ?? "error \(code)"
      throw SourceProblem(
        code == 28 ? .timeout : .network, "\(url.shown) can't be fetched: \(reason)",
        help: ["is the address right, and is there a network?"])
    }
    switch reply.status {
    case 200, 304: return
    case 401, 403, 407:
      throw SourceProblem(.refused, "\(url.shown) may not be read: the server says \(reply.status)")
    case 404, 410:
      throw SourceProblem(
        .notFound, "there is nothing at \(url.shown): the server says \(reply.status)")
    default:
      throw SourceProblem(
        .network, "\(url.shown) can't be fetched: the server says \(reply.status)")
    }
  }
}
