import Crypto
import Schema
import Testing

@Suite("Released migrations")
struct ReleasedMigrationTests {
  /// SHA-256 of each file as it was released.
  ///
  /// A line is added with a new file and never changed: databases out there were made by these very
  /// statements.
  private static let digests: [(file: String, digest: String)] = [
    ("c0001_central.sql", "6078d08d06e1ddcfa12fcbf2ca96122995338932f16b26f1da01339ece94d64c"),
    ("c0002_positions.sql", "a64d29a12720eceb244a23629dd5a7483bf7902ba13426739ccf3dc0a5888be6"),
    ("c0004_central_web.sql", "41d598ad2cf0fd6d51026802d169fbd39a5de1a90f494a6e8b238f583805b2f0"),
    ("v0001_engine.sql", "e7b561b7547c2ab29d9552641670bc423ee43ae55a4ac3f100553429b4da45ea"),
    ("v0002_catalog.sql", "48f8fdc1c0fc852212d7ac383f6fa45fb0017463e9d9646afd52ed52fc68366c"),
    ("v0003_trainings.sql", "f2209c7074c701dda879c13c40e6681880505c528cd834d6a9a40f19c552d8f9"),
    ("v0004_synced_tables.sql", "d33920db47422a5b14285c032b376a0825d12868dedec90e65ab069f45562e40"),
    ("v0005_import_memory.sql", "35cbcbd6aeca32d6d5f4f49c349aeebf8eac6671253e78ec5475d6b5551c22a5"),
    ("v0006_long_life.sql", "8a8569756fa15a84c51ed51b1c2b36f31d308b4dd6738ee621b56eb83ac4154b"),
    (
      "v0006_owners_and_persons.sql",
      "235b8c3d861000ee432536c66d4893129450296785a71488503af9ed706e9673"
    ),
    ("v0007_peers.sql", "1f4617f8cc268ad28a2c7b005ab4a92dc479e17510b766c7aaae844f4cd76baf"),
    ("v0008_import_runs.sql", "fbce3fdb4b8447957bdcd0ee93c6ac3c9966ed47aaa9723fd242deacdcbe0c9b"),
    ("v0010_web.sql", "a23abcceb82695c671f91fc61c12edbd8a6791ab6fa63a7bd0d07803e797e676"),
    (
      "v0011_period_reports.sql",
      "504f93c7da3414cfc39acfd2bd0fdd6cf66d7273965a7683c7c56bf87d3ba509"
    ),
    ("v0012_forget.sql", "5f539b72e0e6323b4ec2be1ac28fd58df773ca0472661441a788ef2c4acbf8b2"),
    ("v0013_reserved.sql", "3402e334d3d1d737e2eb445e75f8aec487e372d78bbdf4a745706aa76c13cfb4"),
    (
      "v0013_reserved_values.sql",
      "0561b8acd3949ca897e560053d5342ba5f3e3284181d0960ae33160ce39fb57e"
    ),
  ]

  @Test("a released migration is never edited")
  func unchanged() throws {
    for (file, digest) in Self.digests {
      let found = SHA256.hash(data: try SchemaFolder.bytes("SQL/\(file)"))
      #expect(hexadecimal(found) == digest, "\(file) was edited; write the next number instead")
    }
  }

  @Test("every migration has its digest here")
  func complete() throws {
    #expect(try SchemaFolder.files("SQL") == Self.digests.map(\.file).sorted())
  }

  private func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
