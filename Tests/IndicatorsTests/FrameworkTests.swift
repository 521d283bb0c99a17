import GRDB
import Indicators
import Testing

@Suite("Products, results and components")
struct FrameworkTests {
  private func framework(_ fixture: Fixture) throws -> Framework {
    try fixture.queue.read { db in
      try Framework.rollUp(try IndicatorTable.compute(db, cutOff: "2020-06-30"), db)
    }
  }

  /// The evaluation's table 1 shows 2.3.1 as under way, though its annex 16 gives all three indicators
  /// 0 %: by its own rule (paragraph 155) the product is not delivered.
  @Test("at 30 June 2020 products are delivered, under way or not, by the source's rule")
  func products() throws {
    let items = try framework(scenario()).items(.product)
    #expect(items.count == 18)
    #expect(items.filter { $0.status == .delivered }.map(\.code) == ["1.1.1", "2.1.2", "2.4.1"])
    #expect(items.filter { $0.status == .notDelivered }.map(\.code) == ["1.1.2", "2.3.1", "3.3.2"])
    #expect(items.count { $0.status == .inProgress } == 12)
  }

  @Test("every indicator belongs to one item, and met and underway are among them")
  func indicators() throws {
    let fixture = try scenario()
    let framework = try framework(fixture)
    let items = framework.items(.product) + framework.items(.result)
    let ids = items.flatMap(\.indicators)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(try fixture.table().values.map(\.id)))
    #expect(items.allSatisfy { $0.met + $0.underway <= $0.indicators.count })
  }

  @Test("a revised target counts from its day, and an indicator retires on its own")
  func history() throws {
    let fixture = try Fixture()
    try fixture.write(
      "INSERT INTO indicator_target (indicator_id, valid_from, target) VALUES ('P-1.1.1.1', '2020-01-01', 9)"
    )
    try fixture.write("UPDATE indicator SET retired_on = '2020-01-01' WHERE id = 'P-1.1.1.2'")
    let tables = try fixture.queue.read { db in
      try IndicatorTable.compute(db, cutOffs: ["2020-01-01", "2019-12-31"])
    }
    #expect(tables.map { $0.values.first { $0.id == "P-1.1.1.1" }?.target } == [9, 1])
    #expect(tables.map { $0.retired.map(\.id) } == [["P-1.1.1.2"], []])
    #expect(tables.map(\.cutOff) == ["2020-01-01", "2019-12-31"])
  }

  @Test("tables at several cut-offs in one pass are those of each cut-off alone")
  func onePass() throws {
    let fixture = try scenario()
    let cutOffs = ["2018-12-31", "2019-12-31", "2020-02-15", "2020-06-30", "2020-12-31"]
    for dimension in [nil, IndicatorDimension.sex, .office] {
      let together = try fixture.queue.read { db in
        try IndicatorTable.compute(db, cutOffs: cutOffs, by: dimension)
      }
      for (table, cutOff) in zip(together, cutOffs) {
        let alone = try fixture.table(cutOff, by: dimension)
        #expect(table.values == alone.values, "\(cutOff)")
      }
    }
  }

  @Test("the definitions' version changes with a target, a role or a formula, not with a name")
  func version() throws {
    let fixture = try Fixture()
    func version() throws -> String {
      try fixture.queue.read { db in try IndicatorSheets.load(db).version }
    }
    var versions = [try version()]
    try fixture.write("UPDATE indicator SET name_es = 'x'")
    #expect(try version() == versions[0])
    for sql in [
      "UPDATE indicator SET computation = 'measurement' WHERE id = 'P-1.1.1.1'",
      "DELETE FROM indicator_role WHERE indicator_id = 'P-1.2.1.1'",
      "INSERT INTO indicator_target VALUES ('P-1.1.1.1', '2020-01-01', 2, NULL)",
    ] {
      try fixture.write(sql)
      versions.append(try version())
    }
    #expect(Set(versions).count == versions.count)
  }
}
