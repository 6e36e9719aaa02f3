import Testing

@testable import Columns

struct HugePagesTests {
  @Test("pieces of 2 MB and more are counted, in every zone")
  func buddyInfo() {
    let text = """
      Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      3
      Node 0, zone   Normal   1293   3181  24385  69120  11935   6479   2347    801    406    273   1048

      """
    #expect(HugePages.freeBytes(inBuddyInfo: text) == (1 + 2 * 3 + 273 + 2 * 1048) << 21)
    #expect(HugePages.freeBytes(inBuddyInfo: "") == 0)
    #expect(HugePages.freeBytes(inBuddyInfo: "Node 0, zone Normal") == 0)
  }

  @Test("a guest that gives free pages back to its host is known by its setting")
  func reporting() {
    #expect(HugePages.givesPagesBack(reportingOrder: "9\n"))
    #expect(!HugePages.givesPagesBack(reportingOrder: "4294967295\n"))
    #expect(!HugePages.givesPagesBack(reportingOrder: "-1\n"))
    #expect(!HugePages.givesPagesBack(reportingOrder: ""))
  }
}
