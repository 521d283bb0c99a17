import CXlsxWriter
import FoundationEssentials

/// Gives a workbook to libxlsxwriter.
final class WorkbookWriter {
  private typealias Book = UnsafeMutablePointer<lxw_workbook>
  private typealias Page = UnsafeMutablePointer<lxw_worksheet>
  private typealias Format = UnsafeMutablePointer<lxw_format>

  private let book: Book
  private let strings = CStrings()
  private var formats: [CellStyle: Format] = [:]

  private init(path: String) throws {
    guard let book = workbook_new(path) else { throw Self.error("no memory") }
    self.book = book
  }

  static func write(_ workbook: Workbook, to path: String) throws {
    let writer = try WorkbookWriter(path: path)
    let result = Result { try writer.fill(workbook) }
    // Frees the book, also where it could not be filled.
    let code = workbook_close(writer.book)
    try result.get()
    try check(code, "the file")
  }

  private static func error(_ detail: String) -> SpreadsheetError {
    SpreadsheetError(.notWritable(detail))
  }

  private static func check(_ code: lxw_error, _ what: @autoclosure () -> String) throws {
    guard code != LXW_NO_ERROR else { return }
    throw error("\(what()): \(String(cString: lxw_strerror(code)))")
  }

  private func fill(_ workbook: Workbook) throws {
    guard !workbook.sheets.isEmpty else { throw Self.error("a workbook has at least one sheet") }
    setProperties(workbook.properties)
    var names: Set<String> = []
    var pages: [Page] = []
    for sheet in workbook.sheets {
      guard !sheet.name.isEmpty else { throw Self.error("a sheet without a name") }
      try Self.check(workbook_validate_sheet_name(book, sheet.name), "sheet “\(sheet.name)”")
      guard let page = workbook_add_worksheet(book, sheet.name) else {
        throw Self.error("sheet “\(sheet.name)”")
      }
      pages.append(page)
      for table in sheet.tables where !names.insert(table.name.lowercased()).inserted {
        throw Self.error("two tables are named “\(table.name)”")
      }
    }
    for (name, range) in workbook.names.sorted(by: { $0.key < $1.key }) {
      try Self.check(workbook_define_name(book, name, "=" + range.reference), "name “\(name)”")
    }
    for (sheet, page) in zip(workbook.sheets, pages) { try fill(page, with: sheet) }
  }

  private func setProperties(_ properties: DocumentProperties) {
    var given = lxw_doc_properties()
    func text(_ value: String) -> UnsafeMutablePointer<CChar>? {
      value.isEmpty ? nil : strings.add(value)
    }
    given.title = text(properties.title)
    given.subject = text(properties.subject)
    given.author = text(properties.author)
    given.company = text(properties.company)
    given.comments = text(properties.comments)
    // Zero would be the present instant.
    given.created = max(1, time_t(properties.created.timeIntervalSince1970))
    workbook_set_properties(book, &given)
  }

