import Foundation

/// Where the tables of numbers from other software are.
enum ReferenceFiles {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Reference")
}
