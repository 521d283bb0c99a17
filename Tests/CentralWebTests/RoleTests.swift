import Hummingbird
import Replica
import Testing
import WebPages
import WebTestSupport

@Suite("Roles at the centre")
struct RoleTests {
  private static let deciders: Set<WebRole> = [.coordinator, .meOfficer, .administrator]
  private static let everybody = Set(WebRole.allCases)

  /// Every page, and who may see it.
  private static let pages: [(path: String, roles: Set<WebRole>)] = [
    ("/", everybody), ("/indicators", everybody), ("/indicators/P-1.2.1.2", everybody),
    ("/conflicts", everybody), ("/conflicts/decided", everybody), ("/duplicates", everybody),
    ("/duplicates/decided", everybody), ("/nodes", everybody), ("/quarantine", everybody),
    ("/sessions", everybody), ("/participants", everybody), ("/quarters", everybody),
    ("/quarters/2020T2", everybody), ("/quarters/2020T2/report", everybody),
    ("/account", everybody),
    ("/activity", [.meOfficer, .administrator, .auditor]), ("/users", [.administrator]),
    ("/nodes/enroll", [.administrator]),
  ]

  /// Every form, and who may send it.
  private static let forms: [(path: String, roles: Set<WebRole>)] = [
    ("/conflicts/none", deciders), ("/decisions/1", deciders), ("/decisions/1/undo", deciders),
    ("/duplicates/none", deciders), ("/duplicates/undo", deciders),
    ("/nodes/enroll", [.administrator]), ("/nodes/revoke", [.administrator]),
    ("/users", [.administrator]), ("/users/roles", [.administrator]),
    ("/users/password", [.administrator]), ("/users/remove", [.administrator]),
    ("/quarters/2020T2/close", [.meOfficer, .administrator]),
    ("/quarters/2020T2/reopen", [.meOfficer, .administrator]),
    ("/quarters/2020T2/texts", [.meOfficer, .administrator]),
    ("/participants", everybody), ("/account", everybody),
  ]

  @Test("a page is shown to the roles that may see it and refused to all others")
  func pages() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: true)
      for role in WebRole.allCases {
        let person = site.browser()
        try await person.signIn(role.rawValue)
        for (path, roles) in Self.pages {
          let page = try await person.get(path)
          #expect(page.status.code == (roles.contains(role) ? 200 : 403), "\(role) \(path)")
        }
      }
    }
  }

  @Test("a form is taken from the roles that may send it and refused from all others")
  func forms() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: true)
      for role in WebRole.allCases {
        let person = site.browser()
        try await person.signIn(role.rawValue)
        let page = try await person.get("/participants")
        for (path, roles) in Self.forms {
          let answer = try await person.post(path, [:], from: page)
          #expect(
            (answer.status.code == 403) != roles.contains(role), "\(role) \(path) \(answer.status)")
        }
      }
    }
  }

  @Test("who has not signed in sees no page and is sent to sign in")
  func strangers() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: true)
      let browser = site.browser()
      for (path, _) in Self.pages {
        let page = try await browser.get(path)
        #expect(page.status.code == 303, "\(path)")
        #expect(page.location?.hasPrefix("/sign-in?next=") == true, "\(path)")
      }
    }
  }

  @Test("a form without the page's token is refused whoever sends it, and changes nothing")
  func token() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: true)
      let browser = site.browser()
      try await browser.signIn("administrator")
      for (path, _) in Self.forms {
        let answer = try await browser.post(path, [("name", "registrar")], token: "")
        #expect(answer.status.code == 403, "\(path)")
      }
    }
    #expect(try bench.central.conflicts(openOnly: true).count == 1)
    #expect(try UserStore(bench.central).list().count == WebRole.allCases.count)
  }

  @Test("the last administrator can neither be removed nor lose the role")
  func lastAdministrator() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: true)
      let browser = site.browser()
      try await browser.signIn("administrator")
      let page = try await browser.get("/users")
      _ = try await browser.post("/users/remove", ["name": "administrator"], from: page)
      _ = try await browser.post(
        "/users/roles", ["name": "administrator", "role": "auditor"], from: page)
    }
    let users = try UserStore(bench.central).list()
    #expect(users.contains { $0.name == "administrator" && $0.roles == [.administrator] })
  }
}
