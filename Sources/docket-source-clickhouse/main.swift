internal import SourceServer

SourceServer(ClickHouseDatabase.self, release: "1").run()
