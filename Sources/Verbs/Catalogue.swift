extension VerbCatalogue { package static let all: [any Verb.Type] = [Count.self, Gap.self, List.self, Rate.self, Ratio.self, Share.self, Table.self] }
