@_spi(_Unicode) internal import Swift

extension String {
  /// The text in Unicode's canonical composition (NFC), in which equal texts have equal bytes.
  package var composed: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in _nfc { scalars.append(scalar) }
    return String(scalars)
  }

  /// Whether the text is already in canonical composition.
  package var isComposed: Bool {
    unicodeScalars.elementsEqual(composed.unicodeScalars)
  }
}
