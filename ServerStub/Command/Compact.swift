internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import Replica
internal import SyncModel

/// Frees what every node has: `quipu-central compact`.
struct Compact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Suelta los cambios que todos han leído y olvida las filas cuyo borrado todos han visto.",
      "Drop changes that every node has read, and forget rows whose deletion all have seen."),
    discussion: say(
      """
      La central conserva todo el historial hasta que se ejecuta esta orden. Lo que se muestra queda, con \
      quién lo escribió y cuándo; lo que había antes se va. Quien vuelve después de estar lejos más tiempo \
      envía lo que no había enviado y baja de nuevo el contenido. Los nodos que no volverán se indican con: \
      quipu-central nodes lapse.
      """,
      """
      A central node keeps the whole history until this is run. What is shown stays, with who wrote it and \
      when; what stood before goes. Who comes back after being away for longer sends what it has not sent \
      and takes the content anew. Nodes that will not come back are named with: quipu-central nodes lapse.
      """))

  private struct Document: Encodable {
    struct Waiting: Encodable {
      var node: String
      var office: String?
      var logNumber: Int64
      var lastHello: String
    }
    var changesets: Int
    var bytes: Int64
    var deletedRows: Int
    var horizon: Int64
    var dryRun: Bool
    var waitsFor: [Waiting]
  }

  @OptionGroup var options: CentralOptions
  @Option(
    help: help(
      "Conserva los cambios de los últimos días: al menos tantos como tenga su copia más antigua.",
      "Keep the changes of the last days: at least as many as your oldest backup has."))
  var keepDays = 90
  @Flag(help: help("Solo dice qué se soltaría.", "Only say what would go.")) var dryRun = false
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

  func validate() throws {
    guard keepDays >= 0 else {
      throw ValidationError(say("--keep-days es 0 o más", "--keep-days is at least 0"))
    }
  }

  func run() async throws {
    let (node, _) = try options.open()
    let plan = try node.compact(keepingDays: keepDays, dryRun: dryRun)
    let offices = try Dictionary(
      node.register.all().map { ($0.node, $0.office) }, uniquingKeysWith: { first, _ in first })
    let waiting = plan.waitsFor.map {
      Document.Waiting(
        node: $0.node.description, office: offices[$0.node], logNumber: $0.logNumber,
        lastHello: NodesList.time($0.saidAt))
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        changesets: plan.report.changesets, bytes: plan.report.bytes,
        deletedRows: plan.report.deletedRows, horizon: plan.through, dryRun: dryRun,
        waitsFor: waiting)
      print(String(decoding: try encoder.encode(document), as: UTF8.self))
      return
    }
    print(
      say(
        "\(dryRun ? "Se soltarían" : "Soltados") los cambios de \(plan.report.changesets) envíos "
          + "(\(plan.report.bytes) bytes) y \(plan.report.deletedRows) filas borradas; "
          + "el registro se conserva desde el número \(plan.through + 1)",
        "\(dryRun ? "Would drop" : "Dropped") the changes of \(plan.report.changesets) changesets "
          + "(\(plan.report.bytes) bytes) and \(plan.report.deletedRows) deleted rows; "
          + "the log is kept from number \(plan.through + 1) on"))
    for entry in waiting {
      print(
        say(
          "se espera a \(entry.node) (\(entry.office ?? "?")), último saludo \(entry.lastHello): "
            + "ha leído hasta \(entry.logNumber)",
          "waiting for \(entry.node) (\(entry.office ?? "?")), last hello \(entry.lastHello): "
            + "it has read up to \(entry.logNumber)"))
    }
  }
}
