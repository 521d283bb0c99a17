public import ArgumentParser
public import Trainings

/// A text in the language of the process: `--lang`, else `LC_ALL`, else `LANG`.
func say(_ spanish: String, _ english: String) -> String {
  Language.ofProcess.pick(spanish, english)
}

/// Help in the language of the process.
func help(_ spanish: String, _ english: String) -> ArgumentHelp {
  ArgumentHelp(stringLiteral: say(spanish, english))
}

extension Language: ExpressibleByArgument {}
