import Foundation

let folder = URL(filePath: "examples/data", directoryHint: .isDirectory)
for file in ExampleFile.all() {
  try Data(file.text.utf8).write(to: folder.appending(path: file.name))
}
