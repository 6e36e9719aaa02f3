package import Diagnostics
import Engine

/// What a session may reach beside reading files and answering.
package struct Permissions: Hashable, Sendable {
  /// Whether it may open web addresses and databases elsewhere.
  package var allowsNetwork = true
  /// Whether it may run programs that serve as sources.
  package var allowsPlugins = true
  /// Whether it may write files.
  package var allowsWriting = true

  package init() {}

  /// Neither the network nor programs nor files that are written.
  package static var safe: Permissions {
    var permissions = Permissions()
    permissions.allowsNetwork = false
    permissions.allowsPlugins = false
    permissions.allowsWriting = false
    return permissions
  }

  /// Why a path or address may not be opened; nothing where it may.
  func refusal(of path: String, at span: Span) -> Diagnostic? {
    guard let mark = path.firstRange(of: "://"), path[..<mark.lowerBound] != "file" else {
      return nil
    }
    let isWeb = ["http", "https"].contains(path[..<mark.lowerBound].lowercased())
    if !allowsNetwork {
      return SessionMessages.notAllowed("\(path) is not on this machine", at: span)
    }
    if !isWeb, !allowsPlugins {
      return SessionMessages.notAllowed("\(path) is read by a program of its own", at: span)
    }
    return nil
  }
}

extension Session {
  /// Treats every dataset opened from now on as restricted, unless its card says public, and masks cells of 1
  /// to `most`.
  package func restrictAll(masking most: Int) {
    catalogue.settings.maskBelow = most
    catalogue.settings.restrictsAll = true
  }
}
