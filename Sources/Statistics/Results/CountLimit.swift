/// The greatest count that methods accept; beyond it they are undefined.
///
/// A thousand times the billion rows of the largest files, and small enough that sums of counts
/// do not overflow and that work in proportion to their square root stays within a second.
let greatestCount = 1_000_000_000_000

/// Whether a number can be a count.
func isCount(_ number: Int) -> Bool { (0...greatestCount).contains(number) }

/// Whether a number can be a mean or expected count: not negative and within the same limit.
func isMean(_ number: Double) -> Bool { number >= 0 && number <= Double(greatestCount) }
