import Columns
import Interpreter

/// A place that holds cases, and what it takes to ask a session about them there; a file each in
/// `Engines`.
///
/// An engine that is a server is started on loopback with a data directory of its own, and ended by
/// its process number.
protocol TestEngine: AnyObject, SendableMetatype {
  /// What test names and messages call it: `PostgreSQL`.
  static var name: String { get }

  /// Why it can't run here, in a sentence; nothing where it can. Installs what it needs where that is
  /// possible.
  static func obstacle() -> String?

  /// Starts it.
  static func start() throws -> Self

  /// Makes these tables instead of those before.
  func load(_ tables: [TestTable]) throws

  /// The statements of Docket that open what was loaded: `open "office.db" as office`. A dataset
  /// has to be found by the name of its table.
  var openText: String { get }

  /// The source that is a program and serves it, as `docket source test` is told; nothing where Docket
  /// reads it by itself.
  static var program: String? { get }

  /// Whether it is a program that waits for questions.
  static var isServer: Bool { get }

  /// How many of a hundred random questions it answers by itself, at least; 0 where small tables are
  /// read whole.
  static var leastPushed: Int { get }

  /// Whether it follows links to other tables of its own by itself.
  static var followsLinks: Bool { get }

  /// Whether its rows come in the order in which they were loaded.
  static var keepsOrder: Bool { get }

  /// Whether a table without rows has no fields there either.
  static var needsRows: Bool { get }

  /// Ends it, and leaves nothing behind.
  func stop()
}

extension TestEngine {
  static func obstacle() -> String? { nil }
  static var program: String? { nil }
  static var isServer: Bool { false }
  static var leastPushed: Int { 0 }
  static var followsLinks: Bool { leastPushed > 0 }
  static var keepsOrder: Bool { true }
  static var needsRows: Bool { false }
  func stop() {}
}

/// A table of cells as a person would write them: digits, `-12.50`, `2021-04-01`,
/// `2021-04-01 08:30:00`.
struct TestTable: Sendable {
  struct Field: Sendable {
    let name: String
    /// What the engine stores it as: `integer` up to 64 bits, `decimal` with at most four decimals,
    /// `date`, `datetime`; all else is text.
    let type: FieldType
  }

  let name: String
  let fields: [Field]
  /// `nil` is a NULL; an empty text is one where the engine knows the difference.
  let rows: [[String?]]
}
