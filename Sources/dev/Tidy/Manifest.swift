/// What `Package.swift` says of targets: their names and what each may import.
///
/// Read from its text, where every target is one call of `room`, `door`, `tests` or `library`, so that no build tool has to run.
struct Manifest {
  enum Kind: String, CaseIterable {
    case room, door, tests, library
  }

  struct Target {
    let name: String
    let kind: Kind
    /// From 1.
    let line: Int
    let imports: [String]
  }

  let targets: [String: Target]

  init(_ source: SwiftText) {
    let products = Self.products(in: source)
    var targets: [String: Target] = [:]
    for (index, line) in source.code.enumerated() {
      guard let kind = Self.call(in: line) else { continue }
      let last = Self.closing(from: index, in: source.code)
      let words = source.literals.filter { (index + 1...last + 1).contains($0.line) }
      guard let name = words.first?.content else { continue }
      let named = products.filter { product in
        source.code[index...last].contains { Self.words(of: $0).contains(product.key) }
      }
      let literals = words.dropFirst().map(\.content)
      targets[name] = Target(
        name: name, kind: kind, line: index + 1,
        imports: kind == .library ? [] : literals + named.values)
    }
    self.targets = targets
  }

  /// The kind of target that a line declares, where it begins with such a call.
  private static func call(in line: String) -> Kind? {
    let start = line.drop { $0 == " " }
    return Kind.allCases.first { start.hasPrefix($0.rawValue + "(") }
  }

  /// The line on which the parenthesis opened on a line closes.
  private static func closing(from first: Int, in code: [String]) -> Int {
    var depth = 0
    for index in first..<code.count {
      for character in code[index] {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
      }
      if depth <= 0 { return index }
    }
    return code.count - 1
  }

  /// `let arguments = Target.Dependency.product(name: "ArgumentParser", …)`: constant to module.
  private static func products(in source: SwiftText) -> [String: String] {
    var products: [String: String] = [:]
    for (index, line) in source.code.enumerated() where line.contains("Dependency.product(") {
      let module = source.literals.first { $0.line == index + 1 }?.content
      let words = words(of: line)
      if words.count > 1, words[0] == "let" { products[words[1]] = module }
    }
    return products
  }

  static func words(of line: String) -> [String] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
