import Testing

@testable import Rendering

@Suite struct CellWidthTests {
  /// Reference: `wcwidth.wcswidth` of the Python package wcwidth.
  @Test(
    "Text is as wide as terminals show it",
    arguments: [
      ("abc", 3), ("Málaga", 6), ("e\u{301}a", 2), ("東京", 4), ("ﾊﾟ", 2), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("👩‍👩‍👧", 2), ("🇺🇸", 2), ("👍🏽", 2), ("❤️", 2), ("½×–·…", 5),
      ("a\u{200B}b", 2), ("नमस्ते", 4), ("ไทย", 3), ("！", 2), ("①", 1), ("✓", 1), ("░█", 2),
    ])
  func widths(text: String, expected: Int) {
    #expect(text.cells == expected)
  }

  @Test("Lines break between words, and inside a word only where it alone is too wide")
  func wrapping() {
    #expect("to be or not".wrapped(to: 6) == ["to be", "or not"])
    #expect("incomprehensible it is".wrapped(to: 7) == ["incompr", "ehensib", "le it", "is"])
    #expect("東京 大阪".wrapped(to: 5) == ["東京", "大阪"])
    #expect("as it is".wrapped(to: nil) == ["as it is"])
    #expect("".wrapped(to: 5) == [""])
  }

  @Test("Wide characters are cut at whole characters")
  func cutting() {
    #expect("東京大阪".cut(to: 6, .unicode) == "東京…")
    #expect("abcdef".cut(to: 6, .unicode) == "abcdef")
  }
}
