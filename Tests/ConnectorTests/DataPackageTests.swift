import Columns
import Connectors
import Engine
import Testing

@Suite("Frictionless data packages")
struct DataPackageTests {
  private static let description = """
    {"name": "drug-cases", "title": "Drug cases", "licenses": [{"name": "CC-BY-4.0"}],
     "sources": [{"title": "Prosecutor", "path": "https://example.org"}],
     "resources": [
      {"name": "cases", "path": ["cases-2019.csv", "cases-2020.csv"],
       "schema": {"missingValues": ["", "NA"], "primaryKey": "id",
        "foreignKeys": [{"fields": "hood", "reference": {"resource": "hoods", "fields": "name"}}],
        "fields": [
         {"name": "id", "type": "string", "constraints": {"required": true, "unique": true}},
         {"name": "age", "type": "integer", "title": "Age at referral",
          "constraints": {"minimum": 18, "maximum": "99"}},
         {"name": "received", "type": "date", "format": "%m/%d/%Y",
          "constraints": {"minimum": "01/01/2019"}},
         {"name": "race", "type": "string", "description": "as the officer recorded it",
          "constraints": {"enum": ["B", "W"]}},
         {"name": "code", "type": "string", "missingValues": ["-"],
          "constraints": {"pattern": "[A-Z]{2}\\\\d+", "maxLength": 5}},
         {"name": "hood", "type": "string"},
         {"name": "seen", "type": "date", "format": "%d %b %Y"}]}},
      {"name": "hoods", "path": "hoods.csv", "schema": "hoods.json"},
      {"name": "inline", "data": [{"a": 1}, {"a": 2}]},
      {"name": "remote", "path": "https://example.org/x.csv"},
      {"name": "nothing"}]}
    """

  private func package() throws -> (DataPackage, ScratchFolder) {
    let folder = try ScratchFolder()
    _ = try folder.write(
      "{\"fields\": [{\"name\": \"name\", \"type\": \"string\"}], \"primaryKey\": [\"name\"]}",
      "hoods.json")
    let path = try folder.write(Self.description, "datapackage.json")
    return (try DataPackage.read(path), folder)
  }

