import Columns
import Engine
import Syntax

/// What the answers of a session have made known about restricted datasets, so that no later answer
/// gives a masked cell away.
final class DisclosureMemory {
  private struct Release {
    let question: String
    let sets: [CountedSet]
  }

  /// What is to be masked in an answer.
  struct Verdict {
    /// Groups of `by` that are masked.
    var groups: Set<CountedFamily.Group> = []
    /// Whether nothing of the answer may be shown.
    var isWhole = false
    /// Whether the numbers of unknown values are masked.
    var hidesUnknown = false
    /// The earlier question with which the answer would give a cell away.
    var earlier: String?
  }

  /// Sets that are kept: checking what follows from them takes time that grows with their square.
  private static let mostSets = 400

  private var releases: [ObjectIdentifier: [Release]] = [:]
  private var hidden: [ObjectIdentifier: [CountedSet]] = [:]

  /// Decides what an answer may show, and keeps what it does show.
  func verdict(
    on family: CountedFamily, of question: String, most: Double, weight: Field?, _ runner: Runner
  ) throws -> Verdict {
    let id = ObjectIdentifier(family.dataset)
    let before = releases[id, default: []]
    let kept = hidden[id, default: []]
    let all =
      before.flatMap(\.sets) + kept + family.shown.map(\.set) + family.unknown + [family.whole]
    let audit = try DisclosureAudit(all, of: family.dataset, weight: weight, runner)
    func isSmall(_ set: CountedSet) -> Bool {
      let size = audit.size(set)
      return size > 0 && size <= most
    }
    var verdict = Verdict()
    let small = family.shown.filter { isSmall($0.set) }
    verdict.groups = Set(small.map(\.group)).filter { !$0.values.isEmpty }
    verdict.isWhole = small.contains { entry in
      // A total that is small masks everything; the margin of a table masks what makes it up.
      entry.group.values.isEmpty
    }
    verdict.hidesUnknown = family.unknown.contains(where: isSmall)
    let isSmallItself = verdict.isWhole
    let secret = kept + (small.map(\.set) + family.unknown.filter(isSmall))
    let known = before.flatMap(\.sets)
    while !verdict.isWhole {
      let shown = released(family, verdict)
      guard audit.discloses(known: known + shown, hidden: secret, most: most) else { break }
      if let next = nextGroup(family, verdict, audit) {
        verdict.groups.insert(next)
      } else {
        verdict.isWhole = true
      }
    }
    verdict.earlier =
      isSmallItself
      ? nil
      : culprit(
        family, verdict, before.filter { $0.question != question }, secret, audit, most)
    keep(released(family, verdict), of: question, secret: secret, id)
    return verdict
  }

  /// The sets whose numbers the answer shows under a verdict.
  private func released(_ family: CountedFamily, _ verdict: Verdict) -> [CountedSet] {
    guard !verdict.isWhole else { return [] }
    let sets = family.shown.filter { !verdict.groups.contains($0.group) }.map(\.set)
    return verdict.hidesUnknown ? sets : sets + [family.whole] + family.unknown
  }

  /// The least of the groups that are still shown: masking it costs least.
  private func nextGroup(
    _ family: CountedFamily, _ verdict: Verdict, _ audit: DisclosureAudit
  ) -> CountedFamily.Group? {
    var sizes: [CountedFamily.Group: Double] = [:]
    var order: [CountedFamily.Group] = []
    for entry in family.shown
    where !entry.group.values.isEmpty && !verdict.groups.contains(entry.group) {
      if sizes[entry.group] == nil { order.append(entry.group) }
      sizes[entry.group, default: 0] += audit.size(entry.set)
    }
    // In a two-way table the second cell has to stand in the row or column of the first.
    let crossing = order.filter { group in
      verdict.groups.contains { zip($0.values, group.values).contains { $0 == $1 } }
    }
    let candidates = crossing.isEmpty ? order : crossing
    return candidates.filter { (sizes[$0] ?? 0) > 0 }
      .min { (sizes[$0] ?? 0) < (sizes[$1] ?? 0) }
  }

  /// The earlier question that makes the answer give a cell away, where one does.
  private func culprit(
    _ family: CountedFamily, _ verdict: Verdict, _ before: [Release], _ secret: [CountedSet],
    _ audit: DisclosureAudit, _ most: Double
  ) -> String? {
    let unmasked = Verdict(
      groups: Set(
        family.shown.map(\.group).filter { group in
          family.shown.contains {
            $0.group == group && audit.size($0.set) > 0 && audit.size($0.set) <= most
          }
        }), hidesUnknown: verdict.hidesUnknown)
    let shown = released(family, unmasked)
    guard verdict.isWhole || verdict.groups != unmasked.groups,
      !audit.discloses(known: shown, hidden: secret, most: most)
    else { return nil }
    let one = before.last {
      audit.discloses(known: $0.sets + shown, hidden: secret, most: most)
    }
    return one?.question ?? before.last?.question
  }

  private func keep(
    _ sets: [CountedSet], of question: String, secret: [CountedSet], _ id: ObjectIdentifier
  ) {
    releases[id, default: []].removeAll { Set($0.sets) == Set(sets) }
    releases[id, default: []].append(Release(question: question, sets: sets))
    var total = releases[id, default: []].reduce(0) { $0 + $1.sets.count }
    while total > DisclosureMemory.mostSets, releases[id, default: []].count > 1 {
      total -= releases[id, default: []].removeFirst().sets.count
    }
    var seen: Set<CountedSet> = []
    hidden[id] = Array(secret.filter { seen.insert($0).inserted }.suffix(DisclosureMemory.mostSets))
  }
}
