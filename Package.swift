// swift-tools-version: 6.2

import PackageDescription

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "quipu",
  products: [
    .library(name: "QuipuEngine", targets: ["Schema", "SyncModel", "SyncProtocol", "Replica"]),
    .executable(name: "quipu", targets: ["Quipu"]),
    .executable(name: "quipu-central", targets: ["Command"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // What Debian provides.
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CMiniZip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),

    // 1: values; no outside world.
    .target(
      name: "Schema", path: "Schema", exclude: ["README.md"],
      resources: [.embedInCode("SQL"), .embedInCode("Catalog"), .embedInCode("Protocol")]),
    .target(name: "SyncModel"),

    // 2: messages | SQLite.
    .target(
      name: "SyncProtocol",
      dependencies: [
        "SyncModel", "CZstd", crypto,
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    .target(name: "Replica", dependencies: ["SyncModel", "Schema", "CSQLite", grdb]),
    .target(name: "Spreadsheet", dependencies: ["CMiniZip", "CXlsxWriter"]),

    // 3: the domain | the network.
    .target(
      name: "Trainings",
      dependencies: ["CSQLite", "Replica", "Schema", "Spreadsheet", "SyncModel", crypto, grdb]),
    .target(
      name: "SyncTransport",
      dependencies: [
        "Replica", "SyncModel", "SyncProtocol", logging, lifecycle,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),

    // 4: uses of it.
    .target(
      name: "Indicators",
      dependencies: [
        "CZstd", "Replica", "Schema", "Spreadsheet", "SyncModel", "Trainings", grdb,
      ]),
    .target(
      name: "CentralNode",
      dependencies: [
        "Replica", "Schema", "SyncModel", "SyncProtocol", crypto, grdb, hummingbird, lifecycle,
        logging,
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "ServerStub/CentralNode"),

    .target(
      name: "WebPages",
      dependencies: [
        "Replica", "SyncModel", "Trainings", crypto, grdb, hummingbird, lifecycle, logging,
        mustache, .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      resources: [.embedInCode("Assets"), .embedInCode("Templates")]),

    // 5: pages to work in.
    .target(
      name: "OfficeWeb",
      dependencies: [
        "Indicators", "Replica", "Schema", "SyncModel", "SyncProtocol", "SyncTransport",
        "Trainings", "WebPages", grdb, hummingbird, logging,
      ],
      resources: [.embedInCode("Assets"), .embedInCode("Templates")]),
    .target(
      name: "CentralWeb",
      dependencies: [
        "CentralNode", "Indicators", "Replica", "Schema", "SyncModel", "SyncProtocol",
        "Spreadsheet", "Trainings", "WebPages", crypto, grdb, hummingbird, logging,
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "ServerStub/CentralWeb",
      resources: [.embedInCode("Assets"), .embedInCode("Templates")]),

    // 6: programs.
    .executableTarget(
      name: "Quipu",
      dependencies: [
        "Indicators", "OfficeWeb", "Replica", "Schema", "Spreadsheet", "SyncModel", "SyncProtocol",
        "SyncTransport", "Trainings", "WebPages", arguments, crypto, grdb, lifecycle, logging,
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(
      name: "Command",
      dependencies: [
        "CentralNode", "CentralWeb", "Replica", "Schema", "SyncModel", "SyncProtocol",
        "Trainings", "WebPages", arguments, grdb, hummingbird, lifecycle, logging,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "ServerStub/Command"),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CSQLite", "CZstd", "Indicators", "Replica", "Schema", "Spreadsheet", "SyncModel",
        "SyncProtocol", "TestSupport", "Trainings", grdb,
      ],
      path: "Benchmarks", exclude: ["sync-memory.sh"]),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["Replica", "Schema", "SyncModel", "SyncProtocol", crypto, grdb],
      path: "Tests/TestSupport"),
    .target(name: "FaultyDisk", dependencies: ["CSQLite"], path: "Tests/FaultyDisk"),
    .target(
      name: "Simulation",
      dependencies: [
        "CSQLite", "CentralNode", "FaultyDisk", "Replica", "Schema", "SyncModel", "SyncProtocol",
        "SyncTransport", "TestSupport", grdb,
      ],
      path: "Tests/Simulation"),
    .target(
      name: "ProcessTrials", dependencies: ["TestSupport", grdb], path: "Tests/ProcessTrials"),
    .executableTarget(
      name: "Prove", dependencies: ["ProcessTrials", "Simulation", "TestSupport", arguments],
      path: "Tests/Prove"),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "FaultyDisk", "Prove", "Replica", "Schema", "Simulation", "SyncModel", "SyncProtocol",
        "TestSupport", grdb,
      ]),
    .testTarget(
      name: "ProcessTests", dependencies: ["Command", "ProcessTrials", "Quipu", "TestSupport"]),
    .testTarget(
      name: "RepositoryTests",
      dependencies: ["Replica", "Schema", "SyncModel", "SyncProtocol", "TestSupport", grdb]),
    .testTarget(name: "SchemaTests", dependencies: ["Schema", "Trainings", crypto, grdb]),
    .testTarget(
      name: "BenchmarkTests",
      dependencies: ["Benchmarks", "TestSupport"]),
    .testTarget(name: "SyncModelTests", dependencies: ["SyncModel", "TestSupport"]),
    .testTarget(name: "SpreadsheetTests", dependencies: ["CMiniZip", "Spreadsheet"]),
    .testTarget(
      name: "TrainingsTests",
      dependencies: ["Replica", "Schema", "Spreadsheet", "TestSupport", "Trainings", grdb]),
    .testTarget(
      name: "IndicatorsTests",
      dependencies: [
        "Indicators", "Replica", "Schema", "Spreadsheet", "SyncModel", "SyncProtocol",
        "TestSupport",
        "Trainings", grdb,
      ]),
    .testTarget(
      name: "SyncProtocolTests",
      dependencies: [
        "SyncModel", "SyncProtocol", "TestSupport", crypto,
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    .testTarget(
      name: "SyncTransportTests",
      dependencies: [
        "CentralNode", "Replica", "Schema", "SyncModel", "SyncProtocol", "SyncTransport",
        "TestSupport", grdb, hummingbird, lifecycle, logging,
      ]),
    .testTarget(
      name: "CentralNodeTests",
      dependencies: [
        "CentralNode", "Replica", "Schema", "SyncModel", "SyncProtocol", "TestSupport", crypto,
        grdb, hummingbird, logging,
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    .target(
      name: "WebTestSupport",
      dependencies: [
        "WebPages", hummingbird, logging,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      path: "Tests/WebTestSupport"),
    .testTarget(
      name: "WebPagesTests",
      dependencies: [
        "Replica", "Schema", "TestSupport", "Trainings", "WebPages", "WebTestSupport", grdb,
        hummingbird, logging,
      ]),
    .testTarget(
      name: "OfficeWebTests",
      dependencies: [
        "OfficeWeb", "Replica", "Schema", "SyncModel", "SyncProtocol", "SyncTransport",
        "TestSupport", "Trainings", "WebPages", "WebTestSupport", grdb, hummingbird, logging,
      ]),
    .testTarget(
      name: "CentralWebTests",
      dependencies: [
        "CentralNode", "CentralWeb", "Replica", "Schema", "SyncModel", "SyncProtocol",
        "TestSupport", "Trainings", "WebPages", "WebTestSupport", grdb, hummingbird, logging,
      ]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Command", "Quipu"]),
    .testTarget(
      name: "ReplicaTests",
      dependencies: [
        "CSQLite", "Replica", "Schema", "SyncModel", "SyncProtocol", "TestSupport", grdb,
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