  @Test("Resources, fields, keys and links are read")
  func reading() throws {
    let (package, folder) = try package()
    #expect(package.title == "Drug cases")
    #expect(package.sources == ["Prosecutor"] && package.licenses == ["CC-BY-4.0"])
    #expect(package.resources.map(\.name) == ["cases", "hoods", "inline", "remote"])
    #expect(
      package.notes == [
        "dates of `seen` are said to be written as %d %b %Y, which is found out",
        "`nothing` has neither a path nor data and is left out",
      ])
    let cases = package.resources[0]
    #expect(
      cases.contents
        == .files([folder.path + "/cases-2019.csv", folder.path + "/cases-2020.csv"]))
    #expect(cases.primaryKey == ["id"])
    let link = try #require(cases.foreignKeys.first)
    #expect(link.fields == ["hood"] && link.resource == "hoods" && link.targets == ["name"])
    let fields = cases.fields
    #expect(fields.map(\.name) == ["id", "age", "received", "race", "code", "hood", "seen"])
    #expect(fields.map(\.type) == [nil, .integer, .date, nil, nil, nil, nil])
    #expect(fields[2].dateOrder == .monthDayYear)
    #expect(fields[1].title == "Age at referral")
    #expect(fields[1].missing == ["NA"] && fields[4].missing == ["-"])
    #expect(fields[0].type(inferred: .integer) == .code)
    #expect(fields[3].type(inferred: .category) == .category)
    #expect(package.resources[1].primaryKey == ["name"])
    #expect(package.resources[3].contents == .addresses(["https://example.org/x.csv"]))
  }

  @Test("A resource is a source, be it a file, several or the description itself")
  func sources() throws {
    let (package, folder) = try package()
    _ = try folder.write("id,age\n1,20\n", "cases-2019.csv")
    _ = try folder.write("id,age\n2,30\n", "cases-2020.csv")
    _ = try folder.write("name\nPlaza\n", "hoods.csv")
    let cells = try package.resources[0...2].map { try $0.source().cells() }
    #expect(
      cells == [
        ["id": ["1", "2"], "age": ["20", "30"]], ["name": ["Plaza"]], ["a": ["1", "2"]],
      ])
  }

  @Test("Demands that the data don't meet are said, each with its rows and an example")
  func violations() throws {
    let (package, folder) = try package()
    let path = try folder.write(
      """
      id,age,received,race,code,hood,seen
      1,17,12/31/2018,B,AB12,x,
      1,NA,01/01/2019,X,-,x,
      ,120,02/02/2020,W,abc,x,
      4,30,03/03/2020,,ABC123,x,
      """, "data.csv")
    let source = try SourceCatalogue.open(path, relativeTo: "/")
    let name = try source.datasets()[0].name
    let sentences = try package.resources[0].violations { field in
      try source.columns([field], of: name, run: UnwatchedRun()).first
    }
    #expect(
      sentences == [
        "`id` is required, but it is missing in 1 row",
        "`id` should be unique, but 1 value stands in several rows, such as 1",
        "`age` should be at least 18, but 1 row does not hold that, such as 17",
        "`age` should be at most 99, but 1 row does not hold that, such as 120",
        "`received` should be at least 01/01/2019, but 1 row does not hold that, such as 12/31/2018",
        "`race` may only be B, W, but 1 row does not hold that, such as X",
        "`code` should have at most 5 characters, but 1 row does not hold that, such as ABC123",
        "`code` should fit the pattern [A-Z]{2}\\d+, but 2 rows do not hold that, such as abc",
      ])
  }

  @Test("A field that the data lack, and a key of several fields that repeats, are said")
  func keys() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      """
      {"resources": [{"name": "r", "path": "r.csv", "schema": {"primaryKey": ["a", "b"],
        "fields": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}}]}
      """, "datapackage.json")
    let file = try folder.write("a,b\n1,1\n1,2\n1,1\n", "r.csv")
    let resource = try DataPackage.read(path).resources[0]
    let source = try SourceCatalogue.open(file, relativeTo: "/")
    let sentences = try resource.violations { field in
      try field == "c" ? nil : source.columns([field], of: "r", run: UnwatchedRun())[0]
    }
    #expect(
      sentences == [
        "`c` is in the schema of r and not in its data",
        "`a` and `b` should tell the rows of r apart, but 1 row repeats a key",
      ])
  }

  @Test(
    "Paths outside the package's folder are refused",
    arguments: [
      "/etc/passwd", "../x.csv", "a/../../x.csv", "~/x.csv", "file:///etc/passwd",
    ])
  func outside(relative: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "{\"resources\": [{\"name\": \"r\", \"path\": \"\(relative)\"}]}", "datapackage.json")
    #expect { try DataPackage.read(path) } throws: { error in
      (error as? SourceProblem)?.kind == .refused
    }
  }

  @Test(
    "A pattern that may take long on some text is not looked at",
    arguments: [
      "(a+)+b", "(a|a)*b", "(.*){9}", "a*b*c*d*e*", "(a)\\1",
    ])
  func slowPatterns(pattern: String) throws {
    let folder = try ScratchFolder()
    let escaped = pattern.split(separator: "\\", omittingEmptySubsequences: false)
      .joined(separator: "\\\\")
    let path = try folder.write(
      """
      {"resources": [{"name": "r", "path": "r.csv", "schema": {"fields": [
        {"name": "a", "type": "string", "constraints": {"pattern": "\(escaped)"}}]}}]}
      """, "datapackage.json")
    let file = try folder.write("a\n\(String(repeating: "a", count: 60))\n", "r.csv")
    let source = try SourceCatalogue.open(file, relativeTo: "/")
    let sentences = try DataPackage.read(path).resources[0].violations {
      try source.columns([$0], of: "r", run: UnwatchedRun())[0]
    }
    #expect(sentences == ["`a` has the pattern \(pattern), which is not looked at"])
  }

  @Test("A description that is no JSON, or describes nothing, is an error")
  func faults() throws {
    let folder = try ScratchFolder()
    for text in ["", "{", "{\"resources\": []}", "[1]"] {
      let path = try folder.write(text, "datapackage.json")
      #expect(throws: SourceProblem.self) { try DataPackage.read(path) }
    }
  }
}
