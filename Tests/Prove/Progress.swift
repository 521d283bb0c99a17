import Foundation

/// A line that says how far a long run has come: once a second on a terminal, else every tenth.
struct Progress {
  private let total: Int
  private let start = Date()
  private var done = 0
  private var lastShown = Date.distantPast
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  init(total: Int) {
    self.total = total
  }

  mutating func step(_ more: @autoclosure () -> String = "") {
    done += 1
    let now = Date()
    let isDue =
      isTerminal ? now.timeIntervalSince(lastShown) > 1 : done % max(1, total / 10) == 0
    guard isDue || done == total else { return }
    lastShown = now
    let seconds = Int(now.timeIntervalSince(start))
    print(
      "\(done) of \(total), \(seconds) s, \(more())", terminator: isTerminal ? "   \r" : "\n")
    fflush(nil)
  }
}
