internal import SourceWire

/// What has to hold at a server for its answers to be whole, whatever a user's profile says.
struct ServerSettings: Hashable {
  /// With these a question reads, groups and writes all rows or fails; by their other values it may
  /// leave some out without a word.
  static let needed: [(name: String, value: String)] = [
    ("additional_result_filter", ""),
    ("aggregate_functions_null_for_empty", "0"),
    ("decimal_check_overflow", "1"),
    ("date_time_output_format", "simple"),
    ("distinct_overflow_mode", "throw"),
    ("distributed_group_by_no_merge", "0"),
    ("empty_result_for_aggregation_by_empty_set", "0"),
    ("enable_positional_arguments", "0"),
    ("extremes", "0"),
    ("format_tsv_null_representation", "\\N"),
    ("group_by_overflow_mode", "throw"),
    ("group_by_use_nulls", "0"),
    ("http_write_exception_in_output_format", "0"),
    ("join_overflow_mode", "throw"),
    ("limit", "0"),
    ("offset", "0"),
    ("optimize_skip_unused_shards", "0"),
    ("output_format_tsv_crlf_end_of_line", "0"),
    ("read_overflow_mode", "throw"),
    ("result_overflow_mode", "throw"),
    ("set_overflow_mode", "throw"),
    ("skip_unavailable_shards", "0"),
    ("timeout_overflow_mode", "throw"),
    ("transfer_overflow_mode", "throw"),
    ("transform_null_in", "0"),
    ("use_query_cache", "0"),
  ]

  /// What is sent with each question.
  private(set) var sent: [String: String] = [:]

  /// - Parameters:
  ///   - found: what the server says that its settings are for this user.
  ///   - timeout: in seconds, how long it may work on one question.
  ///
  /// Errors: `WireError` where they would leave rows out and may not be changed.
  init(found: [String: String], timeout: Int, place: String) throws {
    for (name, value) in ServerSettings.needed {
      if let set = found[name], set != value { sent[name] = value }
    }
    // 1 lets a user change none, 2 all but this one.
    switch found["readonly"] ?? "0" {
    case "0":
      sent["readonly"] = "1"
    case "1":
      if let name = sent.keys.sorted().first {
        throw WireError(
          .unsupported,
          "the user's profile at \(place) sets \(name) to \(found[name] ?? ""), which could leave rows out",
          hint: "ask with another user, or have it set to \(sent[name] ?? "")")
      }
      return
    default: break
    }
    let limit = found["max_execution_time"].flatMap { Int($0) } ?? 0
    if limit == 0 || limit > timeout { sent["max_execution_time"] = String(timeout) }
  }
}
