extension SourceCatalogue { package static let all: [any SourceKind.Type] = [] }
