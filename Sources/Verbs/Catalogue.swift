// Written by `swift run dev catalogue`: one line for each member declared in this folder.
extension VerbCatalogue {
  /// Every verb, in alphabetical order.
  package static let all: [any Verb.Type] = [
    Average.self,
    Check.self,
    Claim.self,
    Count.self,
    Flow.self,
    Gap.self,
    List.self,
    Median.self,
    Missing.self,
    Rank.self,
    Rate.self,
    Ratio.self,
    Sample.self,
    Share.self,
    Stock.self,
    Table.self,
    Time.self,
    Total.self,
    Trend.self,
  ]
}
