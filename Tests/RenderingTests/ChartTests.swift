import Engine
import Testing

@testable import Rendering

@Suite struct ChartTests {
  private func drawn(_ chart: Chart, _ style: Style = Style(width: 60)) -> String {
    var layout = TextLayout(style)
    layout.add(ChartLayout(chart, style).lines)
    return layout.text
  }

  @Test("Bars are in proportion to their numbers, the value to compare with drawn across them")
  func bars() {
    let expected = """
      Share of cases
      Black   ████████████████████████████████│████████████ 54.0%
      White   ████████████████████████████████│██           42.0%
      Other   ███▍                            │             4.0%
      unknown                                 │             none
      │ 39.0% to compare with

      """
    #expect(drawn(Samples.bars, Style(width: 59)) == expected)
  }

  @Test("Bars below zero go to the left")
  func negative() {
    let chart = Chart(
      .bars, title: "", form: .points,
      series: [.init("", [.init("a", 0.2), .init("b", -0.1), .init("c", 0), .init("d", 1e-9)])])
    let expected = """
      a      ########## 20.0 points
      b #####           -10.0 points
      c                 0.0 points
      d      #          0.0 points

      """
    #expect(drawn(chart, Style(width: 30, ascii: true)) == expected)
  }

  @Test("An interval is a point between its ends; one that was not reached runs off the edge")
  func intervals() {
    let expected = """
      Disparity index by population
      kcmo-jackson │       ├─●┤                 2.08 (1.92 – 2.20)
      kcmo         │             ├●─┤           2.71 (2.51 – 2.87)
      jackson      │                   ├─●────▶ 3.45 (3.19 – not reached)
                   1        2        3        4
      │ 1.00 to compare with

      """
    #expect(drawn(Samples.intervals, Style(width: 67)) == expected)
  }

  @Test("A line runs through its points, with its mark at the month that holds the day")
  func line() {
    let expected = """
      Cases a month
      150 ┤             ┊
          │             ┊
          │●·····●·     ┊
      100 ┤        ···· ┊
          │            ·●                        ●·····●
          │             ┊··                ······
          │             ┊  ·           ···●
       50 ┤             ┊   ··     ·●··
          │             ┊     ●····
          │             ┊
        0 ┤             ┊
        2020-01      2020-03     2020-05         2020-08
      ┊ 2020-03-16

      """
    #expect(drawn(Samples.trend, Style(width: 50)) == expected)
  }

  @Test("A survival curve falls in steps at its times")
  func steps() {
    let expected = """
      Still open
      100% ┤─┐
           │ └───┐
       80% ┤     │
           │     │
       60% ┤     └─┐
           │       └───────┐
       40% ┤               │
           │               └───────────────────
       20% ┤
           │
        0% ┤
            0   30        90                200

      """
    #expect(drawn(Samples.survival, Style(width: 41)) == expected)
  }

  @Test("Series differ by their signs, and many or narrow ones become sparklines")
  func series() {
    let plot = drawn(Samples.twoSeries)
    #expect(plot.contains("● Black   ○ White\n"))
    #expect(plot.contains("●·"))
    let narrow = drawn(Samples.twoSeries, Style(width: 30))
    let expected = """
      Cases a quarter by race
      Black █▆▄▅
        Q1 to Q4, from 30 to 50
      White ▁▂▁▂
        Q1 to Q4, from 18 to 25

      """
    #expect(narrow == expected)
  }

  @Test("Marks of an axis are one, two or five times a power of ten and hold every value")
  func scale() {
    #expect(Scale(covering: [0.04, 0.54], includesZero: true).step == 0.2)
    #expect(Scale(covering: [12, 97]).marks == [0, 20, 40, 60, 80, 100])
    for values in [[0.0], [1e-12, 1e12], [5, 5], [-3, 8], [], [.infinity, 1], [1e299, -1e299]] {
      let scale = Scale(covering: values)
      #expect(scale.high > scale.low)
      #expect(scale.marks.count <= 8)
      for value in values where value.isFinite {
        #expect(value >= scale.low - scale.step * 1e-6)
        #expect(value <= scale.high + scale.step * 1e-6)
      }
    }
  }

  @Test("A chart of odd numbers is drawn without harm", arguments: Chart.allKinds)
  func odd(kind: Chart.Kind) {
    let numbers: [Double?] = [
      nil, .nan, .infinity, -.infinity, 1e308, -1e308, 0, .leastNonzeroMagnitude,
    ]
    let points = numbers.enumerated().map {
      Chart.Point("\($0)", $1, low: $1.map { -$0 }, high: $1)
    }
    for reference in [nil, .nan, 1e308] as [Double?] {
      for series in [[], [Chart.Series("", [])], [Chart.Series("s", points)]] {
        let chart = Chart(
          kind, title: "t", form: .number(decimals: 1), series: series, reference: reference,
          marks: ["3", "none"])
        #expect(drawn(chart).hasPrefix("t\n"))
        #expect(SVGChart(chart, id: "a").text.hasPrefix("<svg"))
      }
    }
  }
}

extension Chart {
  static let allKinds: [Kind] = [.bars, .line, .interval, .histogram, .steps]
}