  private func fill(_ page: Page, with sheet: Worksheet) throws {
    for (column, layout) in sheet.columns.sorted(by: { $0.key < $1.key }) {
      var options = lxw_row_col_options()
      options.hidden = layout.isHidden ? 1 : 0
      try Self.check(
        worksheet_set_column_opt(
          page, lxw_col_t(column), lxw_col_t(column), layout.width, format(layout.style), &options),
        "column \(column)")
    }
    for (row, height) in sheet.rowHeights.sorted(by: { $0.key < $1.key }) {
      try Self.check(worksheet_set_row(page, lxw_row_t(row), height, nil), "row \(row)")
    }
    for table in sheet.tables { try add(table, to: page) }
    for merge in sheet.merges {
      let row = lxw_row_t(merge.row)
      try Self.check(
        worksheet_merge_range(
          page, row, lxw_col_t(merge.columns.lowerBound), row,
          lxw_col_t(merge.columns.upperBound), Self.cleaned(merge.text), format(merge.style)),
        "merged cells in row \(merge.row)")
    }
    for content in sheet.contents {
      try write(content.value, page, row: content.row, column: content.column, content.style)
    }
    for choice in sheet.validations { try validate(choice, page) }
    for note in sheet.notes {
      try Self.check(
        worksheet_write_comment(
          page, lxw_row_t(note.row), lxw_col_t(note.column), Self.cleaned(note.text)),
        "note in row \(note.row)")
    }
    for chart in sheet.charts { try add(chart, to: page) }
    if sheet.frozenRows > 0 || sheet.frozenColumns > 0 {
      worksheet_freeze_panes(page, lxw_row_t(sheet.frozenRows), lxw_col_t(sheet.frozenColumns))
    }
    if !sheet.hasGridlines { worksheet_gridlines(page, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }
    if sheet.isHidden { worksheet_hide(page) }
    try setUpPrinting(sheet.print, page)
  }

  private func setUpPrinting(_ setup: PrintSetup, _ page: Page) throws {
    let a4: UInt8 = 9
    worksheet_set_paper(page, a4)
    if setup.isLandscape { worksheet_set_landscape(page) }
    if setup.fitsWidth { worksheet_fit_to_pages(page, 1, 0) }
    if setup.repeatedRows > 0 {
      try Self.check(
        worksheet_repeat_rows(page, 0, lxw_row_t(setup.repeatedRows - 1)), "repeated rows")
    }
    if !setup.header.isEmpty {
      try Self.check(worksheet_set_header(page, Self.cleaned(setup.header)), "page header")
    }
    if !setup.footer.isEmpty {
      try Self.check(worksheet_set_footer(page, Self.cleaned(setup.footer)), "page footer")
    }
  }

  // MARK: Cells

  private func write(
    _ value: SheetValue, _ page: Page, row: Int, column: Int, _ style: CellStyle
  ) throws {
    let (cellRow, cellColumn) = (lxw_row_t(row), lxw_col_t(column))
    func formatted(_ numberFormat: String) -> Format? {
      var style = style
      style.numberFormat = style.numberFormat ?? numberFormat
      return format(style)
    }
    let code =
      switch value {
      case .blank: worksheet_write_blank(page, cellRow, cellColumn, format(style))
      case .text(let text):
        worksheet_write_string(page, cellRow, cellColumn, Self.cleaned(text), format(style))
      case .integer(let number):
        worksheet_write_number(page, cellRow, cellColumn, Double(number), formatted("#,##0"))
      case .number(let number):
        try writeNumber(number, page, cellRow, cellColumn, formatted("#,##0.00"))
      case .percentage(let number):
        try writeNumber(number, page, cellRow, cellColumn, formatted("0.0%"))
      case .date(let day):
        try writeDate(day, page, cellRow, cellColumn, formatted("dd/mm/yyyy"))
      case .boolean(let flag):
        worksheet_write_boolean(page, cellRow, cellColumn, flag ? 1 : 0, format(style))
      }
    try Self.check(code, "cell in row \(row), column \(column)")
  }

  private func writeNumber(
    _ number: Double, _ page: Page, _ row: lxw_row_t, _ column: lxw_col_t, _ format: Format?
  ) throws -> lxw_error {
    guard number.isFinite else { throw Self.error("a number in row \(row) is not finite") }
    return worksheet_write_number(page, row, column, number, format)
  }

  private func writeDate(
    _ day: String, _ page: Page, _ row: lxw_row_t, _ column: lxw_col_t, _ format: Format?
  ) throws -> lxw_error {
    var date = try Self.date(day)
    return worksheet_write_datetime(page, row, column, &date, format)
  }

  private static func date(_ day: String) throws -> lxw_datetime {
    let parts = day.split(separator: "-").compactMap { Int32($0) }
    guard parts.count == 3, (1900...9999).contains(parts[0]), (1...12).contains(parts[1]),
      (1...31).contains(parts[2])
    else { throw error("“\(day)” is not a day since 1900") }
    return lxw_datetime(year: parts[0], month: parts[1], day: parts[2], hour: 0, min: 0, sec: 0)
  }

  /// C takes a text to end at its first zero.
  private static func cleaned(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "") : text
  }

