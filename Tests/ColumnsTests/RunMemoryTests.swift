import Testing

@testable import Columns

@Suite("Memory of what a worker reads")
struct RunMemoryTests {
  @Test("pieces hold what was written to them, whatever is asked for or shortened behind them")
  func pieces() {
    var dice = Dice(seed: 8)
    let memory = RunMemory()
    var held: [(piece: UnsafeMutableRawPointer, count: Int, byte: UInt8)] = []
    for round in 0..<200 {
      let byte = UInt8(truncatingIfNeeded: round)
      // Some are larger than a chunk.
      let count = round % 50 == 7 ? 5 << 20 : Int.random(in: 0...200_000, using: &dice)
      let piece = memory.piece(byteCount: count)
      #expect(Int(bitPattern: piece) % 64 == 0)
      piece.initializeMemory(as: UInt8.self, repeating: byte, count: count)
      let kept = round % 3 == 0 ? count / 3 : count
      if kept < count { memory.shorten(piece, to: kept) }
      held.append((piece, kept, byte))
      // Only the last piece can be shortened; another stays as it is.
      if round > 0, let first = held.first { memory.shorten(first.piece, to: 0) }
    }
    for (piece, count, byte) in held {
      let bytes = UnsafeRawBufferPointer(start: piece, count: count)
      #expect(bytes.allSatisfy { $0 == byte })
    }
    memory.giveBack()
    #expect(Int(bitPattern: memory.piece(byteCount: 1)) % 64 == 0)
  }

  @Test("runs that outgrow their room or their width keep their rows")
  func runs() {
    var dice = Dice(seed: 9)
    let memory = RunMemory()
    var wanted: [[UInt32]] = []
    var runs: [CodeRun] = []
    for _ in 0..<12 {
      var run = CodeRun(capacity: 64, memory: memory)
      var rows: [UInt32] = []
      for most in [200, 300, 70_000, 70_000] {
        let codes = (0..<Int.random(in: 0...900, using: &dice)).map { _ in
          UInt32.random(in: 0..<UInt32(most), using: &dice)
        }
        run.append(codes, count: codes.count, dictionaryCount: most)
        rows += codes
      }
      run.finish()
      runs.append(run)
      wanted.append(rows)
    }
    for (run, rows) in zip(runs, wanted) {
      #expect((0..<run.count).map { UInt32(run[$0]) } == rows)
      run.deallocate()
    }
  }
}
