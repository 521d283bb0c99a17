extension QuarterReport {
  /// The whole data set as JSON.
  public func json() throws -> String {
    String(decoding: try ReportArchive.json(self), as: UTF8.self)
  }

  /// The header of ``csv(_:)``.
  public static let csvHeader = "section,key,label,group,measure,value"

  /// Every figure on a line of its own: section, key, label, group, measure, value.
  ///
  /// Keys and measures are the same in every language; labels are in the locale's. Numbers have `.`
  /// decimals and no grouping.
  public func csv(_ locale: ReportLocale) -> String {
    var lines = [Self.csvHeader]
    func add(
      _ section: String, _ key: String?, _ label: String?, _ group: String?, _ measure: String,
      _ value: String?
    ) {
      let fields = [section, key ?? "", label ?? "", group ?? "", measure, value ?? ""]
      lines.append(fields.map(csvField).joined(separator: ","))
    }
    func number(_ value: Int?) -> String? { value.map { String($0) } }
    func number(_ value: Double?) -> String? { value.map(Decimals.text) }

    for (measure, value) in [
      ("period", span.name), ("first_day", span.firstDay), ("last_day", span.lastDay),
      ("cut_off", span.cutOff), ("made_at", madeAt), ("closed_at", closing?.closedAt),
      ("closed_by", closing?.closedBy),
      ("central_sequence", closing.map { String($0.centralSequence) }),
      ("definitions_version", definitionsVersion),
    ] { add("report", nil, nil, nil, measure, value) }
    for indicator in indicators {
      let name = indicator.name.text(locale)
      for (measure, value) in [
        ("value", number(indicator.figure.value)), ("state", indicator.figure.state),
        ("before", number(indicator.before.value)), ("before_state", indicator.before.state),
        ("target", number(indicator.target)), ("baseline", number(indicator.baseline)),
        ("progress", number(indicator.progress)),
        ("status", indicator.status.word(spanish: locale.isSpanish)),
        ("persons", number(indicator.persons)), ("attendances", number(indicator.attendances)),
        ("persons_with_both_tests", number(indicator.tests?.paired)),
        ("entry_mean", number(indicator.tests?.preMean)),
        ("exit_mean", number(indicator.tests?.postMean)),
        ("sessions_with_tests", number(indicator.tests?.testedSessions)),
        ("sessions", number(indicator.tests?.sessions)),
        ("open_conflicts", number(indicator.openConflicts)),
        ("disputed_scores", number(indicator.disputedScores)),
        ("duplicate_documents", number(indicator.duplicateDocuments)),
      ] where value != nil {
        add("indicators", indicator.id, name, indicator.level, measure, value)
      }
    }
    for item in framework.items(.product) + framework.items(.result) {
      let name = item.name.text(locale)
      add(
        "framework", item.code, name, item.level, "status",
        item.status.word(spanish: locale.isSpanish))
      add("framework", item.code, name, item.level, "indicators", number(item.indicators.count))
      add("framework", item.code, name, item.level, "met", number(item.met))
    }
    for session in sessions {
      add(
        "sessions", session.code, session.title, session.office, "date", session.day)
      add("sessions", session.code, session.title, session.office, "status", session.status)
      add("sessions", session.code, session.title, session.office, "modality", session.modality)
      add(
        "sessions", session.code, session.title, session.office, "persons", number(session.persons))
      add("sessions", session.code, session.title, session.office, "women", number(session.women))
    }
    for line in trend {
      add("trend", line.period, nil, nil, "sessions", number(line.sessions))
      add("trend", line.period, nil, nil, "attendances", number(line.attendances))
    }
    add("participants", nil, nil, nil, "persons", number(participation.persons))
    add("participants", nil, nil, nil, "attendances", number(participation.attendances))
    for (kind, groups) in [
      ("sex", participation.sexes), ("office", participation.offices),
      ("institution", participation.institutions),
      ("authority_type", participation.authorityTypes),
    ] {
      for group in groups {
        let name = group.name.text(locale)
        add("participants", group.code, name, kind, "persons", number(group.persons))
        add("participants", group.code, name, kind, "attendances", number(group.attendances))
        for (measure, count) in zip(
          ["women", "men", "other_sex", "sex_not_recorded"], group.bySex)
        { add("participants", group.code, name, kind, measure, number(count)) }
      }
    }
    for item in deliverables {
      let key = item.code ?? ""
      add("deliverables", key, item.title, item.indicator, "date", item.deliveredOn)
      add("deliverables", key, item.title, item.indicator, "status", item.status)
      add("deliverables", key, item.title, item.indicator, "quantity", number(item.quantity ?? 1))
      add("deliverables", key, item.title, item.indicator, "evidence", item.evidence)
    }
    if let adjustments {
      for line in adjustments.csvLines(locale) {
        add("adjustments", line[0], line[1], line[2], line[3], line[4])
      }
    }
    for office in offices {
      let name = office.name.text(locale)
      add("offices", office.code, name, nil, "last_sync", office.lastSync)
      add("offices", office.code, name, nil, "last_write", office.lastWrite)
      add("offices", office.code, name, nil, "unsent", number(office.unsent))
    }
    for (measure, value) in [
      ("open_conflicts", doubts.openConflicts), ("disputed_scores", doubts.disputedScores),
      ("duplicate_documents", doubts.duplicateDocuments), ("quarantined", doubts.quarantined),
    ] { add("quality", nil, nil, nil, measure, number(value)) }
    for finding in findings {
      add(
        "quality", finding.check, finding.message.text(locale), finding.office, "records",
        number(finding.count))
    }
    for session in plan {
      add("plan", session.code, session.title, session.office, "date", session.day)
      add("plan", session.code, session.title, session.office, "status", session.status)
      add("plan", session.code, session.title, session.office, "modality", session.modality)
    }
    for text in texts {
      let heading = ReportSection(rawValue: text.section)?.heading(locale) ?? text.section
      add("texts", text.section, heading, text.office, text.language, text.body)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Adjustments {
  /// The data as JSON.
  public func json() throws -> String {
    String(decoding: try ReportArchive.json(self), as: UTF8.self)
  }

  /// A line for each fact: key, label, group, measure, value.
  func csvLines(_ locale: ReportLocale) -> [[String]] {
    func text(_ figure: QuarterReport.Figure?) -> String {
      figure?.value.map(Decimals.text) ?? figure?.state ?? ""
    }
    var lines: [[String]] = []
    for difference in differences {
      let name = difference.name.text(locale)
      lines.append([difference.indicator, name, period, "closed", text(difference.closed)])
      lines.append([difference.indicator, name, period, "now", text(difference.now)])
      lines.append([
        difference.indicator, name, period, "difference",
        difference.change.map(Decimals.text) ?? "",
      ])
    }
    for change in changes {
      for (measure, value) in [
        ("\(change.kind)_inserted", String(change.inserted)),
        ("\(change.kind)_updated", String(change.updated)),
        ("\(change.kind)_deleted", String(change.deleted)), ("node", change.node),
        ("first_written_at", change.firstAt), ("last_written_at", change.lastAt),
        ("arrived_at", change.arrivedAt),
      ] { lines.append([change.code, change.title, change.office, measure, value]) }
    }
    return lines
  }

  /// One line for each fact.
  public func csv(_ locale: ReportLocale) -> String {
    (["key,label,group,measure,value"]
      + csvLines(locale).map { $0.map(csvField).joined(separator: ",") }).joined(separator: "\n")
      + "\n"
  }

  /// For a terminal.
  public func text(_ locale: ReportLocale) -> String {
    let page = AdjustmentsPage(
      adjustments: self, locale: locale, words: ReportWords(locale: locale),
      officeName: { $0 ?? "–" })
    var text = page.introduction + "\n"
    if definitionsChanged {
      text += locale.pick(
        "Las definiciones, los cargos o las metas también cambiaron.\n",
        "Definitions, roles or targets changed, too.\n")
    }
    func grid(_ caption: String, _ headings: [String], _ rows: [[String]]) -> String {
      var grid = TextGrid(headings.map { $0.hasPrefix("#") ? .right : .left })
      grid.add(headings.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 })
      for row in rows {
        grid.add(row.enumerated().map { $0 > 0 || $1.count <= 60 ? $1 : $1.prefix(59) + "…" })
      }
      return "\n\(caption)\n\n\(grid.text)\n"
    }
    if !differences.isEmpty {
      text += grid(page.differenceCaption, page.differenceHeadings, page.differenceRows)
    }
    if !changes.isEmpty { text += grid(page.changeCaption, page.changeHeadings, page.changeRows) }
    return text
  }
}
