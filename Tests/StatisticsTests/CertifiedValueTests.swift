import Foundation
import Testing

@testable import Statistics

/// The Statistical Reference Datasets of NIST, with their certified values.
struct CertifiedValueTests {
  struct File: Decodable {
    struct Univariate: Decodable {
      let name: String
      let mean: Double
      let standardDeviation: Double
      let values: [Double]
    }

    struct Line: Decodable {
      let x: [Double]
      let y: [Double]
      let intercept: Double
      let slope: Double
      let interceptError: Double
      let slopeError: Double
      let residualDeviation: Double
    }

    let univariate: [Univariate]
    let norris: Line
  }

  static func file() throws -> File {
    let url = ReferenceFiles.folder.appendingPathComponent("nist-strd.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  func digits(_ got: Double?, _ certified: Double) -> Double {
    guard let got, got != certified else { return got == nil ? 0 : 15 }
    return -log10(abs(got - certified) / abs(certified))
  }

  @Test("means and standard deviations hold to 9 digits or more in every univariate set")
  func univariate() throws {
    let sets = try Self.file().univariate
    #expect(sets.count == 9)
    for set in sets {
      let result = Mean.t(ValueCounts(set.values))
      #expect(digits(result.interval.estimate, set.mean) >= 14, "\(set.name)")
      // The values of NumAcc4, such as 10000000.2, have no nearer double: 8.25 digits of their
      // standard deviation are all that is left.
      let least = set.name == "NumAcc4" ? 8.2 : 9.0
      #expect(digits(result.standardDeviation, set.standardDeviation) >= least, "\(set.name)")
    }
  }

  @Test("the line through the Norris data holds to 10 digits or more")
  func norris() throws {
    let norris = try Self.file().norris
    let fit = try #require(LinearFit.fit(x: norris.x, y: norris.y))
    #expect(digits(fit.slope.estimate, norris.slope) >= 10)
    #expect(digits(fit.intercept.estimate, norris.intercept) >= 10)
    #expect(digits(fit.slopeError, norris.slopeError) >= 10)
    #expect(digits(fit.interceptError, norris.interceptError) >= 10)
    #expect(digits(fit.residualDeviation, norris.residualDeviation) >= 10)
  }
}