  private func format(_ style: CellStyle) -> Format? {
    if style == .plain { return nil }
    if let known = formats[style] { return known }
    guard let format = workbook_add_format(book) else { return nil }
    if let code = style.numberFormat { format_set_num_format(format, code) }
    if style.isBold { format_set_bold(format) }
    if style.isItalic { format_set_italic(format) }
    if let size = style.fontSize { format_set_font_size(format, size) }
    if let color = style.fontColor { format_set_font_color(format, Self.color(color)) }
    if let color = style.background { format_set_bg_color(format, Self.color(color)) }
    switch style.alignment {
    case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case nil: break
    }
    if style.isWrapped {
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
    if style.hasBorder { format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue)) }
    if style.indent > 0 { format_set_indent(format, UInt8(clamping: style.indent)) }
    formats[style] = format
    return format
  }

  /// The library takes black for “not set”.
  private static func color(_ color: UInt32) -> lxw_color_t {
    color == 0 ? lxw_color_t(LXW_COLOR_BLACK.rawValue) : color
  }

  // MARK: Tables

  private func add(_ table: SheetTable, to page: Page) throws {
    let headers = table.columns.map { $0.header.lowercased() }
    guard !headers.isEmpty, Set(headers).count == headers.count, !headers.contains("") else {
      throw Self.error("the headers of table “\(table.name)” are not different from each other")
    }
    guard table.rows.allSatisfy({ $0.count <= headers.count }) else {
      throw Self.error("a row of table “\(table.name)” has more cells than headers")
    }
    let columns = table.columns.map { column in
      let given = UnsafeMutablePointer<lxw_table_column>.allocate(capacity: 1)
      given.initialize(to: lxw_table_column())
      given.pointee.header = strings.add(column.header)
      given.pointee.format = format(column.style)
      return given
    }
    defer { for column in columns { column.deallocate() } }
    var pointers: [UnsafeMutablePointer<lxw_table_column>?] = columns + [nil]
    var options = lxw_table_options()
    options.name = strings.add(table.name)
    options.no_autofilter = table.hasFilter ? 0 : 1
    options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_MEDIUM.rawValue)
    options.style_type_number = 2
    let code = pointers.withUnsafeMutableBufferPointer { buffer in
      options.columns = buffer.baseAddress
      return worksheet_add_table(
        page, lxw_row_t(table.row), lxw_col_t(table.column),
        lxw_row_t(table.row + max(table.rows.count, 1)),
        lxw_col_t(table.column + table.columns.count - 1), &options)
    }
    try Self.check(code, "table “\(table.name)”")
    for (index, row) in table.rows.enumerated() {
      for (offset, value) in row.enumerated() {
        try write(
          value, page, row: table.row + 1 + index, column: table.column + offset,
          table.columns[offset].style)
      }
    }
  }

  // MARK: Validation

  private func validate(_ choice: Worksheet.Choice, _ page: Page) throws {
    var given = lxw_data_validation()
    var list: [UnsafeMutablePointer<CChar>?] = []
    switch choice.rule.rule {
    case .anything:
      given.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
    case .list(let texts):
      given.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      guard texts.joined(separator: ",").utf8.count <= 255 else {
        throw Self.error("a list of more than 255 characters; put it into cells")
      }
      list = texts.map(strings.add) + [nil]
    case .listIn(let range):
      given.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      given.value_formula = strings.add("=" + range.reference)
    case .number(let range):
      given.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      given.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      given.minimum_number = range.lowerBound
      given.maximum_number = range.upperBound
    case .date(let range):
      given.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      given.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      given.minimum_datetime = try Self.date(range.lowerBound)
      given.maximum_datetime = try Self.date(range.upperBound)
    }
    if !choice.rule.inputTitle.isEmpty {
      given.input_title = strings.add(choice.rule.inputTitle)
    }
    if !choice.rule.inputMessage.isEmpty {
      given.input_message = strings.add(choice.rule.inputMessage)
    }
    if let message = choice.rule.errorMessage {
      given.error_message = strings.add(message)
    } else {
      given.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
    }
    let code = list.withUnsafeMutableBufferPointer { buffer in
      if !buffer.isEmpty { given.value_list = buffer.baseAddress }
      return worksheet_data_validation_range(
        page, lxw_row_t(choice.rows.lowerBound), lxw_col_t(choice.columns.lowerBound),
        lxw_row_t(choice.rows.upperBound), lxw_col_t(choice.columns.upperBound), &given)
    }
    try Self.check(code, "validation of column \(choice.columns.lowerBound)")
  }

  // MARK: Charts

  private func add(_ chart: Chart, to page: Page) throws {
    let kind =
      switch chart.kind {
      case .bar: LXW_CHART_BAR
      case .stackedBar: LXW_CHART_BAR_STACKED
      case .column: LXW_CHART_COLUMN
      case .stackedColumn: LXW_CHART_COLUMN_STACKED
      case .line: LXW_CHART_LINE
      case .doughnut: LXW_CHART_DOUGHNUT
      }
    guard let drawn = workbook_add_chart(book, UInt8(kind.rawValue)) else {
      throw Self.error("chart “\(chart.title)”")
    }
    for series in chart.series { try add(series, of: chart, to: drawn) }
    if chart.title.isEmpty {
      chart_title_off(drawn)
    } else {
      chart_title_set_name(drawn, Self.cleaned(chart.title))
    }
    chart_legend_set_position(
      drawn,
      UInt8((chart.hasLegend ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE).rawValue))
    if chart.kind != .doughnut { setAxes(of: chart, drawn) }
    var options = lxw_chart_options()
    options.x_scale = Double(chart.width) / 480
    options.y_scale = Double(chart.height) / 288
    if !chart.summary.isEmpty { options.description = strings.add(chart.summary) }
    try Self.check(
      worksheet_insert_chart_opt(
        page, lxw_row_t(chart.row), lxw_col_t(chart.column), drawn, &options),
      "chart “\(chart.title)”")
  }

  private func setAxes(of chart: Chart, _ drawn: UnsafeMutablePointer<lxw_chart>) {
    // The library counts axes by where they stand: those of lying bars change places.
    let isLying = chart.kind == .bar || chart.kind == .stackedBar
    let categories = isLying ? drawn.pointee.y_axis : drawn.pointee.x_axis
    let values = isLying ? drawn.pointee.x_axis : drawn.pointee.y_axis
    if !chart.categoryTitle.isEmpty { chart_axis_set_name(categories, chart.categoryTitle) }
    if !chart.valueTitle.isEmpty { chart_axis_set_name(values, chart.valueTitle) }
    if !chart.numberFormat.isEmpty { chart_axis_set_num_format(values, chart.numberFormat) }
    chart_axis_set_min(values, 0)
    if let maximum = chart.maximum { chart_axis_set_max(values, maximum) }
    // The first row of the cells at the top, as the reader has them in the table.
    if isLying { chart_axis_set_reverse(categories) }
  }

  private func add(
    _ series: Chart.Series, of chart: Chart, to drawn: UnsafeMutablePointer<lxw_chart>
  ) throws {
    guard
      let added = chart_add_series(
        drawn, "=" + series.categories.reference, "=" + series.values.reference)
    else { throw Self.error("series “\(series.name)”") }
    chart_series_set_name(added, Self.cleaned(series.name))
    if let color = series.color {
      var fill = lxw_chart_fill()
      fill.color = Self.color(color)
      var line = lxw_chart_line()
      line.color = Self.color(color)
      if chart.kind == .line {
        line.width = 2.25
        chart_series_set_line(added, &line)
      } else {
        chart_series_set_fill(added, &fill)
      }
    }
    if chart.kind == .line {
      chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
    }
    if chart.hasLabels {
      chart_series_set_labels(added)
      if !chart.numberFormat.isEmpty {
        chart_series_set_labels_num_format(added, chart.numberFormat)
      }
    }
    try setPointColors(series.pointColors, added)
  }

  private func setPointColors(
    _ colors: [UInt32], _ series: UnsafeMutablePointer<lxw_chart_series>
  ) throws {
    guard !colors.isEmpty else { return }
    let fills = UnsafeMutableBufferPointer<lxw_chart_fill>.allocate(capacity: colors.count)
    let points = UnsafeMutableBufferPointer<lxw_chart_point>.allocate(capacity: colors.count)
    fills.initialize(repeating: lxw_chart_fill())
    points.initialize(repeating: lxw_chart_point())
    defer {
      fills.deallocate()
      points.deallocate()
    }
    for (index, color) in colors.enumerated() {
      fills[index].color = Self.color(color)
      points[index].fill = fills.baseAddress?.advanced(by: index)
    }
    var list: [UnsafeMutablePointer<lxw_chart_point>?] =
      points.indices.map { points.baseAddress?.advanced(by: $0) } + [nil]
    let code = list.withUnsafeMutableBufferPointer {
      chart_series_set_points(series, $0.baseAddress)
    }
    try Self.check(code, "colors of a chart")
  }
}

/// Texts that the C library reads while a workbook is filled.
private final class CStrings {
  private var pointers: [UnsafeMutablePointer<CChar>] = []

  func add(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8.filter { $0 != 0 }
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { pointer[index] = CChar(bitPattern: byte) }
    pointer[bytes.count] = 0
    pointers.append(pointer)
    return pointer
  }

  deinit {
    for pointer in pointers { pointer.deallocate() }
  }
}
