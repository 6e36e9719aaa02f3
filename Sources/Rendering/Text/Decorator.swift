/// Gives a run of text the look of its role.
protocol Decorator {
  func decorated(_ run: Run) -> String
}

/// Leaves the text as it is.
struct PlainDecorator: Decorator {
  func decorated(_ run: Run) -> String { run.text }
}

/// Weights and colours of a terminal (ECMA-48, select graphic rendition), the eight that every
/// theme makes readable.
struct TerminalDecorator: Decorator {
  func decorated(_ run: Run) -> String {
    guard let code = code(of: run.role) else { return run.text }
    return "\u{1B}[\(code)m\(run.text)\u{1B}[0m"
  }

  private func code(of role: Role) -> String? {
    switch role {
    case .text, .label: nil
    case .heading, .value: "1"
    case .receipt: "2"
    case .caution: "33"
    case .note, .picture: "36"
    case .error, .mark: "1;31"
    }
  }
}
