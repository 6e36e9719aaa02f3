import Glibc

/// How answers are written, where, and what a session may do: what the options say, or nobody has said.
struct OutputSettings {
  var formatName = "table"
  /// Seconds after which a question is given up.
  var timeout: Double?
  var onError = "stop"
  /// Cells up to this count are masked in every dataset that is not public.
  var privacy: Int?
  /// The file that answers are written to.
  var output: String?
  var replacesOutput = false
  var errors = "text"
  var color = "auto"
  var definitions: [(name: String, value: String)] = []
  var set: [(name: String, value: String)] = []
  var isSafe = false
  var isOffline = false

  /// Whether to colour what goes to this file descriptor.
  func colours(_ descriptor: Int32) -> Bool {
    switch color {
    case "always": return true
    case "never": return false
    default:
      if Environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return false }
      if Environment["CLICOLOR_FORCE"].map({ $0 != "0" }) ?? false { return true }
      return isatty(descriptor) == 1 && Environment["TERM"] != "dumb" && output == nil
    }
  }

  /// The width to fit; nothing for a pipe or a file.
  var width: Int? {
    if let columns = Environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    guard output == nil, isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// NAME=VALUE pairs, split at the first sign.
  static func pairs(_ settings: [String]) -> [(name: String, value: String)] {
    settings.compactMap { setting in
      setting.firstIndex(of: "=").map {
        (String(setting[..<$0]), String(setting[setting.index(after: $0)...]))
      }
    }
  }
}
