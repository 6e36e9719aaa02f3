import SourceServer

SourceServer(PostgresDatabase.self, release: "1").run()
