import Foundation
import Glibc

/// What a run used.
struct Usage {
  /// Seconds from the start to the end.
  let wall: Double
  /// Seconds of processor time, its own and the system's for it.
  let processor: Double
  /// The most memory that it held.
  let peakBytes: Int
}

/// One run of another program: what it wrote, how long it took, what it used.
struct ChildRun {
  let usage: Usage
  let status: Int32
  let output: String
  /// What it said on standard error, where it did not end well.
  let complaint: String
  /// Seconds from the start until each answer in JSON was there: its last line holds the receipt.
  /// Nothing for one that was read at once with the next, so that their times can't be told apart.
  let answerTimes: [Double?]

  /// Runs a program to its end, with more variables in its environment.
  init(_ command: [String], input: String = "", environment: [String: String] = [:]) throws {
    let errors = "\(NSTemporaryDirectory())docket-bench-\(getpid()).errors"
    defer { unlink(errors) }
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw BenchProblem("no pipe can be made")
    }
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let begin = Clock.now
    let child = Child.start(command, environment, &actions)
    close(toChild[0])
    close(fromChild[1])
    guard let child else {
      for end in [toChild[1], fromChild[0]] { close(end) }
      throw BenchProblem("\(command[0]) can't be started")
    }
    // A program that ends before it has read all must not end this one.
    signal(SIGPIPE, SIG_IGN)
    Child.write(input, to: toChild[1])
    close(toChild[1])
    (output, answerTimes) = ChildRun.readAll(fromChild[0], since: begin)
    let ended = Child.end(child)
    usage = Usage(
      wall: Clock.now - begin, processor: ended.processor, peakBytes: ended.peakBytes)
    status = ended.status
    complaint =
      status == 0 ? "" : (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
  }

  private static func readAll(_ end: Int32, since begin: Double) -> (String, [Double?]) {
    defer { close(end) }
    var bytes: [UInt8] = []
    var times: [Double?] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(end, &room, room.count)
      if count <= 0 { break }
      let time = Clock.now - begin
      let seen = bytes.count
      bytes += room[..<count]
      let ended = receipts(in: bytes, from: seen)
      if ended > 0 { times += [Double?](repeating: nil, count: ended - 1) + [time] }
    }
    return (String(decoding: bytes, as: UTF8.self), times)
  }

  private static let receipt = Array("\"receipt\"".utf8)

  /// How many receipts end at or after a place.
  private static func receipts(in bytes: [UInt8], from place: Int) -> Int {
    guard bytes.count >= receipt.count else { return 0 }
    var count = 0
    for start in max(0, place - receipt.count + 1)...bytes.count - receipt.count
    where bytes[start] == receipt[0] && bytes[start..<start + receipt.count].elementsEqual(receipt)
    {
      count += 1
    }
    return count
  }
}

/// Starting, feeding and ending processes.
enum Child {
  /// The process, or nothing where there is no such program.
  static func start(
    _ command: [String], _ environment: [String: String],
    _ actions: inout posix_spawn_file_actions_t,
    attributes: UnsafePointer<posix_spawnattr_t>? = nil
  ) -> pid_t? {
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var words = command.map { strdup($0) } + [nil]
    var pairs = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + pairs { free(word) } }
    var child = pid_t()
    return posix_spawnp(&child, command[0], &actions, attributes, &words, &pairs) == 0
      ? child : nil
  }

  static func write(_ text: String, to end: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(end, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Waits for the end; the status is 128 and more where a signal brought it.
  static func end(_ child: pid_t) -> (status: Int32, processor: Double, peakBytes: Int) {
    var usage = rusage()
    var status: Int32 = 0
    wait4(child, &status, 0, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return (
      status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F,
      seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss * 1024
    )
  }
}

/// Seconds that only ever go forward.
enum Clock {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Something that stops the bench, in one sentence.
struct BenchProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
