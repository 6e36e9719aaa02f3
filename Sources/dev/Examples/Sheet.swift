/// A file of rows under a header; no value of the examples needs quoting.
struct Sheet {
  let header: [String]
  var rows: [[String]] = []

  /// Comma-separated, one row a line, each line ended.
  var text: String {
    ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

/// Splits a whole into whole parts.
enum Apportionment {
  /// Parts in proportion to `weights` that add up to `total`; largest remainders, ties to the earlier (Hamilton's method).
  static func parts(of total: Int, by weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    var parts = weights.map { total * $0 / sum }
    let byRemainder = weights.indices.sorted {
      let (left, right) = (total * weights[$0] % sum, total * weights[$1] % sum)
      return left == right ? $0 < $1 : left > right
    }
    for index in byRemainder.prefix(total - parts.reduce(0, +)) { parts[index] += 1 }
    return parts
  }
}
