/// One text that may stand at the cursor.
package struct Completion: Hashable, Sendable {
  /// What is put into the text.
  package let insert: String
  /// What the list shows.
  package let display: String
  /// What it is, in the plural a heading needs: `fields`, `values`, `verbs`.
  package let kind: String
  /// What the list shows after it, such as the number of rows: `134,221`.
  package let detail: String
  /// The part of the text it takes the place of, in UTF-8 offsets.
  package let replacing: Range<Int>

  package init(
    insert: String, display: String? = nil, kind: String, detail: String = "",
    replacing: Range<Int>
  ) {
    self.insert = insert
    self.display = display ?? insert
    self.kind = kind
    self.detail = detail
    self.replacing = replacing
  }
}

extension Completion {
  /// The text that every completion begins with, as far as it lengthens what is typed; else nothing.
  ///
  /// Case does not matter to what is typed, so that `bl` grows into `Black`. A completion that is
  /// the only one takes the place of anything, so that `nat` grows into `"Native American"`.
  static func commonPrefix(of completions: [Completion], lengthening typed: String) -> String? {
    guard let first = completions.first else { return nil }
    if completions.count == 1 { return first.insert == typed ? nil : first.insert }
    var prefix = first.insert
    for completion in completions.dropFirst() {
      guard completion.replacing == first.replacing else { return nil }
      prefix = String(zip(prefix, completion.insert).prefix { $0 == $1 }.map(\.0))
    }
    let grows = prefix.count > typed.count
    return grows && prefix.lowercased().hasPrefix(typed.lowercased()) ? prefix : nil
  }
}
