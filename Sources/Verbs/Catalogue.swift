// Written by `swift run dev catalogue`: one line for each member declared in this folder.
extension VerbCatalogue {
  /// Every verb, in alphabetical order.
  package static let all: [any Verb.Type] = [
    Count.self,
    Flow.self,
    Gap.self,
    List.self,
    Rate.self,
    Ratio.self,
    Share.self,
    Stock.self,
    Table.self,
    Time.self,
    Trend.self,
  ]
}
