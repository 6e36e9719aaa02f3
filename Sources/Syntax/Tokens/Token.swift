package import Diagnostics

/// The smallest piece of text that has a meaning; a word's meaning depends on where it stands.
package struct Token: Hashable, Sendable {
  /// What kind of piece a token is.
  package enum Kind: String, Hashable, Sendable {
    /// Letters, digits and `_ - . / : & '`: a keyword, a name, a value, a number or a date.
    case word
    /// `` `any text` ``, always a name.
    case name
    /// `"any text"`, always a value.
    case string
    /// `= != < <= > >= | ( ) [ ] , ? .. + - * /`, and signs that Docket does not use.
    case symbol
    /// A line break or `;`.
    case end
    /// A quote that is not closed before the end of the text.
    case unclosed
  }

  package let kind: Kind
  package let span: Span
  /// What the token says: without its quotes, doubled quotes undone.
  package let text: String
  /// Whether white space stands before it.
  package let isSpaced: Bool

  package init(_ kind: Kind, _ text: String, at span: Span, isSpaced: Bool) {
    self.kind = kind
    self.text = text
    self.span = span
    self.isSpaced = isSpaced
  }
}
