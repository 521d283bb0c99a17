import Foundation
import Indicators
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  private func bars(_ values: [Double?]) -> TargetBarChart {
    TargetBarChart(
      title: "A & <b>", summary: "S",
      bars: values.enumerated().map {
        .init(label: "I\($0)", value: $1, target: 100, text: "\($1 ?? -1)", targetText: "100")
      }, headings: ["a", "b", "c"], limit: 200, targetLegend: "target")
  }

  private func parsed(_ html: String) throws -> Bool {
    let parser = XMLParser(data: Data("<r>\(html)</r>".utf8))
    return parser.parse()
  }

  @Test("every chart is well-formed, whatever its values", arguments: [0, 1, 7])
  func wellFormed(count: Int) throws {
    let values = (0..<count).map { Double($0) * 70 }
    #expect(try parsed(bars(values.map(Optional.some) + [nil]).figure(id: "a")))
    let stacked = StackedBarChart(
      title: "t", summary: "s", labels: values.map { "\($0)" },
      series: [
        .init(name: "x<y", values: values),
        .init(name: "?", values: values, isNotRecorded: true),
      ], labelHeading: "l", totalHeading: "Σ", locale: .spanish)
    #expect(try parsed(stacked.figure(id: "b", showsTable: false)))
    let columns = ColumnChart(
      title: "t", summary: "s", labels: values.map { "\($0)" },
      series: [.init(name: "x", values: values.map(Optional.some))], labelHeading: "l",
      locale: .english)
    #expect(try parsed(columns.figure(id: "c")))
  }

  @Test("what a chart shows stands in its table, too")
  func table() {
    let chart = StackedBarChart(
      title: "t", summary: "s", labels: ["Cusco", "Lima"],
      series: [.init(name: "F", values: [1200, 3]), .init(name: "M", values: [5, 0])],
      labelHeading: "Oficina", totalHeading: "Total", locale: .spanish)
    #expect(chart.headings == ["Oficina", "F", "M", "Total"])
    #expect(chart.rows == [["Cusco", "1,200", "5", "1,205"], ["Lima", "3", "0", "3"]])
    for cell in chart.rows.joined() { #expect(chart.figure(id: "x").contains(">\(cell)<")) }
  }

  @Test("title and description are there for those who do not see the picture")
  func accessible() {
    let svg = bars([50]).svg(id: "p")
    #expect(svg.contains("<title id=\"p-title\">A &amp; &lt;b&gt;</title>"))
    #expect(svg.contains("aria-labelledby=\"p-title p-desc\""))
    #expect(svg.contains("role=\"img\""))
  }
}
