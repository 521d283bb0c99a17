import CSQLite
import Foundation
import Synchronization

/// The disk under one simulated database: it can die in the middle of a write, and lose what was
/// not synced when the power goes.
///
/// Works below SQLite, as a file system that all connections of the process go through; files that
/// belong to no such disk are passed on untouched.
public final class FaultyDisk: Sendable {
  private enum Effect {
    /// Bytes written over those that were there, in a file that was `size` bytes long.
    case write(path: String, at: Int64, before: [UInt8], size: Int64, after: [UInt8])
    case truncate(path: String, to: Int64, tail: [UInt8], size: Int64)

    var path: String {
      switch self {
      case .write(let path, _, _, _, _), .truncate(let path, _, _, _): path
      }
    }
  }

  private struct State {
    var isDead = false
    /// Writes that still succeed; the one after them is torn, and nothing works from then on.
    var writesLeft: Int?
    var tornBytes = 0
    /// What was done since each file was last synced.
    var unsynced: [Effect] = []
  }

  private let state = Mutex(State())
  private let path: String

  /// The disk that the database at `path` stands on, with its log.
  public init(path: String) {
    FaultySystem.install()
    self.path = path
    FaultySystem.disks.withLock { $0[path] = self }
  }

  /// Takes the disk away: its files are ordinary again.
  public func remove() {
    FaultySystem.disks.withLock { $0[path] = nil }
  }

  /// Lets the disk die in the write after the next `writes`, of which `bytes` still arrive.
  public func die(after writes: Int, tearingAt bytes: Int) {
    state.withLock {
      $0.writesLeft = writes
      $0.tornBytes = bytes
    }
  }

  /// Calls a death off that did not happen.
  public func disarm() {
    state.withLock { $0.writesLeft = nil }
  }

  /// Whether it has died.
  public var isDead: Bool {
    state.withLock { $0.isDead }
  }

  /// Starts the machine again; all connections must be closed.
  ///
  /// - Parameter isKept: If the power went, decides of each write that was not synced whether it is
  ///   on the disk; nil if only the process was killed, whose writes the system finishes.
  public func revive(losingPower isKept: (() -> Bool)?) throws {
    let effects = state.withLock { state in
      defer { state = State() }
      return state.unsynced
    }
    try? FileManager.default.removeItem(atPath: path + "-shm")
    guard let isKept else { return }
    for effect in effects.reversed() { try Self.apply(effect, undoing: true) }
    for effect in effects where isKept() { try Self.apply(effect, undoing: false) }
  }

  private static func apply(_ effect: Effect, undoing: Bool) throws {
    let file = open(effect.path, O_RDWR)
    guard file >= 0 else { return }
    defer { close(file) }
    switch (effect, undoing) {
    case (.write(_, let at, let before, let size, _), true):
      _ = before.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(at)) }
      ftruncate(file, off_t(size))
    case (.write(_, let at, _, _, let after), false):
      _ = after.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(at)) }
    case (.truncate(_, let length, let tail, _), true):
      _ = tail.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(length)) }
    case (.truncate(_, let length, _, _), false): ftruncate(file, off_t(length))
    }
  }

  // MARK: - What the file system asks

  /// How many of `count` bytes may be written now; nil when the disk is dead.
  fileprivate func admit(_ count: Int) -> Int? {
    state.withLock { state in
      if state.isDead { return nil }
      guard let left = state.writesLeft else { return count }
      if left > 0 {
        state.writesLeft = left - 1
        return count
      }
      state.isDead = true
      return min(state.tornBytes, count)
    }
  }

  fileprivate func noteWrite(
    path: String, at: Int64, before: [UInt8], size: Int64, after: [UInt8]
  ) {
    state.withLock {
      $0.unsynced.append(.write(path: path, at: at, before: before, size: size, after: after))
    }
  }

  fileprivate func noteTruncate(path: String, to length: Int64, tail: [UInt8], size: Int64) {
    state.withLock {
      $0.unsynced.append(.truncate(path: path, to: length, tail: tail, size: size))
    }
  }

  fileprivate func noteSync(path: String) {
    state.withLock { $0.unsynced.removeAll { $0.path == path } }
  }
}

/// SQLite's file system with faulty disks in it.
private enum FaultySystem {
  static let disks = Mutex<[String: FaultyDisk]>([:])
  private static let isInstalled = Mutex(false)

  static func disk(of path: String) -> FaultyDisk? {
    var name = path
    for suffix in ["-wal", "-journal"] where name.hasSuffix(suffix) {
      name.removeLast(suffix.count)
    }
    return disks.withLock { $0[name] }
  }

