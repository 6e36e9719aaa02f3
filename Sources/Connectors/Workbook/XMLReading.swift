internal import CExpat
internal import Engine
internal import Glibc

/// What a part of a workbook is read by: its elements as they begin and end, and the text between.
protocol XMLHandler: AnyObject {
  func begin(_ element: XMLName, _ attributes: XMLAttributes)
  func end(_ element: XMLName)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Whether it has read enough.
  var isDone: Bool { get }
}

extension XMLHandler {
  var isDone: Bool { false }
}

/// The name of an element, without its prefix; only lent.
struct XMLName {
  private let start: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    start = strchr(name, 0x3A).map { UnsafePointer($0 + 1) } ?? name
  }

  static func ~= (pattern: StaticString, name: XMLName) -> Bool {
    var index = 0
    while index < pattern.utf8CodeUnitCount {
      guard UInt8(bitPattern: name.start[index]) == pattern.utf8Start[index] else { return false }
      index += 1
    }
    return name.start[index] == 0
  }
}

/// The attributes of an element: names and values in turn, a null pointer at the end; only lent.
struct XMLAttributes {
  let pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

  /// The value of an attribute, whatever the prefix of its name.
  func bytes(_ wanted: StaticString) -> UnsafePointer<CChar>? {
    guard var pair = pairs else { return nil }
    while let name = pair[0] {
      if wanted ~= XMLName(name) { return pair[1] }
      pair += 2
    }
    return nil
  }

  subscript(_ wanted: StaticString) -> String? {
    bytes(wanted).map { String(cString: $0) }
  }

  /// An attribute that is a whole number.
  func integer(_ wanted: StaticString) -> Int? {
    guard var digit = bytes(wanted) else { return nil }
    var number = 0
    guard digit.pointee != 0 else { return nil }
    while digit.pointee != 0 {
      let value = UInt8(bitPattern: digit.pointee) &- UInt8(ascii: "0")
      guard value < 10, number < 1 << 40 else { return nil }
      number = number * 10 + Int(value)
      digit += 1
    }
    return number
  }
}

/// One pass over a part of a workbook.
///
/// A document type declaration is refused: the format has none, and they are how small files become
/// large ones.
struct XMLReading {
  private let archive: ZipArchive
  private let run: any RunMonitor
  private static let largestPart: UInt64 = 1 << 36

  init(_ archive: ZipArchive, run: any RunMonitor) {
    self.archive = archive
    self.run = run
  }

  /// - Returns: the handler, when all of the part has been read or the handler is done.
  @discardableResult
  func read<Handler: XMLHandler>(_ name: String, with handler: Handler) throws -> Handler {
    guard let entry = archive.entries[name] else {
      throw SourceProblem(.damaged, "\(archive.path) is damaged: it has no part \(name)")
    }
    guard let parser = XML_ParserCreate(nil) else {
      throw SourceProblem(.limit, "there is no memory to read \(archive.path)")
    }
    defer { XML_ParserFree(parser) }
    let relay = Relay(handler, parser)
    XMLReading.connect(parser, relay)
    var done: UInt64 = 0
    try withExtendedLifetime(relay) {
      try archive.read(entry, limit: XMLReading.largestPart) { piece in
        if run.isCancelled { throw SourceProblem(.cancelled, "stopped while reading \(name)") }
        done += UInt64(piece.count)
        run.advance(done: Int(done), of: Int(entry.size))
        try parse(piece, of: name, relay)
        return !handler.isDone
      }
      if !handler.isDone {
        try parse(UnsafeRawBufferPointer(start: nil, count: 0), of: name, relay)
      }
    }
    return handler
  }

  /// - Parameter piece: nothing at the end.
  private func parse(_ piece: UnsafeRawBufferPointer, of name: String, _ relay: Relay) throws {
    let status = XML_Parse(
      relay.parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count),
      piece.isEmpty ? 1 : 0)
    guard status != XML_STATUS_OK, relay.hasDoctype || !relay.handler.isDone else { return }
    let reason =
      XML_ErrorString(XML_GetErrorCode(relay.parser)).map { String(cString: $0) } ?? "no XML"
    throw SourceProblem(.damaged, "\(archive.path) is damaged: \(name): \(reason)")
  }

  /// What expat's callbacks reach the handler through.
  private final class Relay {
    let handler: any XMLHandler
    let parser: XML_Parser
    var hasDoctype = false

    init(_ handler: any XMLHandler, _ parser: XML_Parser) {
      self.handler = handler
      self.parser = parser
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Relay? {
      context.map { Unmanaged<Relay>.fromOpaque($0).takeUnretainedValue() }
    }

    func stopIfDone() {
      if handler.isDone { XML_StopParser(parser, 0) }
    }
  }

  private static func connect(_ parser: XML_Parser, _ relay: Relay) {
    XML_SetUserData(parser, Unmanaged.passUnretained(relay).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let relay = Relay.of(context), let name else { return }
        relay.handler.begin(XMLName(name), XMLAttributes(pairs: attributes))
        relay.stopIfDone()
      },
      { context, name in
        guard let relay = Relay.of(context), let name else { return }
        relay.handler.end(XMLName(name))
        relay.stopIfDone()
      })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      guard let relay = Relay.of(context), let text else { return }
      UnsafeRawPointer(text).withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        relay.handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      guard let relay = Relay.of(context) else { return }
      relay.hasDoctype = true
      XML_StopParser(relay.parser, 0)
    }
  }
}
