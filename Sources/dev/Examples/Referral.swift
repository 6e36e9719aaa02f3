/// One defendant's case as the police referred it: a row of the referral files.
struct Referral {
  var day: Int
  var category: String
  /// What kind of drug case; nothing for the others.
  var type: String
  var method: String
  /// As the officer recorded it: B, W, A, N, O, U or nothing.
  var race: String

  var number = ""
  var defendant = ""
  var sex = ""
  var age = ""
  var filed: Int?
  var disposed: Int?
  var disposition = ""
  var isFelony = true
  var agency = ""
  var neighborhood = ""
  var gun = ""
  var injury = ""
  var drugHouse = ""
  var complaint = ""
  var violence = ""
  var priorViolence = ""
  var costInCents = 0

  init(day: Int, category: String, type: String = "", method: String, race: String) {
    self.day = day
    self.category = category
    self.type = type
    self.method = method
    self.race = race
  }

  var isDrug: Bool { category == "drug" }
  var isBuyBust: Bool { isDrug && method == "buy-bust" }

  static let header = [
    "case_id", "defendant_id", "received", "filed_date", "disposed_date", "lead_category",
    "class", "type", "method", "race", "sex", "age", "agency", "neighborhood", "gun", "injury",
    "drug_house", "complaint", "violence", "prior_violence", "disposition", "cost",
  ]

  var row: [String] {
    [
      number, defendant, Almanac.text(day), filed.map(Almanac.text) ?? "",
      disposed.map(Almanac.text) ?? "", category, isFelony ? "felony" : "misdemeanor", type,
      method, race, sex, age, agency, neighborhood, gun, injury, drugHouse, complaint, violence,
      priorViolence, disposition,
      "\(costInCents / 100).\(Almanac.padded(costInCents % 100, 2))",
    ]
  }
}