  /// Makes it the process's file system, once.
  static func install() {
    isInstalled.withLock { isInstalled in
      guard !isInstalled else { return }
      isInstalled = true
      guard let original = sqlite3_vfs_find(nil) else {
        preconditionFailure("SQLite has no file system")
      }
      let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
      vfs.initialize(to: original.pointee)
      vfs.pointee.szOsFile = Int32(FaultyFile.headerSize) + original.pointee.szOsFile
      vfs.pointee.zName = UnsafePointer(strdup("quipu-faulty"))
      vfs.pointee.pNext = nil
      vfs.pointee.xOpen = { _, name, file, flags, out in
        FaultyFile.open(name: name, file: file, flags: flags, out: out)
      }
      vfs.pointee.xDelete = { _, name, sync in FaultyFile.delete(name: name, sync: sync) }
      sqlite3_vfs_register(vfs, 1)
    }
  }
}

/// An open file: SQLite's record of it, what we know, and then the true file.
private struct FaultyFile {
  final class Facts {
    let path: String
    let disk: FaultyDisk?

    init(path: String, disk: FaultyDisk?) {
      self.path = path
      self.disk = disk
    }
  }

  var base: sqlite3_file
  var facts: Unmanaged<Facts>?

  static let headerSize = 32

  /// An extended code of SQLITE_IOERR: reading is 1, writing 3, syncing 4, truncating 6, deleting 10.
  private static func failure(_ kind: Int32) -> Int32 {
    SQLITE_IOERR | (kind << 8)
  }

  private static nonisolated(unsafe) let system: UnsafeMutablePointer<sqlite3_vfs> = {
    guard let unix = sqlite3_vfs_find("unix") else { preconditionFailure("SQLite without unix") }
    return unix
  }()

  private static func truth(
    _ file: UnsafeMutablePointer<sqlite3_file>?
  ) -> (file: UnsafeMutablePointer<sqlite3_file>, methods: sqlite3_io_methods, facts: Facts) {
    guard let file else { preconditionFailure("SQLite names a file") }
    let raw = UnsafeMutableRawPointer(file)
    let header = raw.assumingMemoryBound(to: FaultyFile.self)
    let under = (raw + headerSize).assumingMemoryBound(to: sqlite3_file.self)
    guard let facts = header.pointee.facts, let methods = under.pointee.pMethods else {
      preconditionFailure("an open file")
    }
    return (under, methods.pointee, facts.takeUnretainedValue())
  }

  static func open(
    name: UnsafePointer<CChar>?, file: UnsafeMutablePointer<sqlite3_file>?, flags: Int32,
    out: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let file else { return SQLITE_CANTOPEN }
    let path = name.map { String(cString: $0) } ?? ""
    let disk = FaultySystem.disk(of: path)
    let raw = UnsafeMutableRawPointer(file)
    let under = (raw + headerSize).assumingMemoryBound(to: sqlite3_file.self)
    file.pointee.pMethods = nil
    if disk?.isDead == true { return SQLITE_CANTOPEN }
    guard let open = system.pointee.xOpen else { return SQLITE_CANTOPEN }
    let code = open(system, name, under, flags, out)
    guard code == SQLITE_OK else { return code }
    raw.assumingMemoryBound(to: FaultyFile.self).pointee.facts = .passRetained(
      Facts(path: path, disk: disk))
    file.pointee.pMethods = UnsafePointer(methods)
    return code
  }

  static func delete(name: UnsafePointer<CChar>?, sync: Int32) -> Int32 {
    if let name {
      let path = String(cString: name)
      let disk = FaultySystem.disk(of: path)
      if disk?.isDead == true { return failure(10) }
      disk?.noteSync(path: path)
    }
    return system.pointee.xDelete?(system, name, sync) ?? SQLITE_IOERR
  }

