public import ArgumentParser
import Trainings
public import WebPages

/// `quipu user`: who may sign in to the pages of this replica.
struct UserCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "user",
      abstract: Language.ofProcess.pick(
        "Quién puede entrar a las páginas de esta réplica.",
        "Who may sign in to the pages of this replica."),
      subcommands: [List.self, Add.self, Password.self, Remove.self])
  }

  /// `quipu user list`.
  struct List: Subcommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "list",
        abstract: Language.ofProcess.pick("Muestra los usuarios.", "Shows the users."))
    }

    @OptionGroup var options: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
      let users = try UserStore(invocation.openReplica()).list()
      try invocation.print(
        .array(
          users.map { user in
            .object([
              ("name", .string(user.name)), ("fullName", .string(user.fullName)),
              ("roles", .array(user.roles.sorted().map { .string($0.rawValue) })),
            ])
          }),
        text: users.map { user in
          "\(user.name)  \(user.fullName)  \(user.roles.sorted().map(\.rawValue).joined(separator: " "))"
        }.joined(separator: "\n"))
      return .done
    }
  }

  /// `quipu user add`.
  struct Add: Subcommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "add",
        abstract: Language.ofProcess.pick(
          "Agrega un usuario; la contraseña se pregunta o llega por la entrada.",
          "Adds a user; the password is asked for or comes on standard input."))
    }

    @Argument(help: help("Con qué nombre entra.", "The name to sign in with.", valueName: "name"))
    var name: String

    @Option(help: help("Nombre y apellidos.", "The full name.", valueName: "full name"))
    var fullName: String?

    @Option(
      help: help(
        "registrar, coordinator, me_officer, administrator o auditor; puede repetirse.",
        "registrar, coordinator, me_officer, administrator or auditor; may be repeated.",
        valueName: "role"))
    var role: [WebRole] = [.registrar]

    @OptionGroup var options: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
      let store = UserStore(try invocation.openReplica())
      let password = try PasswordPrompt(invocation).read(confirming: true)
      let user = WebUser(name: name, fullName: fullName ?? name, roles: Set(role))
      try UserCommand.explaining(invocation.language) {
        try store.add(user, password: password, now: Invocation.now())
      }
      return .done
    }
  }

  /// `quipu user password`.
  struct Password: Subcommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "password",
        abstract: Language.ofProcess.pick(
          "Cambia la contraseña de un usuario; sus sesiones abiertas terminan.",
          "Changes a user's password; the open sessions end."))
    }

    @Argument(help: help("El usuario.", "The user.", valueName: "name"))
    var name: String

    @OptionGroup var options: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
      let store = UserStore(try invocation.openReplica())
      let password = try PasswordPrompt(invocation).read(confirming: true)
      try UserCommand.explaining(invocation.language) {
        try store.setPassword(password, of: name, now: Invocation.now())
      }
      return .done
    }
  }

  /// `quipu user remove`.
  struct Remove: Subcommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "remove",
        abstract: Language.ofProcess.pick("Quita a un usuario.", "Removes a user."))
    }

    @Argument(help: help("El usuario.", "The user.", valueName: "name"))
    var name: String

    @OptionGroup var options: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
      let store = UserStore(try invocation.openReplica())
      try UserCommand.explaining(invocation.language) { try store.remove(name) }
      return .done
    }
  }

  private static func explaining(_ language: Language, _ work: () throws -> Void) throws {
    do {
      try work()
    } catch let error as UserStore.Failure {
      throw Failure(code: "user_\(error)", message: words(error, language))
    }
  }

  private static func words(_ failure: UserStore.Failure, _ language: Language) -> String {
    switch failure {
    case .invalidName:
      language.pick(
        "el nombre lleva letras, números y . - _ @, 64 como máximo",
        "a name has letters, digits and . - _ @, at most 64")
    case .shortPassword:
      language.pick(
        "la contraseña necesita al menos \(UserStore.leastPasswordLength) caracteres",
        "a password needs at least \(UserStore.leastPasswordLength) characters")
    case .noRole: language.pick("falta un rol", "a role is missing")
    case .exists: language.pick("ya hay un usuario con ese nombre", "there is a user of this name")
    case .unknown: language.pick("no hay ningún usuario así", "there is no such user")
    }
  }
}

extension WebRole: ExpressibleByArgument {}
