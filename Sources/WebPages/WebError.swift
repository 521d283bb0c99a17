public import Hummingbird
public import Trainings

/// Why a request was not done, in words for the person who sent it.
///
/// A route may throw it, or any other error: those of the records are shown with their own words,
/// all else as a failure whose number stands in the log.
public struct WebError: Error, Sendable {
  /// The status of the answer.
  public var status: HTTPResponse.Status
  /// What happened, in Spanish and English.
  public var message: @Sendable (Language) -> String
  /// What to do next.
  public var hint: @Sendable (Language) -> String
  /// A stable word for programs.
  public var code: String

  /// An error with its words.
  public init(
    _ status: HTTPResponse.Status, code: String,
    _ spanish: String, _ english: String, hint spanishHint: String = "",
    _ englishHint: String = ""
  ) {
    self.status = status
    self.code = code
    message = { $0.pick(spanish, english) }
    hint = { $0.pick(spanishHint, englishHint) }
  }

  /// There is no such page or record.
  public static let notFound = WebError(
    .notFound, code: "not_found",
    "Aquí no hay nada.", "There is nothing here.",
    hint: "Puede que el registro se haya borrado o que la dirección esté mal escrita.",
    "The record may have been deleted, or the address mistyped.")

  /// The user's roles do not allow it.
  public static let forbidden = WebError(
    .forbidden, code: "forbidden",
    "Su usuario no tiene permiso para esto.", "Your user may not do this.",
    hint: "Pida a la persona que administra el sistema el rol que le falta.",
    "Ask whoever administers the system for the role that is missing.")

  /// A script asked, and nobody is signed in any longer.
  static let signedOut = WebError(
    .unauthorized, code: "signed_out",
    "Su sesión venció: vuelva a entrar en otra pestaña; lo que escribió sigue aquí.",
    "Your session has ended: sign in again in another tab; what you typed is still here.")

  /// The form was not made by this site for this visitor.
  static let staleForm = WebError(
    .forbidden, code: "stale_form",
    "Este formulario ya no vale.", "This form is no longer valid.",
    hint: "Vuelva atrás, recargue la página y envíelo otra vez; lo que escribió sigue ahí.",
    "Go back, reload the page and send it again; what you typed is still there.")

  /// Somebody else's page sent the form.
  static let foreignForm = WebError(
    .forbidden, code: "foreign_form",
    "El formulario llegó desde otro sitio y no se aceptó.",
    "The form came from another site and was not accepted.")

  /// The host is not one of this machine's names.
  static let foreignHost = WebError(
    .misdirectedRequest, code: "foreign_host",
    "Esta dirección no es la de este programa.", "This address is not this program's.",
    hint: "Use http://127.0.0.1 o http://localhost con el puerto que indica el programa.",
    "Use http://127.0.0.1 or http://localhost with the port that the program says.")

  /// The body is larger than the route takes.
  static let tooLarge = WebError(
    .contentTooLarge, code: "too_large",
    "Lo enviado es demasiado grande.", "What was sent is too large.",
    hint: "Divida el archivo en partes.", "Split the file into parts.")

  /// The body is no form.
  static let unreadable = WebError(
    .badRequest, code: "unreadable",
    "No se entiende lo enviado.", "What was sent cannot be read.")
}
