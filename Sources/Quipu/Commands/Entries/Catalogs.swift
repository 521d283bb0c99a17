import ArgumentParser
import Trainings

/// `quipu institution`: the catalog of institutions.
struct InstitutionCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Instituciones: lista, muestra, añade, cambia, borra e importa (escribe solo la central).",
        "Institutions: lists, shows, adds, edits, deletes and imports (only the centre writes)."),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntryAdd>.self,
        EntryWrite<Kind, EntryEdit>.self, EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "institution"
    static let table = EntryTable.institutions
    static let noun = (spanish: "instituciones", english: "institutions")

    struct Values: EntryArguments {
      @OptionGroup var names: CatalogNames
      @Option(help: help("Sigla.", "Acronym.", valueName: "value")) var acronym: String?
      @Option(help: help("Tipo.", "Kind.", valueName: "value")) var kind: String?
      @Option(
        help: help("Institución superior.", "Parent institution.", valueName: "code"))
      var parent: String?

      var values: [String: String] {
        names.values.merging(
          ["acronym": acronym, "kind": kind, "parent": parent].compactMapValues(\.self)
        ) { $1 }
      }
    }
  }
}

/// `quipu role`: the catalog of roles, and which indicators count them.
struct RoleCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Cargos: lista, muestra, añade, cambia, borra e importa (escribe solo la central).",
        "Roles: lists, shows, adds, edits, deletes and imports (only the centre writes)."),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntryAdd>.self,
        EntryWrite<Kind, EntryEdit>.self, EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "role"
    static let table = EntryTable.roles
    static let noun = (spanish: "cargos", english: "roles")

    struct Values: EntryArguments {
      @OptionGroup var names: CatalogNames
      @Option(help: help("Tipo de autoridad.", "Authority type.", valueName: "value"))
      var authorityType: String?
      @Option(help: help("Cargo superior.", "Parent role.", valueName: "code"))
      var parent: String?
      @Option(
        help: help(
          "Indicadores que lo cuentan, separados por punto y coma.",
          "Indicators that count it, separated by semicolons.", valueName: "value"))
      var indicators: String?

      var values: [String: String] {
        names.values.merging(
          ["authority_type": authorityType, "parent": parent, "indicators": indicators]
            .compactMapValues(\.self)
        ) { $1 }
      }
    }
  }
}

/// `quipu partner`: the catalog of partners.
struct PartnerCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Socios: lista, muestra, añade, cambia, borra e importa (escribe solo la central).",
        "Partners: lists, shows, adds, edits, deletes and imports (only the centre writes)."),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntryAdd>.self,
        EntryWrite<Kind, EntryEdit>.self, EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "partner"
    static let table = EntryTable.partners
    static let noun = (spanish: "socios", english: "partners")

    struct Values: EntryArguments {
      @OptionGroup var names: CatalogNames
      @Option(help: help("Tipo.", "Kind.", valueName: "value")) var kind: String?
      @Option(help: help("Socio superior.", "Parent partner.", valueName: "code"))
      var parent: String?

      var values: [String: String] {
        names.values.merging(["kind": kind, "parent": parent].compactMapValues(\.self)) { $1 }
      }
    }
  }
}

/// The names of a row of a catalog.
struct CatalogNames: ParsableArguments {
  @Option(help: help("Nombre en español.", "Name in Spanish.", valueName: "value"))
  var nameEs: String?
  @Option(help: help("Nombre en inglés.", "Name in English.", valueName: "value"))
  var nameEn: String?

  var values: [String: String] {
    ["name_es": nameEs, "name_en": nameEn].compactMapValues(\.self)
  }
}
