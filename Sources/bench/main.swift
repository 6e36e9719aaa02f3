import Foundation

let f = try CaseFile(rows: Int(CommandLine.arguments[1])!, in: "/tmp/docket-bench")
print(f.path, f.byteCount)
