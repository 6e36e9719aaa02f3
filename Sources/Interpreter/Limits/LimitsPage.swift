import Diagnostics
import Engine
import Syntax

/// What an answer cannot show: the limits of its verb, of records, and of each caution it carries.
enum LimitsPage {
  static func page(of answer: Answer) -> Page {
    var blocks: [Page.Block] = [.paragraph(Words.sentence(answer.words) + ".")]
    blocks += (VerbLimits.sentences(answer.verb) + [VerbLimits.records])
      .map(Page.Block.paragraph)
    if answer.counted?.kind == "full count", answer.figures.contains(where: { $0.low != nil }) {
      blocks.append(.paragraph(VerbLimits.fullCount))
    }
    for caution in answer.cautions {
      let title = CautionCard.card(caution.id)?.title ?? caution.id
      blocks.append(.heading(Words.sentence(title)))
      blocks += body(of: caution.id, text: caution.text)
    }
    return Page(title: "What this number cannot show", blocks)
  }

  /// The page of a caution's id, for `limits ID` and `help ID`.
  static func page(ofCaution id: String) -> Page? {
    guard let card = CautionCard.card(id.lowercased()) else { return nil }
    return Page(title: card.id, [.paragraph(Words.sentence(card.title) + ".")] + body(of: card.id))
  }

  private static func body(of id: String, text: String? = nil) -> [Page.Block] {
    let card = CautionCard.card(id)
    return [text, card?.meaning, card?.remedy].compactMap(\.self).map(Page.Block.paragraph)
  }
}
