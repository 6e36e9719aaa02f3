// Written by `swift run dev catalogue`: one line for each member declared in this folder.
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
