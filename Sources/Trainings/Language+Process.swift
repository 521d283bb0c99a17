import Foundation

extension Language {
  /// What `--lang` says, else `LC_ALL`, else `LANG`.
  ///
  /// Looked for before the command line is parsed, since help and its errors are worded too.
  public init(arguments: [String], environment: [String: String]) {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--lang", index + 1 < arguments.count,
        let language = Language(rawValue: arguments[index + 1])
      {
        self = language
        return
      }
      if argument.hasPrefix("--lang="),
        let language = Language(rawValue: String(argument.dropFirst(7)))
      {
        self = language
        return
      }
    }
    let locale = [environment["LC_ALL"], environment["LANG"]].compactMap(\.self).first {
      !$0.isEmpty
    }
    self = locale?.lowercased().hasPrefix("es") == true ? .spanish : .english
  }

  /// The language of this process' messages.
  public static let ofProcess = Language(
    arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
}
