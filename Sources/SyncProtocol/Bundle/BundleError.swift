public import SyncModel

/// Why a bundle cannot be taken in.
///
/// Nothing was changed by it.
public enum BundleError: Error, Hashable, Sendable {
  /// The file is something else.
  case notABundle
  /// Made by a later program.
  case newerFormat(String)
  /// Cut short, changed, or put together from several.
  case damaged
  /// Made for other nodes.
  case notForUs(offices: [String])
  /// Made here.
  case ownBundle
  /// The sender is not known here.
  case unknownSender(office: String, node: NodeID)
  /// It does not bear the signature of the node it names.
  case forged(node: NodeID)
  /// The centre has revoked the sender's credential.
  case revoked(node: NodeID)
  /// There is nobody to seal it for.
  case unknownRecipient(String)
  /// One changeset alone is bigger than a part may be.
  case partTooSmall(least: Int)
  /// What a recipient lacks is not in the log any more.
  case compacted(changes: Int)
  /// Not everybody may read everything, so that only the centre can say who may what.
  case readingReserved
  /// There is a file already.
  case exists(path: String)
  /// The file cannot be read or written.
  case inaccessible(path: String, reason: String)
}

extension BundleError: CustomStringConvertible {
  /// A stable word for the kind of error.
  public var code: String {
    switch self {
    case .notABundle: "not_a_bundle"
    case .newerFormat: "newer_bundle"
    case .damaged: "bundle_damaged"
    case .notForUs: "bundle_not_for_us"
    case .ownBundle: "bundle_own"
    case .unknownSender: "bundle_unknown_sender"
    case .forged: "bundle_forged"
    case .revoked: "credential_revoked"
    case .unknownRecipient: "unknown_recipient"
    case .partTooSmall: "bundle_part_too_small"
    case .compacted: "bundle_compacted"
    case .readingReserved: "reading_reserved"
    case .exists: "file_exists"
    case .inaccessible: "file_unreadable"
    }
  }

  /// What was found.
  public var description: String {
    switch self {
    case .notABundle: "this is no bundle"
    case .newerFormat(let found):
      "this bundle is of format \(found), which this program does not know"
    case .damaged: "the bundle is damaged or was cut short"
    case .notForUs(let offices):
      "the bundle was made for others: \(offices.joined(separator: ", "))"
    case .ownBundle: "the bundle was made by this replica"
    case .unknownSender(let office, let node):
      "the bundle says that it comes from \(office), node \(node), which is not known here"
    case .forged(let node): "the bundle does not bear the signature of node \(node), whom it names"
    case .revoked(let node): "the credential of node \(node) was revoked"
    case .unknownRecipient(let name): "there is no other node \"\(name)\" whose key is known here"
    case .partTooSmall(let least): "no part can be smaller than \(least) bytes here"
    case .compacted(let changes):
      "\(changes) changes that the recipient lacks are in the log no more"
    case .readingReserved:
      "personal values are given to those offices alone that trained the person"
    case .exists(let path): "there is a file at \"\(path)\" already"
    case .inaccessible(let path, let reason): "\"\(path)\": \(reason)"
    }
  }

  /// What to do.
  public var hint: String {
    switch self {
    case .notABundle: "name a file that quipu bundle export or receipt made; nothing was changed"
    case .newerFormat: "upgrade this program; nothing was changed"
    case .damaged: "copy the file again from where it was made; nothing was changed"
    case .notForUs: "ask for one with --to and your office; nothing was changed"
    case .ownBundle: "carry it to those it was made for; nothing was changed"
    case .unknownSender:
      "sync with the centre, or import one of its bundles, then this one again; nothing was changed"
    case .forged: "do not trust it; ask whoever should have made it; nothing was changed"
    case .revoked: "enrol the replica again if it is in good hands; nothing was changed"
    case .unknownRecipient:
      "sync with the centre, or import one of its bundles: they say who there is"
    case .partTooSmall: "give a larger --split"
    case .compacted: "the recipient must sync with the centre once; then bundles do again"
    case .readingReserved:
      "an office makes bundles for the centre alone, and the centre one for each office"
    case .exists: "choose another name, or move the file away; nothing was changed"
    case .inaccessible: "check the path and its permissions"
    }
  }
}
