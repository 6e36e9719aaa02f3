// One line for each card; the list is made from the declarations beside the methods.
extension MethodCatalogue {
  /// All cards, in alphabetical order of their declarations.
  package static let all: [MethodCard] = [
    agrestiCoull,
    clopperPearson,
    jeffreys,
    waldProportion,
    wilson,
    wilsonContinuity,
  ]
}
