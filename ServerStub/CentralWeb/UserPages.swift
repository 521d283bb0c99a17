internal import Foundation
internal import SyncModel
internal import WebPages

/// Users and their roles.
struct UserPages: Sendable {
  let centre: Centre

  func add(to routes: WebRoutes) {
    let roles = Permission.administer
    routes.get("users", roles: roles) { try list($0) }
    routes.post("users", roles: roles) { try add($0) }
    routes.post("users/roles", roles: roles) { try setRoles($0) }
    routes.post("users/password", roles: roles) { try setPassword($0) }
    routes.post("users/remove", roles: roles) { try remove($0) }
    routes.get("account") { account($0) }
    routes.post("account", roles: Set(WebRole.allCases)) { try changeOwn($0) }
  }

  private func list(_ request: PageRequest, problem: String? = nil) throws -> PageResponse {
    let say = request.say
    func boxes(_ chosen: Set<WebRole>) -> [[String: Any]] {
      WebRole.allCases.sorted().map {
        [
          "code": $0.rawValue, "name": $0.word(say), "promise": $0.promise(say),
          "checked": chosen.contains($0),
        ]
      }
    }
    let users = try request.site.users.list()
    var data: [String: Any] = [
      "users": users.enumerated().map { index, user -> [String: Any] in
        [
          "name": user.name, "fullName": user.fullName, "id": String(index),
          "roles": user.roles.sorted().map { $0.word(say) }.joined(separator: ", "),
          "boxes": boxes(user.roles), "self": user.name == request.user.name,
        ]
      },
      "isEmpty": users.isEmpty, "roles": boxes(Set(chosen(request))),
      "name": request.form["name"], "fullName": request.form["fullName"],
      "local": request.user.isLocal, "least": String(UserStore.leastPasswordLength),
    ]
    if let problem { data["problem"] = problem }
    return request.show(
      "users", title: say("Usuarios y roles", "Users and roles"), data,
      isProblem: problem != nil)
  }

  private func chosen(_ request: PageRequest) -> [WebRole] {
    request.form.all("role").compactMap(WebRole.init)
  }

  private func add(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let user = WebUser(
      name: request.form.text("name") ?? "", fullName: request.form.text("fullName") ?? "",
      roles: Set(chosen(request)))
    do {
      try request.site.users.add(user, password: request.form["password"], now: request.now)
    } catch let error as UserStore.Failure {
      return try list(request, problem: words(error, say))
    }
    try centre.activity.note(
      .userAdd, subject: user.name,
      detail: user.roles.sorted().map(\.rawValue).joined(separator: " "), by: request.user,
      at: request.now)
    return .redirect("/users", notice: say("Usuario agregado.", "The user was added."))
  }

  private func setRoles(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let name = request.form["name"]
    let roles = Set(chosen(request))
    if try !keepsAdministrator(request, without: name, roles: roles) {
      return .redirect("/users", notice: lastAdministrator(say), tone: .failure)
    }
    do {
      try request.site.users.setRoles(roles, of: name, now: request.now)
    } catch let error as UserStore.Failure {
      return try list(request, problem: words(error, say))
    }
    try centre.activity.note(
      .userRoles, subject: name, detail: roles.sorted().map(\.rawValue).joined(separator: " "),
      by: request.user, at: request.now)
    return .redirect(
      "/users",
      notice: say(
        "Roles cambiados; sus sesiones abiertas terminaron.",
        "Roles changed; the user's open sessions have ended."))
  }

  private func setPassword(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let name = request.form["name"]
    do {
      try request.site.users.setPassword(request.form["password"], of: name, now: request.now)
    } catch let error as UserStore.Failure {
      return try list(request, problem: words(error, say))
    }
    try centre.activity.note(.userPassword, subject: name, by: request.user, at: request.now)
    return .redirect("/users", notice: say("Contraseña cambiada.", "The password was changed."))
  }

  private func remove(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let name = request.form["name"]
    if try !keepsAdministrator(request, without: name, roles: []) {
      return .redirect("/users", notice: lastAdministrator(say), tone: .failure)
    }
    do {
      try request.site.users.remove(name)
    } catch let error as UserStore.Failure {
      return try list(request, problem: words(error, say))
    }
    try centre.activity.note(.userRemove, subject: name, by: request.user, at: request.now)
    return .redirect("/users", notice: say("Usuario quitado.", "The user was removed."))
  }

  /// Whether somebody could still administer.
  private func keepsAdministrator(
    _ request: PageRequest, without name: String, roles: Set<WebRole>
  ) throws -> Bool {
    if roles.contains(.administrator) { return true }
    return try request.site.users.list().contains {
      $0.name != name && $0.roles.contains(.administrator)
    }
  }

  private func lastAdministrator(_ say: Wording) -> String {
    say(
      "Es la única persona que administra; dé primero ese rol a otra.",
      "This is the only administrator; give another user that role first.")
  }

  // MARK: - One's own password

  private func account(_ request: PageRequest, problem: String? = nil) -> PageResponse {
    let say = request.say
    var data: [String: Any] = [
      "local": request.user.isLocal, "fullName": request.user.fullName,
      "name": request.user.name,
      "roles": request.user.roles.sorted().map { role -> [String: Any] in
        ["name": role.word(say), "promise": role.promise(say)]
      },
      "least": String(UserStore.leastPasswordLength),
    ]
    if let problem { data["problem"] = problem }
    return request.show(
      "account", title: say("Su cuenta", "Your account"), data,
      isProblem: problem != nil)
  }

  private func changeOwn(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard !request.user.isLocal else { throw WebError.notFound }
    guard request.form["password"] == request.form["again"] else {
      return account(
        request,
        problem: say(
          "Las dos contraseñas no son iguales.", "The two passwords are not the same."))
    }
    do {
      try request.site.users.setPassword(
        request.form["password"], of: request.user.name, now: request.now)
    } catch let error as UserStore.Failure {
      return account(request, problem: words(error, say))
    }
    try centre.activity.note(
      .userPassword, subject: request.user.name, by: request.user, at: request.now)
    return .redirect("/sign-in")
  }

  private func words(_ failure: UserStore.Failure, _ say: Wording) -> String {
    switch failure {
    case .invalidName:
      say(
        "El nombre de usuario tiene letras, números y . - _ @, sin espacios.",
        "A user name has letters, digits and . - _ @, no spaces.")
    case .shortPassword:
      say(
        "La contraseña necesita al menos \(UserStore.leastPasswordLength) caracteres.",
        "The password needs at least \(UserStore.leastPasswordLength) characters.")
    case .noRole: say("Elija al menos un rol.", "Choose at least one role.")
    case .exists: say("Ya hay un usuario con ese nombre.", "There is a user of this name.")
    case .unknown: say("Ese usuario ya no existe.", "That user is gone.")
    }
  }
}
