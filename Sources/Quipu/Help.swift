import ArgumentParser
import Trainings

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
