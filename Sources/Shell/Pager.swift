import Glibc
import LineEditing

/// Shows pages that are longer than the screen.
package struct Pager: Sendable {
  /// When pages go through the pager.
  package enum Mode: String, Sendable, CaseIterable {
    case automatic = "auto"
    case never
  }

  let mode: Mode
  let command: String

  /// `PAGER`, or `less` so that it leaves the page on the screen and takes colour.
  ///
  /// A terminal that can't move its cursor has no use for `less`, which then asks for a key before each page.
  init(mode: Mode, environment: [String: String]) {
    let isDumb = ["", "dumb"].contains(environment["TERM"] ?? "")
    self.mode = isDumb && environment["PAGER"] == nil ? .never : mode
    command = environment["PAGER"] ?? "less -FRX"
  }

  /// Writes a page to standard output, through the pager where that is a terminal the page does not
  /// fit.
  func show(_ page: String, on screen: TerminalSize) {
    guard mode == .automatic, isatty(STDOUT_FILENO) == 1, !command.isEmpty,
      Self.rows(of: page, width: screen.columns) >= screen.rows,
      let pager = ChildProcess(command, readsInput: true)
    else { return Output.write(page, to: STDOUT_FILENO) }
    // 126 and 127 are the shell's words for a pager that can't be run.
    if [126, 127].contains(pager.finish(sending: page)) { Output.write(page, to: STDOUT_FILENO) }
  }

  /// The rows that a text takes on a screen of some width, colour not counted.
  static func rows(of text: String, width: Int) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { rows, line in
      rows + max(1, (visibleWidth(of: line) + width - 1) / max(1, width))
    }
  }

  private static func visibleWidth(of line: Substring) -> Int {
    var plain = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" {
        isEscaped = true
      } else if !isEscaped {
        plain.append(scalar)
      } else if scalar.properties.isAlphabetic {
        isEscaped = false
      }
    }
    return String(plain).displayWidth
  }
}
