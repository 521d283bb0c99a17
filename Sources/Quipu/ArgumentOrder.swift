/// Lets the global options stand before the subcommand as well as after it.
///
/// The parser knows them as options of each subcommand, so those in front are moved behind its name.
enum ArgumentOrder {
  private static let flags: Set<String> = ["--json", "--progress"]
  private static let options: Set<String> = ["--replica", "--lang"]

  /// The arguments in the order in which the parser takes them.
  ///
  /// - Parameter groups: Commands that have subcommands of their own.
  static func arranged(_ arguments: [String], groups: Set<String>) -> [String] {
    var rest = arguments[...]
    var moved = takeGlobals(from: &rest)
    var words: [String] = []
    if let word = rest.first, !word.hasPrefix("-"), word != "help" {
      words.append(rest.removeFirst())
      if groups.contains(word) {
        moved += takeGlobals(from: &rest)
        if let leaf = rest.first, !leaf.hasPrefix("-") { words.append(rest.removeFirst()) }
      }
      return words + moved + rest
    }
    // Without a subcommand there is nobody to take them: help and the version need none of them.
    return Array(rest)
  }

  private static func takeGlobals(from rest: inout ArraySlice<String>) -> [String] {
    var taken: [String] = []
    while let argument = rest.first {
      let name = argument.prefix { $0 != "=" }
      if flags.contains(argument) || (options.contains(String(name)) && name != argument) {
        taken.append(rest.removeFirst())
      } else if options.contains(argument), rest.count > 1 {
        taken += rest.prefix(2)
        rest.removeFirst(2)
      } else {
        break
      }
    }
    return taken
  }
}
