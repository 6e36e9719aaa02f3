/// What a database says of tables that it does not number the changes of: one sign that is another only
/// where rows are, and one that is the same only where rows are.
package struct TableSigns {
  private struct Signs {
    let surelyChanged: String
    let surelySame: String
  }

  private var last: [String: Signs] = [:]

  package init() {}

  /// The state of a table to tell: its first sign; nothing where that is as before and the second is
  /// not, so that nobody knows.
  package mutating func state(
    of table: String, changedByRows surelyChanged: String, sameWithRows surelySame: String
  ) -> String? {
    let before = last.updateValue(
      Signs(surelyChanged: surelyChanged, surelySame: surelySame), forKey: table)
    guard let before, before.surelyChanged == surelyChanged, before.surelySame != surelySame else {
      return surelyChanged
    }
    return nil
  }
}
