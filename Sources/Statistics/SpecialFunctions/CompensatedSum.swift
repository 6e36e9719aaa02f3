/// The sum of numbers, as precise as if formed with twice the digits.
///
/// Reference: Neumaier 1974, ZAMM 54, 39.
func compensatedSum(_ values: some Sequence<Double>) -> Double {
  var sum = 0.0
  var correction = 0.0
  for value in values {
    let next = sum + value
    correction += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
  return sum + correction
}
