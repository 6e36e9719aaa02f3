/// What a terminal of the xterm family shows after the bytes it was sent: rows of characters and a
/// cursor.
///
/// Only what a line editor and plain output use: cursor movement, erasing, inserting and deleting,
/// scrolling at the last row, and the wrap that waits for the next character. Colours are left out.
struct Screen {
  private(set) var columns: Int
  private(set) var height: Int
  private(set) var cursor = (row: 0, column: 0)
  /// Rows that scrolled off the top, oldest first.
  private(set) var scrolledOff: [String] = []
  /// Whether the program has asked for marks around pasted text.
  private(set) var marksPaste = false

  private var cells: [[Character]]
  /// A character in the last column leaves the cursor there until the next one comes.
  private var mustWrap = false
  private var state = State.text
  private var utf8: [UInt8] = []

  private enum State {
    case text
    case escape
    case charset
    case control(String)
    case title
  }

  init(columns: Int, rows: Int) {
    self.columns = columns
    height = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows from the top without the empty ones at the bottom, without spaces at the ends.
  var rows: [String] {
    var rows = cells.map(Self.trimmed)
    while rows.last == "" { rows.removeLast() }
    return rows
  }

  /// The row that the cursor stands in.
  var cursorRow: String { Self.trimmed(cells[cursor.row]) }

  /// Everything that was ever shown and not erased.
  var text: String { (scrolledOff + rows).joined(separator: "\n") }

  mutating func write(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if byte < 0x80 {
        utf8 = []
        write(Character(Unicode.Scalar(byte)))
      } else {
        utf8.append(byte)
        if let text = String(validating: utf8, as: UTF8.self), let character = text.first {
          utf8 = []
          write(character)
        }
      }
    }
  }

  /// Cuts or widens rows and keeps the last ones, as a terminal does that does not wrap lines anew.
  mutating func resize(columns: Int, rows: Int) {
    for row in cells.indices {
      let missing = columns - self.columns
      if missing > 0 { cells[row] += Array(repeating: " ", count: missing) }
      if missing < 0 { cells[row].removeLast(-missing) }
    }
    while cells.count > rows {
      if cursor.row < cells.count - 1 {
        cells.removeLast()
      } else {
        scrolledOff.append(Self.trimmed(cells.removeFirst()))
        cursor.row -= 1
      }
    }
    while cells.count < rows { cells.append(Array(repeating: " ", count: columns)) }
    self.columns = columns
    height = rows
    cursor.column = min(cursor.column, columns - 1)
    mustWrap = false
  }

  private mutating func write(_ character: Character) {
    switch state {
    case .text: writeText(character)
    case .escape: writeEscape(character)
    case .charset: state = .text
    case .title: if character == "\u{07}" { state = .text }
    case .control(let parameters):
      if ("@"..."~").contains(character) {
        state = .text
        control(character, parameters)
      } else {
        state = .control(parameters + String(character))
      }
    }
  }

  private mutating func writeText(_ character: Character) {
    switch character {
    case "\u{1B}": state = .escape
    case "\r":
      cursor.column = 0
      mustWrap = false
    case "\n": lineFeed()
    case "\u{08}":
      cursor.column = max(0, cursor.column - 1)
      mustWrap = false
    case "\t": cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
    case "\u{00}"..<"\u{20}": break
    default: put(character)
    }
  }

  private mutating func put(_ character: Character) {
    let width = Self.isWide(character) ? 2 : 1
    if mustWrap || cursor.column + width > columns {
      cursor.column = 0
      lineFeed()
    }
    mustWrap = false
    cells[cursor.row][cursor.column] = character
    // The second cell of a wide character holds nothing, so that rows read as they were written.
    if width == 2 { cells[cursor.row][cursor.column + 1] = Self.secondHalf }
    cursor.column += width
    if cursor.column >= columns {
      cursor.column = columns - 1
      mustWrap = true
    }
  }

  private mutating func lineFeed() {
    mustWrap = false
    if cursor.row < height - 1 {
      cursor.row += 1
    } else {
      scrolledOff.append(Self.trimmed(cells.removeFirst()))
      cells.append(Array(repeating: " ", count: columns))
    }
  }

  private mutating func writeEscape(_ character: Character) {
    state = .text
    switch character {
    case "[": state = .control("")
    case "]": state = .title
    case "(", ")": state = .charset
    case "M": cursor.row = max(0, cursor.row - 1)
    default: break
    }
  }

  private mutating func control(_ final: Character, _ parameters: String) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    mustWrap = false
    switch final {
    case "A": cursor.row = max(0, cursor.row - count)
    case "B": cursor.row = min(height - 1, cursor.row + count)
    case "C": cursor.column = min(columns - 1, cursor.column + count)
    case "D": cursor.column = max(0, cursor.column - count)
    case "G": cursor.column = min(columns, count) - 1
    case "d": cursor.row = min(height, count) - 1
    case "H", "f":
      let column = numbers.count > 1 ? numbers[1] ?? 1 : 1
      cursor = (min(height, count) - 1, min(columns, max(1, column)) - 1)
    case "K": eraseInRow(first ?? 0)
    case "J": eraseInScreen(first ?? 0)
    case "P": shift(by: -count)
    case "@": shift(by: count)
    case "X": fill(cursor.column..<min(columns, cursor.column + count))
    case "h" where parameters == "?2004": marksPaste = true
    case "l" where parameters == "?2004": marksPaste = false
    default: break
    }
  }

  private mutating func eraseInRow(_ mode: Int) {
    switch mode {
    case 0: fill(cursor.column..<columns)
    case 1: fill(0..<cursor.column + 1)
    default: fill(0..<columns)
    }
  }

  private mutating func eraseInScreen(_ mode: Int) {
    let blank = Array(repeating: Character(" "), count: columns)
    switch mode {
    case 0:
      fill(cursor.column..<columns)
      for row in cells.indices where row > cursor.row { cells[row] = blank }
    case 1:
      fill(0..<cursor.column + 1)
      for row in cells.indices where row < cursor.row { cells[row] = blank }
    default:
      for row in cells.indices { cells[row] = blank }
    }
  }

  private mutating func fill(_ range: Range<Int>) {
    for column in range { cells[cursor.row][column] = " " }
  }

  /// Moves the rest of the row to the right, or to the left over the characters that are deleted.
  private mutating func shift(by count: Int) {
    var row = cells[cursor.row]
    let room = columns - cursor.column
    if count > 0 {
      row.insert(contentsOf: Array(repeating: " ", count: min(count, room)), at: cursor.column)
      row.removeLast(row.count - columns)
    } else {
      row.removeSubrange(cursor.column..<cursor.column + min(-count, room))
      row += Array(repeating: " ", count: columns - row.count)
    }
    cells[cursor.row] = row
  }

  private static let secondHalf: Character = "\u{0}"

  private static func trimmed(_ row: [Character]) -> String {
    var row = row.filter { $0 != secondHalf }
    while row.last == " " { row.removeLast() }
    return String(row)
  }

  private static func isWide(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first?.value else { return false }
    return (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar)
      || (0xAC00...0xD7A3).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
      || (0x1F300...0x1F64F).contains(scalar)
  }
}
