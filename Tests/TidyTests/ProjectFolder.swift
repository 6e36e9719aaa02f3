import Foundation
import dev

/// Where the project stands.
enum ProjectFolder {
  static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Its texts, read once for all rules.
  static let tree = Result { try SourceTree(reading: top) }
}
