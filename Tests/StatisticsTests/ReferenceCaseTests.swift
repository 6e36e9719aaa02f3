import Foundation
import Testing

/// Every case of the reference files against numbers from other software.
struct ReferenceCaseTests {
  /// The project's own cases, and any more that `DOCKET_REFERENCE_CASES` names, `:` between.
  static func files() -> [URL] {
    let more = ProcessInfo.processInfo.environment["DOCKET_REFERENCE_CASES"] ?? ""
    return ["cases.json", "further-cases.json"].map {
      ReferenceFiles.folder.appendingPathComponent($0)
    } + more.split(separator: ":").map { URL(fileURLWithPath: String($0)) }
  }

  @Test("every method gives the numbers of the reference cases")
  func referenceCases() throws {
    var held: [String: Int] = [:]
    for file in Self.files() {
      let cases = try JSONDecoder().decode(
        [ReferenceCase].self, from: try Data(contentsOf: file))
      #expect(!cases.isEmpty, "\(file.lastPathComponent) holds no case")
      for reference in cases {
        let faults = Self.faults(of: reference)
        for fault in faults {
          Issue.record("\(reference.method) \(reference.id): \(fault) [\(reference.source)]")
        }
        held[reference.method, default: 0] += faults.isEmpty ? 1 : 0
      }
    }
    for (method, count) in held.sorted(by: { $0.key < $1.key }) {
      print("\(method): \(count) cases held")
    }
    let methods = held.values.count { $0 > 0 }
    print("\(held.values.reduce(0, +)) cases of \(methods) methods held")
  }

  /// What is wrong with a case, one line for each value that is not as expected.
  static func faults(of reference: ReferenceCase) -> [String] {
    guard let method = ReferenceMethods.all[reference.method] else {
      return ["no method of this name"]
    }
    let inputs = ReferenceInputs(reference.inputs)
    do {
      let answers = try method(inputs)
      var faults = inputs.unread.sorted().map { "the input \($0) means nothing here" }
      for (name, expected) in reference.expected.sorted(by: { $0.key < $1.key }) {
        guard let got = answers[name] else {
          faults.append("the method answers no \(name)")
          continue
        }
        if !got.holds(expected, reference.tolerance) {
          faults.append("\(name) is \(got), expected \(expected)")
        }
      }
      return faults
    } catch {
      return ["\(error)"]
    }
  }
}
