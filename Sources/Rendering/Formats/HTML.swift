import Engine

/// One page that needs nothing else: semantic, without scripts, its charts drawn in place.
enum HTML: Format {
  static let name = "html"
  static let extensions = ["html", "htm"]
  static let summary = "a web page that needs no other file"

  static func render(_ answer: Answer, style: Style) -> String {
    document(title: answer.question, answer.htmlSection(id: "answer"))
  }

  static func render(_ page: Page, style: Style) -> String {
    document(title: page.title ?? "Docket", page.htmlSection)
  }

  /// A whole page around its content.
  static func document(title: String, _ content: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(styles)
    </style>
    </head>
    <body>
    <main>
    \(content)
    </main>
    </body>
    </html>

    """
  }

  private static let styles = """
    body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; \
    margin: 2rem auto; max-width: 56rem; padding: 0 1rem; }
    table { border-collapse: collapse; margin: 1rem 0; }
    caption { text-align: left; font-weight: bold; }
    th, td { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
    thead th { border-bottom: 1px solid #595959; }
    tbody th { font-weight: normal; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .sentence { font-size: 1.25rem; font-weight: bold; }
    .stop { border: .125rem solid #b00020; padding: .5rem 1rem; }
    .cautions { border-left: .25rem solid #b35900; padding-left: 1rem; list-style: none; }
    .counted, .receipt, .methods { color: #595959; }
    pre { overflow-x: auto; }
    svg { max-width: 100%; height: auto; }
    """
}
