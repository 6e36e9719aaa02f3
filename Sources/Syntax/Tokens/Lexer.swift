package import Diagnostics

/// Cuts a text into tokens. It never fails: every byte is in a token, in white space or in a comment.
package struct Lexer {
  private let bytes: [UInt8]
  private var position = 0
  /// Open round and square brackets; inside them line breaks are white space and a comma always separates.
  private var brackets: [UInt8] = []
  private var isSpaced = true
  private var tokens: [Token] = []

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The tokens of the text, in order; spans do not overlap.
  package static func tokens(of source: SourceText) -> [Token] {
    var lexer = Lexer(source.bytes)
    while lexer.position < lexer.bytes.count { lexer.step() }
    return lexer.tokens
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  /// blank = " " | ? tab ? | ? carriage return ? | comment | continuation ;
  ///
  /// comment = "#", { ? any character but a line break ? } ;
  private mutating func step() {
    let current = byte()
    switch current {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      position += 1
      isSpaced = true
    case UInt8(ascii: "\n"): lineBreak()
    case UInt8(ascii: "\\") where isContinuation: skipContinuation()
    case UInt8(ascii: "#"):
      while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
    case UInt8(ascii: ";"):
      // The rows of a matrix stand between `;`; anywhere else it ends what is open.
      let isInMatrix = brackets.last == UInt8(ascii: "[")
      emit(isInMatrix ? .symbol : .end, length: 1)
      if !isInMatrix { brackets = [] }
    case UInt8(ascii: "\""): quoted(UInt8(ascii: "\""), as: .string)
    case UInt8(ascii: "`"): quoted(UInt8(ascii: "`"), as: .name)
    default:
      if startsWord { word() } else { symbol() }
    }
  }

  /// end = ? line break ? | ";" ;
  ///
  /// Inside brackets a line break is a blank, and inside square ones `;` is a symbol.
  private mutating func lineBreak() {
    if brackets.isEmpty { emit(.end, length: 1) } else { position += 1 }
    isSpaced = true
  }

  /// continuation = "\", { " " | ? carriage return ? }, ? line break ? ;
  private var isContinuation: Bool {
    var ahead = 1
    while byte(ahead) == UInt8(ascii: " ") || byte(ahead) == UInt8(ascii: "\r") { ahead += 1 }
    return position + ahead >= bytes.count || byte(ahead) == UInt8(ascii: "\n")
  }

  private mutating func skipContinuation() {
    while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
    if position < bytes.count { position += 1 }
    isSpaced = true
  }

  private mutating func emit(_ kind: Token.Kind, length: Int) {
    emit(kind, length: length, text: nil)
  }

  private mutating func emit(_ kind: Token.Kind, length: Int, text: String?) {
    let span = Span(position, position + length)
    let text = text ?? String(decoding: bytes[position..<position + length], as: UTF8.self)
    tokens.append(Token(kind, text, at: span, isSpaced: isSpaced))
    position += length
    isSpaced = false
  }

  /// string = '"', { ? any character but a quote ? | '""' }, '"' ;
  ///
  /// backquoted = '`', { ? any character but a backquote ? | '``' }, '`' ;
  private mutating func quoted(_ quote: UInt8, as kind: Token.Kind) {
    var text: [UInt8] = []
    var ahead = 1
    while position + ahead < bytes.count {
      if byte(ahead) == quote {
        if byte(ahead + 1) != quote {
          emit(kind, length: ahead + 1, text: String(decoding: text, as: UTF8.self))
          return
        }
        ahead += 1
      }
      text.append(byte(ahead))
      ahead += 1
    }
    emit(.unclosed, length: ahead, text: String(decoding: text, as: UTF8.self))
  }

  /// letter = ? A to Z, a to z, _ or a character beyond ASCII ? ;
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" ;
  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private var startsWord: Bool {
    let next = byte(1)
    return switch byte() {
    case UInt8(ascii: "-"): Lexer.isDigit(next) && canBeSigned
    case UInt8(ascii: "$"): Lexer.isDigit(next)
    case UInt8(ascii: "."): Lexer.isDigit(next)
    default: Lexer.isLetterOrDigit(byte())
    }
  }

  /// A minus sign belongs to the number where a value is due: after a sign, at the start, or spaced off on the left.
  private var canBeSigned: Bool {
    guard let last = tokens.last else { return true }
    return last.kind == .symbol && last.text != ")" && last.text != "]" || isSpaced
  }

  /// word = letter, { piece } | numeral ;
  ///
  /// piece = letter | digit | joint, ( letter | digit ) ;
  ///
  /// numeral = ( [ "-" | "$" ], digit, { digit }, { thousands } | ".", digit, { digit } ),
  ///   [ tail ], [ "%" ] ;
  ///
  /// tail = ( letter | joint, ( letter | digit ) ), { piece } ;
  private mutating func word() {
    let isNumeric = Lexer.isDigit(byte()) || !Lexer.isLetterOrDigit(byte())
    var isWhole = isNumeric && byte() != UInt8(ascii: ".")
    var ahead = 1
    while position + ahead < bytes.count {
      let current = byte(ahead)
      let next = byte(ahead + 1)
      if isWhole, current == UInt8(ascii: ","), brackets.isEmpty, groupsThousands(at: ahead) {
        ahead += 4
        continue
      }
      isWhole = isWhole && Lexer.isDigit(current)
      if Lexer.isLetterOrDigit(current) {
        ahead += 1
      } else if current == UInt8(ascii: "."), next == UInt8(ascii: ".") {
        break
      } else if Lexer.joins(current), Lexer.isLetterOrDigit(next) {
        ahead += 1
      } else if isNumeric, current == UInt8(ascii: "%") {
        ahead += 1
        break
      } else {
        break
      }
    }
    emit(.word, length: ahead)
  }

  /// joint = "-" | "." | "/" | ":" | "&" | "'" ;
  private static func joins(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
      UInt8(ascii: "&"), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// thousands = ",", digit, digit, digit ;
  ///
  /// Digits alone stand before it and none behind it; inside brackets a comma separates.
  private func groupsThousands(at ahead: Int) -> Bool {
    Lexer.isDigit(byte(ahead - 1)) && Lexer.isDigit(byte(ahead + 1))
      && Lexer.isDigit(byte(ahead + 2)) && Lexer.isDigit(byte(ahead + 3))
      && !Lexer.isDigit(byte(ahead + 4))
  }

  private static let pairs: Set<String> = [
    "!=", "<=", ">=", "..", "==", "<>", "&&", "||", "~=", "=~",
  ]

  /// symbol = comparison | "+" | "-" | "*" | "/" | "|" | "?" | ".." | "," | "(" | ")" | "[" | "]" ;
  ///
  /// Any other sign is a symbol too, one that no rule has a place for.
  private mutating func symbol() {
    let pair = String(decoding: bytes[position..<min(position + 2, bytes.count)], as: UTF8.self)
    if Lexer.pairs.contains(pair) {
      emit(.symbol, length: 2)
      return
    }
    switch byte() {
    case UInt8(ascii: "("), UInt8(ascii: "["): brackets.append(byte())
    case UInt8(ascii: ")"), UInt8(ascii: "]"): _ = brackets.popLast()
    default: break
    }
    emit(.symbol, length: 1)
  }
}
