import TestSupport
import Testing

@testable import SyncTransport

@Suite("Lock of a sync")
struct SyncLockTests {
  @Test("a second sync of one replica is told that another is at work")
  func busy() throws {
    let folder = try TemporaryFolder()
    let replica = folder.file("a.sqlite")
    let first = try SyncLock(replica: replica)
    #expect(throws: SyncError.busy(path: replica)) { try SyncLock(replica: replica) }
    withExtendedLifetime(first) {}
  }

  @Test("a folder that cannot be written is not mistaken for another sync")
  func unwritable() {
    #expect {
      try SyncLock(replica: "/nowhere/a.sqlite")
    } throws: { error in
      (error as? SyncError)?.exitCode == 1
    }
  }
}
