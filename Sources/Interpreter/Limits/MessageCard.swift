/// What a problem's id stands for: the page of `help` on it.
package struct MessageCard: Sendable {
  /// The id that stands in brackets behind the message.
  package let id: String
  /// When it is said.
  package let meaning: String
  /// What leads on.
  package let remedy: String

  private init(_ id: String, _ meaning: String, _ remedy: String) {
    self.id = id
    self.meaning = meaning
    self.remedy = remedy
  }

  /// The card of a problem's id.
  package static func card(_ id: String) -> MessageCard? { all.first { $0.id == id } }

  /// Every id there is.
  package static var all: [MessageCard] { lines + questions + data + session }

  /// What the text of a line can be stopped by.
  private static let lines: [MessageCard] = [
    MessageCard(
      "clause-twice", "A clause stands twice in one question.", "Join the two: by race, sex."),
    MessageCard(
      "clause-unused", "The verb has no use for that clause.", "`help VERB` lists its clauses."),
    MessageCard(
      "expected", "Something has to stand where the line ends or goes on otherwise.",
      "The message says what; `help WORD` shows the form."),
    MessageCard(
      "habit", "The line is written as in another language.",
      "The help line says the same here; `fix` runs it where it is whole."),
    MessageCard(
      "not-a-number", "A number is due and a word stands there.",
      "Numbers are written 1400, 1,400, 39%, 100k or 1.5m."),
    MessageCard(
      "not-a-period", "A date or a period is due.",
      "Write 2021, 2021-Q2, 2021-04, 2021-04-01 or 2017..2020."),
    MessageCard("not-closed", "A quote or a bracket is open at the end.", "Close it."),
    MessageCard(
      "too-deep", "Brackets stand in brackets deeper than anyone reads.",
      "Give the inner part a name with `field` or `cohort`."),
    MessageCard(
      "too-long", "The text of statements is longer than a script can be.",
      "Open data with `open`; a script holds statements."),
    MessageCard(
      "unexpected", "A word or sign has no place where it stands.",
      "The form of the verb is in the help line; a value of several words stands in quotes."),
    MessageCard(
      "unknown-word", "No line begins with that word.",
      "`help` lists the words that a line can begin with."),
  ]

  /// What a question can be stopped by.
  private static let questions: [MessageCard] = [
    MessageCard(
      "all-unknown", "The value is unknown in every row, so no share can be given.",
      "`values COHORT.FIELD` shows what is there."),
    MessageCard(
      "ambiguous-population", "Several populations fit the cohort.",
      "Name one, or ask `vs every population`."),
    MessageCard(
      "ambiguous-value", "Several values differ only in capitals.",
      "Write it as it stands in the data, or join them with `recode` on the card."),
    MessageCard(
      "argument-count", "A function has too few or too many arguments.",
      "The message shows how it is written."),
    MessageCard(
      "coding-differs", "The cohort and the population code race differently.",
      "Choose a population of the same coding, or end the question in `anyway`."),
    MessageCard("empty-period", "The period ends before it begins.", "Turn the two round."),
    MessageCard("empty-sample", "A sample has at least one row.", "sample COHORT 60"),
    MessageCard(
      "level-out-of-range", "A confidence level lies between 50 and 100 percent.", "level 95"),
    MessageCard(
      "more-than-all", "More events than there are in all.", "The part stands first: 162 of 200."),
    MessageCard(
      "needs-clause", "The verb can't answer without that clause.", "The help line shows the form."),
    MessageCard(
      "needs-cohort", "The verb asks about data, not about figures.",
      "`datasets` lists what there is."),
    MessageCard(
      "needs-comparison", "A ratio compares, and nothing to compare with was named.",
      "vs a population, a condition, a period or a percentage."),
    MessageCard(
      "needs-condition", "The verb needs a condition to count by.", "Such as race=Black or filed."),
    MessageCard(
      "no-data", "The question gives figures, and the clause needs rows.",
      "Leave the clause out, or ask about a cohort."),
    MessageCard(
      "no-date", "The card names no date, so a period can't be asked for.",
      "card NAME; date FIELD; end"),
    MessageCard("no-figure", "The question has no figure to keep or hold.", "Ask for one number."),
    MessageCard(
      "no-people", "The population has no people of that group.", "`source NAME` shows its groups."),
    MessageCard(
      "no-person", "The card does not say which field tells people apart.",
      "card NAME; person FIELD; end"),
    MessageCard(
      "no-strata", "No value of the field has both groups in it.",
      "Compare within a field of fewer values."),
    MessageCard("no-such-day", "The calendar has no such day.", "Look at the month's length."),
    MessageCard("not-a-count", "A whole number of 0 or more is due.", "Counts have no decimals."),
    MessageCard(
      "not-a-number-field", "The field holds words, and calculations need numbers.",
      "`fields COHORT` shows the types; `type FIELD integer` on the card sets one."),
    MessageCard("not-a-share", "A share lies between 0% and 100%.", "Write 39% for thirty-nine."),
    MessageCard("not-a-table", "A table has two rows and two columns at least.", "[40 33; 153 83]"),
    MessageCard(
      "not-yes-no", "The field has other values than yes and no.", "Say which value: FIELD=VALUE."),
    MessageCard(
      "nothing-counted", "There is nothing to divide by.",
      "`why` shows at which condition the rows are lost."),
    MessageCard(
      "nothing-to-change", "The answer draws no conclusion that other codes could change.",
      "Ask `whatif` after a share, a ratio to a population, or a gap."),
    MessageCard(
      "order-of-text", "Words have no order to compare by.", "FIELD=VALUE, or FIELD contains TEXT."),
    MessageCard(
      "other-verb", "Another verb compares groups in this way.", "The help line shows its form."),
    MessageCard(
      "place-differs", "The cohort and the population are of different places.",
      "Choose a population of the same place, or end the question in `anyway`."),
    MessageCard(
      "population-lacks", "The population can't tell the groups apart.",
      "`source NAME` shows its groups."),
    MessageCard(
      "too-many-groups", "More groups than an answer shows.",
      "`top 20`, or broader keys; `set groups` raises the limit."),
    MessageCard(
      "several-values", "A counted person or case has several values of a number.",
      "Take one row of each: cohort NAME = COHORT first by DATE per FIELD."),
    MessageCard(
      "shares-not-people", "The population gives shares, and a rate needs numbers of people.",
      "Read it with weight=FIELD, or compare shares: ratio C GROUP vs POPULATION."),
    MessageCard(
      "unit-differs", "The two sides count different things, such as cases and charges.",
      "Compare datasets with the same unit."),
    MessageCard(
      "unknown-method", "No method of the question has that name.", "`how VERB` lists them."),
    MessageCard(
      "unused-here", "The clause has no meaning in this form of the question.",
      "`help VERB` shows the forms."),
    MessageCard(
      "wrong-kind", "A date, number or word was given for a field of another kind.",
      "`fields COHORT` shows the types."),
  ]

  /// What names and data can be stopped by.
  private static let data: [MessageCard] = [
    MessageCard(
      "key-repeats", "The field that a link leads to repeats, so rows would count twice.",
      "Link to a field whose values do not repeat."),
    MessageCard("name-taken", "The file has a field of that name.", "Choose another name."),
    MessageCard(
      "needs-weight", "A population needs a field with its numbers of people.", "weight=FIELD"),
    MessageCard(
      "no-file", "There is no such file, or it can't be read.",
      "Paths begin at the working directory, or where the script lies."),
    MessageCard("no-table", "The file holds no table.", "Open another, or look at it first."),
    MessageCard("not-a-sample", "A sample is written in two numbers.", "sample 595 of 1402"),
    MessageCard("not-ages", "Ages are a range.", "all, 18.. or 10..17"),
    MessageCard(
      "not-one-row", "A population read across is one row of its file.",
      "Narrow it with `where` to one row, or add all up with rows=all."),
    MessageCard(
      "unknown-card-word", "A card has no such line.", "The help line names the nearest."),
    MessageCard(
      "unknown-cohort", "No dataset or cohort has that name.", "`datasets` lists what there is."),
    MessageCard("unknown-field", "The dataset has no such field.", "`fields COHORT` lists them."),
    MessageCard(
      "unknown-function", "There is no such function.",
      "year quarter month week weekday day days band lower trim ascii abs round coalesce"),
    MessageCard("unknown-guideline", "No guideline has that name.", "`datasets` lists them."),
    MessageCard(
      "unknown-population", "No population or cohort has that name.", "`datasets` lists them."),
    MessageCard("unknown-stage", "The dataset has no such stage.", "`describe COHORT` lists them."),
    MessageCard(
      "unknown-value", "No row has that value.", "`values COHORT.FIELD` lists them with counts."),
    MessageCard("unknown-verb", "There is no such verb.", "`help` lists them."),
  ]

  /// What commands can be stopped by.
  private static let session: [MessageCard] = [
    MessageCard("bad-setting", "The setting can't have that value.", "`settings` shows them."),
    MessageCard("cannot-write", "The file can't be written.", "Look at the folder and its rights."),
    MessageCard(
      "file-is-there", "A file of that name is there, and `save` replaces none.",
      "Choose another name."),
    MessageCard("no-help", "There is no page on that word.", "`help` lists the words."),
    MessageCard(
      "not-expected", "A figure or caution is not what a script expected.",
      "The process ends with 5, so that the script can be part of a check."),
    MessageCard(
      "not-verified", "The question of a receipt has another answer now.",
      "The help lines say what changed: the data, a definition or a setting."),
    MessageCard(
      "nothing-asked", "The command is about an answer, and there is none.", "Ask first."),
    MessageCard(
      "nothing-to-fix", "No line before can be mended by itself.",
      "Help lines say more than an edit can do."),
    MessageCard("script-circle", "A script runs itself.", "Take the inner `run` out."),
    MessageCard(
      "timed-out", "The time that --timeout gives was over.", "Give it longer, or ask for less."),
    MessageCard(
      "stopped", "The question was stopped.", "The session goes on; ask again, or ask for less."),
    MessageCard(
      "secret-in-address", "A password stands in the address of a source.",
      "Leave it out: it is asked for, or comes from the environment; see docket-sources(7)."),
    MessageCard(
      "unknown-ending", "The ending of the file names no format.",
      "txt, csv, tsv, json, jsonl, md, html or svg"),
    MessageCard(
      "unknown-receipt", "No answer of this session has that receipt.",
      "`receipt` shows the last one."),
    MessageCard("unknown-setting", "There is no such setting.", "`settings` lists them."),
    MessageCard(
      "unknown-stage-of-work", "`show` shows tokens, tree, plan or sql.", "show plan for ASK"),
  ]
}
