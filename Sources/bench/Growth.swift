/// The first question from files of several sizes.
struct Growth {
  let rows: Int
  let runs: [ChildRun]

  static func print(_ sizes: [Growth]) {
    let sizes = sizes.filter { !$0.runs.isEmpty }
    guard sizes.count > 1 else { return }
    say("\n## Growth\n\nThe first question from the CSV.\n")
    var table = Table(["rows", "seconds", "processor", "ns a row", "peak"])
    for size in sizes {
      let wall = size.runs.map(\.wall).median
      table.add([
        Text.count(size.rows), Text.seconds(wall),
        Text.seconds(size.runs.map(\.processor).median),
        Text.number(wall / Double(size.rows) * 1e9), Text.peak(size.runs.map(\.usage)),
      ])
    }
    say(table.text)
  }
}
