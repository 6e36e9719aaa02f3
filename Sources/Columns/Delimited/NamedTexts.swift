/// The texts of the workers' tables: those that rows hold by name, and those of rows that were
/// read before their column was found to have so many.
struct NamedTexts: Sendable {
  private let sources: [CleanTexts]
  private let joined: JoinedTexts
  /// By name a worker that has the text, and its code there.
  private let holders: [(worker: UInt32, code: UInt32)]

  init(_ sources: [CleanTexts], workers: Int) {
    self.sources = sources
    let joined = JoinedTexts(sources.map(\.table), workers: workers)
    self.joined = joined
    var holders = [(worker: UInt32, code: UInt32)](repeating: (0, 0), count: joined.count)
    for (worker, names) in joined.names.enumerated() {
      for (code, name) in names.enumerated() {
        holders[Int(name)] = (UInt32(worker), UInt32(code))
      }
    }
    self.holders = holders
  }

  /// Whether a text of the tables that could be a key has more than eight bytes.
  var needsWideKeys: Bool {
    sources.contains { source in
      (0..<source.table.count).contains { (9...16).contains(source.table.length(of: $0)) }
    }
  }

  /// For each worker's raw codes the key of what is meant.
  func keys<Key: TextKey>() -> [[Key]] {
    sources.enumerated().map { worker, source in
      (0..<source.rawCount).map { raw in
        let code = source.code(raw)
        let key = source.table.key(of: code)
        let isKey = key.length <= 16 && (key.low | key.high) & 0x8080_8080_8080_8080 == 0
        return isKey
          ? Key(low: key.low, high: key.high)
          : Key.nameMark | Key(truncatingIfNeeded: joined.names[worker][code])
      }
    }
  }

  func length(of name: Int) -> Int {
    sources[Int(holders[name].worker)].table.length(of: Int(holders[name].code))
  }

  func copy(_ name: Int, to target: UnsafeMutablePointer<UInt8>) {
    sources[Int(holders[name].worker)].table.withText(of: Int(holders[name].code)) { text in
      if let base = text.baseAddress { target.update(from: base, count: text.count) }
    }
  }
}
