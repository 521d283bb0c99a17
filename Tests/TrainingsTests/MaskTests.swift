import Testing
import Trainings

@Suite("Documents of which little is shown")
struct MaskTests {
  @Test(
    "several together show by which digits they differ, three at most",
    arguments: [
      (["40012345", "40012345"], ["4•••••45", "4•••••45"]),
      (["40012345", "40021345"], ["4••12•45", "4••21•45"]),
      (["40012345", "49987645"], ["4001••45", "4998••45"]),
      (["40012345", "40012346"], ["4•••••45", "4•••••46"]),
      (["40012345", "AB1234567"], ["4•••••45", "A••••••67"]),
      (["40012345", ""], ["4•••••45", ""]),
      (["1234", "1284"], ["••3•", "••8•"]),
    ])
  func together(_ numbers: [String], _ shown: [String]) {
    #expect(IdentityDocument.masked(numbers) == shown)
  }
}
