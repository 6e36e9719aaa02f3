import Foundation

/// A file system in memory with room for little, so that it fills up.
final class SmallDisk {
  struct Refused: Error {}

  private let path: String
  private var isMounted = true

  init(kilobytes: Int, at path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path) else {
      throw Refused()
    }
  }

  deinit { unmount() }

  func unmount() {
    if isMounted { isMounted = !SmallDisk.run("umount", "-l", path) }
  }

  /// Whether this process may mount one; tried, since root in a container often may not.
  static let canBeMounted: Bool = {
    let path = FileManager.default.temporaryDirectory.path + "/docket-disk-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let disk = try? SmallDisk(kilobytes: 16, at: path) else { return false }
    disk.unmount()
    return true
  }()

  private static func run(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
