import CADBC
import Engine
import Testing

@testable import docket_source_adbc

/// An Arrow array made by hand, whose buffers live as long as it does.
private final class MadeArray {
  var array = ArrowArray()
  private var places: [UnsafeMutableRawPointer] = []
  private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
  private var dictionary: MadeArray?
  private let dictionaryPlace = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)

  /// - Parameters:
  ///   - validity: a bit for each slot; nothing where none is missing.
  ///   - nulls: how many are missing; −1 where that is not known.
  init(
    length: Int, offset: Int = 0, nulls: Int = -1, validity: [UInt8]? = nil,
    data: [[UInt8]], dictionary: MadeArray? = nil
  ) {
    buffers = .allocate(capacity: data.count + 1)
    array.length = Int64(length)
    array.offset = Int64(offset)
    array.null_count = Int64(nulls)
    array.n_buffers = Int64(data.count + 1)
    array.buffers = buffers
    buffers[0] = nil
    if let validity { buffers[0] = copy(validity) }
    for (index, bytes) in data.enumerated() { buffers[index + 1] = copy(bytes) }
    self.dictionary = dictionary
    if let dictionary {
      dictionaryPlace.initialize(to: dictionary.array)
      array.dictionary = dictionaryPlace
    }
  }

  private func copy(_ bytes: [UInt8]) -> UnsafeRawPointer {
    let place = UnsafeMutableRawPointer.allocate(byteCount: max(16, bytes.count), alignment: 16)
    bytes.withUnsafeBytes {
      if let base = $0.baseAddress { place.copyMemory(from: base, byteCount: $0.count) }
    }
    places.append(place)
    return UnsafeRawPointer(place)
  }

  deinit {
    for place in places { place.deallocate() }
    buffers.deallocate()
    dictionaryPlace.deallocate()
  }

  /// Its cells as they are read, in words.
  func cells(_ layout: ArrowLayout) throws -> [String] {
    let column = try ArrowColumn(array, layout)
    return withExtendedLifetime(self) {
      (0..<Int(array.length)).map { row in
        switch column[row] {
        case .missing: "missing"
        case .truth(let truth): "\(truth)"
        case .integer(let number): "\(number)"
        case .decimal(let number): "\(number)"
        case .real(_, let digits): digits
        case .bytes(let bytes): "“" + String(decoding: bytes, as: UTF8.self) + "”"
        case .text(let text): text
        case .unreadable: "unreadable"
        }
      }
    }
  }
}

private func bytes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
  numbers.withUnsafeBytes { Array($0) }
}

@Suite("Arrow arrays")
struct ArrowTests {
  @Test("numbers of every width are read, and the slots of missing ones are not looked at")
  func numbers() throws {
    let garbage = MadeArray(length: 3, validity: [0b101], data: [bytes(of: [7, Int32.min, -9])])
    #expect(try garbage.cells(ArrowLayout(format: "i")) == ["7", "missing", "-9"])
    let formats: [(String, [UInt8], [String])] = [
      ("c", bytes(of: [Int8(-128), 127]), ["-128", "127"]),
      ("C", bytes(of: [UInt8(0), 255]), ["0", "255"]),
      ("s", bytes(of: [Int16.min, 1]), ["-32768", "1"]),
      ("S", bytes(of: [UInt16.max, 1]), ["65535", "1"]),
      ("I", bytes(of: [UInt32.max, 1]), ["4294967295", "1"]),
      ("l", bytes(of: [Int64.min, 1]), ["-9223372036854775808", "1"]),
      ("L", bytes(of: [UInt64.max, 1]), ["18446744073709551615", "1"]),
      ("f", bytes(of: [Float(0.1), 2]), ["0.1", "2.0"]),
      ("g", bytes(of: [0.1, -0.5]), ["0.1", "-0.5"]),
      ("e", bytes(of: [UInt16(0x3C00), 0x3800]), ["1.0", "0.5"]),
      ("b", [0b01], ["true", "false"]),
    ]
    for (format, data, wanted) in formats {
      let array = MadeArray(length: 2, nulls: 0, data: [data])
      #expect(try array.cells(ArrowLayout(format: format)) == wanted, "\(format)")
    }
    let none = MadeArray(length: 2, data: [])
    #expect(try none.cells(ArrowLayout(format: "n")) == ["missing", "missing"])
  }

  @Test("an array may begin in the midst of its buffers, its missing bits as well")
  func offsets() throws {
    let numbers = MadeArray(
      length: 3, offset: 9, validity: [0xFF, 0b0000_1010], data: [bytes(of: Array(Int16(0)..<16))])
    #expect(try numbers.cells(ArrowLayout(format: "s")) == ["9", "missing", "11"])
    let truths = MadeArray(length: 3, offset: 7, data: [[0b1000_0000, 0b10]])
    #expect(try truths.cells(ArrowLayout(format: "b")) == ["true", "false", "true"])
    let texts = MadeArray(
      length: 2, offset: 1, data: [bytes(of: [Int32(0), 2, 2, 5]), Array("xxñ!".utf8)])
    #expect(try texts.cells(ArrowLayout(format: "u")) == ["", "“ñ!”"])
  }

