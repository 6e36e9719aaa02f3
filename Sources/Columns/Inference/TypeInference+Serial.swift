extension TypeInference {
  /// The type of serial numbers, as all of their texts would have it, without looking at them; nothing where the
  /// pattern alone does not tell, or something would have to be said of it.
  static func serialType(of column: Column, named name: String) -> FieldType? {
    guard let serial = column.texts.serial, column.heldTextCount > 3, serial.numberCount > 1 else {
      return nil
    }
    let pattern = serial.pattern
    // The first number and the last are in a row.
    let first = serial.bytes(of: 0)
    let last = serial.bytes(of: serial.numberCount - 1)
    if pattern.beginsWithLetter {
      // Whether a text looks like a code depends on its kinds of characters, which all of them share.
      return first.withUnsafeBufferPointer(ColumnTally.isCodeLike) ? .code : nil
    }
    guard pattern.isPlainNumber else {
      let isNumber = first.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber && first.count > 1 && first[0] == UInt8(ascii: "0") ? .code : nil
    }
    guard pattern.decimalCount == 0 else { return isCalledCode(name) ? nil : .decimal }
    if last.count >= fewestCodeDigits { return .code }
    // That the numbers look like dates would be said.
    let noDates = column.heldTextCount - mostWrittenDays
    return last.count < 8 || noDates * 100 > column.rowCount ? .integer : nil
  }

  /// The days of the years 1900 to 2100, which a number of eight digits may mean.
  private static let mostWrittenDays = 201 * 366
}
