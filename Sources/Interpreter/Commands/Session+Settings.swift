import Columns
import Diagnostics
import Engine
import Syntax

extension Session {
  /// `set level 99`; without a value the setting is shown.
  func set(_ name: Name, _ value: String?) throws -> [Response] {
    guard let setting = Setting(rawValue: name.key) else {
      let known = Setting.allCases.map(\.rawValue)
      let nearest = Nearest.matches(to: name.text, in: known, limit: 1)
      throw Diagnostic(
        "unknown-setting", "there is no setting \(name.text)", at: name.span,
        help: nearest.isEmpty
          ? ["settings are: " + known.joined(separator: ", ")] : ["the nearest is \(nearest[0])"],
        edits: nearest.first.map { [Edit(name.span, $0)] } ?? [])
    }
    guard let value else {
      return [.notice("\(setting.rawValue) \(setting.value(in: catalogue.settings))")]
    }
    guard setting.change(&catalogue.settings, to: value) else {
      throw Diagnostic(
        "bad-setting", "\(setting.rawValue) can't be \(value)", at: name.span,
        help: ["it is \(setting.form)"])
    }
    columnCache?.isOn = catalogue.settings.cache != .off
    return []
  }

  func settingsPage() -> Page {
    Page(
      title: "Settings",
      [
        .definitions(
          Setting.allCases.map {
            .init("\($0.rawValue) \($0.value(in: catalogue.settings))", $0.meaning)
          })
      ])
  }
}

/// What `set` can change.
enum Setting: String, CaseIterable {
  case level, seed, rules, words, groups, cache, privacy, today

  var meaning: String {
    switch self {
    case .level: "the confidence level, in percent"
    case .seed: "where random numbers begin"
    case .rules: "the rules for small numbers: nchs or none"
    case .words: "whether answers restate the question in plain words: on or off"
    case .groups: "how many groups an answer shows before `top` is needed"
    case .cache:
      "whether columns are kept for later sessions: auto, on or off"
    case .privacy: "cells of 1 to so many are masked in restricted datasets; it can only be raised"
    case .today: "the day that counts as today"
    }
  }

  var form: String {
    switch self {
    case .level: "a percentage between 50 and 100"
    case .seed, .groups: "a whole number"
    case .rules: "nchs or none"
    case .words: "on or off"
    case .cache: "auto (all but restricted ones), on or off"
    case .privacy: "a whole number, not below the one that holds now"
    case .today: "a date such as 2021-04-01"
    }
  }

  func value(in settings: Settings) -> String {
    switch self {
    case .level:
      let percent = settings.level * 100
      return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
    case .seed: return "\(settings.seed)"
    case .rules: return settings.rules
    case .words: return settings.showsWords ? "on" : "off"
    case .groups: return "\(settings.groupLimit)"
    case .cache: return settings.cache.rawValue
    case .privacy: return "\(settings.maskBelow)"
    case .today: return settings.today?.description ?? "unset"
    }
  }

  /// Whether the value could be taken.
  func change(_ settings: inout Settings, to value: String) -> Bool {
    let value = value.lowercased()
    switch self {
    case .level:
      guard let literal = NumberLiteral(value) else { return false }
      let level = literal.isPercent || literal.double < 1 ? literal.double : literal.double / 100
      guard level > 0.5, level < 1 else { return false }
      settings.level = level
    case .seed:
      guard let seed = UInt64(value) else { return false }
      settings.seed = seed
    case .rules:
      guard value == "nchs" || value == "none" else { return false }
      settings.rules = value
    case .words: return Setting.switched(value) { settings.showsWords = $0 }
    case .cache:
      guard let use = CacheUse(rawValue: value) else { return false }
      settings.cache = use
    case .groups:
      guard let groups = Int(value), groups > 0, groups <= 100_000 else { return false }
      settings.groupLimit = groups
    case .privacy:
      guard let most = Int(value), most >= settings.maskBelow, most <= 1_000_000 else {
        return false
      }
      settings.maskBelow = most
    case .today:
      guard let days = PeriodLiteral(value)?.days, days.first == days.last else { return false }
      settings.today = days.first
    }
    return true
  }

  private static func switched(_ value: String, _ change: (Bool) -> Void) -> Bool {
    guard value == "on" || value == "off" else { return false }
    change(value == "on")
    return true
  }
}
