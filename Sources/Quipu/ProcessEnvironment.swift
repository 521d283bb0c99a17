#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The variables that the process was started with.
enum ProcessEnvironment {
  static let variables = ProcessInfo.processInfo.environment
}

/// Which file is meant when a command speaks of the replica.
enum ReplicaLocation {
  /// What `--replica` says, else `QUIPU_REPLICA`, else a file in the XDG data folder.
  static func path(option: String?, environment: [String: String]) -> String {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let option { return option }
    if let path = value("QUIPU_REPLICA") { return path }
    // The XDG rule: a relative folder is to be ignored.
    let folder =
      value("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (value("HOME") ?? ".") + "/.local/share"
    return folder + "/quipu/replica.sqlite"
  }
}
