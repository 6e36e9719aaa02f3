internal import Engine
internal import SourceServer
internal import SourceWire

/// A table, view, foreign or partitioned table that may be read.
struct PostgresTable: ServedTable {
  let schema: String
  /// Its name in the schema.
  let relation: String
  /// The name it has on the wire: without the schema, where the search path leads to it.
  let name: String
  let fields: [PostgresColumn]
  /// The columns of its primary key, in order.
  let key: [String]
  /// What its owner says of it.
  let comment: String?
  /// About how many rows it has.
  let rows: Int?
  /// Its leaf partitions, quoted, where one of them stands on another server.
  let parts: [String]
  /// Whether all its rows are stored on this server, so that the server's own count of
  /// transactions tells whether they have changed.
  let isStoredHere: Bool

  var quoted: String {
    let dialect = PostgresDialect()
    return dialect.quoted(schema) + "." + dialect.quoted(relation)
  }

  var described: WireDataset {
    var card: [WireJSON.Member] = []
    if let comment { card.append(.init("source", .text(comment))) }
    return WireDataset(name: name, fields: fields.map(\.field), card: card, rows: rows)
  }

  func column(_ name: String) -> PostgresColumn? { fields.first { $0.name == name } }

  /// What changes when rows are written to the table, the server's counts of those that were added,
  /// changed and taken away and the file and size of each of its parts; and what changes when anything
  /// is written to the server, the transactions that are seen. The counts come after the rows, by
  /// seconds where the one who writes stays connected.
  ///
  /// Errors: `PostgresFailure`.
  func signs(_ connection: PostgresConnection) throws -> (counts: String, snapshot: String)? {
    let found = try connection.cells(
      """
      SELECT pg_current_snapshot()::text, string_agg(concat_ws(' ', id::oid,
        pg_relation_filenode(id), pg_relation_size(id), pg_stat_get_tuples_inserted(id),
        pg_stat_get_tuples_updated(id), pg_stat_get_tuples_deleted(id)), '; ' ORDER BY id::oid)
      FROM (SELECT to_regclass($1) AS id UNION
        SELECT relid FROM pg_partition_tree(to_regclass($1)) WHERE isleaf) AS parts
      """, [.text(quoted)])
    guard let row = found.first, let snapshot = row[0].text, let counts = row[1].text else {
      return nil
    }
    return (counts, snapshot)
  }
}

extension PostgresTable {
  /// All tables that the connection may read. Errors: `PostgresFailure`.
  static func all(of connection: PostgresConnection) throws -> [PostgresTable] {
    let columns = try columns(of: connection)
    let parts = try parts(of: connection)
    return try connection.cells(tables).compactMap { row in
      guard let id = row[0].number, let schema = row[1].text, let name = row[2].text,
        let columns = columns[id], !columns.isEmpty
      else { return nil }
      let kind = row[3].text ?? ""
      let leaves = parts[id]
      let isHere = kind == "r" || kind == "m" || kind == "p" && leaves?.hasForeign == false
      // Row security of the whole is not that of its parts.
      let isSplit = leaves?.hasForeign == true && leaves?.areReadable == true && row[7].number == 0
      return PostgresTable(
        schema: schema, relation: name,
        name: row[4].number == 1 ? name : schema + "." + name, fields: columns,
        key: row[8].text.map { $0.split(separator: "\u{1}").map(String.init) } ?? [],
        comment: row[5].text, rows: row[6].number.flatMap { $0 >= 0 ? Int($0) : nil },
        parts: isSplit ? leaves?.names ?? [] : [], isStoredHere: isHere)
    }
  }

  private static let tables = """
    SELECT c.oid::int8, n.nspname, c.relname, c.relkind::text, pg_table_is_visible(c.oid),
      obj_description(c.oid, 'pg_class'),
      CASE WHEN c.relkind = 'p'
        THEN (SELECT sum(greatest(l.reltuples, 0))::int8 FROM pg_partition_tree(c.oid) t
          JOIN pg_class l ON l.oid = t.relid WHERE t.isleaf)
        ELSE c.reltuples::int8 END,
      c.relrowsecurity::int4,
      (SELECT string_agg(a.attname, E'\\x01' ORDER BY array_position(i.indkey::int2[], a.attnum))
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
    ORDER BY pg_table_is_visible(c.oid) DESC, n.nspname, c.relname
    """

