/// What a file adds up to, when its contents are read by others.
package enum FileFingerprint {
  /// The size of the file and the checksums of its blocks.
  package static func material(ofPath path: String) throws(DelimitedProblem) -> [UInt8] {
    let file = try FileInput(path: path)
    var sums = BlockChecksums()
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { room.deallocate() }
    while true {
      let count = try file.read(into: room, at: sums.byteCount)
      sums.append(UnsafeRawBufferPointer(rebasing: room[..<count]))
      if count < room.count { return sums.material }
    }
  }
}
