internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// The way of an edit form: shown, sent back, held against what others wrote meanwhile, written.
struct RecordEdit {
  let request: PageRequest
  let form: RecordForm
  let title: String
  /// Where the form is sent.
  let action: String
  /// Where the reader goes back to.
  let back: (path: String, label: String)
  /// Under which name a draft is kept.
  let draft: String
  /// Where it asks whether the record is to go.
  var remove: String?
  var removeLabel: String?
  var history: String?
  var disputed: [String: String] = [:]
  /// Whether the record was there when the form was shown and is no longer.
  var isGone = false

  /// The form with what is stored, or with the draft that was not saved.
  func show(
    stored: [String: String], words: RecordWords, _ db: Database
  ) throws -> PageResponse {
    let drafts = Drafts(request.replica, user: request.user)
    guard let kept = try drafts.load(draft, in: db),
      let fields = try? JSONDecoder().decode([String: String].self, from: Data(kept.content.utf8))
    else { return page(values: stored, was: stored, words: words) }
    var was = stored
    for (name, value) in fields where name.hasPrefix("was.") {
      was[String(name.dropFirst(4))] = value
    }
    let values = stored.merging(fields.filter { !$0.key.hasPrefix("was.") }) { _, typed in typed }
    guard values != stored else { return page(values: stored, was: stored, words: words) }
    return page(
      values: values, was: was, words: words,
      draftFrom: request.format.instant(kept.savedAt))
  }

  /// The form again, with what is wrong.
  func page(
    values: [String: String], was: [String: String], words: RecordWords,
    problems: [String: String] = [:], clashes: [EditMerge.Clash] = [], general: String? = nil,
    draftFrom: String? = nil
  ) -> PageResponse {
    var data: [String: Any] = [
      "fields": form.data(
        values, was: was, words: words, problems: problems, clashes: clashes, disputed: disputed),
      "action": action, "back": back.path, "backLabel": back.label, "draft": draft,
      "hasClashes": !clashes.isEmpty, "maySave": !isGone,
    ]
    data.set("general", general)
    data.set("draftFrom", draftFrom)
    data.set("remove", remove)
    data["removeLabel"] = removeLabel ?? request.pick("Borrar …", "Delete …")
    data.set("history", history)
    let isWrong = !problems.isEmpty || general != nil
    return request.page(
      "record_form", title: title, data,
      status: isGone ? .gone : !clashes.isEmpty ? .conflict : isWrong ? .unprocessableContent : .ok)
  }

  /// The form of a record that somebody deleted meanwhile: nothing to be saved, but what was typed
  /// is not gone with it.
  private func gone(values: [String: String], was: [String: String]) throws -> PageResponse {
    try request.replica.read { db in
      var edit = self
      edit.isGone = true
      edit.remove = nil
      return edit.page(
        values: values, was: was, words: try RecordWords(db, request.say),
        general: request.pick(
          "Otra persona borró este registro mientras usted escribía: no se guardó. Lo que escribió sigue abajo; cópielo si lo necesita.",
          "Somebody else deleted this record while you were typing: nothing was saved. What you typed is still below; copy it if you need it."
        ))
    }
  }

  /// Writes what was typed, or shows the form again.
  ///
  /// - Parameters:
  ///   - stored: Reads what stands there now; empty for a new record.
  ///   - write: Writes the values; runs in the same transaction.
  ///   - done: Where to go once it is written.
  func save(
    stored: (Database) throws -> [String: String],
    write: (Database, [String: String]) throws -> String,
    done: (String, _ elsewhere: Bool) -> PageResponse
  ) throws -> PageResponse {
    let typed = form.typed(request.form)
    let was = form.was(request.form)
    var merge: EditMerge?
    do {
      let target = try request.replica.write { db -> String? in
        let now = try stored(db)
        let found = EditMerge(
          fields: form.fields.map(\.column), lists: form.lists, was: was, typed: typed, stored: now)
        merge = found
        guard found.clashes.isEmpty else { return nil }
        return try write(db, found.writes)
      }
      if let target {
        try Drafts(request.replica, user: request.user).drop(draft)
        return done(target, merge?.elsewhere.isEmpty == false)
      }
      return try request.replica.read { db in
        let now = try stored(db)
        let words = try RecordWords(db, request.say)
        // What only others changed is shown as they left it.
        var values = now.merging(typed) { _, mine in mine }
        for field in merge?.elsewhere ?? [] { values[field] = now[field] }
        return page(values: values, was: now, words: words, clashes: merge?.clashes ?? [])
      }
    } catch let error as WebError where error.code == WebError.notFound.code {
      return try gone(values: was.merging(typed) { _, mine in mine }, was: was)
    } catch let error as TrainingsError {
      return try request.replica.read { db in
        let words = try RecordWords(db, request.say)
        var problems: [String: String] = [:]
        var general: String?
        let message = error.message(in: request.language)
        switch error.reason {
        case .refusedValue(let field, _):
          problems[field] = error.refusal(in: request.language)
        case .codeInUse: problems["code"] = message
        case .documentInUse: problems["document_number"] = message
        default: general = message
        }
        return page(
          values: was.merging(typed) { _, mine in mine }, was: was, words: words,
          problems: problems, general: general)
      }
    }
  }
}

/// Keeps what was typed while it is typed.
struct DraftRoutes: Sendable {
  func add(to routes: WebRoutes) {
    routes.post("drafts", roles: Permission.draft, limit: 64 << 10) { request in
      let drafts = Drafts(request.replica, user: request.user)
      let name = request.form["_draft"]
      guard !name.isEmpty, name.utf8.count <= 200 else { throw WebError.notFound }
      if request.form.has("_drop") {
        try drafts.drop(name)
        return .redirect(Self.ownPath(request.form["_back"]))
      }
      let fields = Self.fields(request.form)
      let content = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
      try drafts.save(name, content, now: request.now)
      return .json(Array("{\"saved\":true}".utf8))
    }
  }

  /// What was typed, by field; of a field with several values all of them, and none is one answer.
  private static func fields(_ form: FormBody) -> [String: String] {
    var fields = form.prefixed("").filter { !$0.key.hasPrefix("_") && !$0.key.hasPrefix("sent.") }
    for field in form.prefixed("sent.").keys {
      fields[field] = form.all(field).sorted().joined(separator: ";")
    }
    return fields
  }

  private static func ownPath(_ path: String) -> String {
    path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
      ? path : "/"
  }
}
