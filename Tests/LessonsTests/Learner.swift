import Diagnostics
import Engine
import Foundation
import Interpreter
import Lessons

/// A learner at the prompt: says lines and reads what comes.
final class Learner {
  let session: Session
  let teaching: Teaching

  init(
    folders: [String] = [Learner.lessons], state: String? = nil, name: String = "",
    record: String? = nil
  ) {
    session = Session(directory: Learner.root)
    teaching = Teaching(
      library: LessonLibrary(folders: folders), progress: Progress(path: state), learner: name,
      record: record.map { ClassRecord(path: $0) })
    session.commandHandler = teaching
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let lessons = root + "/examples/lessons"

  /// What is answered to a line: words of pages, sentences of answers, messages of problems.
  @discardableResult
  func say(_ line: String) -> String {
    session.respond(to: line).responses.map(Learner.text).joined(separator: "\n")
  }

  private static func text(_ response: Response) -> String {
    switch response {
    case .answer(let answer): return answer.sentences.joined(separator: " ")
    case .notice(let notice): return notice
    case .problem(let problem), .failed(let problem): return "error: \(problem.message)"
    case .farewell: return ""
    case .page(let page):
      let blocks = page.blocks.map { block -> String in
        switch block {
        case .paragraph(let text), .heading(let text), .preformatted(let text), .note(let text):
          text
        case .definitions(let entries):
          entries.map { "\($0.term) \($0.detail)" }.joined(separator: "\n")
        case .table(let table): "\(table.rows)"
        }
      }
      return ([page.title].compactMap(\.self) + blocks).joined(separator: "\n")
    }
  }

  /// The figure that a question is answered with, as a guess is typed.
  func figure(_ question: String, _ id: String?) throws -> Double {
    let answer = try session.considered(question)
    return answer.figures.first { id == nil || $0.id == id }?.value ?? .nan
  }
}

/// A folder that is there as long as its test.
final class ScratchFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "docket-lessons-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
