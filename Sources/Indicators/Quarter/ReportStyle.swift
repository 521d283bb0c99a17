/// How report pages look, on a screen and on A4.
enum ReportStyle {
  static let css = """
    @page { size: A4; margin: 18mm 15mm 16mm }
    @page { @bottom-right { content: counter(page); font: 8pt "Liberation Sans", Arial, sans-serif; color: #666 } }
    * { box-sizing: border-box }
    body { font: 10.5pt/1.45 "Liberation Sans", Arial, Helvetica, sans-serif; color: #222; margin: 0 auto;
      max-width: 190mm; padding: 8mm 6mm }
    h1 { font-size: 26pt; line-height: 1.15; margin: .2em 0; color: #12405f }
    h2 { font-size: 16pt; margin: 1.6em 0 .5em; color: #12405f; border-bottom: 2px solid #12405f; padding-bottom: .15em }
    h3 { font-size: 12pt; margin: 1.3em 0 .4em; color: #12405f }
    h4 { font-size: 10.5pt; margin: 1em 0 .2em }
    h2, h3, h4, caption { break-after: avoid }
    p { margin: .4em 0; orphans: 3; widows: 3 }
    .note { color: #555; font-size: 9pt }
    .project { font-size: 12pt; color: #555; margin-top: 6mm }
    .period { font-size: 16pt; margin: 0 0 6mm }
    .cover dl { margin: 0 0 6mm }
    .cover dl div { display: flex; padding: .2em 0; border-bottom: 1px solid #ddd }
    .cover dt { width: 38mm; color: #555 }
    .cover dd { margin: 0; flex: 1 }
    .open { border-left: 4px solid #D55E00; padding: .2em 1em; background: #fdf3ec; font-size: 9.5pt;
      break-inside: avoid }
    .open ul { margin: .2em 0; padding-left: 1.2em }
    .tiles { display: flex; flex-wrap: wrap; gap: 3mm; margin: 3mm 0 }
    .tiles div { flex: 1 1 50mm; border: 1px solid #c9d6df; border-top: 4px solid #0072B2; padding: 2.5mm 3mm }
    .tiles strong { display: block; font-size: 19pt; line-height: 1.2; color: #12405f }
    .tiles span { font-size: 9pt; color: #444 }
    table { border-collapse: collapse; width: 100%; margin: .6em 0 1.2em; font-size: 9pt; line-height: 1.3 }
    caption { text-align: left; font-weight: 600; padding: .3em 0; color: #333 }
    thead { display: table-header-group }
    thead th { background: #e8eef3; border-bottom: 2px solid #8aa4b5; vertical-align: bottom; font-weight: 600 }
    th, td { padding: .28em .4em; text-align: left; vertical-align: top; border-bottom: 1px solid #dcdcdc;
      font-weight: normal; overflow-wrap: break-word }
    th.n, td.n { text-align: right; font-variant-numeric: tabular-nums }
    tr { break-inside: avoid }
    table.total tbody tr:last-child > * { font-weight: 600; border-top: 2px solid #8aa4b5 }
    table.compact { font-size: 8.5pt }
    table.narrow { width: 60% }
    .mark { font-size: 1.1em; color: #12405f }
    figure.chart { margin: .8em 0 1.2em; break-inside: avoid }
    figure.chart svg { display: block; width: 100% }
    figcaption { font-weight: 600; margin-bottom: .4em; color: #333 }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
    @media print {
      body { padding: 0; max-width: none; font-size: 10pt }
      .cover { break-after: page; min-height: 240mm }
      h2 { margin-top: 1em }
      .tiles div, thead th, .open { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    }
    """
}
