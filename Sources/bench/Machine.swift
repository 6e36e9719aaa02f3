import Foundation

/// What the bench runs on.
enum Machine {
  /// `AMD EPYC 9B14, 2 cores, 24 GB, Linux`.
  static var description: String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model =
      information.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unnamed processor"
    let process = ProcessInfo.processInfo
    let gigabytes = Int((Double(process.physicalMemory) / 1e9).rounded())
    return "\(model), \(process.activeProcessorCount) cores, \(gigabytes) GB, "
      + process.operatingSystemVersionString
  }

  /// How many processes were at work on average in the last minute.
  static var load: Double? {
    (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?
      .split(separator: " ").first.flatMap { Double($0) }
  }
}
