import Columns
import Testing

@Suite("Periods of the calendar")
struct PeriodTests {
  @Test("periods of any length have one order: by the first day, the longer before the shorter")
  func order() throws {
    let day = try #require(Day(year: 2021, month: 1, day: 1))
    let next = try #require(Day(year: 2021, month: 1, day: 2))
    let sorted: [Period] = [
      Period(.week, of: day), Period(.year, of: day), Period(.quarter, of: day),
      Period(.month, of: day), Period(.day, of: day), Period(.day, of: next),
      Period(.month, of: day).next,
    ]
    for seed in 0..<20 as Range<UInt64> {
      var random = Shuffle(state: seed)
      #expect(sorted.shuffled(using: &random).sorted() == sorted)
    }
    for (place, period) in sorted.enumerated() {
      for later in sorted.dropFirst(place + 1) {
        #expect(period < later && !(later < period))
      }
    }
  }

  private struct Shuffle: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }
}
