private import Glibc

/// An input that can only be read from front to back, read some blocks ahead by a thread of its own:
/// what it costs to unpack a file is spent while the rows before are sorted into columns.
///
/// To be read by one thread.
final class AheadInput: ByteInput, @unchecked Sendable {
  private let pipe: BlockPipe
  private var thread: SignalFreeThread?
  private var isStarted = false
  /// What is left of the block at hand.
  private var block: BlockPipe.Block?
  private var taken = 0

  init(_ input: any ByteInput) {
    pipe = BlockPipe(input)
  }

  deinit {
    pipe.stop()
    thread?.join()
    if let block { pipe.giveBack(block) }
  }

  var byteCount: Int? { nil }
  var checksums: BlockChecksums? { pipe.checksums }
  var progress: (done: Int, total: Int)? { pipe.progress }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int
  {
    if !isStarted { start() }
    var filled = 0
    while filled < room.count {
      if block == nil { block = try pipe.next() }
      guard let block else { break }
      let count = min(room.count - filled, block.count - taken)
      UnsafeMutableRawBufferPointer(rebasing: room[filled..<filled + count]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: block.room[taken..<taken + count]))
      filled += count
      taken += count
      if taken == block.count {
        pipe.giveBack(block)
        self.block = nil
        taken = 0
      }
    }
    return filled
  }

  /// Where the system refuses a thread, blocks are read when they are asked for.
  private func start() {
    isStarted = true
    thread = SignalFreeThread { [pipe] in pipe.fill() }
    pipe.isFilledByThread = thread != nil
  }
}

/// Blocks on their way from the thread that reads them to the one that uses them.
private final class BlockPipe: @unchecked Sendable {
  struct Block {
    let room: UnsafeMutableRawBufferPointer
    var count = 0
  }

  private static let blockBytes = 1 << 19
  private static let blockCount = 4

  private let input: any ByteInput
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // What follows is looked at under the mutex.
  private var free: [Block]
  private var full: [Block] = []
  private var ending: Ending?
  private var isStopped = false
  private var lastProgress: (done: Int, total: Int)?
  /// Set before the first block is asked for.
  var isFilledByThread = false

  private enum Ending {
    case end(BlockChecksums?)
    case problem(DelimitedProblem)
  }

  init(_ input: any ByteInput) {
    self.input = input
    lastProgress = input.progress
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    free = (0..<BlockPipe.blockCount).map { _ in
      Block(room: .allocate(byteCount: BlockPipe.blockBytes, alignment: 64))
    }
  }

  deinit {
    for block in free + full { block.room.deallocate() }
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  var progress: (done: Int, total: Int)? { locked { lastProgress } }

  /// Known once all has been read.
  var checksums: BlockChecksums? {
    locked { if case .end(let sums)? = ending { sums } else { nil } }
  }

  // MARK: - The thread that reads

  /// Reads until the end, a problem or `stop`.
  func fill() {
    while let block = freeBlock(), readBlock(block) {}
  }

  /// Waits for room; nothing once it is stopped.
  private func freeBlock() -> Block? {
    locked {
      while free.isEmpty, !isStopped { pthread_cond_wait(changed, mutex) }
      return isStopped ? nil : free.removeLast()
    }
  }

  /// Reads one block; whether there may be more.
  private func readBlock(_ block: Block) -> Bool {
    var block = block
    var end: Ending?
    do throws(DelimitedProblem) {
      block.count = try input.read(into: block.room, at: 0)
      if block.count < block.room.count { end = .end(input.checksums) }
    } catch {
      end = .problem(error)
    }
    let progress = input.progress
    locked {
      if block.count > 0 { full.insert(block, at: 0) } else { free.append(block) }
      ending = end
      lastProgress = progress
      pthread_cond_broadcast(changed)
    }
    return end == nil
  }

  // MARK: - The thread that uses them

  /// The next block; nothing at the end.
  func next() throws(DelimitedProblem) -> Block? {
    if !isFilledByThread, locked({ full.isEmpty && ending == nil }), let block = freeBlock() {
      _ = readBlock(block)
    }
    let (block, problem) = locked { () -> (Block?, DelimitedProblem?) in
      while full.isEmpty, ending == nil { pthread_cond_wait(changed, mutex) }
      if let block = full.popLast() { return (block, nil) }
      if case .problem(let problem)? = ending { return (nil, problem) }
      return (nil, nil)
    }
    if let problem { throw problem }
    return block
  }

  func giveBack(_ block: Block) {
    locked {
      free.append(block)
      pthread_cond_broadcast(changed)
    }
  }

  func stop() {
    locked {
      isStopped = true
      pthread_cond_broadcast(changed)
    }
  }
}
