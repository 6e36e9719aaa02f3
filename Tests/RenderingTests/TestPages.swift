import Columns
import Engine
import Rendering

/// Everything that the tests render, and the ways they do.
enum TestPages {
  static let formats = FormatCatalogue.all.map { $0.name }

  static var answers: [Answer] {
    [Samples.flagship, Samples.byRace, Samples.grouped, wide]
      + Samples.charts.map { Samples.answer(with: $0) }
  }

  static func text(_ format: String, _ answer: Answer, _ style: Style = Style()) -> String {
    Renderer(format: format, style: style)?.render(answer) ?? ""
  }

  static func text(_ format: String, _ page: Page, _ style: Style = Style()) -> String {
    Renderer(format: format, style: style)?.render(page) ?? ""
  }

  /// An answer in other scripts, with long words and signs that steer terminals.
  static var wide: Answer {
    var answer = Answer(question: "count 事件 by 地区", words: "", verb: "count")
    answer.sentences = ["東京都の事件は一三四件です。 Δικαιοσύνη und Rechtsschutzversicherungsgesellschaften."]
    let table = AnswerTable(
      columns: [.init("地区の名前 of the office", .category), .init("件数", .integer)],
      rows: [
        [.value(.text("東京都千代田区霞が関一丁目一番一号")), .number(1_234_567, .count)],
        [.value(.text("\u{1B}[2Jx\u{7}\u{202E}y\nz")), .number(1, .count)],
      ])
    answer.table = table
    answer.figures = [
      Figure(
        "count", "事件の数 in a label that is far too long for its column", 1_234_567,
        low: 1_234_000, high: 1_235_000, level: 0.95, form: .count)
    ]
    answer.blocks = [
      .figures(answer.figures.map { FigureLine($0, remark: "一件ずつ数えた " + "é".repeated(30)) }),
      .table(table), .text(["Text with a tab\there."]),
      .chart(
        Chart(
          .interval, title: "地区", form: .ratio,
          series: ["甲", "乙"].map { name in
            Chart.Series(
              name, [Chart.Point("東京都千代田区霞が関", 1.2, low: nil, high: 2), Chart.Point("b", nil)])
          })),
    ]
    answer.cautions = [Caution("long", "注意 " + "x".repeated(150), severity: .stop)]
    return answer
  }
}

extension String {
  func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
