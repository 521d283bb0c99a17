/// Which of a folder's backups stay.
struct BackupRotation {
  /// The last backup of each of so many days.
  var daily: Int
  /// The last of each of so many weeks.
  var weekly: Int
  /// The last of each of so many months.
  var monthly: Int

  /// A backup in the folder.
  struct Entry: Equatable {
    var name: String
    /// When it was made: `20260131T235959Z`, as in its name.
    var stamp: String
  }

  /// The time in a backup's name, or nil where it is not one of ours: `central-20260131T235959Z.zst`.
  static func entry(_ name: String, office: String) -> Entry? {
    guard name.hasPrefix("\(office)-"), name.hasSuffix(".zst") || name.hasSuffix(".zst.sealed")
    else { return nil }
    let stamp = name.dropFirst(office.count + 1).prefix { $0 != "." }
    let digits = stamp.filter(\.isNumber)
    guard stamp.count == 16, digits.count == 14 else { return nil }
    return Entry(name: name, stamp: String(stamp))
  }

  /// Those that can go; the newest always stays.
  func expired(_ entries: [Entry]) -> [Entry] {
    let newest = entries.sorted { $0.stamp > $1.stamp }
    var kept = Set(newest.prefix(1).map(\.name))
    func keep(_ count: Int, _ period: (String) -> String) {
      var seen: Set<String> = []
      for entry in newest where seen.count < count {
        if seen.insert(period(entry.stamp)).inserted { kept.insert(entry.name) }
      }
    }
    keep(daily) { String($0.prefix(8)) }
    keep(weekly) { "\(Self.week($0))" }
    keep(monthly) { String($0.prefix(6)) }
    return newest.filter { !kept.contains($0.name) }.sorted { $0.stamp < $1.stamp }
  }

  /// The number of the week, from Monday to Sunday, counted from a Monday long ago.
  private static func week(_ stamp: String) -> Int {
    let year = Int(stamp.prefix(4)) ?? 0
    let month = Int(stamp.dropFirst(4).prefix(2)) ?? 1
    let day = Int(stamp.dropFirst(6).prefix(2)) ?? 1
    // Days since 1 March of year 0 (Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear
    // 1 March of year 0 was a Wednesday.
    return (days + 2) / 7
  }
}
