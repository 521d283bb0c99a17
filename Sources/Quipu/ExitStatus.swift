/// The status with which `quipu` ends.
///
/// Scripts and timers rely on the numbers: one is never given another meaning, and one that is not
/// listed here means failure.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | failed |
/// | 2 | the command line is wrong |
/// | 3 | done, with items that need a person: rejected rows, quarantine, new conflicts |
/// | 4 | the centre cannot be reached; nothing is lost, try again |
/// | 5 | refused by the centre: credentials, scope, version |
/// | 6 | another process is syncing this replica |
/// | 7 | the replica is damaged, or is not a replica |
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case usage = 2
  case needsPerson = 3
  case unreachable = 4
  case refused = 5
  case locked = 6
  case damaged = 7
}
