/// A small file, read at once.
package enum WholeFile {
  /// The bytes of a file, unpacked where it is packed.
  ///
  /// - Parameter limit: a file that holds more is an error.
  package static func bytes(ofPath path: String, limit: Int) throws(DelimitedProblem) -> [UInt8] {
    let file = try FileInput(path: path)
    let input = try TextContainer(of: file, path: path).text(of: file, path: path)
    let bytes = try TextContainer.prefix(of: input, count: limit + 1)
    guard bytes.count <= limit else {
      throw DelimitedProblem(.limit, "\(path) is larger than \(limit >> 20) MiB")
    }
    return bytes
  }
}
