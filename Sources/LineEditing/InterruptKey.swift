import Glibc

/// Ctrl-C as a signal, which it is not while a line is edited.
enum InterruptKey {
  /// Does something that may take a while, with Ctrl-C sending its signal meanwhile.
  static func whileEnabled<Result>(_ body: () -> Result) -> Result {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return body() }
    let before = settings.c_lflag
    settings.c_lflag |= tcflag_t(ISIG)
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    defer {
      settings.c_lflag = before
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
    return body()
  }
}
