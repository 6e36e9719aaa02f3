internal import Columns

/// A sum that is exact as long as exact numbers of at most 38 digits are added.
///
/// Doubles, and exact numbers beyond, are added with Neumaier's compensation in the order in which
/// they come.
struct RunningSum {
  private var exact = Decimal.zero
  private var real = 0.0
  private var compensation = 0.0
  private var isExact = true

  /// Adds a number `count` times `weight` times; anything that is no number is left out.
  mutating func add(_ value: Value, count: Int, weight: Decimal) {
    switch value {
    case .number(let number):
      if let part = number.multiplied(by: weight)?.multiplied(by: Decimal(count)),
        let sum = exact.adding(part)
      {
        exact = sum
      } else {
        addReal(number.double * weight.double * Double(count))
      }
    case .real(let number):
      addReal(number * weight.double * Double(count))
    default: break
    }
  }

  private mutating func addReal(_ part: Double) {
    isExact = false
    let sum = real + part
    compensation += abs(real) >= abs(part) ? (real - sum) + part : (part - sum) + real
    real = sum
  }

  var value: Value {
    isExact ? .number(exact) : .real(exact.double + (real + compensation))
  }
}
