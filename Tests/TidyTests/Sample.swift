import Testing
import dev

/// A small tree that keeps or breaks one house rule.
struct Sample: CustomTestStringConvertible, Sendable {
  /// The name of the rule's type.
  let rule: String
  let what: String
  let files: [String: String]
  /// Where the rule is broken, as path and line; line 0 where the whole file is meant.
  var places: [String] = []

  init(_ rule: String, _ what: String, _ files: [String: String], at places: String...) {
    self.rule = rule
    self.what = what
    self.files = files
    self.places = places
  }

  var testDescription: String { "\(rule): \(what)" }

  var findings: [Finding] {
    HouseRules.all.filter { "\(type(of: $0))" == rule }
      .flatMap { $0.findings(in: SourceTree(files)) }
  }

  static let bad = structure + names + members + words
  static let good = kept
}

// MARK: - Broken

extension Sample {
  private static let manifest = """
    let arguments = Target.Dependency.product(name: "ArgumentParser", package: "a")
    func room(_ name: String) {}
    let package = Package(
      targets: [
        door("docket", imports: ["Shell", arguments]),
        room(
          "Shell",
          imports: ["Syntax"]),
        room("Syntax"),
        tests("SyntaxTests", of: ["Syntax"]),
      ])
    """

  private static func function(lines: Int, head: String = "func f() {") -> String {
    "struct S {\n  \(head)\n" + String(repeating: "    f()\n", count: lines - 2) + "  }\n}\n"
  }

