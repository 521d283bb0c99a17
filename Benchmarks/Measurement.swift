#if canImport(Glibc)
  import Glibc
#endif

/// Wall and processor seconds of a piece of work.
struct Measurement {
  var wall: Double
  var cpu: Double

  static func of<T>(_ work: () throws -> T) rethrows -> (T, Measurement) {
    let start = now()
    let result = try work()
    let end = now()
    return (result, Measurement(wall: end.wall - start.wall, cpu: end.cpu - start.cpu))
  }

  static func += (left: inout Measurement, right: Measurement) {
    left.wall += right.wall
    left.cpu += right.cpu
  }

  static let zero = Measurement(wall: 0, cpu: 0)

  private static func now() -> (wall: Double, cpu: Double) {
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    var processor = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor)
    return (
      Double(clock.tv_sec) + Double(clock.tv_nsec) / 1e9,
      Double(processor.tv_sec) + Double(processor.tv_nsec) / 1e9
    )
  }

  /// The most memory this process has held, in MiB.
  static var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}

/// The middle of several values.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return .nan }
  return sorted.count % 2 == 1
    ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}