  @Test("texts stand between offsets of four or eight bytes, or in views, short and long")
  func texts() throws {
    let long = MadeArray(length: 2, data: [bytes(of: [Int64(0), 5, 5]), Array("Black".utf8)])
    #expect(try long.cells(ArrowLayout(format: "U")) == ["“Black”", ""])
    func inline(_ text: String) -> [UInt8] {
      bytes(of: [Int32(text.utf8.count)]) + Array(text.utf8)
        + [UInt8](repeating: 0, count: 12 - text.utf8.count)
    }
    let elsewhere = bytes(of: [Int32(16)]) + Array("a te".utf8) + bytes(of: [Int32(1), 3])
    let views = MadeArray(
      length: 4, validity: [0b1011],
      data: [
        inline("twelve bytes") + elsewhere + inline("garbage") + inline(""), Array("unused".utf8),
        Array("___a text of length".utf8), bytes(of: [Int64(6), 19]),
      ])
    #expect(
      try views.cells(ArrowLayout(format: "vu"))
        == ["“twelve bytes”", "“a text of length”", "missing", ""])
    let wrong = MadeArray(length: 1, data: [bytes(of: [Int32(0), 2]), [0xC3, 0x28]])
    #expect(try wrong.cells(ArrowLayout(format: "u")) == ["unreadable"])
    let backwards = MadeArray(length: 1, data: [bytes(of: [Int32(5), 2]), Array("Black".utf8)])
    #expect(try backwards.cells(ArrowLayout(format: "u")) == ["unreadable"])
  }

  @Test("decimals have up to 38 digits, and are written without noughts at the end")
  func decimals() throws {
    let wide = Int128("99999999999999999999999999999999999999") ?? 0
    let words = [Int128(1250), -25, wide, -wide, 0].flatMap { number in
      bytes(of: [UInt64(truncatingIfNeeded: number), UInt64(truncatingIfNeeded: number >> 64)])
    }
    let array = MadeArray(length: 5, data: [words])
    #expect(
      try array.cells(ArrowLayout(format: "d:38,2"))
        == [
          "12.5", "-0.25", "999999999999999999999999999999999999.99",
          "-999999999999999999999999999999999999.99", "0",
        ])
    let small = MadeArray(length: 2, data: [bytes(of: [Int32(-105), 40])])
    #expect(try small.cells(ArrowLayout(format: "d:9,1,32")) == ["-10.5", "4"])
    let middle = MadeArray(length: 1, data: [bytes(of: [Int64(7)])])
    #expect(try middle.cells(ArrowLayout(format: "d:18,3,64")) == ["0.007"])
    #expect(ArrowLayout(format: "d:76,3,256") == .other("d:76,3,256"))
  }

  @Test("dates and moments come in days, seconds and fractions, before 1970 as after")
  func times() throws {
    let days = MadeArray(length: 3, data: [bytes(of: [Int32(18_718), -1, Int32.max])])
    #expect(
      try days.cells(ArrowLayout(format: "tdD")) == ["2021-04-01", "1969-12-31", "unreadable"])
    let milliseconds = MadeArray(length: 1, data: [bytes(of: [Int64(-1)])])
    #expect(try milliseconds.cells(ArrowLayout(format: "tdm")) == ["1969-12-31"])
    let moments: [(String, Int64, String)] = [
      ("tss:", 1_617_265_800, "2021-04-01T08:30:00"),
      ("tsm:", -1, "1969-12-31T23:59:59.999"),
      ("tsu:UTC", 1_617_265_800_250_000, "2021-04-01T08:30:00.250000"),
      ("tsn:", -1_000_000_000, "1969-12-31T23:59:59"),
      ("tss:", Int64.max, "unreadable"),
    ]
    for (format, value, wanted) in moments {
      let array = MadeArray(length: 1, data: [bytes(of: [value])])
      #expect(try array.cells(ArrowLayout(format: format)) == [wanted], "\(format)")
    }
    let clock = MadeArray(length: 1, data: [bytes(of: [Int64(30_600_000_000)])])
    #expect(try clock.cells(ArrowLayout(format: "ttu")) == ["08:30:00"])
  }

  @Test("a dictionary's codes stand for its values, and one that is none has no text")
  func dictionaries() throws {
    let values = MadeArray(
      length: 3, validity: [0b011], data: [bytes(of: [Int32(0), 5, 7, 7]), Array("BlackÑ".utf8)])
    let codes = MadeArray(
      length: 5, validity: [0b11011], data: [[1, 0, 99, 2, 9]], dictionary: values)
    let layout = ArrowLayout.dictionary(
      index: ArrowLayout(format: "c"), values: ArrowLayout(format: "u"))
    #expect(try codes.cells(layout) == ["“Ñ”", "“Black”", "missing", "missing", "unreadable"])
  }

  @Test("what has no text is unreadable, missing cells of it are missing, and buffers are due")
  func others() throws {
    let binary = MadeArray(length: 2, validity: [0b01], data: [bytes(of: [Int32(0), 1, 1]), [0]])
    #expect(try binary.cells(ArrowLayout(format: "z")) == ["unreadable", "missing"])
    #expect(throws: (any Error).self) {
      _ = try ArrowColumn(MadeArray(length: 1, data: []).array, ArrowLayout(format: "i"))
    }
    for format in ["", "d:", "d:x,y", "ts", "tsx:", "tt", "+s", "tiM", "u2"] {
      if case .other = ArrowLayout(format: format) { continue }
      Issue.record("\(format) is read as something")
    }
  }

  @Test("values for a statement are one row of columns that can be read back")
  func parameters() throws {
    var schema = ArrowSchema()
    var array = ArrowArray()
    ArrowParameters.fill(
      &schema, &array, with: [.integer(-7), .text("Ñuñoa"), .double(0.5), .text("")])
    let found = try (0..<4).map { index in
      let child = try #require(schema.children[index]).pointee
      let column = try ArrowColumn(
        try #require(array.children[index]).pointee, ArrowLayout(of: child))
      return try SQLCell(column[0])
    }
    #expect(found == [.integer(-7), .text("Ñuñoa"), .double(0.5), .text("")])
    schema.release(&schema)
    array.release(&array)
    #expect(schema.release == nil && array.release == nil)
  }
}
