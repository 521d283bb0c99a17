import Crypto
import FoundationEssentials
import SwiftProtobuf
import SyncModel
import TestSupport
import Testing

@testable import SyncProtocol

@Suite("Hostile changesets")
struct HostileChangesetTests {
  let codec = ProtobufChangesetCodec()

  func sample(seed: UInt64) throws -> (header: ChangesetHeader, headerBytes: [UInt8], body: [UInt8])
  {
    var random = RandomChanges(seed: seed)
    let groups = random.groups() + [random.group()]
    let header = random.header(changeCount: groups.reduce(0) { $0 + $1.count })
    let (changeset, _) = try codec.encode(header: header, groups: groups) { _ in [] }
    return (try codec.decodeHeader(changeset.header).header, changeset.header, changeset.body)
  }

  /// Reads a body as an attacker would have it read: with a header that agrees with it.
  func read(plain: [UInt8], changeCount: Int, header: ChangesetHeader) throws -> [ChangeGroup] {
    let body = try plain.withUnsafeBytes { try Zstd.shared.compress($0, boundaries: []) }
    var header = header
    header.bodyHash = Array(SHA256.hash(data: body))
    header.bodySize = plain.count
    header.changeCount = changeCount
    return try codec.decodeBody(body, header: header)
  }

  @Test("damaged headers are refused or read, never a crash", arguments: 0..<40 as Range<UInt64>)
  func damagedHeaders(seed: UInt64) throws {
    let sample = try sample(seed: seed)
    var random = RandomChanges(seed: seed + 1000)
    for _ in 0..<60 {
      let damaged = random.damage(sample.headerBytes)
      do { _ = try codec.decodeHeader(damaged) } catch is ChangesetError {}
    }
  }

  @Test("damaged frames with the right hash are refused", arguments: 0..<40 as Range<UInt64>)
  func damagedFrames(seed: UInt64) throws {
    let sample = try sample(seed: seed)
    var random = RandomChanges(seed: seed + 2000)
    for _ in 0..<50 {
      let damaged = random.damage(sample.body)
      var header = sample.header
      header.bodyHash = Array(SHA256.hash(data: damaged))
      do { _ = try codec.decodeBody(damaged, header: header) } catch is ChangesetError {}
    }
  }

  @Test(
    "damaged contents with the right hash are refused or read", arguments: 0..<50 as Range<UInt64>)
  func damagedContents(seed: UInt64) throws {
    let sample = try sample(seed: seed)
    var random = RandomChanges(seed: seed + 3000)
    let plain = try Zstd.shared.decompress(sample.body, size: sample.header.bodySize)
    for _ in 0..<60 {
      let damaged = random.damage(plain)
      do {
        let groups = try read(
          plain: damaged, changeCount: sample.header.changeCount, header: sample.header)
        for group in groups {
          for column in group.keys + group.values { _ = column.exactValues }
        }
      } catch is ChangesetError {}
    }
  }

  @Test(
    "damaged layouts with the right hash are refused or read", arguments: 0..<50 as Range<UInt64>)
  func damagedLayouts(seed: UInt64) throws {
    let sample = try sample(seed: seed)
    var random = RandomChanges(seed: seed + 4000)
    let plain = try Zstd.shared.decompress(sample.body, size: sample.header.bodySize)
    let body = try WireChangesetBody(serializedBytes: plain)
    for _ in 0..<60 {
      var damaged = body
      damaged.layout = .init(random.damage(Array(body.layout)))
      do {
        let groups = try read(
          plain: try damaged.serializedBytes(),
          changeCount: sample.header.changeCount,
          header: sample.header)
        for group in groups {
          for column in group.keys + group.values { _ = column.exactValues }
        }
      } catch is ChangesetError {}
    }
  }

  @Test("a frame that holds more or less than its header names is refused unopened")
  func bomb() throws {
    let sample = try sample(seed: 4)
    let bomb = try [UInt8](repeating: 0, count: 32 << 20).withUnsafeBytes {
      try Zstd.shared.compress($0, boundaries: [])
    }
    #expect(bomb.count < 10_000)
    var header = sample.header
    header.bodyHash = Array(SHA256.hash(data: bomb))
    header.bodySize = 1000
    #expect(throws: ChangesetError.self) { try codec.decodeBody(bomb, header: header) }
    header.bodySize = 65 << 20
    #expect(throws: ChangesetError.tooLarge(size: 65 << 20, limit: 64 << 20)) {
      try codec.decodeBody(bomb, header: header)
    }
    header.bodySize = 32 << 20
    #expect(throws: ChangesetError.self) { try codec.decodeBody(bomb, header: header) }
  }

  @Test("a million rows of a thousand columns in a few bytes are refused")
  func cells() throws {
    let sample = try sample(seed: 4)
    let layout = WireLayout.with {
      $0.groups = [
        WireChangeGroup.with {
          $0.table = "t"
          $0.kind = .insert
          $0.count = 1_000_000
          $0.keyColumns = ["k"]
          $0.keys = [WireColumn()]
          $0.columns = (0..<1000).map { "c\($0)" }
          $0.values = (0..<1000).map { _ in WireColumn() }
        }
      ]
    }
    let plain: [UInt8] = try WireChangesetBody.with {
      $0.layout = try layout.serializedBytes()
    }.serializedBytes()
    #expect(throws: ChangesetError.self) {
      try read(plain: plain, changeCount: 1_000_000, header: sample.header)
    }
  }

  @Test("a long entry that a million rows refer to is refused")
  func text() throws {
    let sample = try sample(seed: 4)
    let layout = WireLayout.with {
      $0.groups = [
        WireChangeGroup.with {
          $0.table = "t"
          $0.kind = .insert
          $0.count = 1_000_000
          $0.milliseconds = WireIntegers.with {
            $0.base = 1
            $0.first = 0
          }
          $0.keyColumns = ["k"]
          $0.keys = [
            WireColumn.with {
              $0.kind = .text
              $0.texts = WireTexts.with {
                $0.form = .dictionary
                $0.entries = 1
                $0.size = 1_000_000
                $0.lengths = WireIntegers.with { $0.base = 1_000_000 }
              }
            }
          ]
        }
      ]
    }
    let plain: [UInt8] = try WireChangesetBody.with {
      $0.layout = try layout.serializedBytes()
      $0.data = .init(repeating: 97, count: 1_000_000)
    }.serializedBytes()
    let size = 1_000_001_000_000
    #expect(throws: ChangesetError.tooLarge(size: size, limit: 2 * CodecLimits.textSize)) {
      try read(plain: plain, changeCount: 1_000_000, header: sample.header)
    }
  }
}
