/// The namespace of identifiers that are derived from what a record is known by: UUID version 5 over
/// these 16 bytes and a name.
///
/// Fixed for ever: offices that have never met derive the same identifier from one document.
public enum IdentityNamespace {
  /// `7a1c5e0b-93d4-4f26-a867-2d41c09e35b2`.
  public static let bytes: [UInt8] = [
    0x7a, 0x1c, 0x5e, 0x0b, 0x93, 0xd4, 0x4f, 0x26, 0xa8, 0x67, 0x2d, 0x41, 0xc0, 0x9e, 0x35, 0xb2,
  ]
}
