package import Columns
package import Engine

/// A Frictionless Data Package: files and what their fields are, as their publisher describes them.
///
/// Read whole, without opening its resources. **Reference**: Data Package and Table Schema,
/// versions 1 and 2 (datapackage.org).
package struct DataPackage: Hashable, Sendable {
  package let name: String?
  package let title: String?
  package let description: String?
  /// Where the data come from, and under which licences: titles, or paths where there are none.
  package let sources: [String]
  package let licenses: [String]
  package let resources: [Resource]
  /// What was left aside, a sentence each.
  package let notes: [String]

  /// Whether a path names a package's description rather than data.
  package static func isDescription(_ path: String) -> Bool {
    path.split(separator: "/").last?.lowercased() == "datapackage.json"
  }

  /// Reads `datapackage.json` and the schemas that it refers to.
  ///
  /// Errors: `SourceProblem` where it is not there, is no JSON, or names files outside its folder.
  package static func read(_ path: String) throws -> DataPackage {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let document = try document(path)
    guard let list = document["resources"]?.list, !list.isEmpty else {
      throw SourceProblem(.damaged, "\(path) describes no resources")
    }
    var notes: [String] = []
    let resources = try list.enumerated().compactMap { index, entry -> Resource? in
      var reader = ResourceReader(folder: folder, path: path)
      let resource = try reader.resource(entry, number: index + 1)
      notes += reader.notes
      return resource
    }
    return DataPackage(
      name: document["name"]?.text, title: document["title"]?.text,
      description: document["description"]?.text, sources: titles(document["sources"]),
      licenses: titles(document["licenses"]), resources: resources, notes: notes)
  }

  static func titles(_ list: JSONValue?) -> [String] {
    (list?.list ?? []).compactMap {
      $0["title"]?.text ?? $0["name"]?.text ?? $0["path"]?.text
    }
  }

  /// A JSON file that is part of a description.
  static func document(_ path: String) throws -> JSONValue {
    do throws(DelimitedProblem) {
      return try JSONValue(WholeFile.bytes(ofPath: path, limit: 1 << 26))
    } catch {
      throw SourceProblem(error, of: path)
    }
  }
}

extension DataPackage {
  /// A table of the package.
  package struct Resource: Hashable, Sendable {
    package let name: String
    package let title: String?
    package let description: String?
    package let contents: Contents
    /// In the order of the schema; none where there is no schema.
    package let fields: [Field]
    /// The fields that tell rows apart.
    package let primaryKey: [String]
    package let foreignKeys: [ForeignKey]
    package let sources: [String]
  }

  /// Where a resource's rows are.
  package enum Contents: Hashable, Sendable {
    /// Files, whose rows stand one under another; their paths from where the description was
    /// opened.
    case files([String])
    case addresses([String])
    /// Rows that the description holds itself, as a JSON document.
    case inline([UInt8])
  }

  /// A field that holds keys of another resource; an offer of a link.
  package struct ForeignKey: Hashable, Sendable {
    package let fields: [String]
    /// The resource that has the keys; the same one where it refers to itself.
    package let resource: String
    package let targets: [String]
  }

  /// A field as the schema describes it.
  package struct Field: Hashable, Sendable {
    package let name: String
    package let title: String?
    package let description: String?
    /// The type's name in the schema.
    package let declared: String
    /// The type that it prescribes; nothing where the values are to tell.
    package let type: FieldType?
    package let dateOrder: DateOrder?
    /// Texts that stand for no value, besides the empty one.
    package let missing: Set<String>
    package let constraints: Constraints

    /// The type of the field whose values look like the inferred one: what is declared a text is
    /// never a number.
    package func type(inferred: FieldType) -> FieldType {
      if let type { return type }
      let isText = declared == "string" && (inferred.isNumber || inferred.isDate)
      return isText ? .code : inferred
    }
  }
}

extension DataPackage.Resource {
  /// The resource's rows, by the reader that the names of its files ask for.
  ///
  /// Errors: `SourceProblem` where a file is not there or can't be read.
  package func source() throws -> any Source {
    switch contents {
    case .inline(let bytes): return try RecordSource(bytes: bytes, origin: name)
    case .files(let paths), .addresses(let paths):
      if paths.count == 1 { return try SourceCatalogue.open(paths[0], relativeTo: ".") }
      return try FileSeriesSource(paths: paths, origin: name) {
        try SourceCatalogue.open($0, relativeTo: ".")
      }
    }
  }
}
