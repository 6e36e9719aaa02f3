/// What a piece of a page is; a decorator decides how that looks.
enum Role: Hashable, Sendable {
  case text, heading, label, value, caution, note, receipt, error, mark, picture
}

/// Some text in one role.
struct Run: Hashable, Sendable {
  let role: Role
  let text: String
}
