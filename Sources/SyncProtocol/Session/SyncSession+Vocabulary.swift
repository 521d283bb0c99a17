public import SyncModel

extension SyncSession {
  /// What a session must know of the replica before it says anything.
  public struct LocalState: Hashable, Sendable {
    /// The replica's identity.
    public var node: NodeID
    /// Its public key.
    public var publicKey: [UInt8]
    /// The identity that the credential is bound to.
    public var enrolledNode: NodeID
    /// The replica's own last changeset; 0 when it has sealed none.
    public var lastSequence: Int64
    /// Its hash.
    public var lastHash: [UInt8]
    /// The last of its changesets that the centre acknowledged.
    public var acknowledgedSequence: Int64
    /// What the replica has received.
    public var knowledge: Knowledge
    /// The replica's schema version.
    public var schemaVersion: Int
    /// The uncorrected clock, in milliseconds since 1970.
    public var clockMilliseconds: Int64
    /// The centre's epoch at the last sync; empty before the first.
    public var epoch: String
    /// How far that epoch's log was read.
    public var logNumber: Int64
    /// The central node whose changesets are here; nil when none are.
    public var centralNode: NodeID?
    /// Its last changeset that is here; 0 when none.
    public var centralSequence: Int64 = 0
    /// Its hash.
    public var centralHash: [UInt8] = []
    /// The last erasure that was carried out here.
    public var erasure: Int64 = 0
    /// Some of the central node's changesets that are here.
    public var centralMarks: [LogMark] = []

    /// A state of all its parts but what a first sync does not need.
    public init(
      node: NodeID,
      publicKey: [UInt8],
      enrolledNode: NodeID,
      lastSequence: Int64,
      lastHash: [UInt8],
      acknowledgedSequence: Int64,
      knowledge: Knowledge,
      schemaVersion: Int,
      clockMilliseconds: Int64,
      epoch: String,
      logNumber: Int64
    ) {
      self.node = node
      self.publicKey = publicKey
      self.enrolledNode = enrolledNode
      self.lastSequence = lastSequence
      self.lastHash = lastHash
      self.acknowledgedSequence = acknowledgedSequence
      self.knowledge = knowledge
      self.schemaVersion = schemaVersion
      self.clockMilliseconds = clockMilliseconds
      self.epoch = epoch
      self.logNumber = logNumber
    }
  }

  /// A call to the centre.
  public enum Call: Hashable, Sendable {
    /// `POST /v1/identity`; answered by ``Event/identityRegistered``.
    case identity(NewIdentity)
    /// `POST /v1/hello`; answered by ``Event/hello(_:receivedAt:)``.
    case hello(Hello)
    /// `POST /v1/changesets`; answered by ``Event/pushed(_:)``.
    case push(Push)
    /// `GET /v1/changesets`; answered by ``Event/pulled(_:)``.
    case pull(Pull)
    /// `GET /v1/digest`, personal values left out or not; answered by ``Event/digest(_:)``.
    case digest(leavingOutPersonal: Bool)
    /// `POST /v1/disclosed`; answered by ``Event/disclosed(_:)``.
    case disclose(DisclosureRequest)
    /// `POST /v1/repair`: the centre is asked to hold its rows against its log; answered by
    /// ``Event/centreRepaired``.
    case repair
    /// `GET /v1/snapshot`; answered by ``Event/snapshot(_:)``.
    case snapshot(SnapshotRequest)
  }

  /// What is to be done next.
  ///
  /// Every action is answered by one event.
  public enum Action: Hashable, Sendable {
    /// Read what stands in ``LocalState``; answered by ``Event/localState(_:)``.
    case readLocalState
    /// Call the centre.
    case call(Call)
    /// Take a new identity; answered by ``Event/done``.
    case adoptNewIdentity(reason: String)
    /// Learn the nodes, keep epoch and log number, set the clock offset, then seal; answered by
    /// ``Event/done``.
    case prepare(nodes: [NodeFacts], epoch: String, logNumber: Int64, clockOffset: Int64)
    /// Keep in quarantine what the centre does not let pass, admit what it does again, carry
    /// erasures out, and keep what every node has seen; answered by ``Event/obeyed(_:)``.
    case obey(Orders)
    /// Read the erasures after a number; answered by ``Event/erasures(_:)``.
    case loadErasures(after: Int64)
    /// Read own changesets after a sequence; answered by ``Event/loaded(_:next:)``.
    case loadOwn(after: Int64, maxBytes: Int)
    /// Read others' changesets after a log number, those of them that `knowledge` lacks; answered
    /// by ``Event/loaded(_:next:)``, `next` being nil at the end of the log.
    case loadOthers(after: Int64, missingIn: Knowledge, maxBytes: Int)
    /// Read changesets by name that are here whole; answered by ``Event/loaded(_:next:)``, `next` being how
    /// many names were looked at.
    case loadNamed([ChangesetName], maxBytes: Int)
    /// Keep that the centre has everything up to a sequence, as its greeting says: the answer that
    /// said so before never came, or the machine stopped before it was kept; answered by
    /// ``Event/done``.
    case keepAcknowledged(sequence: Int64)
    /// Keep how far the centre has acknowledged, and what it does not let pass; answered by
    /// ``Event/obeyed(_:)``.
    case acknowledge(sequence: Int64, withheld: [WithheldChange])
    /// Learn the nodes, take the changesets in, then keep the log number; answered by
    /// ``Event/merged(_:)``.
    ///
    /// Of the changesets' changes those that are withheld go into quarantine.
    case merge(
      [SignedChangeset], nodes: [NodeFacts], logNumber: Int64, withheld: [WithheldChange])
    /// Say how much of which snapshot is here from a sync that broke; answered by
    /// ``Event/snapshotPart(_:)``.
    case findSnapshotPart
    /// Keep a piece of a snapshot; answered by ``Event/snapshotPart(_:)``.
    case keepSnapshot(SnapshotPiece)
    /// Drop what is here of a snapshot; answered by ``Event/snapshotPart(_:)``.
    case dropSnapshot
    /// Check the whole snapshot and take it for this replica's content, with what the centre does
    /// not have on top; answered by ``Event/snapshotLoaded(logNumber:)``, or
    /// ``Event/snapshotDamaged``.
    case loadSnapshot
    /// Find changesets of which more may be read here by now, or all of which something is reserved
    /// where nothing is any more; answered by ``Event/disclosable(_:)``.
    case findDisclosable(all: Bool)
    /// Compute the own digest, without personal values where some are reserved; answered by ``Event/localDigest(_:)``.
    case readDigest
    /// Hold the rows against the change log; answered by ``Event/repaired(rows:)``.
    case repair
    /// The session has ended; nothing answers.
    case finish(SyncReport)
  }

