"""A small random office: a case file with what real ones have, places it links to, populations, a
weighted file, a survey and a sample."""

import csv
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from conditions import Between, Cmp, Is, IsNot, Known, Stage, Unknown

CODES = {"Black": "B", "White": "W", "Asian": "A"}
TYPES = ["sale", "possession", "intent"]
ZIPS = ["Z1", "Z2", "Z3", "Z4", "Z5", "Z9"]  # Z9 is in no file of places
AGES = ["under 25", "25–39", "40 and over"]

SETUP = """open "cases.csv" as cases
open "places.csv" as places
open "weighted.csv" as weighted
open "survey.csv" as survey
open "sample.csv" as drawn
card cases
  unit case
  id case_id
  person person_id
  date received
{card}end
card weighted; unit person; weight number; end
card survey; unit person; weight number; end
card drawn; unit case; sample {drawn} of {whole}; end
field agegroup of cases = band(age, 25, 40)
field wait of cases = days(received, filed_date)
link cases.zip to places.zip
stages of cases
  referred on received
  filed on filed_date
  closed on closed_date
  convicted when disposition=Guilty
end
population town from "people.csv" weight=people
population yearly from "yearly.csv" weight=people
population standard from "standard.csv" weight=people
set rules none"""


def age_group(age):
    return None if age is None else AGES[0] if age < 25 else AGES[1] if age < 40 else AGES[2]


