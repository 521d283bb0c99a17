import GRDB
import Indicators
import Testing

@Suite("Behind a figure")
struct EvidenceTests {
  private func evidence(
    _ fixture: Fixture, _ id: String, _ part: (dimension: IndicatorDimension, group: String?)? = nil
  ) throws -> IndicatorEvidence {
    try #require(
      try fixture.queue.read { db in
        try IndicatorEvidence.gather(db, indicator: id, cutOff: "2020-06-30", part: part)
      })
  }

  @Test("the records behind each figure are as many as it counts")
  func complete() throws {
    let fixture = try scenario()
    for value in try fixture.table().values {
      let evidence = try evidence(fixture, value.id)
      switch value.definition.computation {
      case .countSessions: #expect(Double(evidence.sessions.count) == value.value, "\(value.id)")
      case .countDeliverables:
        #expect(evidence.deliverables.reduce(0) { $0 + $1.quantity } == value.value, "\(value.id)")
      case .countDistinctParticipants, .knowledgeGain, .weightedGain:
        #expect(evidence.attendances.count == value.attendances, "\(value.id)")
        #expect(evidence.persons == value.persons, "\(value.id)")
      default: #expect(evidence.measurements.first?.value == value.value, "\(value.id)")
      }
    }
  }

  @Test(
    "the records behind each part are as many as it counts", arguments: IndicatorDimension.allCases)
  func parts(dimension: IndicatorDimension) throws {
    let fixture = try scenario()
    for value in try fixture.table(by: dimension).values
    where ["P-1.2.1.1", "P-2.4.1.1", "R-2.1.1.2", "P-2.2.1.3"].contains(value.id) {
      for part in value.parts where part.applies {
        let evidence = try evidence(fixture, value.id, (dimension, part.group))
        let context = "\(value.id) \(part.group ?? "–")"
        if let attendances = part.attendances {
          #expect(evidence.attendances.count == attendances, "\(context)")
          #expect(evidence.persons == part.persons, "\(context)")
        } else if value.definition.computation == .countSessions {
          #expect(Double(evidence.sessions.count) == part.figure.value, "\(context)")
        } else {
          let sum = evidence.deliverables.reduce(0) { $0 + $1.quantity }
          #expect(sum == part.figure.value, "\(context)")
        }
      }
    }
  }

  @Test("documents are masked unless they are asked for")
  func masked() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    try fixture.participant("a", number: "41234567")
    try fixture.attendance("s", "a")
    let masked = try evidence(fixture, "P-1.2.1.3")
    for text in [masked.text(.spanish), masked.csv(.english), try masked.json()] {
      #expect(!text.contains("41234567"))
      #expect(text.contains("Quispe"))
    }
    let full = try fixture.queue.read { db in
      try IndicatorEvidence.gather(
        db, indicator: "P-1.2.1.3", cutOff: "2020-06-30", unmasked: true)
    }
    #expect(full?.csv(.english).contains("41234567") == true)
  }

  @Test("an indicator that is not in force has nothing behind it")
  func unknown() throws {
    let fixture = try Fixture()
    let found = try fixture.queue.read { db in
      try IndicatorEvidence.gather(db, indicator: "P-9.9", cutOff: "2020-06-30")
    }
    #expect(found == nil)
  }
}
