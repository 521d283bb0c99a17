import Foundation
import Trainings

/// Makes a PDF of a page with a program that the machine has: WeasyPrint, else a Chromium.
struct PageToPDF {
  let language: Language

  private static let programs = [
    "weasyprint", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
  ]

  /// The bytes of the PDF.
  func convert(_ html: String) throws -> [UInt8] {
    guard let program = Self.programs.lazy.compactMap(Self.find).first else {
      throw Failure(
        code: "no_pdf_program",
        message: language.pick(
          "para hacer un PDF hace falta weasyprint o chromium, y no se encontró ninguno",
          "a PDF needs weasyprint or chromium, and neither was found"),
        hint: language.pick(
          "Instale uno, o abra el informe en html con un navegador y elija «Guardar como PDF».",
          "Install one, or open the report as html in a browser and choose “Save as PDF”."))
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "quipu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "report.html")
    let pdf = folder.appending(path: "report.pdf")
    try Data(html.utf8).write(to: page)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments =
      program.hasSuffix("weasyprint")
      ? [page.path, pdf.path]
      : [
        "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions",
        "--user-data-dir=\(folder.appending(path: "profile").path)",
        "--print-to-pdf=\(pdf.path)", page.absoluteString,
      ] + (getuid() == 0 ? ["--no-sandbox"] : [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard let bytes = FileManager.default.contents(atPath: pdf.path), !bytes.isEmpty else {
      let name = URL(filePath: program).lastPathComponent
      throw Failure(
        code: "pdf_failed",
        message: language.pick(
          "\(name) no hizo el PDF (terminó con \(process.terminationStatus))",
          "\(name) made no PDF (it ended with \(process.terminationStatus))"),
        hint: language.pick(
          "Haga el informe en html y guárdelo como PDF desde un navegador.",
          "Make the report as html and save it as PDF from a browser."))
    }
    return [UInt8](bytes)
  }

  private static func find(_ name: String) -> String? {
    let path = ProcessEnvironment.variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
