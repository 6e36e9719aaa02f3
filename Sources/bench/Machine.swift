import Foundation

/// What the bench runs on.
enum Machine {
  /// `AMD EPYC, 2 cores, 25 GB`.
  static var description: String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model =
      information.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unnamed processor"
    let process = ProcessInfo.processInfo
    let gigabytes = Int((Double(process.physicalMemory) / 1e9).rounded())
    return "\(model), \(process.activeProcessorCount) cores, \(gigabytes) GB"
  }

  /// The most memory that this process has held, in bytes; what it starts is never said to hold less.
  static var peakBytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    // `VmHWM:     18432 kB`
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) * 1024
  }

  /// How many processes were at work on average in the last minute.
  static var load: Double? {
    (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?
      .split(separator: " ").first.flatMap { Double($0) }
  }
}
