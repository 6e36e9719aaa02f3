import CZlib
import CZstd

/// Packs bytes as the files of a test need them.
enum Packer {
  static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&packed, packed.count, bytes, bytes.count, 3)
    precondition(ZSTD_isError(count) == 0)
    return Array(packed[..<count])
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, window: 15 + 16) }

  /// A bare deflate stream.
  static func deflate(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, window: -15) }

  private static func deflated(_ bytes: [UInt8], window: Int32) -> [UInt8] {
    var stream = z_stream()
    let made = deflateInit2_(
      &stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(made == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
    let room = packed.count
    let left = input.withUnsafeMutableBufferPointer { source in
      packed.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let code = CZlib.deflate(&stream, Z_FINISH)
        precondition(code == Z_STREAM_END)
        return Int(stream.avail_out)
      }
    }
    return Array(packed[..<(room - left)])
  }
}
