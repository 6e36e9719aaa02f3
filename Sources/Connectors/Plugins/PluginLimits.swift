/// How long a source is waited for and how much is taken from it; what it does is not in our hands.
package struct PluginLimits: Sendable {
  /// To the answer to `hello`, in milliseconds: interpreters start slowly.
  package var start = 10_000
  /// Without a sign of life in answer to anything else: a large question to a server takes its
  /// time, and a person can stop it.
  package var silence = 600_000
  /// From a cancellation to its confirmation; then the source is killed.
  package var cancellation = 1000
  /// How long a person who has stopped a question waits for that confirmation; the rest of the time
  /// is waited before the next one.
  package var patience = 100
  /// From the end of its input to its own end; then it is killed.
  package var ending = 300
  /// Groups of one small table: more is no small table.
  package var groups = 1_000_000
  /// Cells of one scan, which are held in memory at four bytes each and more.
  package var cells = 2_000_000_000
  /// Datasets, and fields of one of them.
  package var names = 10_000
  /// Warnings that are kept of one dataset.
  package var warnings = 20
  /// Bytes of its log that are kept on disk; the log is begun anew above it.
  package var log = 1 << 20

  package init() {}
}
