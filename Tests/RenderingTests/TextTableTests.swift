import Columns
import Engine
import Rendering
import Testing

@Suite struct TextTableTests {
  private func text(_ answer: Answer, _ style: Style = Style()) -> String {
    TestPages.text("table", answer, style)
  }

  @Test("The flagship reads as the language's reference shows it")
  func flagship() {
    let expected = """
      Black people are 81.0% of buybust and 39.0% of kcmo-jackson: 2.08 times their share.

                                                95% interval
      share of buybust           81.0%          75.0% – 85.8%   162 of 200 defendants
      share of kcmo-jackson      39.0%
      disparity index             2.08           1.92 –  2.20   at most 2.56 with this population
      rate, against others        6.67           4.69 –  9.48   times everyone else's
      gap                         42.0 points    84 people more than a proportional draw

      race unknown 0 · unit defendant · full count 2017–2020
      ! buybust is 18 and over; kcmo-jackson is all ages. \
      See: ratio buybust race=Black vs every population
      ? Residents are not everyone at risk of arrest; this does not say why. See: limits
      receipt 7F3A-91C2

      """
    #expect(text(Samples.flagship) == expected)
    #expect(text(Samples.flagship, Style(width: 120)) == expected)
  }

  @Test("At 60 cells remarks go below their figures")
  func narrow() {
    let expected = """
                                             95% interval
      share of buybust        81.0%          75.0% – 85.8%
        162 of 200 defendants
      share of kcmo-jackson   39.0%
      disparity index          2.08           1.92 –  2.20
        at most 2.56 with this population
      """
    #expect(text(Samples.flagship, Style(width: 60)).contains(expected))
  }

  @Test("At 40 cells each figure stands on lines of its own")
  func stacked() {
    let expected = """
      share of buybust
        81.0%
        95% interval 75.0% – 85.8%
        162 of 200 defendants
      share of kcmo-jackson
        39.0%
      """
    #expect(text(Samples.flagship, Style(width: 40)).contains(expected))
  }

  @Test("A table lines up numbers and intervals, tells masked from missing, and says what it hides")
  func table() {
    let expected = """
      61.4% of drug were filed.

      race                    n   share filed          95% interval         median days
      ───────────────   ───────   ───────────   ───────────────────   ─────────────────
      Black             134,221         60.0%   59.7% – 60.3%                      12.5
      Native, "other"    masked         <0.1%    0.0% –  0.1%         no case is closed
      unknown                 7        100.0%   90.0% – not reached                 3.0
      … 1,200 more rows left out by the limit

      race unknown 7 · 12 not known to belong · unit case · n 134,229 · sample 595 of 1402, 2020
      receipt 0A0B-0C0D

      """
    #expect(text(Samples.byRace) == expected)
  }

  @Test("A narrow table wraps words, then leaves columns out and names them")
  func narrowTable() {
    let expected = """
                        share
      race           n   filed
      ───────  ───────  ──────
      Black    134,221   60.0%
      Native,   masked   <0.1%
      "other"
      unknown        7  100.0%
      … 1,200 more rows left out by
      the limit
      too narrow to show: 95%
      interval, median days
      """
    #expect(text(Samples.byRace, Style(width: 30)).contains(expected))
  }

  @Test("Rows beyond the style's limit are counted")
  func rows() {
    let shown = text(Samples.byRace, Style(rows: 1))
    #expect(shown.contains("… 2 more rows of the answer not shown\n"))
    #expect(!shown.contains("Native"))
  }

  @Test(
    "Figures of groups stand under the name of their group, with the reason where there is none")
  func groups() {
    let expected = """
                                                    interval
      race Black
        median                            41 days   38 days – not reached   95% interval
      race unknown
        median                          none         fewer than half were filed
      race 3
        odds ratio               not bounded           1.50 – not bounded   99% interval

      unit case · n 320 · full count
      """
    #expect(text(Samples.grouped).contains(expected))
  }

  @Test("Colours change nothing but the look")
  func colour() {
    for answer in TestPages.answers {
      let plain = text(answer, Style(width: 80))
      let coloured = text(answer, Style(width: 80, colour: true))
      #expect(coloured.contains("\u{1B}["))
      let bare = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(bare == plain)
    }
    #expect(
      text(Samples.flagship, Style(colour: true)).contains("\u{1B}[2mreceipt 7F3A-91C2\u{1B}[0m"))
  }

  @Test("A page has its title, terms in a column and examples as they are")
  func page() {
    let expected = """
      count

      How many rows, or how many of a unit.

      Clauses
        where CONDITION   only these rows, for everything in the question
        by KEY, …         repeat the answer for each value

      Example
        count drug
          by race

      race        n
      ─────   ─────
      Black   1,402

      """
    #expect(TestPages.text("table", Samples.page) == expected)
  }
}
