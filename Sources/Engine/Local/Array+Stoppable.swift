extension Array {
  private struct Stopped: Error {}

  /// Sorted; as it stands where that is stopped, so that whoever stopped it need not wait for
  /// millions of elements.
  package func sorted(unless isCancelled: () -> Bool, by precedes: (Element, Element) -> Bool)
    -> [Element]
  {
    var comparisons = 0
    let sorted = try? self.sorted { left, right in
      comparisons &+= 1
      if comparisons & 0xFFFF == 0, isCancelled() { throw Stopped() }
      return precedes(left, right)
    }
    return sorted ?? self
  }
}
