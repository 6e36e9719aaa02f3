import ArgumentParser
import Interpreter
import Rendering

/// `docket spec`: every word of the language as JSON.
struct Spec: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spec",
    abstract: "Write every word, setting, caution and message id of the language as JSON.")

  func run() throws {
    let spec = Specification()
    let document = JSONValue.object([
      ("docket", .digits("1")), ("version", .text(Session.version)),
      ("words", .array(spec.words.map(Spec.json))),
      ("functions", .array(spec.functions.map { .text($0) })),
      (
        "settings",
        .array(
          spec.settings.map {
            .object([
              ("name", .text($0.name)), ("meaning", .text($0.meaning)), ("form", .text($0.form)),
              ("value", .text($0.value)),
            ])
          })
      ),
      ("formats", .array(FormatCatalogue.all.map { .text($0.name) })),
      (
        "cautions",
        .array(
          spec.cautions.map {
            .object([
              ("id", .text($0.id)), ("title", .text($0.title)), ("meaning", .text($0.meaning)),
              ("remedy", .text($0.remedy)),
            ])
          })
      ),
      (
        "messages",
        .array(
          spec.messages.map {
            .object([
              ("id", .text($0.id)), ("meaning", .text($0.meaning)), ("remedy", .text($0.remedy)),
            ])
          })
      ),
    ])
    Printer.write(document.page, to: 1)
  }

  private static func json(_ word: Specification.Word) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("kind", .text(word.kind)), ("word", .text(word.word)), ("usage", .text(word.usage)),
      ("meaning", .text(word.meaning)),
    ]
    if word.kind == "verb" {
      members += [
        ("clauses", .array(word.clauses.map { .text($0) })),
        (
          "examples",
          .array(
            word.examples.map { .object([("line", .text($0.line)), ("shows", .text($0.shows))]) })
        ),
        (
          "figures",
          .array(
            word.figures.map {
              .object([("id", .text($0.id)), ("meaning", .text($0.meaning))])
            })
        ),
      ]
    }
    return .object(members)
  }
}
