extension CellLanes {
  /// How often each rank occurs in each group: `groupCount × rankCount` numbers, group by group.
  /// - Parameters:
  ///   - ranks: for each code a number below `rankCount`.
  ///   - groups: for each cell its group; negative where its rows don't count.
  package func rankCounts(
    of codes: Codes, ranks: [UInt32], rankCount: Int, groups: [Int32], groupCount: Int
  ) -> [UInt32] {
    let count = groupCount * rankCount
    // Zeroing and joining a table for each worker would cost more than it saves.
    let workers = count > max(1 << 16, rowCount) ? 1 : workers
    let parts = parts(count: count, filledWith: UInt32(0), workers: workers) {
      (rows, counts: inout [UInt32]) in
      counts.withUnsafeMutableBufferPointer { counts in
        ranks.withUnsafeBufferPointer { ranks in
          groups.withUnsafeBufferPointer { groups in
            forEachBlock(of: rows, with: codes) { cells, codes in
              for row in 0..<cells.count {
                let group = groups[Int(cells[row])]
                guard group >= 0 else { continue }
                counts[Int(group) &* rankCount &+ Int(ranks[Int(codes[row])])] &+= 1
              }
            }
          }
        }
      }
    }
    return CellLanes.joined(parts) { $0 &+ $1 }
  }

  /// The ranks of each group's rows, ascending, group behind group.
  /// - Parameters:
  ///   - ranks: for each code its rank.
  ///   - groups: for each cell its group; negative where its rows don't count.
  ///   - starts: where each group's rows begin, and where the last ones end, as the cells' counts say.
  package func sortedRanks(
    of codes: Codes, ranks: [UInt32], groups: [Int32], starts: [Int]
  ) -> [UInt32] {
    let groupCount = starts.count - 1
    var sorted = [UInt32](repeating: 0, count: starts[groupCount])
    sorted.withUnsafeMutableBufferPointer { sorted in
      let target = SharedPointer(sorted.baseAddress)
      // Each worker goes through all rows and sets down those of its own groups.
      Parallel.stretches(of: groupCount, workers: workers) { _, own in
        guard let sorted = target.value, !own.isEmpty else { return }
        var ends = Array(starts[own])
        let end = starts[own.upperBound]
        let ownCount = UInt32(own.count)
        forEachBlock(of: 0..<rowCount, with: codes) { cells, codes in
          for row in 0..<cells.count {
            let group = groups[Int(cells[row])] &- Int32(truncatingIfNeeded: own.lowerBound)
            guard UInt32(bitPattern: group) < ownCount else { continue }
            let place = ends[Int(group)]
            // Where counting was stopped, more rows than were counted turn up.
            guard place < end else { continue }
            sorted[place] = ranks[Int(codes[row])]
            ends[Int(group)] &+= 1
          }
        }
        for group in own {
          if group & 0xFFFF == 0, isCancelled() { return }
          var ranks = UnsafeMutableBufferPointer(
            start: sorted + starts[group], count: starts[group + 1] - starts[group])
          if ranks.count > 1 { ranks.sort() }
        }
      }
    }
    return sorted
  }
}
