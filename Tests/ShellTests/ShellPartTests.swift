import Testing

@testable import Shell

@Suite("The parts of the shell that need no terminal")
struct ShellPartTests {
  @Test("files stand in the XDG folders, or in their defaults below the home folder")
  func paths() throws {
    let defaults = try #require(Paths(environment: ["HOME": "/home/a", "XDG_CACHE_HOME": "rel"]))
    #expect(defaults.configuration == "/home/a/.config/docket")
    #expect(defaults.history == "/home/a/.local/state/docket/history.jsonl")
    #expect(defaults.cache == "/home/a/.cache/docket")
    let named = try #require(Paths(environment: ["HOME": "/home/a", "XDG_STATE_HOME": "/s"]))
    #expect(named.history == "/s/docket/history.jsonl")
    #expect(Paths(environment: [:]) == nil)
  }

  @Test("progress says how much is read and what is left, and no share before it is known")
  func progress() {
    #expect(ProgressLine.line(fraction: nil, elapsed: 1.2) == "working, 1 s · Ctrl-C stops")
    #expect(ProgressLine.line(fraction: 0, elapsed: 3) == "working, 3 s · Ctrl-C stops")
    #expect(
      ProgressLine.line(fraction: 0.25, elapsed: 2) == "25% read, about 6 s left · Ctrl-C stops")
  }

  @Test("a terminal that can't move its cursor gets no pager that nobody asked for")
  func dumbTerminal() {
    #expect(Pager(mode: .automatic, environment: ["TERM": "dumb"]).mode == .never)
    #expect(Pager(mode: .automatic, environment: [:]).mode == .never)
    #expect(
      Pager(mode: .automatic, environment: ["TERM": "dumb", "PAGER": "cat"]).mode == .automatic)
    #expect(Pager(mode: .automatic, environment: ["TERM": "xterm"]).mode == .automatic)
  }

  @Test("the rows of a page count wrapped lines and leave out colours")
  func rowsOfPage() {
    #expect(Pager.rows(of: "a\nb\n", width: 10) == 3)
    #expect(Pager.rows(of: "12345678901", width: 10) == 2)
    #expect(Pager.rows(of: "\u{1B}[1;31m1234567890\u{1B}[0m", width: 10) == 1)
  }

  @Test("a watch knows the share of the work that is done")
  func watch() {
    let watch = RunWatch()
    #expect(watch.fraction == nil)
    watch.advance(done: 1, of: 4)
    #expect(watch.fraction == 0.25)
    watch.advance(done: 9, of: 4)
    #expect(watch.fraction == 1)
  }
}
