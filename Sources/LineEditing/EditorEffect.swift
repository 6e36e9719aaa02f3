import CLibEdit

/// What libedit does after a function of ours.
enum EditorEffect {
  /// Nothing on the screen changes.
  case nothing
  /// Only the cursor moved.
  case cursorMoved
  /// The text or the prompt changed.
  case redraw
  /// The key can't be used here.
  case beep

  var code: UInt8 {
    switch self {
    case .nothing: UInt8(CC_NORM)
    case .cursorMoved: UInt8(CC_CURSOR)
    case .redraw: UInt8(CC_REFRESH)
    case .beep: UInt8(CC_ERROR)
    }
  }
}
