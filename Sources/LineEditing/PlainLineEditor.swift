import CLibEdit
import Glibc

/// Reads statements line by line without editing: from a pipe, a dumb terminal or under
/// `--no-editing`.
package final class PlainLineEditor: LineEditor {
  private let descriptor: Int32
  private let showsPrompt: Bool
  private let history: StatementHistory
  private var buffer: [UInt8] = []
  private var isAtEnd = false
  /// The signals that are held back while the program waits for a line.
  private var signalsOfWait = sigset_t()

  package init(
    reading descriptor: Int32 = STDIN_FILENO, showsPrompt: Bool, history: StatementHistory
  ) {
    self.descriptor = descriptor
    self.showsPrompt = showsPrompt
    self.history = history
  }

  package func readStatement(prompt: Prompt, beginning text: String, guide: any Guide) -> Reading {
    // Held back except while waiting for a key, so that none comes unseen just before the wait.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_BLOCK, &interrupt, &signalsOfWait)
    defer { pthread_sigmask(SIG_SETMASK, &signalsOfWait, nil) }
    return read(prompt: prompt, beginning: text, guide: guide)
  }

  private func read(prompt: Prompt, beginning text: String, guide: any Guide) -> Reading {
    var text = text
    var label: String?
    if showsPrompt, !text.isEmpty { show(text.hasSuffix("\n") ? text : text + "\n") }
    if case .open(let name) = guide.verdict(on: text), !text.isEmpty {
      label = name
      if !text.hasSuffix("\n") { text += "\n" }
    } else if showsPrompt, !text.isEmpty {
      // Where lines can't be edited the text stands above, and not behind the prompt.
      show("Enter alone runs it; words are added at its end; Ctrl-C drops it.\n")
    }
    while true {
      if showsPrompt { show(label.map { $0 + " " } ?? prompt.text) }
      switch nextLine() {
      case .interrupted:
        if showsPrompt { show("\n") }
        return .interrupted
      case .end:
        // The terminal has written nothing for the key.
        if showsPrompt { show("\n") }
        return text.allSatisfy(\.isWhitespace) ? .endOfInput : .statement(text)
      case .line(let line):
        text += line
        switch guide.verdict(on: text) {
        case .whole: return .statement(text)
        case .aside(let question, let pending):
          return .aside(question: question, pending: pending)
        case .open(let name):
          label = name
          text += "\n"
        }
      }
    }
  }

  package func remember(_ statement: String) {
    history.append(statement)
  }

  private enum Line {
    case line(String)
    case interrupted
    case end
  }

  private func show(_ text: String) {
    line_editor_write(text)
  }

  private func nextLine() -> Line {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 1)
        return .line(line.hasSuffix("\r") ? String(line.dropLast()) : line)
      }
      if isAtEnd {
        guard !buffer.isEmpty else { return .end }
        defer { buffer = [] }
        return .line(String(decoding: buffer, as: UTF8.self))
      }
      guard waitForInput() else { return .interrupted }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { buffer += chunk[..<count] } else { isAtEnd = true }
    }
  }

  /// Waits until there is something to read; whether no signal came first.
  private func waitForInput() -> Bool {
    var set = fd_set()
    withUnsafeMutableBytes(of: &set) { $0[Int(descriptor) / 8] |= 1 << UInt8(descriptor % 8) }
    return pselect(descriptor + 1, &set, nil, nil, nil, &signalsOfWait) >= 0 || errno != EINTR
  }
}
