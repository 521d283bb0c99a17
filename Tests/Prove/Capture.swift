import ArgumentParser
import Simulation

/// Other programs' statements of every kind.
struct Capture: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lets Python and the sqlite3 shell write replicas by every kind of statement.")

  @Option(help: "One seed.")
  var seed: UInt64?

  @Option(help: "The first seed.")
  var from: UInt64 = 1

  @Option(help: "How many seeds.")
  var seeds: UInt64 = 100

  @Option(help: "python or shell; both unless said.")
  var writer: String?

  func run() throws {
    let writers = CaptureTrial.Writer.allCases.filter { writer == nil || $0.rawValue == writer }
    var progress = Progress(total: seed == nil ? Int(seeds) * writers.count : writers.count)
    var statements = 0
    for seed in seed.map({ $0...$0 }) ?? from...(from + seeds - 1) {
      for writer in writers {
        var trial = CaptureTrial(seed: seed, writer: writer)
        do {
          statements += try trial.run()
          progress.step("\(statements) statements")
        } catch let failure as SimulationFailure {
          print("\n\(writer.rawValue): \(failure)")
          throw ExitCode.failure
        }
      }
    }
    print()
  }
}
