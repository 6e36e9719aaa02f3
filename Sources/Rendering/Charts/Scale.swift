import Engine
import Glibc

/// Where values stand on an axis, and the marks of the axis.
struct Scale: Sendable {
  let low: Double
  let high: Double
  /// The distance between two marks; one, two or five times a power of ten.
  let step: Double

  /// An axis from the mark below the least to the mark above the greatest value.
  init(covering values: [Double], includesZero: Bool = false, marks: Int = 5) {
    // Beyond these the distance between two marks is no double.
    let finite = (includesZero ? values + [0] : values).filter { abs($0) < 1e300 }
      .map { abs($0) < 1e-300 ? 0 : $0 }
    var least = finite.min() ?? 0
    var greatest = finite.max() ?? 1
    // Values that hardly differ get an axis of some height, and marks that can still be told apart.
    let margin = max(abs(least), abs(greatest)) * 1e-9
    if greatest - least <= margin {
      let room = max(abs(greatest) * 0.1, margin == 0 ? 1 : 0)
      (least, greatest) = (includesZero && least >= 0 ? 0 : least - room, greatest + room)
    }
    let raw = (greatest - least) / Double(marks)
    let power = pow(10, floor(log10(raw)))
    let times = [1.0, 2, 5, 10].first { $0 * power >= raw * 0.999_999 } ?? 10
    step = times * power
    low = floor(least / step + 1e-9) * step
    high = ceil(greatest / step - 1e-9) * step
  }

  /// The marks from the lowest to the highest.
  var marks: [Double] {
    let first = (low / step).rounded()
    let count = Int(((high - low) / step).rounded())
    return (0...max(0, count)).map { (first + Double($0)) * step }
  }

  /// 0 at the lowest mark, 1 at the highest; what lies outside stands at the edge.
  func fraction(_ value: Double) -> Double {
    min(1, max(0, (value - low) / (high - low)))
  }

  /// The cell of a value in a row or column of so many cells.
  func cell(_ value: Double, of count: Int) -> Int {
    Int((fraction(value) * Double(count - 1)).rounded())
  }

  func label(_ mark: Double, _ form: NumberForm) -> String {
    Numbers.axis(mark, step: step, form)
  }
}
