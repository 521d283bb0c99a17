import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal that all output goes through.
///
/// Data go to standard output, everything else to standard error.
final class Console: Sendable {
  private struct State {
    var outputIsClosed = false
    var progressIsShown = false
  }

  private let showsProgress: Bool
  private let rewritesLine: Bool
  private let state = Mutex(State())

  /// - Parameter progress: Whether progress is shown even where standard error is no terminal.
  init(progress: Bool) {
    rewritesLine = isatty(STDERR_FILENO) == 1
    showsProgress = progress || rewritesLine
  }

  /// Writes data and a line end.
  ///
  /// A reader that went away (`quipu export … | head`) is no failure.
  func print(_ text: String) throws {
    try write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Writes data as it is.
  func write(_ text: String) throws {
    clearProgress()
    try state.withLock { state in
      guard !state.outputIsClosed else { return }
      if let reason = send(text, to: STDOUT_FILENO) {
        state.outputIsClosed = true
        if reason != EPIPE {
          throw Failure(code: "output", message: String(cString: strerror(reason)))
        }
      }
    }
  }

  /// Says something beside the data.
  func note(_ text: String) {
    clearProgress()
    _ = send(text + "\n", to: STDERR_FILENO)
  }

  /// Asks for a line; where standard error goes to a terminal or not, what is typed stands behind it.
  func prompt(_ text: String) {
    clearProgress()
    _ = send(text, to: STDERR_FILENO)
  }

  /// Shows how far the work has come.
  func progress(_ text: @autoclosure () -> String) {
    guard showsProgress else { return }
    if rewritesLine {
      state.withLock { $0.progressIsShown = true }
      _ = send("\r\u{1b}[K" + text(), to: STDERR_FILENO)
    } else {
      _ = send(text() + "\n", to: STDERR_FILENO)
    }
  }

  private func clearProgress() {
    let wasShown = state.withLock { state in
      defer { state.progressIsShown = false }
      return state.progressIsShown
    }
    if wasShown { _ = send("\r\u{1b}[K", to: STDERR_FILENO) }
  }

  /// Writes everything; nil, or the error number.
  private func send(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = systemWrite(
          descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        if count >= 0 {
          offset += count
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
