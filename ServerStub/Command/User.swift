internal import ArgumentParser
internal import Foundation
internal import WebPages

/// Who may sign in to the pages: `quipu-central user`.
struct User: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Agrega, muestra y quita a quienes pueden entrar en las páginas.",
      "Add, list and remove those who may sign in to the pages."),
    discussion: say(
      """
      Roles: registrar (ve cifras y registros), coordinator (decide conflictos y duplicados), me_officer \
      (cierra trimestres, escribe informes), administrator (todo), auditor (ve todo y no cambia nada). La \
      contraseña es la primera línea de la entrada.
      """,
      """
      Roles: registrar (sees figures and records), coordinator (decides conflicts and duplicates), \
      me_officer (closes quarters, writes reports), administrator (everything), auditor (sees everything, \
      changes nothing). A password is read from standard input: its first line.
      """),
    subcommands: [UserAdd.self, UserList.self, UserPassword.self, UserRoles.self, UserRemove.self],
    defaultSubcommand: UserList.self)

  /// The first line of standard input; on a terminal it is asked for and not shown.
  static func password() throws -> String {
    let isTerminal = isatty(STDIN_FILENO) == 1
    var old = termios()
    if isTerminal {
      FileHandle.standardError.write(Data(say("Contraseña: ", "Password: ").utf8))
      tcgetattr(STDIN_FILENO, &old)
      var quiet = old
      quiet.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSANOW, &quiet)
    }
    defer {
      if isTerminal {
        tcsetattr(STDIN_FILENO, TCSANOW, &old)
        FileHandle.standardError.write(Data("\n".utf8))
      }
    }
    guard let line = readLine(), !line.isEmpty else {
      throw Failure(
        code: "no_password", message: say("no se dio ninguna contraseña", "no password was given"),
        hint: say(
          "escríbala en la entrada: quipu-central user add … < archivo",
          "write it on standard input: quipu-central user add … < file"), status: 2)
    }
    return line
  }

  static func roles(_ words: [String]) throws -> Set<WebRole> {
    let roles = words.flatMap { $0.split(separator: ",") }.map { word -> WebRole? in
      WebRole(rawValue: word.replacingOccurrences(of: "-", with: "_"))
    }
    let known = WebRole.allCases.map(\.rawValue).joined(separator: ", ")
    guard !roles.isEmpty, roles.allSatisfy({ $0 != nil }) else {
      throw ValidationError(say("--role es uno de \(known)", "--role is one of \(known)"))
    }
    return Set(roles.compactMap(\.self))
  }

  /// What the store refuses, in words.
  static func explaining(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as UserStore.Failure {
      let (code, message, hint): (String, String, String) =
        switch failure {
        case .invalidName:
          (
            "invalid_name",
            say(
              "el nombre tiene otros caracteres que letras, cifras y . - _ @",
              "the name has other characters than letters, digits and . - _ @"),
            say("elija un nombre como m.rojas", "choose a name such as m.rojas")
          )
        case .shortPassword:
          (
            "short_password",
            say(
              "la contraseña tiene menos de \(UserStore.leastPasswordLength) caracteres",
              "the password has fewer than \(UserStore.leastPasswordLength) characters"),
            say("elija una más larga", "choose a longer one")
          )
        case .noRole:
          (
            "no_role", say("un usuario necesita un rol", "a user needs a role"),
            say("indíquelo con --role", "give one with --role")
          )
        case .exists:
          (
            "user_exists", say("ya hay un usuario con ese nombre", "there is a user of this name"),
            say("vea: quipu-central user list", "see: quipu-central user list")
          )
        case .unknown:
          (
            "unknown_user",
            say("no hay ningún usuario con ese nombre", "there is no user of this name"),
            say("vea: quipu-central user list", "see: quipu-central user list")
          )
        }
      throw Failure(code: code, message: message, hint: hint)
    }
  }
}

/// `quipu-central user add`.
struct UserAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: say(
      "Agrega un usuario; la contraseña se lee de la entrada.",
      "Add a user; the password is read from standard input."))

  @OptionGroup var options: CentralOptions
  @Option(help: help("Con qué nombre entra.", "What to sign in with.")) var name: String
  @Option(help: help("Como lo muestran las páginas.", "As the pages show it.")) var fullName = ""
  @Option(
    help: help(
      "Lo que puede hacer; varios con comas o repetidos.",
      "What the user may do; several with commas or repeated.")) var role: [String]

  func validate() throws { _ = try User.roles(role) }

  func run() async throws {
    let users = UserStore(try options.open().replica)
    let user = WebUser(name: name, fullName: fullName, roles: try User.roles(role))
    let password = try User.password()
    try User.explaining {
      try users.add(user, password: password, now: CentralOptions.now())
    }
    print(
      say(
        "Agregado \(name). Un servidor que ya corre lo pedirá después de reiniciarse.",
        "Added \(name). A server that is running asks for it after its next start."))
  }
}

/// `quipu-central user list`.
struct UserList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: say("Todos los usuarios con sus roles.", "All users with their roles."))

  private struct Entry: Encodable {
    var name: String
    var fullName: String
    var roles: [String]
  }

  @OptionGroup var options: CentralOptions
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

  func run() async throws {
    let entries = try UserStore(try options.open().replica).list().map {
      Entry(name: $0.name, fullName: $0.fullName, roles: $0.roles.sorted().map(\.rawValue))
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(entries), as: UTF8.self))
      return
    }
    for entry in entries {
      print("\(entry.name)  \(entry.roles.joined(separator: ", "))  \(entry.fullName)")
    }
  }
}

/// `quipu-central user password`.
struct UserPassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: say(
      "Da a un usuario otra contraseña, leída de la entrada; sus sesiones abiertas terminan.",
      "Give a user another password, read from standard input; open sessions end."))

  @OptionGroup var options: CentralOptions
  @Option(help: help("De quién.", "Whose.")) var name: String

  func run() async throws {
    let users = UserStore(try options.open().replica)
    let password = try User.password()
    try User.explaining {
      try users.setPassword(password, of: name, now: CentralOptions.now())
    }
    print(say("Se cambió la contraseña de \(name)", "The password of \(name) was changed"))
  }
}

/// `quipu-central user roles`.
struct UserRoles: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles",
    abstract: say(
      "Da a un usuario otros roles; sus sesiones abiertas terminan.",
      "Give a user other roles; open sessions end."))

  @OptionGroup var options: CentralOptions
  @Option(help: help("De quién.", "Whose.")) var name: String
  @Option(
    help: help(
      "Lo que puede hacer; varios con comas o repetidos.",
      "What the user may do; several with commas or repeated.")) var role: [String]

  func validate() throws { _ = try User.roles(role) }

  func run() async throws {
    let users = UserStore(try options.open().replica)
    let roles = try User.roles(role)
    try User.explaining { try users.setRoles(roles, of: name, now: CentralOptions.now()) }
    print(say("Se cambiaron los roles de \(name)", "The roles of \(name) were changed"))
  }
}

/// `quipu-central user remove`.
struct UserRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: say(
      "Quita a un usuario; sus sesiones abiertas terminan.", "Remove a user; open sessions end."))

  @OptionGroup var options: CentralOptions
  @Option(help: help("A quién.", "Whom.")) var name: String

  func run() async throws {
    let users = UserStore(try options.open().replica)
    try User.explaining { try users.remove(name) }
    print(say("Quitado \(name)", "Removed \(name)"))
  }
}