  /// What the centre's answer to a hello orders.
  public struct Orders: Hashable, Sendable {
    /// All changes that the centre does not let pass.
    public var withheld: [WithheldChange]
    /// Erasures that were not carried out here yet.
    public var erasures: [SignedChangeset]
    /// What every node that syncs has seen.
    public var stable: Knowledge
    /// What the centre has compacted up to.
    public var released: Knowledge
    /// Whether the centre gives personal values to their readers alone.
    public var isReadingReserved: Bool
  }

  /// What following the centre's orders came to.
  public struct Obedience: Hashable, Sendable {
    /// Changes that went into quarantine.
    public var withheld = 0
    /// Changes that left it.
    public var admitted = 0
    /// Erasures carried out.
    public var erasures = 0

    /// Nothing was ordered.
    public init() {}
  }

  /// How much of a snapshot is here.
  public struct SnapshotPart: Hashable, Sendable {
    /// Which; empty for none.
    public var id = ""
    /// How many of its bytes.
    public var have: Int64 = 0
    /// How many there are; nil where no piece has come in this session.
    public var size: Int64?

    /// Nothing.
    public init() {}

    /// Part of a snapshot.
    public init(id: String, have: Int64, size: Int64?) {
      self.id = id
      self.have = have
      self.size = size
    }
  }

  /// What came of an action.
  public enum Event: Hashable, Sendable {
    /// The replica's state.
    case localState(LocalState)
    /// The centre knows the new identity, and the credential was bound to it.
    case identityRegistered
    /// The centre's greeting, and the uncorrected clock when it came, in milliseconds since 1970.
    case hello(HelloAnswer, receivedAt: Int64)
    /// An action without a result was done.
    case done
    /// Changesets from the replica, and where those after them begin.
    case loaded([SignedChangeset], next: Int64?)
    /// Erasures that the centre lacks.
    case erasures([SignedChangeset])
    /// The centre took a push.
    case pushed(PushAnswer)
    /// A piece of the centre's log.
    case pulled(PullAnswer)
    /// Changesets of which more may be read here by now.
    case disclosable([ChangesetName])
    /// Changesets with what may be read of them.
    case disclosed(DisclosureAnswer)
    /// Changesets were taken in.
    case merged(MergeReport)
    /// The replica's digest.
    case localDigest(DigestAnswer)
    /// The centre's digest.
    case digest(DigestAnswer)
    /// So many rows were put right here; without a whole log nothing can be said of the others.
    case repaired(rows: Int)
    /// The centre has held its rows against its log.
    case centreRepaired
    /// What came of the centre's orders.
    case obeyed(Obedience)
    /// A piece of the centre's snapshot.
    case snapshot(SnapshotPiece)
    /// What is here of a snapshot.
    case snapshotPart(SnapshotPart)
    /// The centre's snapshot was loaded; it stands at this log number.
    case snapshotLoaded(logNumber: Int64)
    /// What was put together is not what the centre sent; it was thrown away.
    case snapshotDamaged
    /// A call broke or was not answered, and may be repeated.
    case broken
    /// There was no line to begin with.
    ///
    /// At the first call this ends the session.
    case unreachable
    /// The centre refused a call, with this code.
    case refused(code: String)
  }
}

/// Why a session could not go on.
///
/// Nothing is lost by any of it.
public enum SyncSessionError: Error, Hashable, Sendable {
  /// The line broke too often.
  case interrupted(attempts: Int)
  /// The centre refused.
  case refused(code: String)
  /// The centre answered something that does not fit.
  case confused(String)
}

extension SyncSessionError: CustomStringConvertible {
  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .interrupted(let attempts):
      "the line broke \(attempts) times in a row; nothing is lost, sync again later"
    case .refused(let code): "the centre refused with \(code)"
    case .confused(let what):
      "the centre's answer does not fit (\(what)); nothing is lost, sync again, and report it if it stays"
    }
  }
}
