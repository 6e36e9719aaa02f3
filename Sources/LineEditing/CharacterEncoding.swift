import Glibc

/// The encoding of the keyboard and the screen.
package enum CharacterEncoding {
  /// Takes the person's locale for characters, or UTF-8 where that locale has none.
  ///
  /// In the C locale the C library drops every key that is not ASCII.
  package static func adopt() {
    setlocale(LC_CTYPE, "")
    let codeset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) }
    if codeset != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }
}
