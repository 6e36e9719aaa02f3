internal import Engine
internal import Glibc

/// libcurl, loaded when it is first needed.
///
/// The numbers are those of its stable interface (curl/curl.h).
struct CurlLibrary: @unchecked Sendable {
  /// The options that are set.
  enum Option: Int32 {
    case followLocation = 52
    case mostRedirects = 68
    case noSignal = 99
    case connectSeconds = 78
    case slowBytesPerSecond = 19
    case slowSeconds = 20
    case noProgress = 43
    case bufferBytes = 98
    case writeContext = 10_001
    case url = 10_002
    case userAgent = 10_018
    case headers = 10_023
    case headerContext = 10_029
    case progressContext = 10_057
    case protocols = 10_318
    case redirectProtocols = 10_319
    case write = 20_011
    case header = 20_079
    case progress = 20_219
  }

  typealias Make = @convention(c) () -> UnsafeMutableRawPointer?
  typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
  typealias Perform = @convention(c) (UnsafeMutableRawPointer?) -> Int32
  typealias Describe = @convention(c) (Int32) -> UnsafePointer<CChar>?
  typealias AddHeader =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>)
    -> UnsafeMutableRawPointer?

  let make: Make
  let free: Free
  let perform: Perform
  let describe: Describe
  let addHeader: AddHeader
  let freeHeaders: Free
  let setter: UnsafeMutableRawPointer

  static let shared: CurlLibrary? = CurlLibrary()

  private init?() {
    let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
      let make = dlsym(library, "curl_easy_init"), let free = dlsym(library, "curl_easy_cleanup"),
      let perform = dlsym(library, "curl_easy_perform"),
      let describe = dlsym(library, "curl_easy_strerror"),
      let addHeader = dlsym(library, "curl_slist_append"),
      let freeHeaders = dlsym(library, "curl_slist_free_all"),
      let setter = dlsym(library, "curl_easy_setopt")
    else { return nil }
    self.make = unsafeBitCast(make, to: Make.self)
    self.free = unsafeBitCast(free, to: Free.self)
    self.perform = unsafeBitCast(perform, to: Perform.self)
    self.describe = unsafeBitCast(describe, to: Describe.self)
    self.addHeader = unsafeBitCast(addHeader, to: AddHeader.self)
    self.freeHeaders = unsafeBitCast(freeHeaders, to: Free.self)
    self.setter = setter
  }

  static func loaded() throws -> CurlLibrary {
    guard let shared else {
      throw SourceProblem(
        .network, "libcurl, which fetches URLs, is not installed",
        help: ["install libcurl4, or fetch the file and open it"])
    }
    return shared
  }
}
