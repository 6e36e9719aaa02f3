/// A pointer that several threads use on stretches that don't overlap.
struct SharedPointer<Element>: @unchecked Sendable {
  let value: UnsafeMutablePointer<Element>?

  init(_ value: UnsafeMutablePointer<Element>?) {
    self.value = value
  }
}
