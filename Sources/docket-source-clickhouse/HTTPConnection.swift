internal import CCurl
internal import Synchronization

/// Requests to one server over HTTP or HTTPS, each answered before the next; the connection is kept
/// open between them.
///
/// Used from one thread, except for `stop`; that, and not a lock, makes it sendable.
final class HTTPConnection: @unchecked Sendable {
  /// What is posted.
  struct Request {
    /// Without a name or a password.
    var url: String
    /// Lines `Name: value`; secrets stand here.
    var headers: [String] = []
    var body: [UInt8]
  }

  /// Why there is no answer.
  enum Failure: Error, Hashable {
    /// The code of libcurl, and what it says of it.
    case transfer(code: UInt32, detail: String)
    /// Another status than 200, with the beginning of what was sent.
    case status(Int, String)
    case stopped
  }

  /// How long a connection may take to come about, and a server to send anything at all.
  struct Patience {
    var connection = 10
    var silence = 300
  }

  private let easy: UnsafeMutableRawPointer?
  /// Runs the one transfer, and can be woken from another thread.
  private let multi: UnsafeMutableRawPointer?
  private let isStopped = Mutex(false)
  /// What the server sent so far, in all requests.
  private(set) var receivedBytes = 0

  /// - Parameter certificates: a file of authorities that are trusted; else those of the system.
  init(patience: Patience, certificates: String? = nil) {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    easy = curl_easy_init()
    multi = curl_multi_init()
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_TCP_KEEPALIVE, 1),
      (CURLOPT_CONNECTTIMEOUT, patience.connection), (CURLOPT_LOW_SPEED_LIMIT, 1),
      (CURLOPT_LOW_SPEED_TIME, patience.silence), (CURLOPT_BUFFERSIZE, 1 << 18),
    ]
    for (option, number) in numbers { curl_set_number(easy, option, number) }
    curl_set_text(easy, CURLOPT_USERAGENT, "docket")
    curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    if let certificates { curl_set_text(easy, CURLOPT_CAINFO, certificates) }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_multi_cleanup(multi)
  }

  /// Ends the request that runs, which then fails with `stopped`; called from any thread.
  func stop() {
    isStopped.withLock { $0 = true }
    curl_multi_wakeup(multi)
  }

  /// Posts and hands the answer on as it comes.
  ///
  /// Errors: `Failure`, and what `take` throws, which ends the transfer.
  func post(_ request: Request, _ take: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    isStopped.withLock { $0 = false }
    let reading = Reading(easy, take)
    var lines: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(lines) }
    // Without this, larger bodies wait a second for a leave that nobody gives.
    for line in request.headers + ["Expect:"] { lines = curl_slist_append(lines, line) }
    curl_set_pointer(easy, CURLOPT_HTTPHEADER, lines)
    curl_set_text(easy, CURLOPT_URL, request.url)
    curl_set_pointer(easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(reading).toOpaque())
    curl_set_write(easy) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let reading = Unmanaged<Reading>.fromOpaque(context).takeUnretainedValue()
      return reading.accept(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    let code = request.body.withUnsafeBytes { body in
      curl_set_number(easy, CURLOPT_POSTFIELDSIZE, body.count)
      curl_set_pointer(
        easy, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
      return withExtendedLifetime(reading) { run() }
    }
    receivedBytes += reading.count
    if let error = reading.failure { throw error }
    guard let code else { throw Failure.stopped }
    guard code == CURLE_OK else {
      throw Failure.transfer(
        code: code.rawValue, detail: String(cString: curl_easy_strerror(code)))
    }
    let status = curl_get_number(easy, CURLINFO_RESPONSE_CODE)
    if status != 200 {
      throw Failure.status(status, String(decoding: reading.refusal, as: UTF8.self))
    }
  }

  /// The result of the transfer; nothing where it was stopped.
  private func run() -> CURLcode? {
    guard curl_multi_add_handle(multi, easy) == CURLM_OK else { return CURLE_FAILED_INIT }
    defer { curl_multi_remove_handle(multi, easy) }
    while true {
      var running: Int32 = 0
      guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_RECV_ERROR }
      if isStopped.withLock({ $0 }) { return nil }
      if running == 0 { break }
      guard curl_multi_poll(multi, nil, 0, 500, nil) == CURLM_OK else { return CURLE_RECV_ERROR }
    }
    var waiting: Int32 = 0
    guard let message = curl_multi_info_read(multi, &waiting) else { return CURLE_RECV_ERROR }
    return message.pointee.data.result
  }
}

/// What becomes of the bytes of one answer.
private final class Reading {
  private let handle: UnsafeMutableRawPointer?
  private let take: (UnsafeRawBufferPointer) throws -> Void
  private(set) var failure: (any Error)?
  /// The beginning of an answer that is none.
  private(set) var refusal: [UInt8] = []
  private(set) var count = 0

  private static let mostOfRefusal = 1 << 16

  init(
    _ handle: UnsafeMutableRawPointer?, _ take: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.handle = handle
    self.take = take
  }

  /// How many bytes were taken; another number than came ends the transfer.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Int {
    count += bytes.count
    guard curl_get_number(handle, CURLINFO_RESPONSE_CODE) == 200 else {
      refusal += bytes.prefix(Reading.mostOfRefusal - min(refusal.count, Reading.mostOfRefusal))
      return bytes.count
    }
    do {
      try take(bytes)
      return bytes.count
    } catch {
      failure = error
      return -1
    }
  }
}
