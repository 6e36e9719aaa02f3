/// What an answer's receipt stands for: version, question, data and figures.
package enum Receipt {
  /// `7F3A-91C2`: the first eight digits of a SHA-256 over what the answer says and rests on.
  ///
  /// Same version, question, data and figures: the same receipt, on every source and machine.
  package static func of(_ answer: Answer, version: String) -> String {
    var lines = ["docket \(version)", answer.question]
    lines += answer.sources.map { "\($0.name) \($0.fingerprint)" }
    lines += answer.figures.map { figure in
      let group = figure.group.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      let numbers = [figure.value, figure.low, figure.high, figure.n, figure.of].map {
        $0.map { "\($0)" } ?? "-"
      }
      return "\(figure.id)[\(group)] " + numbers.joined(separator: " ")
    }
    let digits = Digest.sha256(lines.joined(separator: "\n")).prefix(8).uppercased()
    return "\(digits.prefix(4))-\(digits.suffix(4))"
  }
}
