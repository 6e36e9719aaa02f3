internal import CADBC
internal import Engine
internal import Glibc

/// The values that belong to a statement, as one row of an Arrow batch.
///
/// Everything is allocated for the driver, which releases it when it is done with it.
enum ArrowParameters {
  /// Fills the schema and the array; the driver releases what it takes over.
  static func fill(
    _ schema: inout ArrowSchema, _ array: inout ArrowArray, with values: [SQLBinding]
  ) {
    schema = ArrowParameters.schema(
      format: "+s", name: "",
      children: values.map { value in
        switch value {
        case .integer: ArrowParameters.schema(format: "l", name: "")
        case .double: ArrowParameters.schema(format: "g", name: "")
        case .text: ArrowParameters.schema(format: "u", name: "")
        }
      })
    array = ArrowParameters.array(buffers: [nil], children: values.map { column(of: $0) })
  }

  private static func column(of value: SQLBinding) -> ArrowArray {
    switch value {
    case .integer(let number): return array(buffers: [nil, copy(of: [number])])
    case .double(let number): return array(buffers: [nil, copy(of: [number])])
    case .text(let text):
      let bytes = Array(text.utf8)
      return array(
        buffers: [nil, copy(of: [0, Int32(clamping: bytes.count)]), copy(of: bytes + [0])])
    }
  }

  private static func copy<Element: BitwiseCopyable>(of elements: [Element])
    -> UnsafeMutableRawPointer?
  {
    let size = elements.count * MemoryLayout<Element>.stride
    let place = malloc(max(8, size))
    elements.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { place?.copyMemory(from: base, byteCount: bytes.count) }
    }
    return place
  }

  private static func schema(
    format: StaticString, name: StaticString, children: [ArrowSchema] = []
  ) -> ArrowSchema {
    var schema = ArrowSchema()
    schema.format = format.withUTF8Buffer { text($0) }
    schema.name = name.withUTF8Buffer { text($0) }
    schema.flags = 2
    schema.n_children = Int64(children.count)
    if !children.isEmpty {
      let places = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>
        .allocate(capacity: children.count)
      for (index, child) in children.enumerated() {
        let place = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
        place.initialize(to: child)
        places[index] = place
      }
      schema.children = places
    }
    schema.release = { pointer in
      guard let pointer else { return }
      free(UnsafeMutableRawPointer(mutating: pointer.pointee.format))
      free(UnsafeMutableRawPointer(mutating: pointer.pointee.name))
      for index in 0..<Int(pointer.pointee.n_children) {
        guard let child = pointer.pointee.children?[index] else { continue }
        child.pointee.release?(child)
        child.deallocate()
      }
      pointer.pointee.children?.deallocate()
      pointer.pointee.release = nil
    }
    return schema
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafePointer<CChar>? {
    let place = malloc(bytes.count + 1)
    if let base = bytes.baseAddress { place?.copyMemory(from: base, byteCount: bytes.count) }
    place?.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    return place.map { UnsafePointer($0.assumingMemoryBound(to: CChar.self)) }
  }

  private static func array(
    buffers: [UnsafeMutableRawPointer?], children: [ArrowArray] = []
  ) -> ArrowArray {
    var array = ArrowArray()
    array.length = 1
    array.n_buffers = Int64(buffers.count)
    let places = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: buffers.count)
    for (index, buffer) in buffers.enumerated() {
      places[index] = buffer.map { UnsafeRawPointer($0) }
    }
    array.buffers = places
    array.n_children = Int64(children.count)
    if !children.isEmpty {
      let places = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
        .allocate(capacity: children.count)
      for (index, child) in children.enumerated() {
        let place = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        place.initialize(to: child)
        places[index] = place
      }
      array.children = places
    }
    array.release = { pointer in
      guard let pointer else { return }
      for index in 0..<Int(pointer.pointee.n_buffers) {
        free(UnsafeMutableRawPointer(mutating: pointer.pointee.buffers?[index]))
      }
      pointer.pointee.buffers?.deallocate()
      for index in 0..<Int(pointer.pointee.n_children) {
        guard let child = pointer.pointee.children?[index] else { continue }
        child.pointee.release?(child)
        child.deallocate()
      }
      pointer.pointee.children?.deallocate()
      pointer.pointee.release = nil
    }
    return array
  }
}
