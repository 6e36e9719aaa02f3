import Glibc

/// Whether a number can be a confidence level.
func isLevel(_ level: Double) -> Bool { level > 0 && level < 1 }

/// The log of the probability that a two-sided interval leaves in each tail.
func logTail(_ level: Double) -> Double { log((1 - level) / 2) }