  /// By the number of the table.
  private static func columns(of connection: PostgresConnection) throws
    -> [Int64: [PostgresColumn]]
  {
    let isUTF8 = connection.setting("server_encoding") == "UTF8"
    var found: [Int64: [PostgresColumn]] = [:]
    for row in try connection.cells(columns) {
      guard let table = row[0].number, let name = row[1].text, let type = row[2].text else {
        continue
      }
      let kind = kind(
        type, modifier: row[3].number ?? -1, isEnumeration: row[4].text == "e",
        isBytewise: row[5].number == 1 && isUTF8, isASCII: row[6].number == 1)
      found[table, default: []].append(
        PostgresColumn(name: name, kind: kind, label: row[7].text))
    }
    return found
  }

  private static let columns = """
    WITH RECURSIVE base AS (
      SELECT t.oid, t.oid AS type, -1 AS modifier FROM pg_type t
      UNION ALL
      SELECT b.oid, t.typbasetype, t.typtypmod FROM base b JOIN pg_type t ON t.oid = b.type
        WHERE t.typtype = 'd')
    SELECT a.attrelid::int8, a.attname, t.typname::text,
      CASE WHEN b.modifier = -1 THEN a.atttypmod ELSE b.modifier END, t.typtype::text,
      coalesce((SELECT l.collisdeterministic FROM pg_collation l WHERE l.oid = a.attcollation), true),
      coalesce((SELECT bool_and(octet_length(e.enumlabel::text) = length(e.enumlabel::text))
        FROM pg_enum e WHERE e.enumtypid = t.oid), true),
      col_description(a.attrelid, a.attnum)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN base b ON b.oid = a.atttypid JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT c.relispartition AND n.nspname <> 'information_schema'
      AND n.nspname NOT LIKE 'pg\\_%' AND has_column_privilege(c.oid, a.attnum, 'SELECT')
    ORDER BY a.attrelid, a.attnum
    """

  private static func kind(
    _ type: String, modifier: Int64, isEnumeration: Bool, isBytewise: Bool, isASCII: Bool
  ) -> PostgresColumn.Kind {
    if isEnumeration { return .enumeration(isASCII: isASCII) }
    switch type {
    case "int2": return .integer(Int64(Int16.min)...Int64(Int16.max))
    case "int4": return .integer(Int64(Int32.min)...Int64(Int32.max))
    case "int8": return .integer(Int64.min...Int64.max)
    case "numeric":
      // Precision and scale in the upper and lower half, after four bytes (numeric.c).
      let word = modifier - 4
      return modifier < 4
        ? .boundlessNumeric
        : .numeric(
          precision: Int(word >> 16) & 0xFFFF, scale: Int((word & 0x7FF) ^ 1024) - 1024)
    case "float4", "float8": return .real
    case "bool": return .boolean
    case "date": return .date
    case "timestamp": return .moment(isWhole: modifier == 0)
    case "timestamptz": return .zonedMoment(isWhole: modifier == 0)
    case "text", "varchar", "bpchar", "name": return .text(isBytewise: isBytewise)
    case "uuid": return .uuid
    default: return .other
    }
  }

  struct Leaves {
    var names: [String] = []
    var hasForeign = false
    var areReadable = true
  }

  /// The leaf partitions of each partitioned table, by its number.
  private static func parts(of connection: PostgresConnection) throws -> [Int64: Leaves] {
    let dialect = PostgresDialect()
    var found: [Int64: Leaves] = [:]
    for row in try connection.cells(leaves) {
      guard let table = row[0].number, let schema = row[1].text, let name = row[2].text else {
        continue
      }
      var leaves = found[table] ?? Leaves()
      leaves.names.append(dialect.quoted(schema) + "." + dialect.quoted(name))
      if row[3].text == "f" { leaves.hasForeign = true }
      if row[4].number != 1 { leaves.areReadable = false }
      found[table] = leaves
    }
    return found
  }

  private static let leaves = """
    SELECT c.oid::int8, n.nspname, l.relname, l.relkind::text,
      has_schema_privilege(n.oid, 'USAGE') AND NOT EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
          AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')
          AND NOT has_column_privilege(l.oid, a.attname, 'SELECT'))
    FROM pg_class c, pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid
      JOIN pg_namespace n ON n.oid = l.relnamespace
    WHERE c.relkind = 'p' AND NOT c.relispartition AND t.isleaf AND l.relkind <> 'p'
    ORDER BY c.oid, n.nspname, l.relname
    """
}

extension SQLCell {
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}