  fileprivate static let structure = [
    Sample(
      "ImportEdges", "an edge that Package.swift does not name",
      [
        "Package.swift": manifest,
        "Sources/Syntax/A.swift": "// import Shell\n@testable internal import struct Shell.S\n",
      ], at: "Sources/Syntax/A.swift:2"),
    Sample(
      "ImportEdges", "an edge that the architecture does not allow",
      ["Package.swift": #"room("Syntax", imports: ["Shell"])"#], at: "Package.swift:1"),
    Sample(
      "ImportEdges", "a room that the architecture does not know",
      ["Package.swift": #"room("Cellar")"#], at: "Package.swift:1"),
    Sample(
      "ImportEdges", "a file of no target",
      ["Package.swift": manifest, "Sources/Attic/A.swift": "let a = 1\n"],
      at: "Sources/Attic/A.swift:0"),
    Sample("ImportEdges", "no manifest", [:], at: "Package.swift:0"),
    Sample(
      "PureRooms", "a clock in a pure room",
      ["Sources/Engine/Waist/A.swift": "let a = 1\ninternal import Foundation\n"],
      at: "Sources/Engine/Waist/A.swift:2"),
    Sample(
      "FileLength", "601 lines",
      ["Sources/Shell/A.swift": String(repeating: "f()\n", count: 601)],
      at: "Sources/Shell/A.swift:0"),
    Sample(
      "FunctionLength", "a function of 71 lines",
      ["Sources/Shell/A.swift": function(lines: 71)], at: "Sources/Shell/A.swift:2"),
    Sample(
      "FunctionLength", "a closure of 71 lines",
      ["Sources/Shell/A.swift": function(lines: 71, head: "let f = {")],
      at: "Sources/Shell/A.swift:2"),
    Sample(
      "FunctionLength", "a function whose strings and comments hold braces",
      [
        "Sources/Shell/A.swift":
          function(
            lines: 71, head: ##"func f() { g("}", #"}"#, "\(h("}"))") /* } */ // }"##)
      ], at: "Sources/Shell/A.swift:2"),
  ]

  fileprivate static let names = [
    Sample(
      "FileNames", "a file named for nothing in it",
      ["Sources/Shell/Prompt.swift": "struct Banner {}\n// struct Prompt\n"],
      at: "Sources/Shell/Prompt.swift:0"),
    Sample(
      "BannedNames", "a type and a file named for being useful",
      ["Sources/Shell/TableHelpers.swift": "struct A {}\nfinal class PageManager {}\n"],
      at: "Sources/Shell/TableHelpers.swift:0", "Sources/Shell/TableHelpers.swift:2"),
    Sample(
      "WallComments", "a type and a function without comments",
      [
        "Sources/Shell/A.swift": """
        package struct A {
          // Not a doc comment.
          @discardableResult
          package static func f() -> Int { 1 }
        }
        """
      ], at: "Sources/Shell/A.swift:1", "Sources/Shell/A.swift:4"),
  ]

  fileprivate static let members = [
    Sample(
      "FreshCatalogues", "a verb that the registry does not list",
      [
        "Sources/Verbs/Count.swift": "package struct Count: Verb {\n}\n",
        "Sources/Verbs/Catalogue.swift": "extension VerbCatalogue {}\n",
      ], at: "Sources/Verbs/Catalogue.swift:0"),
    Sample(
      "FreshCatalogues", "a registry that is not there",
      [
        "Sources/Statistics/Proportion/Wilson.swift":
          "extension MethodCatalogue {\n  package static let wilson = MethodCard(\n    id: 1)\n}\n"
      ], at: "Sources/Statistics/Catalogue.swift:0"),
    Sample(
      "FreshCatalogues", "a registry of nothing",
      ["Sources/Verbs/Catalogue.swift": "extension VerbCatalogue {}\n"],
      at: "Sources/Verbs/Catalogue.swift:0"),
    Sample(
      "MemberTranscripts", "a verb without a transcript",
      ["Sources/Verbs/Count.swift": "struct Count: Verb {\n  let s = Signature(\"tally\")\n}\n"],
      at: "Sources/Verbs/Count.swift:0"),
    Sample(
      "MemberTranscripts", "a message that no transcript shows",
      [
        "Sources/Syntax/SyntaxMessages.swift":
          "let a = 1\nlet b = Diagnostic(\n  \"too-deep\", \"…\")\n",
        "Tests/Transcripts/messages/a.docket": "error: … [too-long]\n",
      ], at: "Sources/Syntax/SyntaxMessages.swift:3"),
    Sample(
      "CautionCards", "a caution without a card and without a transcript",
      [
        "Sources/Interpreter/Limits/CautionCard.swift": "let all = [\"ages-differ\"]\n",
        "Sources/Verbs/Ratio.swift": "let a = 1\nlet b = Caution(\n  \"years-differ\", \"…\")\n",
        "Tests/Transcripts/cautions/ages-differ.docket": "",
      ], at: "Sources/Verbs/Ratio.swift:3", "Sources/Verbs/Ratio.swift:3"),
    Sample(
      "GrammarRules", "rules that differ, are missing, or stand twice",
      [
        "grammar/docket.ebnf": "(* ask = all ; *)\nask = verb,\n  subject ;\nby = keys ;\n",
        "Sources/Syntax/Parser.swift": """
        /// ask = verb ;
        /// where = condition ;
        // by = keys ;
        /// where = condition ;
        """,
      ], at: "Sources/Syntax/Parser.swift:1", "Sources/Syntax/Parser.swift:2",
      "Sources/Syntax/Parser.swift:4", "grammar/docket.ebnf:2", "grammar/docket.ebnf:4",
      "Sources/Syntax/Parser.swift:4"),
  ]

  fileprivate static let words = [
    Sample(
      "MessageWords", "a message that blames",
      [
        "Sources/Engine/BindingMessages.swift": """
        // Not what you read.
        let a = "nothing is named so"
        let b = "You wrote an invalid name"
        """
      ], at: "Sources/Engine/BindingMessages.swift:3", "Sources/Engine/BindingMessages.swift:3"),
    Sample(
      "WorkTraces", "unfinished business and a machine's path",
      ["README.md": "One.\nTO" + "DO: see /ro" + "ot/notes\n"], at: "README.md:2", "README.md:2"),
    Sample(
      "ReadmeSessions", "a README that shows nothing, and one that is not there",
      ["README.md": "docket> count drug\n```console\n$ make\n```\n"], at: "README.md:0",
      "examples/README.md:0"),
  ]
}

// MARK: - Kept

extension Sample {
  fileprivate static let kept = [
    Sample(
      "ImportEdges", "declared edges",
      [
        "Package.swift": manifest,
        "Sources/Shell/A.swift": "internal import Foundation\npackage import Syntax\n",
        "Sources/docket/main.swift": "import ArgumentParser\nimport Shell\n",
        "Tests/SyntaxTests/A.swift": "import Syntax\nimport Testing\n",
      ]),
    Sample(
      "PureRooms", "Glibc in a pure room, Foundation in another",
      [
        "Sources/Engine/A.swift": "internal import Glibc\n",
        "Sources/Shell/A.swift": "import Foundation\n",
      ]),
    Sample(
      "FileLength", "600 lines",
      ["Sources/Shell/A.swift": String(repeating: "f()\n", count: 600)]),
    Sample(
      "FunctionLength", "a function of 70 lines in a longer type",
      ["Sources/Shell/A.swift": function(lines: 70)]),
    Sample(
      "FileNames", "a type, a topic, a family, and no type at all",
      [
        "Sources/Shell/Prompt.swift": "struct Prompt {}\n",
        "Sources/Shell/Prompt+Colour.swift": "struct Hue {}\nextension Prompt {}\n",
        "Sources/Statistics/Wilson.swift": "extension Proportion {\n  struct Score {}\n}\n",
        "Sources/Syntax/Literal.swift": "struct NumberLiteral {}\n",
      ]),
    Sample(
      "BannedNames", "words that only begin so",
      ["Sources/Shell/Baseline.swift": "struct Baseline {}\nlet core = Corer.self\n"]),
    Sample(
      "WallComments", "comments, attributes between, overloads and requirements",
      [
        "Sources/Shell/A.swift": """
        /// One.
        @frozen
        package struct A: B {
          /// Two.
          package func f() {}
          package func f(_ a: Int) {}
          package func g() {}
          package static func < (a: A, b: A) -> Bool { true }
          func h() {}
        }
        """,
        "Sources/Shell/B.swift": "/// Three.\npackage protocol B {\n  func g()\n}\n",
      ]),
    Sample(
      "FreshCatalogues", "a registry in order",
      [
        "Sources/Verbs/Count.swift": "package struct Count: Verb {\n}\n",
        "Sources/Verbs/Flow/Ask.swift": "enum Ask: Sendable, Verb {\n}\n",
        "Sources/Verbs/Catalogue.swift": """
        // Written by `swift run dev catalogue`: one line for each member declared in this folder.
        extension VerbCatalogue {
          /// Every verb, in alphabetical order.
          package static let all: [any Verb.Type] = [
            Ask.self,
            Count.self,
          ]
        }

        """,
      ]),
    Sample(
      "MemberTranscripts", "a transcript under the verb's word, a message in brackets",
      [
        "Sources/Verbs/Count.swift": "struct Count: Verb {\n  let s = Signature(\"tally\")\n}\n",
        "Tests/Transcripts/verbs/tally.docket": "docket> tally x\nerror: … [too-deep]\n",
        "Sources/Syntax/SyntaxMessages.swift": "let b = Diagnostic(\"too-deep\", \"…\")\n",
      ]),
    Sample(
      "CautionCards", "a caution with both, and one that is passed on",
      [
        "Sources/Interpreter/Limits/CautionCard.swift":
          "let all = [CautionCard(\"ages-differ\")]\n",
        "Sources/Verbs/Ratio.swift":
          "let a = Caution(\"ages-differ\", \"…\")\nlet b = Caution(caution.id, caution.text)\n",
        "Tests/Transcripts/cautions/ages-differ.docket": "",
      ]),
    Sample(
      "GrammarRules", "one rule over two lines",
      [
        "grammar/docket.ebnf": "(* The language. *)\ncard line = name,\n  value ;\n",
        "Sources/Syntax/Parser.swift": "/// What it reads.\n/// card line = name, value ;\n",
      ]),
    Sample(
      "MessageWords", "words that only begin so, and other files",
      [
        "Sources/Engine/BindingMessages.swift": "let a = \"a young person\"\n",
        "Sources/Shell/Banner.swift": "let a = \"you can leave with quit\"\n",
      ]),
    Sample("WorkTraces", "ordinary words", ["README.md": "It works. Todos of a case are rows.\n"]),
    Sample(
      "ReadmeSessions", "sessions",
      [
        "README.md": "```console\ndocket> count drug\n```\n",
        "examples/README.md": "```console\n$ docket\ndocket> count drug\n```\n",
      ]),
  ]
}
