import Testing

@Suite("The screen that terminal tests look at")
struct ScreenTests {
  private func screen(_ text: String, columns: Int = 10, rows: Int = 3) -> Screen {
    var screen = Screen(columns: columns, rows: rows)
    screen.write(Array(text.utf8))
    return screen
  }

  @Test("text wraps at the last column only when more comes")
  func wrap() {
    #expect(screen("0123456789").rows == ["0123456789"])
    #expect(screen("0123456789").cursor == (0, 9))
    #expect(screen("0123456789x").rows == ["0123456789", "x"])
  }

  @Test("the first rows scroll off and are remembered")
  func scroll() {
    let screen = screen("a\r\nb\r\nc\r\nd")
    #expect(screen.rows == ["b", "c", "d"])
    #expect(screen.scrolledOff == ["a"])
    #expect(screen.text == "a\nb\nc\nd")
  }

  @Test("the cursor moves, erases, inserts and deletes")
  func control() {
    #expect(screen("abcdef\u{1B}[3D\u{1B}[K").rows == ["abc"])
    #expect(screen("abcdef\u{1B}[2G\u{1B}[2P").rows == ["adef"])
    #expect(screen("abc\r\u{1B}[2@").rows == ["  abc"])
    #expect(screen("a\r\nb\u{1B}[A\rx").rows == ["x", "b"])
    #expect(screen("a\r\nb\u{1B}[H\u{1B}[J").rows == [])
    #expect(screen("ab\u{8}c").rows == ["ac"])
  }

  @Test("colours and marks leave no trace, and wide characters take two columns")
  func unseen() {
    let coloured = screen("\u{1B}[1;31mé\u{1B}[0m\u{1B}[?2004h")
    #expect(coloured.rows == ["é"])
    #expect(coloured.marksPaste)
    #expect(screen("日本").cursor == (0, 4))
    #expect(screen("日本").rows == ["日本"])
  }

  @Test("a smaller screen keeps the last rows")
  func resize() {
    var screen = screen("abcdef\r\nb\r\nc")
    screen.resize(columns: 4, rows: 2)
    #expect(screen.rows == ["b", "c"])
    #expect(screen.scrolledOff == ["abcd"])
    #expect(screen.cursor == (1, 1))
  }
}
