internal import CTransfer
internal import Engine
internal import Glibc

/// One fetch of a URL into a file that is made when the first bytes of an answer come.
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
  private let file: WebCache.NewFile
  private var reply = Reply()
  private var byteCount = 0
  private var isTooLarge = false
  /// Why what came could not be kept.
  private var failure: (any Error)?

  /// - Parameter limit: the most bytes that are let come.
  init(_ url: WebAddress, into file: WebCache.NewFile, limit: Int, run: any RunMonitor) {
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
    try check(code, curl)
    // An answer without a byte is an empty file.
    if reply.status == 200 { try file.append(UnsafeRawBufferPointer(start: nil, count: 0)) }
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

  /// Keeps what came; another count than came stops the fetch.
  private func take(_ bytes: UnsafeRawBufferPointer) -> UInt {
    // Of refusals and redirects only the status is of use.
    guard reply.status == 200 else { return UInt(bytes.count) }
    byteCount += bytes.count
    isTooLarge = byteCount > limit
    guard !isTooLarge else { return 0 }
    do {
      try file.append(bytes)
      return UInt(bytes.count)
    } catch {
      failure = error
      return 0
    }
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      let words = line.split(separator: " ")
      reply = Reply(status: words.count > 1 ? Int(words[1]) ?? 0 : 0)
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
    reply.headers[line[..<colon].lowercased()] = value.joined(separator: " ")
    // A length that is too large is known before anything comes.
    if line[..<colon].lowercased() == "content-length", let length = Int(value.first ?? "") {
      isTooLarge = length > limit
    }
  }

  private func check(_ code: Int32, _ curl: CurlLibrary) throws {
    if run.isCancelled { throw SourceProblem(.cancelled, "the fetch of \(url.shown) was stopped") }
    if isTooLarge {
      throw SourceProblem(
        .limit, "\(url.shown) is larger than \(limit / (1 << 20)) MiB",
        help: ["fetch it with another program and open the file"])
    }
    if let failure { throw failure }
    guard code == 0 else {
      throw SourceProblem(
        code == 28 ? .timeout : .network,
        "\(url.shown) can't be fetched: \(reason(code, curl))",
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

  /// What went wrong; the common ones in the same words whatever the library's version.
  private func reason(_ code: Int32, _ curl: CurlLibrary) -> String {
    switch code {
    case 1: "it leads to an address that is no web address"
    case 6: "there is no host of that name"
    case 7: "nothing answers there"
    case 28: "the server takes too long"
    case 35, 51, 58, 60, 77: "the connection can't be trusted"
    case 47: "it leads on and on to other addresses"
    default: curl.describe(code).map { String(cString: $0) } ?? "error \(code)"
    }
  }
}
