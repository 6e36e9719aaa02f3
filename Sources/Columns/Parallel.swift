private import CGlibc
import Glibc
private import Synchronization

/// Work on several threads; the caller's own is one of them.
package enum Parallel {
  /// How many threads work on a question: as many as `DOCKET_THREADS` says, or as there are processors
  /// that this process may run on. No answer depends on it.
  package static let availableCores: Int = {
    if let text = getenv("DOCKET_THREADS"), let wanted = Int(String(cString: text)), wanted > 0 {
      return min(wanted, mostThreads)
    }
    let allowed = Int(glibc_allowed_processors())
    return max(1, allowed > 0 ? allowed : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }()

  private static let mostThreads = 256

  /// Runs the body once for each worker, 0 to `workers - 1`, and waits for all of them.
  package static func run(workers: Int, _ body: @Sendable (Int) -> Void) {
    guard workers > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      let threads = (1..<workers).compactMap { start(worker: $0, body) }
      body(0)
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Cuts `0..<count` into one stretch for each worker, in order, and runs the body on each.
  package static func stretches(
    of count: Int, workers: Int, _ body: @Sendable (_ worker: Int, Range<Int>) -> Void
  ) {
    run(workers: workers) { worker in
      body(worker, count * worker / workers..<count * (worker + 1) / workers)
    }
  }

  /// The same with what comes of each stretch, in order.
  package static func stretchResults<Result: Sendable>(
    of count: Int, workers: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: workers))
    stretches(of: count, workers: workers) { worker, stretch in
      let result = body(stretch)
      results.withLock { $0[worker] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  private final class Job: Sendable {
    let worker: Int
    let body: @Sendable (Int) -> Void

    init(worker: Int, body: @escaping @Sendable (Int) -> Void) {
      self.worker = worker
      self.body = body
    }
  }

  /// Starts a thread; where the system refuses one, the work is done here and now.
  private static func start(
    worker: Int, _ body: @escaping @Sendable (Int) -> Void
  ) -> pthread_t? {
    var thread = pthread_t()
    let job = Unmanaged.passRetained(Job(worker: worker, body: body))
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context {
          let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
          job.body(job.worker)
        }
        return nil
      }, job.toOpaque())
    guard code == 0 else {
      job.release()
      body(worker)
      return nil
    }
    return thread
  }
}
