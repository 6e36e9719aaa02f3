import SourceServer

SourceServer(ODBCDatabase.self, release: "1").run()
