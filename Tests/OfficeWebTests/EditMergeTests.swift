import Testing

@testable import OfficeWeb

@Suite("An edit held against what others wrote meanwhile")
struct EditMergeTests {
  /// Every combination of three values for what was shown, what was typed and what stands there.
  static let cases: [(was: String, typed: String, stored: String)] = ["", "a", "b"].flatMap { was in
    ["", "a", "b"].flatMap { typed in ["", "a", "b"].map { (was, typed, $0) } }
  }

  @Test("no value is lost: it is written, asked about, or stands there already", arguments: cases)
  func law(_ one: (was: String, typed: String, stored: String)) {
    let merge = EditMerge(
      fields: ["f"], was: ["f": one.was], typed: ["f": one.typed], stored: ["f": one.stored])
    let iChanged = one.typed != one.was
    let othersChanged = one.stored != one.was
    #expect((merge.writes["f"] != nil) == (iChanged && !othersChanged))
    #expect(merge.clashes.isEmpty == !(iChanged && othersChanged && one.typed != one.stored))
    #expect(merge.elsewhere.isEmpty == !(!iChanged && othersChanged))
  }

  @Test("what a form does not hold is left alone, and spaces and line ends do not count")
  func spelling() {
    let merge = EditMerge(
      fields: ["a", "b"], was: ["a": "uno\ndos"], typed: ["a": " uno\r\ndos\r\n"],
      stored: ["a": "uno\ndos", "b": "tres"])
    #expect(merge.writes.isEmpty)
    #expect(merge.clashes.isEmpty)
  }

  @Test("of a list what each added and took away is added and taken away; there is no clash")
  func lists() {
    let merge = EditMerge(
      fields: ["list"], lists: ["list"], was: ["list": "a;b"], typed: ["list": "b;c"],
      stored: ["list": "a;b;d"])
    #expect(merge.writes == ["list": "b;c;d"])
    #expect(merge.clashes.isEmpty)
    #expect(merge.elsewhere == ["list"])
  }
}
