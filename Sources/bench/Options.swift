import Foundation

/// What was asked of the bench.
struct Options {
  static let usage = """
    usage: swift run -c release bench [OPTIONS]
      --rows N,N        sizes of the case file; 100k,1m,10m unless said otherwise
      --large           100 million rows too
      --runs N          how often each question is asked; 5
      --only WORDS      questions whose name holds these words
      --folder PATH     where case files and peers are kept and found again
      --docket PATH     the program to measure; the one built beside the bench
      --install-peers   get the peers into a virtual environment in the folder, and end
    """

  private(set) var sizes = [100_000, 1_000_000, 10_000_000]
  private(set) var runs = 5
  private(set) var only = ""
  private(set) var folder = NSTemporaryDirectory() + "docket-bench"
  private(set) var docket: String
  private(set) var installsPeers = false
  /// The folder that holds `Package.swift`.
  let project = FileManager.default.currentDirectoryPath

  var scripts: String { project + "/Tests/Benchmarks/Peers" }

  var questions: [Question] {
    Question.suite.filter { only.isEmpty || $0.name.contains(only) }
  }

  /// Nothing where the arguments can't be understood.
  init?(_ arguments: [String]) {
    let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    docket = own.appending(path: "docket").path
    var words = arguments[...]
    var isLarge = false
    while let word = words.popFirst() {
      switch word {
      case "--large": isLarge = true
      case "--install-peers": installsPeers = true
      case "--rows":
        let found = (words.popFirst() ?? "").split(separator: ",").map(Options.count)
        guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { return nil }
        sizes = found.compactMap(\.self)
      case "--runs":
        guard let count = words.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
        runs = count
      case "--only", "--folder", "--docket":
        guard let value = words.popFirst() else { return nil }
        switch word {
        case "--only": only = value
        case "--folder": folder = value
        default: docket = value
        }
      default: return nil
      }
    }
    if isLarge { sizes.append(100_000_000) }
  }

  /// `100k` or `10m` or a plain number.
  private static func count(_ text: Substring) -> Int? {
    let factor = text.hasSuffix("k") ? 1000 : text.hasSuffix("m") ? 1_000_000 : 1
    return Int(factor == 1 ? text : text.dropLast()).map { $0 * factor }
  }
}
