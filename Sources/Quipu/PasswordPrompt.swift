import Trainings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a password: unseen from a terminal, else the first line of standard input.
///
/// Never from an argument: every user of the machine can read those.
struct PasswordPrompt {
  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  /// - Parameter confirming: Whether a person at a terminal types it twice.
  func read(confirming: Bool) throws -> String {
    let language = invocation.language
    guard isatty(STDIN_FILENO) == 1 else {
      guard let line = readLine(), !line.isEmpty else {
        throw Failure(
          code: "no_password",
          message: language.pick(
            "no llegó ninguna contraseña por la entrada", "no password came on standard input"))
      }
      return line
    }
    let password = ask(language.pick("Contraseña: ", "Password: "))
    if confirming, ask(language.pick("Otra vez: ", "Again: ")) != password {
      throw Failure(
        code: "passwords_differ",
        message: language.pick("las dos contraseñas no son iguales", "the two passwords differ"))
    }
    return password
  }

  private func ask(_ question: String) -> String {
    var shown = termios()
    tcgetattr(STDIN_FILENO, &shown)
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      invocation.console.note("")
    }
    var text = question
    text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    return readLine() ?? ""
  }
}
