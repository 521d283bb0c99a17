import ArgumentParser
import Trainings

extension Language {
  /// The text for a reader of this language.
  func pick(_ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    switch self {
    case .spanish: spanish()
    case .english: english()
    }
  }

  /// What `--lang` says, else `LC_ALL`, else `LANG`.
  ///
  /// Looked for before the command line is parsed, since help and its errors are worded too.
  init(arguments: [String], environment: [String: String]) {
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
  static let ofProcess = Language(
    arguments: CommandLine.arguments, environment: ProcessEnvironment.variables)
}

/// Help in the language of the process.
func help(_ spanish: String, _ english: String, valueName: String? = nil) -> ArgumentHelp {
  ArgumentHelp(stringLiteral: Language.ofProcess.pick(spanish, english)).named(valueName)
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String?) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}
