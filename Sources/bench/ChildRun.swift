import Foundation
import Glibc

/// One run of another program: what it wrote, how long it took, what it used.
struct ChildRun {
  /// Seconds from the start to the end.
  let wall: Double
  /// Seconds of processor time, its own and the system's for it.
  let processor: Double
  let peakBytes: Int
  let status: Int32
  let output: String
  /// Seconds from the start until each line came.
  let lineTimes: [Double]

  /// Runs a program to its end. Its complaints go to `errors`, or nowhere.
  init(_ command: [String], input: String = "", errors: String = "/dev/null") throws {
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw BenchProblem("no pipe can be made")
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    for end in toChild + fromChild { posix_spawn_file_actions_addclose(&actions, end) }
    var words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let begin = ChildRun.now
    guard posix_spawnp(&child, command[0], &actions, nil, &words, environ) == 0 else {
      for end in toChild + fromChild { close(end) }
      throw BenchProblem("\(command[0]) can't be started")
    }
    close(toChild[0])
    close(fromChild[1])
    var bytes = Array(input.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(toChild[1], $0.baseAddress, $0.count) }
      if count <= 0 { break }
      bytes = bytes.dropFirst(count)
    }
    close(toChild[1])
    (output, lineTimes) = ChildRun.readAll(fromChild[0], since: begin)
    var usage = rusage()
    var status: Int32 = 0
    wait4(child, &status, 0, &usage)
    wall = ChildRun.now - begin
    processor = ChildRun.seconds(usage.ru_utime) + ChildRun.seconds(usage.ru_stime)
    peakBytes = usage.ru_maxrss * 1024
    self.status = status
  }

  private static func readAll(_ end: Int32, since begin: Double) -> (String, [Double]) {
    defer { close(end) }
    var bytes: [UInt8] = []
    var times: [Double] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(end, &room, room.count)
      if count <= 0 { break }
      let time = now - begin
      for byte in room[..<count] where byte == UInt8(ascii: "\n") { times.append(time) }
      bytes += room[..<count]
    }
    return (String(decoding: bytes, as: UTF8.self), times)
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}

extension [Double] {
  /// The middle one, or the mean of the two in the middle.
  var median: Double {
    let sorted = self.sorted()
    guard let last = sorted.indices.last else { return .nan }
    return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
  }

  /// The geometric mean.
  var geometricMean: Double { exp(map { log($0) }.reduce(0, +) / Double(count)) }
}
