import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu deliverable`: what was made for an indicator.
struct DeliverableCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "deliverable",
      abstract: Language.ofProcess.pick(
        "Entregables: lista, muestra, añade, cambia y borra.",
        "Deliverables: lists, shows, adds, edits and deletes."),
      subcommands: [
        DeliverableList.self, DeliverableShow.self, DeliverableAdd.self, DeliverableEdit.self,
        DeliverableDelete.self,
      ],
      defaultSubcommand: DeliverableList.self)
  }
}

/// Which deliverable is meant.
struct DeliverableArgument: ParsableArguments {
  @Argument(
    help: help(
      "El entregable: su código, oficina/código o identificador.",
      "The deliverable: its code, office/code or identifier.", valueName: "deliverable"))
  var deliverable: String
}

/// The values of a deliverable as options; an empty one erases.
struct DeliverableFields: ParsableArguments {
  @Option(parsing: .unconditional, help: help("Código.", "Code.", valueName: "value"))
  var code: String?
  @Option(
    parsing: .unconditional, help: help("Indicador.", "Indicator.", valueName: "value"))
  var indicatorID: String?
  @Option(parsing: .unconditional, help: help("Título.", "Title.", valueName: "value"))
  var title: String?
  @Option(
    parsing: .unconditional,
    help: help(
      "borrador, presentado, aprobado o en uso.", "draft, submitted, approved or in_use.",
      valueName: "value"))
  var status: String?
  @Option(
    parsing: .unconditional, help: help("Día de entrega.", "Day of delivery.", valueName: "value"))
  var deliveredOn: String?
  @Option(
    parsing: .unconditional,
    help: help("Cantidad; si no, 1.", "Quantity; else 1.", valueName: "value"))
  var quantity: String?
  @Option(
    parsing: .unconditional,
    help: help(
      "Medio de verificación: archivo, enlace, acta.",
      "Means of verification: file, link, minutes.",
      valueName: "value"))
  var evidence: String?

  /// Those that were given, by column.
  var values: [String: String] {
    [
      "code": code, "indicator_id": indicatorID, "title": title, "status": status,
      "delivered_on": deliveredOn, "quantity": quantity, "evidence": evidence,
    ].compactMapValues(\.self)
  }
}

/// `quipu deliverable list`: by office and code.
struct DeliverableList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick("Lista los entregables.", "Lists deliverables."))
  }

  @Option(help: help("Solo los de una oficina.", "One office's only.", valueName: "office"))
  var office: String?

  @Option(help: help("Solo los de un indicador.", "One indicator's only.", valueName: "id"))
  var indicator: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let entries = try invocation.openReplica().read { db in
      try Deliverables.list(office: office, indicator: indicator, in: db)
    }
    let isSpanish = invocation.language == .spanish
    var grid = TextTable(
      isSpanish
        ? ["Oficina", "Código", "Indicador", "Título", "Estado", "Fecha", "Cantidad"]
        : ["Office", "Code", "Indicator", "Title", "Status", "Day", "Quantity"])
    for entry in entries {
      grid.add(
        ["office_code", "code", "indicator_id", "title", "status", "delivered_on", "quantity"]
          .map { entry[$0].description })
    }
    try invocation.print(
      .array(entries.map(RecordOutput.document)),
      text: grid.text + RecordTexts(language: invocation.language).count(entries.count))
    return .done
  }
}

/// `quipu deliverable show`: one deliverable.
struct DeliverableShow: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick("Muestra un entregable.", "Shows one deliverable."))
  }

  @OptionGroup var named: DeliverableArgument

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entry = try replica.read { db in
      try Deliverables.show(named.deliverable, office: office, in: db)
    }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}

/// `quipu deliverable add`: a new deliverable.
struct DeliverableAdd: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add",
      abstract: Language.ofProcess.pick("Añade un entregable.", "Adds a deliverable."))
  }

  @Option(
    help: help(
      "La oficina; si no, la de esta réplica.", "The office; else this replica's.",
      valueName: "office"))
  var office: String?

  @OptionGroup var fields: DeliverableFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let owner = try office ?? replica.identity().office
    let entry = try replica.write { db in
      let id = try Deliverables.add(fields.values, office: owner, in: db, environment: .system)
      return try Deliverables.show(id, office: owner, in: db)
    }
    try invocation.print(
      RecordOutput.document(entry),
      text: RecordTexts(language: invocation.language).added(entry["id"].description))
    return .done
  }
}

/// `quipu deliverable edit`: changes a deliverable.
struct DeliverableEdit: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "edit",
      abstract: Language.ofProcess.pick("Cambia un entregable.", "Edits a deliverable."))
  }

  @OptionGroup var named: DeliverableArgument

  @OptionGroup var fields: DeliverableFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let isChanged = try replica.write { db in
      try Deliverables.edit(named.deliverable, fields.values, office: office, in: db)
    }
    try invocation.print(.object([("changed", .bool(isChanged))]), text: texts.edited(isChanged))
    return .done
  }
}

/// `quipu deliverable delete`: deletes a deliverable.
struct DeliverableDelete: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: Language.ofProcess.pick("Borra un entregable.", "Deletes a deliverable."))
  }

  @OptionGroup var named: DeliverableArgument

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    try replica.write { db in
      try Deliverables.delete(named.deliverable, office: office, in: db)
    }
    try invocation.print(
      .object([("deleted", .string(named.deliverable))]),
      text: RecordTexts(language: invocation.language).deleted)
    return .done
  }
}
