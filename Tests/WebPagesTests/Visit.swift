import Hummingbird
import Logging
import Replica
import Schema
import TestSupport
import Trainings
import WebTestSupport

@testable import WebPages

/// A small site over a replica of its own.
struct SmallSite {
  let replicas: TestReplicas
  let site: WebSite

  init(_ given: WebPolicy) throws {
    replicas = try TestReplicas(schema: ReplicaSchema(migrations: Migrations.trainings))
    var policy = given
    policy.passwordCost = PasswordCost(rounds: 16)
    let clock = replicas.clock
    site = try WebSite(
      replica: try replicas.make("cusco"), identifier: "test", policy: policy,
      templates: [
        "hello": Array("{{<layout}}{{$content}}{{said}}{{>token}}{{/content}}{{/layout}}".utf8)
      ],
      chrome: { _ in .init(name: "Test", links: [.init("/", "Home")]) }, now: { clock.now })
  }

  func browser() -> Browser {
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let routes = WebRoutes(site, logger: logger)
    routes.get("/") { $0.page("hello", title: "Hola", ["said": $0.query("said") ?? ""]) }
    routes.get("audited", roles: [.auditor]) { $0.page("hello", title: "Auditoría") }
    routes.get("broken") { _ in throw Broken() }
    routes.post("write", roles: [.registrar], limit: 2000) { request in
      .redirect("/", notice: "Se escribió \(request.form["text"])")
    }
    return Browser(routes.responder())
  }

  struct Broken: Error {}
}
