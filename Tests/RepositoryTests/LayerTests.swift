import Testing

/// A module and what it may import besides the standard library and Foundation.
struct Layer: Sendable, CustomTestStringConvertible {
  let module: String
  let folder: String
  /// Modules of this package, all from lines above.
  let own: Set<String>
  /// Modules of others.
  let outside: Set<String>
  var testDescription: String { module }

  init(_ module: String, _ folder: String, own: Set<String>, outside: Set<String> = []) {
    self.module = module
    self.folder = folder
    self.own = own
    self.outside = outside
  }
}

@Suite("Layers")
struct LayerTests {
  /// From the bottom up; the table of ARCHITECTURE.md.
  static let layers: [[Layer]] = [
    [
      Layer("Schema", "Schema", own: []),
      Layer("SyncModel", "Sources/SyncModel", own: []),
    ],
    [
      Layer(
        "SyncProtocol", "Sources/SyncProtocol", own: ["SyncModel"],
        outside: ["Crypto", "CZstd", "SwiftProtobuf"]),
      Layer(
        "Replica", "Sources/Replica", own: ["Schema", "SyncModel"], outside: ["CSQLite", "GRDB"]),
      Layer(
        "Spreadsheet", "Sources/Spreadsheet", own: [],
        outside: ["CMiniZip", "CXlsxWriter", "FoundationXML"]),
    ],
    [
      Layer(
        "Trainings", "Sources/Trainings", own: ["Replica", "Schema", "Spreadsheet", "SyncModel"],
        outside: ["Crypto", "CSQLite", "GRDB"]),
      Layer(
        "SyncTransport", "Sources/SyncTransport", own: ["Replica", "SyncModel", "SyncProtocol"],
        outside: [
          "AsyncHTTPClient", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
          "ServiceLifecycle",
        ]),
    ],
    [
      Layer(
        "Indicators", "Sources/Indicators",
        own: ["Replica", "Schema", "Spreadsheet", "SyncModel", "Trainings"],
        outside: ["CZstd", "GRDB"]),
      Layer(
        "CentralNode", "ServerStub/CentralNode",
        own: ["Replica", "Schema", "SyncModel", "SyncProtocol"],
        outside: [
          "Crypto", "GRDB", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging",
          "NIOCore", "NIOPosix", "NIOSSL", "ServiceLifecycle",
        ]),
      Layer(
        "WebPages", "Sources/WebPages", own: ["Replica", "SyncModel", "Trainings"],
        outside: [
          "Crypto", "CryptoExtras", "GRDB", "Hummingbird", "HummingbirdCore",
          "HummingbirdTLS", "Logging", "Mustache", "NIOCore", "NIOPosix", "NIOSSL",
          "ServiceLifecycle",
        ]),
    ],
    [
      Layer(
        "Simulation", "Tests/Simulation",
        own: [
          "CentralNode", "FaultyDisk", "Replica", "Schema", "SyncModel", "SyncProtocol",
          "SyncTransport", "TestSupport",
        ],
        outside: ["CSQLite", "GRDB"]),
      Layer(
        "OfficeWeb", "Sources/OfficeWeb",
        own: [
          "Indicators", "Replica", "Schema", "SyncModel", "SyncProtocol", "SyncTransport",
          "Trainings", "WebPages",
        ],
        outside: [
          "GRDB", "Hummingbird", "HummingbirdCore", "Logging", "Mustache", "ServiceLifecycle",
        ]),
      Layer(
        "CentralWeb", "ServerStub/CentralWeb",
        own: [
          "CentralNode", "Indicators", "Replica", "Schema", "SyncModel", "SyncProtocol",
          "Spreadsheet", "Trainings", "WebPages",
        ],
        outside: ["Crypto", "GRDB", "Hummingbird", "Logging", "NIOPosix"]),
    ],
    [
      Layer(
        "Quipu", "Sources/Quipu",
        own: [
          "Indicators", "OfficeWeb", "Replica", "Schema", "Spreadsheet", "SyncModel",
          "SyncProtocol",
          "SyncTransport", "Trainings", "WebPages",
        ],
        outside: [
          "ArgumentParser", "Crypto", "CryptoExtras", "GRDB", "Logging", "ServiceLifecycle",
          "UnixSignals",
        ]),
      Layer(
        "Command", "ServerStub/Command",
        own: [
          "CentralNode", "CentralWeb", "Replica", "Schema", "SyncModel", "SyncProtocol",
          "Trainings", "WebPages",
        ],
        outside: [
          "ArgumentParser", "GRDB", "Hummingbird", "Logging", "NIOCore", "ServiceLifecycle",
          "UnixSignals",
        ]),
    ],
  ]

  private static let everywhere: Set<String> = [
    "Darwin", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
  ]

  @Test("a module imports only what its layer may", arguments: layers.joined())
  func imports(_ layer: Layer) throws {
    let files = try Tree.files(endingIn: ["swift"]).filter { $0.hasPrefix(layer.folder + "/") }
    #expect(!files.isEmpty)
    let allowed = layer.own.union(layer.outside).union(Self.everywhere)
    for file in files {
      for (number, line) in try Tree.lines(file) {
        guard let module = imported(line) else { continue }
        #expect(allowed.contains(module), "\(file):\(number) imports \(module)")
      }
    }
  }

  @Test("what a module may import of this package lies in layers above its own line")
  func order() {
    var above: Set<String> = ["FaultyDisk", "TestSupport"]
    for line in Self.layers {
      for layer in line {
        #expect(layer.own.isSubset(of: above), "\(layer.module)")
      }
      above.formUnion(line.map(\.module))
    }
  }

  @Test(
    "values and schema need no outside world, not even Foundation",
    arguments: ["Schema", "Sources/SyncModel"])
  func values(_ folder: String) throws {
    for file in try Tree.files(endingIn: ["swift"]) where file.hasPrefix(folder + "/") {
      let modules = try Tree.lines(file).compactMap { imported($0.text) }
      #expect(modules.isEmpty, "\(file)")
    }
  }

  @Test(
    "the engine knows nothing of trainings", arguments: ["SyncModel", "SyncProtocol", "Replica"])
  func engine(_ module: String) throws {
    let words = ["attendance", "training", "deliverable"]
    for file in try Tree.files(endingIn: ["swift"]) where file.hasPrefix("Sources/\(module)/") {
      for (number, line) in try Tree.lines(file) where !line.contains("///") {
        let text = line.lowercased()
        for word in words { #expect(!text.contains(word), "\(file):\(number) speaks of \(word)") }
      }
    }
  }

  /// The module that a line imports, or nil.
  private func imported(_ line: Substring) -> String? {
    // What stands further in is a program of another language within a text.
    if line.hasPrefix("      ") { return nil }
    var words = line.split(separator: " ", omittingEmptySubsequences: true)
    let modifiers: Set<Substring> = [
      "public", "package", "internal", "fileprivate", "private", "@testable",
    ]
    while let first = words.first, modifiers.contains(first) { words.removeFirst() }
    guard words.first == "import", words.count > 1 else { return nil }
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
    let name = kinds.contains(words[1]) ? words.dropFirst(2).first : words[1]
    return name?.split(separator: ".").first.map(String.init)
  }
}
