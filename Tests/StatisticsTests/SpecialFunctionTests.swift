import Foundation
import Testing

@testable import Statistics

/// Tables of logs of tail probabilities from mpmath 1.3 at 50 digits: plain continued fractions
/// (DLMF 8.17.22, 8.9.2) and the series 8.11.4, with its own log-gamma function.
struct SpecialFunctionTests {
  struct Tables: Decodable {
    let beta: [[Double]]
    let gamma: [[Double]]
    let normal: [[Double]]
  }

  static func tables() throws -> Tables {
    let file = ReferenceFiles.folder.appendingPathComponent("special-functions.json")
    return try JSONDecoder().decode(Tables.self, from: Data(contentsOf: file))
  }

  /// The relative error of a tail is the error of its log; deep tails are held relative to it.
  func agrees(_ got: Double, _ expected: Double) -> Bool {
    abs(got - expected) <= 1e-12 * max(1, abs(expected) / 10)
  }

  @Test("both tails of the incomplete beta function hold to 1e-12 from 1e-3 to 1e9")
  func incompleteBeta() throws {
    for row in try Self.tables().beta {
      let tails = IncompleteBeta.logTails(row[0], row[1], at: .init(x: row[2]))
      #expect(agrees(tails.lower, row[3]), "lower, \(row), got \(tails.lower)")
      #expect(agrees(tails.upper, row[4]), "upper, \(row), got \(tails.upper)")
    }
  }

  @Test("both tails of the incomplete gamma function hold to 1e-12 from 1e-3 to 1e9")
  func incompleteGamma() throws {
    for row in try Self.tables().gamma {
      let tails = IncompleteGamma.logTails(shape: row[0], x: row[1])
      #expect(agrees(tails.lower, row[2]), "lower, \(row), got \(tails.lower)")
      #expect(agrees(tails.upper, row[3]), "upper, \(row), got \(tails.upper)")
    }
  }

  @Test("the log of the normal tail holds to 1e-13 from -3 to a million")
  func normalTail() throws {
    for row in try Self.tables().normal {
      let got = Normal.logUpperTail(row[0])
      #expect(abs(got - row[1]) <= 1e-13 * max(1, abs(row[1])), "\(row), got \(got)")
      if row[1] < -0.7 {
        let z = Normal.quantile(logUpperTail: row[1])
        #expect(abs(z - row[0]) <= 1e-13 * abs(row[0]), "quantile, \(row), got \(z)")
      }
    }
  }

  @Test("quantiles of beta and gamma lead back to their tails")
  func quantilesInvertTails() throws {
    for row in try Self.tables().beta where row[0] > 0.01 {
      for (logTail, isUpper) in [(row[3], false), (row[4], true)] where logTail < -0.69 {
        let x = IncompleteBeta.quantile(row[0], row[1], logTail: logTail, isUpper: isUpper).x
        #expect(abs(x - row[2]) <= 1e-12 * row[2], "\(row), got \(x)")
      }
    }
    for row in try Self.tables().gamma where row[0] > 0.01 {
      for (logTail, isUpper) in [(row[2], false), (row[3], true)] where logTail < -0.69 {
        let x = IncompleteGamma.quantile(shape: row[0], logTail: logTail, isUpper: isUpper)
        #expect(abs(x - row[1]) <= 1e-12 * row[1], "\(row), got \(x)")
      }
    }
  }
}
