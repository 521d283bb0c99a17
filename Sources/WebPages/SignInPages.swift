internal import Foundation
internal import Hummingbird
internal import Trainings

/// Signing in and out, and the choice of language.
struct SignInPages: Sendable {
  let site: WebSite

  func add(to routes: WebRoutes) {
    routes.on("language", .post, .anybody, limit: 4096) { request in
      var response = PageResponse.redirect(Self.ownPath(request.form["path"]))
      response.language = Language(rawValue: request.form["language"])?.rawValue
      return response
    }
    // For a page that stood open while its visitor signed in again.
    routes.get("token") { request in
      .json([UInt8](try JSONEncoder().encode(["token": request.token])))
    }
    guard site.policy.localRoles == nil else { return }
    routes.on("sign-in", .get, .anybody, limit: 0) { request in
      page(request, next: request.query("next") ?? "/")
    }
    routes.on("sign-in", .post, .anybody, limit: 8192) { request in try signIn(request) }
    routes.on("sign-out", .post, .anybody, limit: 4096) { request in
      try site.users.endSession(request.sessionToken)
      var response = PageResponse.redirect("/sign-in")
      response.sessionToken = Secret.token()
      return response
    }
  }

  private func page(
    _ request: PageRequest, next: String, name: String = "", problem: String? = nil
  ) -> PageResponse {
    var data: [String: Any] = ["next": Self.ownPath(next), "name": name]
    if let problem { data["problem"] = problem }
    if request.query("ended") != nil {
      data["ended"] = request.pick(
        "Su sesión venció: entre otra vez. Si estaba escribiendo en un formulario, al volver encontrará el borrador.",
        "Your session has ended: sign in again. If you were typing in a form, its draft is there when you come back."
      )
    }
    return request.page(
      "sign_in", title: request.pick("Entrar", "Sign in"), data,
      status: problem == nil ? .ok : .unprocessableContent)
  }

  private func signIn(_ request: PageRequest) throws -> PageResponse {
    let name = request.form.text("name") ?? ""
    let next = request.form["next"]
    let keys = ["name " + name.lowercased(), "address " + request.remoteAddress]
    let wait = site.throttle.wait(keys, now: request.now)
    if wait > 0 {
      return page(
        request, next: next, name: name,
        problem: request.pick(
          "Demasiados intentos. Espere \(wait) segundos y pruebe otra vez.",
          "Too many attempts. Wait \(wait) seconds and try again."))
    }
    // Counted first: many at once would otherwise all be let through to try.
    site.throttle.fail(keys, now: request.now)
    guard let user = try site.users.user(named: name, password: request.form["password"]) else {
      return page(
        request, next: next, name: name,
        problem: request.pick(
          "El usuario o la contraseña no son correctos.",
          "The user or the password is not right."))
    }
    keys.forEach(site.throttle.succeed)
    var response = PageResponse.redirect(Self.ownPath(next))
    response.sessionToken = try site.users.beginSession(
      of: user, now: request.now, lifetime: site.policy.sessionLifetime)
    return response
  }

  /// A path of this site, whatever was given.
  static func ownPath(_ path: String) -> String {
    let isOwn =
      path.hasPrefix("/") && !path.hasPrefix("//")
      && path.unicodeScalars.allSatisfy { $0.value > 32 && $0.value < 127 && $0 != "\\" }
    return isOwn ? path : "/"
  }
}
