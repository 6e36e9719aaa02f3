extension SourceKind {
  /// Whether the path names one file here with an ending of this kind, packed or not.
  static func hasEnding(_ path: String) -> Bool {
    guard !path.contains("://"), !path.contains("*") else { return false }
    return FileEnding.unpacked(path).map { endings.contains($0) } ?? false
  }
}

/// The ending of a file's name, by which its kind is known.
enum FileEnding {
  /// The ending in lower case, without one of `.gz` and `.zst` behind it: `cases.CSV.gz` → `csv`.
  static func unpacked(_ path: String) -> String? {
    var parts = (path.split(separator: "/").last ?? "").split(separator: ".").dropFirst()[...]
    if let last = parts.last?.lowercased(), last == "gz" || last == "zst" { parts.removeLast() }
    return parts.last?.lowercased()
  }
}