  private static nonisolated(unsafe) let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    // Version 2: without memory mapping, which would pass us by.
    methods.pointee.iVersion = 2
    methods.pointee.xClose = { file in
      let (under, methods, _) = truth(file)
      let code = methods.xClose?(under) ?? SQLITE_OK
      if let file {
        UnsafeMutableRawPointer(file).assumingMemoryBound(to: FaultyFile.self).pointee.facts?
          .release()
      }
      return code
    }
    methods.pointee.xRead = { file, buffer, count, at in
      let (under, methods, facts) = truth(file)
      if facts.disk?.isDead == true { return failure(1) }
      return methods.xRead?(under, buffer, count, at) ?? SQLITE_IOERR
    }
    methods.pointee.xWrite = { file, buffer, count, at in write(file, buffer, count, at) }
    methods.pointee.xTruncate = { file, length in truncate(file, length) }
    methods.pointee.xSync = { file, flags in
      let (under, methods, facts) = truth(file)
      if facts.disk?.isDead == true { return failure(4) }
      facts.disk?.noteSync(path: facts.path)
      return methods.xSync?(under, flags) ?? SQLITE_IOERR
    }
    methods.pointee.xFileSize = { file, size in
      let (under, methods, _) = truth(file)
      return methods.xFileSize?(under, size) ?? SQLITE_IOERR
    }
    methods.pointee.xLock = { file, level in
      let (under, methods, _) = truth(file)
      return methods.xLock?(under, level) ?? SQLITE_IOERR
    }
    methods.pointee.xUnlock = { file, level in
      let (under, methods, _) = truth(file)
      return methods.xUnlock?(under, level) ?? SQLITE_IOERR
    }
    methods.pointee.xCheckReservedLock = { file, out in
      let (under, methods, _) = truth(file)
      return methods.xCheckReservedLock?(under, out) ?? SQLITE_IOERR
    }
    methods.pointee.xFileControl = { file, operation, argument in
      let (under, methods, _) = truth(file)
      return methods.xFileControl?(under, operation, argument) ?? SQLITE_NOTFOUND
    }
    methods.pointee.xSectorSize = { file in
      let (under, methods, _) = truth(file)
      return methods.xSectorSize?(under) ?? 4096
    }
    methods.pointee.xDeviceCharacteristics = { file in
      let (under, methods, _) = truth(file)
      return methods.xDeviceCharacteristics?(under) ?? 0
    }
    methods.pointee.xShmMap = { file, page, size, extend, out in
      let (under, methods, _) = truth(file)
      return methods.xShmMap?(under, page, size, extend, out) ?? SQLITE_IOERR
    }
    methods.pointee.xShmLock = { file, offset, count, flags in
      let (under, methods, _) = truth(file)
      return methods.xShmLock?(under, offset, count, flags) ?? SQLITE_IOERR
    }
    methods.pointee.xShmBarrier = { file in
      let (under, methods, _) = truth(file)
      methods.xShmBarrier?(under)
    }
    methods.pointee.xShmUnmap = { file, deleting in
      let (under, methods, _) = truth(file)
      return methods.xShmUnmap?(under, deleting) ?? SQLITE_IOERR
    }
    return methods
  }()

  private static func write(
    _ file: UnsafeMutablePointer<sqlite3_file>?, _ buffer: UnsafeRawPointer?, _ count: Int32,
    _ at: Int64
  ) -> Int32 {
    let (under, methods, facts) = truth(file)
    guard let disk = facts.disk else {
      return methods.xWrite?(under, buffer, count, at) ?? SQLITE_IOERR
    }
    guard let admitted = disk.admit(Int(count)) else { return failure(3) }
    if admitted > 0 {
      var size: Int64 = 0
      _ = methods.xFileSize?(under, &size)
      var before = [UInt8](repeating: 0, count: max(0, min(admitted, Int(size - at))))
      if !before.isEmpty { _ = methods.xRead?(under, &before, Int32(before.count), at) }
      disk.noteWrite(
        path: facts.path, at: at, before: before, size: size,
        after: Array(UnsafeRawBufferPointer(start: buffer, count: admitted)))
      let code = methods.xWrite?(under, buffer, Int32(admitted), at) ?? SQLITE_IOERR
      if code != SQLITE_OK { return code }
    }
    return admitted == Int(count) && !disk.isDead ? SQLITE_OK : failure(3)
  }

  private static func truncate(
    _ file: UnsafeMutablePointer<sqlite3_file>?, _ length: Int64
  ) -> Int32 {
    let (under, methods, facts) = truth(file)
    if let disk = facts.disk {
      guard disk.admit(1) != nil, !disk.isDead else { return failure(6) }
      var size: Int64 = 0
      _ = methods.xFileSize?(under, &size)
      var tail = [UInt8](repeating: 0, count: max(0, Int(size - length)))
      if !tail.isEmpty { _ = methods.xRead?(under, &tail, Int32(tail.count), length) }
      disk.noteTruncate(path: facts.path, to: length, tail: tail, size: size)
    }
    return methods.xTruncate?(under, length) ?? SQLITE_IOERR
  }
}
