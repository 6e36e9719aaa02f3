import Foundation

let words = CommandLine.arguments.dropFirst()
guard words.count == 1, let chore = words.first.flatMap(Chore.init) else {
  print("usage: swift run dev CHORE")
  for chore in Chore.allCases { print("  \(chore.rawValue): \(chore.summary)") }
  exit(2)
}
let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
guard let top = SourceTree.top(from: here) else {
  print("no Package.swift here or above")
  exit(2)
}
exit(try chore.run(in: top))
