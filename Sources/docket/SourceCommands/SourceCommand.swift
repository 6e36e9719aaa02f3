import ArgumentParser

/// `docket source new|test|list|trace|trust`: sources that are programs of their own.
struct SourceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: "Sources that are programs of their own: write, try, list and allow them.",
    subcommands: [
      SourceNew.self, SourceTest.self, SourceList.self, SourceTrace.self, SourceTrust.self,
    ])
}
