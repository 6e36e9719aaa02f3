/// What the plugin wire is bound to: its versions and the most that one line may hold.
///
/// A version stays understood for two years after the next one.
package enum WireVersion {
  /// The protocols that are understood, oldest first.
  package static let protocols = [1]
  /// The most bytes of a line: what is longer is no message.
  package static let lineLimit = 8 << 20
  /// The most rows of a line.
  package static let rowsPerLine = 1000
  /// How deep arrays and objects may stand in one another.
  package static let depthLimit = 64
}

/// A line that is no message of the wire.
package struct WireFault: Error, Hashable, Sendable {
  /// One sentence without a full stop, about the line: `is no JSON: …`.
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}
