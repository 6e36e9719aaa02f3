import Columns
import Connectors
import Engine
import Testing

@Suite("A name with * is several files")
struct FileSeriesTests {
  private func problem(_ pattern: String) -> SourceProblem? {
    do {
      _ = try SourceCatalogue.open(pattern, relativeTo: "/")
      return nil
    } catch {
      return error as? SourceProblem
    }
  }

  @Test("Rows stand in the order of the names' bytes, and fields by name")
  func rows() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("id,race\n3,W\n4,B\n", "r-2020.csv")
    _ = try folder.write("race,id\nB,1\nA,2\n", "r-2019.csv")
    _ = try folder.write("id,race\n5,B\n", "r-2020b.csv")
    _ = try folder.write("other\n1\n", "s-2020.csv")
    _ = try folder.write("other\n1\n", ".r-2020.csv")
    let source = try SourceCatalogue.open(folder.path + "/r-*.csv", relativeTo: "/")
    let cells = try source.cells()
    #expect(cells["id"] == ["1", "2", "3", "4", "5"])
    #expect(cells["race"] == ["B", "A", "W", "B", "B"])
    let column = try source.columns(["race"], of: source.datasets()[0].name, run: UnwatchedRun())[0]
    #expect((0..<3).map { column.texts[$0] } == ["B", "A", "W"])
    #expect(column.counts == [3, 1, 1])
    #expect(
      try source.notes()[0] == "3 files, one under another: r-2019.csv … r-2020b.csv")
    #expect(SourceCatalogue.name(ofPath: folder.path + "/r-*.csv") == "r")
  }

  @Test("What a file's reader says is said with the file's name")
  func notes() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("{\"a\":1}\n{\n", "x1.ndjson")
    _ = try folder.write("{\"a\":2}\n", "x2.ndjson")
    let source = try SourceCatalogue.open(folder.path + "/x*.ndjson", relativeTo: "/")
    #expect(try source.cells() == ["a": ["1", "2"]])
    #expect(try source.notes()[1].hasPrefix("x1.ndjson: 1 entry is no record"))
  }

  @Test("Files that differ in their fields are an error that lists how")
  func differences() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("id,race,age\n1,B,20\n", "r1.csv")
    _ = try folder.write("id,race,age\n1,B,20\n", "r2.csv")
    _ = try folder.write("id,Race,age,sex\n1,B,20,F\n", "r3.csv")
    let problem = try #require(self.problem(folder.path + "/r*.csv"))
    #expect(problem.kind == .refused)
    #expect(
      problem.message.hasSuffix(
        "don't all have the fields of r1.csv: r3.csv lacks `race`; r3.csv adds `Race`, `sex`"))
  }

  @Test("A pattern that no file fits, and a folder with *, are errors")
  func faults() throws {
    let folder = try ScratchFolder()
    #expect(problem(folder.path + "/none-*.csv")?.kind == .notFound)
    #expect(problem(folder.path + "/*/x.csv")?.kind == .refused)
    #expect(problem(folder.path + "/gone/x*.csv")?.kind == .notFound)
  }

  @Test("Sheets of several workbooks are joined sheet by sheet")
  func workbooks() throws {
    let folder = try ScratchFolder()
    for year in [2019, 2020] {
      let sheets = ["A", "B"].map { name in
        WorkbookWriter.Sheet(
          name: name,
          body: WorkbookWriter.data([
            [WorkbookWriter.text("year"), WorkbookWriter.text("sheet")],
            [WorkbookWriter.number(String(year)), WorkbookWriter.text(name)],
          ]))
      }
      _ = try folder.write(WorkbookWriter(sheets).bytes, "book-\(year).xlsx")
    }
    let source = try SourceCatalogue.open(folder.path + "/book-*.xlsx", relativeTo: "/")
    #expect(try source.datasets().map(\.name) == ["A", "B"])
    #expect(try source.cells(of: "B") == ["year": ["2019", "2020"], "sheet": ["B", "B"]])
  }

  @Test("A pattern takes time in proportion to the name and the pattern")
  func manyStars() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("a\n1\n", String(repeating: "a", count: 200) + ".csv")
    let pattern = String(repeating: "a*", count: 60) + "b.csv"
    #expect(problem(folder.path + "/" + pattern)?.kind == .notFound)
  }
}
