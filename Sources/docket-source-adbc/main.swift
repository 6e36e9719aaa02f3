import SourceServer

SourceServer(ADBCDatabase.self, release: "1").run()
