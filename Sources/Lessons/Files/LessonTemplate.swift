/// What a new lesson begins with.
package enum LessonTemplate {
  package static let text = """
    # examples/lessons/README.md says how lessons are written.
    lesson: What the lesson is about
    minutes: 5

    A paragraph of prose. An empty line ends it.

    ask: share 40 of 160

    guess: Of 200 defendants 162 are Black. What part is that?
    answer: share 162 of 200
    figure: share
    after: Four in five.

    choose: What do 81% mean?
    wrong: 81 people => It is a part, not a number of people.
    right: 81 of every hundred => Whatever the hundred are: ask of what.

    exercise: What part are the other 38?
    solution: share 38 of 200
    figures: share
    hint: Begin with `share`.
    slip: share 162 of 200 => That is the 162; the other 38 are asked about.
    after: The two parts add up to 100%.

    """
}
