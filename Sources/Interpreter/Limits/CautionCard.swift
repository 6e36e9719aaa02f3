/// What a caution means: a page of `limits`, and of `help` on its id.
package struct CautionCard: Sendable {
  /// The id that answers carry.
  package let id: String
  /// What it says, in a few words.
  package let title: String
  /// What a number with this caution cannot show.
  package let meaning: String
  /// What to do about it.
  package let remedy: String

  private init(_ id: String, _ title: String, _ meaning: String, _ remedy: String) {
    self.id = id
    self.title = title
    self.meaning = meaning
    self.remedy = remedy
  }

  /// The card of a caution.
  package static func card(_ id: String) -> CautionCard? { all.first { $0.id == id } }

  /// Every caution there is, in alphabetical order.
  package static let all: [CautionCard] = [
    CautionCard(
      "ages-differ", "the two sides are of different ages",
      "The cohort can hold only some ages, and the population counts others too. Groups differ in how many children they have, so the share of a group among all ages is not its share among adults.",
      "Choose a population of the same ages, or look at `vs every population` to see how much it matters."
    ),
    CautionCard(
      "before-guideline", "cases from before the guideline",
      "A case that was decided before the guideline held could not follow it. Together with later ones it says how alike old decisions and the guideline are, not whether the guideline is followed.",
      "Ask `since` the day of the guideline; the lines before and after stand apart in the answer."),
    CautionCard(
      "coding-differs", "the two sides code race differently",
      "One form lets a person be Hispanic and white, another makes these two groups. A share of one coding divided by a share of another compares different people.",
      "Choose a population with the same coding; recode the cohort on its card where the values allow it."
    ),
    CautionCard(
      "confounding", "the ratio moves by more than a tenth inside another field",
      "Part of what looks like a difference between the groups goes together with another field in which they differ. Which figure answers the question depends on whether that field is a cause of the event or a way to it.",
      "Ask again `within` that field and give both figures, the crude one and the adjusted one."),
    CautionCard(
      "ended-otherwise", "open cases that have most likely ended otherwise",
      "A case that is open for longer than nearly all others took was probably declined or closed in another way. Counted as waiting, it makes the wait look longer and the part that never gets there larger.",
      "Leave out with `where` what has ended otherwise, or read the curve up to the day by which nearly all have got there."
    ),
    CautionCard(
      "entry-unknown", "stays without a date of entry",
      "Whoever has no date of entry is inside on no date that can be named, so every number of the census may be too low by them.",
      "Find the rows with `list COHORT DATE=?`; give the number of them beside the census."),
    CautionCard(
      "group-without-answer", "a group for which there is no figure",
      "The question was asked of each group, and some hold nothing that it could be answered from: no case, nothing known, or nobody in the population. That is no zero.",
      "Look at such a group alone with `where`; ask for broader groups."),
    CautionCard(
      "infra-marginality", "a rate of finds is an average",
      "A hit rate is an average over everybody who was searched. Officers decide at a threshold. Groups in which risk is spread differently can have different averages at one threshold, and equal averages at two.",
      "Say what share of searches found something, and stop there; compare like with like by reason of search with `by` or `within`."
    ),
    CautionCard(
      "many-comparisons", "many comparisons in one answer",
      "Of twenty comparisons between groups that are alike, one stands out at 5% by luck alone. The longer the list, the less a single p-value says.",
      "Ask about the group that was of interest before the list was seen; read the adjusted number; `looks` counts the comparisons of the session."
    ),
    CautionCard(
      "mark-outside", "a mark outside the data",
      "The data have no rows on one side of the mark, so there is nothing to compare with.",
      "Set the mark inside the time that the data cover; `describe COHORT` shows it."),
    CautionCard(
      "masked", "small cells are masked",
      "The card says that the data are restricted. Cells of 1 to 9 are left out, and others with them where a sum or an earlier answer would give them away.",
      "Group by fewer or broader keys, or take a longer period."),
    CautionCard(
      "method-replaced", "the method asked for does not work here",
      "The method named with `using` has no answer for these counts, most often because one of them is 0. Another of the same family stands in its place.",
      "Give the name of the method that was used: it stands among the methods of the answer."),
    CautionCard(
      "negative-days", "days that run backwards",
      "The second date is before the first. One of them is wrong, or they are not the dates of one thing; the number of days is then no duration.",
      "Look at the rows with `list`; leave them out with `where FIELD>=0`, and say how many they were."
    ),
    CautionCard(
      "negative-duration", "times that end before they begin",
      "The end is before the beginning: one of the two dates is wrong, or they are not the dates of one thing. Such rows are left out.",
      "Look at the rows with `list` and mend the dates at their source."),
    CautionCard(
      "no-base", "numbers, not rates",
      "Two groups of different size have different numbers even where everything else is alike. A quotient of numbers says nothing about how often.",
      "Add `per population`, or compare shares of a stage with `gap`."),
    CautionCard(
      "no-earlier-entries", "those already inside when the data begin",
      "A census counts who entered and has not left. Who entered before the data begin is not in them, so the first dates are too low until those people would have left.",
      "Begin the census later, by as long as nearly all stays last; `time … to …` shows how long that is."
    ),
    CautionCard(
      "no-people-known", "groups without people to divide by",
      "The population has no row for these groups, so they have no rate and no rank, however many cases they have.",
      "`source NAME` shows the groups of a population; `recode` brings two spellings of a name together."
    ),
    CautionCard(
      "one-side-narrowed", "a condition holds for one side alone",
      "The other side of the comparison is another dataset, which has no field for the condition, or no data of that time. It is compared as a whole: what sets the two sides apart may be the condition, and not the cohorts.",
      "Leave the condition out, or compare with a cohort whose dataset has the field."),
    CautionCard(
      "other-cohort", "another cohort than the one named is answered",
      "The data of the cohort that was named end before the time asked about, or begin after it. Another cohort is defined in the same words over data of that time whose card says the same of its rows, and the figures are its own.",
      "Name that cohort in the question; or open the files of both times as one and define the cohort over them."
    ),
    CautionCard(
      "outside-period", "the time asked about is not all in the data",
      "The card says which time the data cover. Rows of another time are absent because nobody put them in, and a count of 0 there is no finding.",
      "Ask about the time that is covered, or mend `period` on the card if it is wrong."),
    CautionCard(
      "outside-strata", "cases in no stratum of the population",
      "Their stratum is unknown, or the population has nobody of one of the groups there. Adjusted figures are of the others alone, and so is the crude one that stands beside them to be compared.",
      "Compare the crude figure with that of the whole question: where they are far apart, those left out are not like the rest."
    ),
    CautionCard(
      "overdispersed", "counts that vary more than by chance",
      "Limits from a count alone take one event for independent of the next. Where the counts vary far more than that, something else moves them, and the limits are too narrow.",
      "Compare before and after with other periods that had no mark; longer periods vary less."),
    CautionCard(
      "overlap", "the two sides share rows",
      "A row that is on both sides pulls the two shares together. The interval takes the sides for independent, which they are not.",
      "Compare with the rows that are not in the cohort: `vs everyone else`, or a cohort defined by `not`."
    ),
    CautionCard(
      "partial-period", "the first or last period is not whole",
      "A month that the data cover by half has about half the rows. Drawn as a point of a line it looks like a fall.",
      "Leave it out of every comparison; the fit does."),
    CautionCard(
      "place-differs", "the two sides are of different places",
      "Residents of one place are compared with cases of another. City, county and the part of the city inside the county have different shares of every group.",
      "Choose a population of the same place, or show them all with `vs every population`."),
    CautionCard(
      "population-lacks", "a population can't tell the groups apart",
      "It has no number for the group that was asked about, so it has no line.",
      "`source NAME` shows the groups that a population has."),
    CautionCard(
      "ragged-rows", "rows with too many or too few fields",
      "A row of the file has not as many fields as its first line. Often a comma inside a text stands without quotes, and every field behind it has moved by one: its values are those of another field.",
      "Look at the lines that are named, mend the file, and open it again."),
    CautionCard(
      "rare-outcome", "both shares are below one in a hundred",
      "Three times of very little is very little: a ratio of rare outcomes can be large where hardly anyone is concerned, and the contrary of the outcome has a ratio of 1.",
      "Give the difference in points, and the number of people, beside the ratio."),
    CautionCard(
      "repeated-ids", "one case in several rows of an amount or a time",
      "The id of the card repeats. Sums, averages, times and stocks are of rows: right where each row has its own amount or dates, too much where those of one case stand in each of its rows.",
      "Look at the rows of one case with `list`; take one row of each with a cohort where the amount repeats."
    ),
    CautionCard(
      "repeated-people", "one person in many rows",
      "Rows of one person are alike in race, age and much else. Taken for independent they make an interval too narrow and a p-value too small, and a few people can carry the result.",
      "Count people with `unit people`, or take one row for each."),
    CautionCard(
      "sample-as-count", "a sample read as a full count",
      "The rows are a random sample. Their number is how many were drawn, not how many there are. Shares of the sample stand for shares of all; counts do not.",
      "Ask for a share, or multiply by what each drawn row stands for."),
    CautionCard(
      "simpson", "the comparison turns around inside another field",
      "In all the rows one group has the higher share, and within the values of another field the other group has it. Both are true of the same rows. Which one answers the question is decided by what the field is, not by a calculation.",
      "Ask again `within` that field, show the strata, and say which comparison is meant and why."),
    CautionCard(
      "small-expected", "a table with thin cells",
      "The chi-square test takes every cell for well filled. Where fewer than five are expected its p-value is rough.",
      "Read the exact p beside it, or join categories."),
    CautionCard(
      "small-numbers", "too few to be steady",
      "By the standard of the National Center for Health Statistics the figure rests on too few cases, or its interval is too wide, to be published: another year could look quite different.",
      "Pool years or groups; give the interval; `set rules none` shows figures without this caution."
    ),
    CautionCard(
      "source-warning", "the source of the rows has something to say",
      "Records were left out, cells were read as missing, or the data changed between two questions: what the source noticed while it was read. Answers to the questions before may be of other rows.",
      "Mend what is named where the data are kept, or say it beside the number; after a change ask again what was asked before."
    ),
    CautionCard(
      "stage-skipped", "rows at a stage without the one before it",
      "A row has the date of a later stage and not that of an earlier one. It is not counted at the later stage, for a rate is of those whom the stage before let through.",
      "Look at the rows with `list`; where a stage may be left out, define the stages without it."),
    CautionCard(
      "strata-differ", "the strata do not agree",
      "The comparison is not the same in each stratum. One combined figure is an average of unlike things.",
      "Show the table of strata in place of the combined figure."),
    CautionCard(
      "too-young", "cases too young to have an outcome",
      "The latest cases have had less time to reach the stage than the earlier ones. Their rate is low because it is early.",
      "End the period earlier, or ask `time … to …`, which takes open cases into account."),
    CautionCard(
      "two-definitions", "one word, two definitions",
      "Cleared can mean cleared at any time since, or cleared in the year asked about, or all that were cleared in that year whenever they happened. All are in use, and they differ.",
      "Say which is meant, in words, wherever the figure is shown."),
    CautionCard(
      "unknown-as-value", "a value that may mean unknown is counted as a value",
      "A word such as Unknown or U stands among the values. Counted as a group of its own it lowers every other share.",
      "Say on the card what it means: missing FIELD = WORD."),
    CautionCard(
      "unknown-duration", "times that are not known",
      "One of the dates, or the number of days, is missing, so the row has no time. If those with missing dates took longer than others, the median is too low.",
      "`missing COHORT DATE by KEY` shows where the dates are missing."),
    CautionCard(
      "unknown-values", "many values are unknown",
      "The share is of the rows for which the value is known. Were the unknown ones all of one kind, it would lie at one of the bounds.",
      "Give the bounds; ask `whatif FIELD=?` how many would have to be otherwise before the conclusion changes."
    ),
    CautionCard(
      "whole-population", "one population for every group",
      "The population does not tell these groups apart, so each is divided by everybody. Such rates compare how many cases groups have, not how often members of a group have one.",
      "Choose a population with these groups."),
    CautionCard(
      "years-differ", "the two sides are years apart",
      "Between the years of the data and the year of the population people moved, were born and died. Shares of groups shift with them.",
      "Choose a population of a nearer year."),
  ]
}