class Office:
    """Rows as dictionaries, where None is unknown, and the same as files in a folder."""

    STAGES = {
        "referred": Stage("referred", on="received"),
        "filed": Stage("filed", on="filed_date"),
        "closed": Stage("closed", on="closed_date"),
        "convicted": Stage("convicted", when=Is("disposition", "Guilty")),
    }

    def __init__(self, seed, folder):
        self.rng = r = random.Random(seed)
        self.folder = Path(folder)
        n = r.choice([6, 12, 25, 40, 60, 90, 140])
        self.years = r.choice([(2019, 2019), (2019, 2020), (2018, 2021), (2017, 2022)])
        self.period = r.random() < 0.7
        self.unknown = r.choice([0, 0.03, 0.1, 0.3])
        self.cases = [self.case(i, n) for i in range(n)]
        if r.random() < 0.2:
            for _ in range(max(1, n // 6)):
                r.choice(self.cases)["case_id"] = r.choice(self.cases)["case_id"]
        self.repeats = len({case["case_id"] for case in self.cases}) < n
        self.make_places()
        self.make_counts()
        self.drawn_from = len(self.sample) + r.choice([0, 1, 5, 40, 400, 100000])
        self.write()
        self.derive()

    # Rows

    def maybe(self, value, part=None):
        return None if self.rng.random() < (self.unknown if part is None else part) else value

    def case(self, index, n):
        """One case; the first has gone through every stage, so that each value that is asked for occurs."""
        r = self.rng
        first, last = date(self.years[0], 1, 1), date(self.years[1], 12, 31)
        received = first + timedelta(r.randrange((last - first).days + 1))
        received = self.maybe(received, min(self.unknown, 0.05))
        filed = closed = disposition = None
        if received and r.random() < 0.65:
            filed = received + timedelta(r.choice([0, 0, 1, 2, 5, 7, 7, 14, 30, 30, 45, 90, 200]))
            if r.random() < 0.04:  # a date that must be wrong
                filed = received - timedelta(r.randrange(1, 40))
        elif not received and r.random() < 0.5:
            filed = first + timedelta(r.randrange(300))
        if filed and r.random() < 0.6:
            closed = filed + timedelta(int(r.expovariate(1 / 80)))
            disposition = self.maybe(r.choice(["Guilty", "Guilty", "Dismissed", "Acquitted"]), 0.08)
        if index == 0:
            received, filed = date(self.years[0], 2, 3), date(self.years[0], 3, 3)
            closed, disposition = date(self.years[0], 4, 9), "Guilty"
        return dict(
            case_id=f"C{index:04}",
            person_id=self.maybe(
                f"P{r.randrange(max(1, int(n * 0.7))):03}", min(self.unknown, 0.06)
            ),
            received=received,
            filed_date=filed,
            closed_date=closed,
            race=self.maybe(r.choice(["Black"] * 4 + ["White"] * 4 + ["Asian"])),
            sex=r.choice(["F", "M", "M"]),
            gun=self.maybe(r.choice(["yes", "no", "no"])),
            injury=self.maybe(r.choice(["yes", "no", "no", "no"])),
            method=r.choice(["patrol", "warrant", "buy-bust"]),
            type=self.maybe(r.choice(TYPES), self.unknown / 2),
            zip=self.maybe(r.choice(ZIPS)),
            age=self.maybe(r.choice([r.randrange(15, 71), r.randrange(18, 30)])),
            cost=self.maybe(round(r.expovariate(1 / 400), 2), self.unknown / 2),
            disposition=disposition,
        )

    def make_places(self):
        r = self.rng
        self.places = [
            dict(
                zip=zip,
                district=r.choice(["north", "south", None, "east"]),
                income=self.maybe(r.randrange(20, 90) * 1000, 0.15),
            )
            for zip in ZIPS[:5]
        ]
        cells = [(race, zip, age) for race in CODES for zip in ZIPS[:5] for age in AGES]
        few = [0, 40, 120, 333, 1000]
        self.people = [
            dict(
                race=race,
                zip=zip,
                agegroup=age,
                people=r.choice(few) if r.random() < 0.1 else r.randrange(20, 6000),
            )
            for race, zip, age in cells
        ]
        self.standard = [
            dict(race=race, zip=zip, agegroup=age, people=r.randrange(1, 900))
            for race, zip, age in cells
            if r.random() < 0.95
        ]
        self.yearly = [
            dict(year=year, race=race, people=r.randrange(100, 5000))
            for year in range(self.years[0], self.years[1] + 1)
            for race in ("Black", "White")
        ]

    def make_counts(self):
        r = self.rng
        self.weighted = [
            dict(
                race=r.choice(["Black", "White", "Asian", None]),
                gun=r.choice(["yes", "no", "no", None]),
                zip=r.choice(ZIPS[:3]),
                age=r.choice([None] + list(range(18, 60))),
                kind=r.choice(TYPES),
                number=r.choice([0, 1, 2, 3, 5, 8, 13, 30, 77]),
            )
            for _ in range(r.choice([6, 20, 45]))
        ]
        self.survey = [
            dict(
                race=r.choice(["Black", "White", None]),
                gun=r.choice(["yes", "no", "no", None]),
                kind=r.choice(TYPES),
                age=r.choice([None] + list(range(18, 70))),
                number=r.choice([None, 0.25, 0.4, 0.5, 1.5, 2, 3.75]),
            )
            for _ in range(r.choice([12, 40]))
        ]
        self.sample = [
            dict(
                race=r.choice(["Black", "White", None]),
                violent=r.choice(["yes", "no", "no", "no", None]),
                age=self.maybe(r.randrange(18, 70), 0.1),
                kind=r.choice(TYPES),
                cost=round(r.expovariate(1 / 300), 2),
            )
            for _ in range(r.choice([8, 30, 75]))
        ]

    def derive(self):
        """What fields of the setup and the link make of a case."""
        for case in self.cases:
            place = next((place for place in self.places if place["zip"] == case["zip"]), {})
            case["district"], case["income"] = place.get("district"), place.get("income")
            case["agegroup"] = age_group(case["age"])
            day, filed = case["received"], case["filed_date"]
            case["wait"] = (filed - day).days if day and filed else None
            case["year"] = day and str(day.year)
            case["quarter"] = day and f"{day.year}-Q{(day.month + 2) // 3}"
            case["month"] = day and f"{day.year}-{day.month:02}"

    # Files

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("cases", "places", "people", "standard", "yearly", "weighted", "survey"):
            self.put(name, getattr(self, name), codes=name == "cases")
        self.put("sample", self.sample)
        races = sorted({case["race"] for case in self.cases} - {None})
        card = f"  period {self.years[0]}..{self.years[1]}\n" if self.period else ""
        if races:
            card += "  missing race = U\n"
            card += "  recode race " + " ".join(f"{CODES[race]}={race}" for race in races) + "\n"
        setup = SETUP.format(card=card, drawn=len(self.sample), whole=self.drawn_from)
        self.lines = setup.split("\n")

    def put(self, name, rows, codes=False):
        def cell(key, value):
            if codes and key == "race":
                return self.rng.choice(["", "U"]) if value is None else CODES[value]
            return "" if value is None else f"{value:.2f}" if key == "cost" else value

        with open(self.folder / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0])
            writer.writerows([cell(key, value) for key, value in row.items()] for row in rows)

    # Questions

    def std(self, key):
        """The standard population by a key."""
        counts = Counter()
        for row in self.standard:
            counts[row[key]] += row["people"]
        return counts

    def values(self, rows, field):
        return sorted({row[field] for row in rows} - {None})

    def condition(self, rows, fields, depth=2):
        """A random condition on values that occur."""
        r = self.rng
        if depth and r.random() < 0.35:
            a, b = self.condition(rows, fields, depth - 1), self.condition(rows, fields, depth - 1)
            return r.choice([a & b, a | b, ~a])
        field = r.choice(fields)
        values = self.values(rows, field)
        if not values:
            return Unknown(field)
        chance = r.random()
        if isinstance(values[0], (int, float)) and chance < 0.7:
            a, b = sorted(r.choices(values, k=2))
            compared = [
                Cmp(field, "<", a),
                Cmp(field, ">=", a),
                Cmp(field, ">", b),
                Cmp(field, "<=", b),
            ]
            return r.choice(compared + [Between(field, a, b)])
        if chance < 0.5:
            return Is(field, r.choice(values))
        if chance < 0.62 and len(values) > 1:
            return Is(field, *r.sample(values, 2))
        if chance < 0.8:
            return IsNot(field, r.choice(values))
        return r.choice([Unknown(field), Known(field), Is(field, r.choice(values))])
