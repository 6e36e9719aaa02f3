/// An address that begins with `http://` or `https://`.
struct WebAddress: Hashable, Sendable {
  let text: String

  init?(_ text: String) {
    let lower = text.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return nil }
    self.text = text
  }

  /// The address without a name and password before the host, which messages must not show, and
  /// without what follows `?`, where keys stand.
  var shown: String {
    let bare = text.prefix { $0 != "?" && $0 != "#" }
    guard let scheme = bare.range(of: "://") else { return String(bare) }
    let rest = bare[scheme.upperBound...]
    let host = rest.prefix { $0 != "/" }
    let name = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host
    return String(bare[..<scheme.upperBound]) + name + rest[host.endIndex...]
  }

  /// The path's last part, by whose ending the kind of file is known.
  var fileName: String {
    shown.split(separator: "/").dropFirst(2).last.map(String.init) ?? ""
  }
}

extension Substring {
  /// Where another text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
