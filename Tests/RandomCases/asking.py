"""What every question is made of: rows, words, groups, and how units are counted."""

from collections import defaultdict
from datetime import date

import figures
from conditions import *

FIELDS = ["race", "sex", "gun", "injury", "method", "type", "zip", "age"]
KEYS = ["race", "sex", "gun", "method", "type", "zip", "agegroup", "year", "quarter", "district"]
LINKED = {"district": "places.district", "income": "places.income"}


def F(id, value=..., low=..., high=..., n=..., of=..., **group):
    """A figure that is due; `...` is not compared, None is no value."""
    return dict(id=id, group=group, value=value, low=low, high=high, n=n, of=of)


def three(rows, cond):
    """The rows for which a condition is so, is not so, and is not known."""
    t = [(r, cond.test(r)) for r in rows]
    return (
        [r for r, v in t if v is True],
        [r for r, v in t if v is False],
        [r for r, v in t if v is None],
    )


class Asker:
    """Makes random questions about an office. Each `ask_` gives the question and its figures, the id of
    the problem that is due, or nothing; lines that have to be said before stand in front."""

    def __init__(self, office):
        self.o, self.r = office, office.rng
        self.all = office.cases

    # What rows a question is about
    def scope(self, date_ok=True):
        r, rows, words = self.r, self.all, ""
        if r.random() < 0.5:
            c = self.o.condition(
                self.all, FIELDS + (["district", "income"] if r.random() < 0.3 else [])
            )
            rows = [x for x in rows if c.test(x) is True]
            words += f" where {self.words(c)}"
        if date_ok and r.random() < 0.3:
            y = r.randrange(self.o.years[0], self.o.years[1] + 1)
            k = r.random()
            if k < 0.4:
                rows = [x for x in rows if x["received"] and x["received"].year == y]
                words += f" in {y}"
            elif k < 0.7:
                rows = [x for x in rows if x["received"] and x["received"] >= date(y, 4, 1)]
                words += f" since {y}-04"
            else:
                rows = [x for x in rows if x["received"] and x["received"] < date(y, 7, 15)]
                words += f" before {y}-07-15"
        return rows, words

    def words(self, c):
        t = c.text()
        for k, v in LINKED.items():
            t = t.replace(k, v)
        return t

    def key(self, ks=KEYS):
        k = self.r.choice(ks)
        return k, LINKED.get(k, k)

    def split(self, rows, *ks):
        g = defaultdict(list)
        for x in rows:
            g[tuple(x[k] for k in ks)].append(x)
        return g

    # Counting by distinct unit: by person, or by case where ids repeat.
    def counter(self, person):
        if person:
            return lambda rows: len({x["person_id"] for x in rows} - {None})
        if self.o.repeats:
            return lambda rows: len({x["case_id"] for x in rows})
        return len

    def tally(self, rows, cond, count):
        y, n, u = three(rows, cond)
        known = count(y + n)
        return count(y), known, count(rows) - known

    def share_figs(self, x, n, m, group, using="wilson", level=0.95, name="share"):
        v = figures.share(x, n, level, using)
        out = [F(name, *v, n=x, of=n, **group)]
        if name == "share" and m > 0:
            out += [
                F("bound-low", x / (n + m), **group),
                F("bound-high", (x + m) / (n + m), **group),
            ]
        return out

    def end(self):
        """The last day the data are known to have been kept: the period's end or a later stage date."""
        ds = [x[f] for x in self.all for f in ("received", "filed_date", "closed_date") if x[f]]
        if self.o.period:
            ds.append(date(self.o.years[1], 12, 31))
        return max(ds)

    def waits(self, rows):
        """Days from received to filed, or to the end of the data, and whether the case was filed."""
        end = self.end()
        days, filed = [], []
        for x in rows:
            if not x["received"]:
                continue
            d = ((x["filed_date"] or end) - x["received"]).days
            if d >= 0:
                days.append(d)
                filed.append(bool(x["filed_date"]))
        return days, filed

    def is_silent_at_ends(self):
        """Whether cases begin so late in the card's period, or end so early, that it is no chance."""
        seen = [x["received"] for x in self.all if x["received"]]
        daily = len(seen) / ((max(seen) - min(seen)).days + 1)
        first, last = date(self.o.years[0], 1, 1), date(self.o.years[1], 12, 31)
        return max((min(seen) - first).days, (last - max(seen)).days) * daily > 7

    def gap_parts(self):
        r = self.r
        rows, w = self.scope()
        races = self.o.values(self.all, "race")
        if len(races) < 2:
            return None
        g1, g2 = r.sample(races, 2)
        others = r.random() < 0.25
        names = list(self.o.STAGES)
        i = r.randrange(1, 4)
        j = r.randrange(0, i)
        ev, of = self.o.STAGES[names[i]], self.o.STAGES[names[j]]
        base = [x for x in rows if of.test(x) is True]
        A = [x for x in base if x["race"] == g1]
        B = (
            [x for x in base if x["race"] is not None and x["race"] != g1]
            if others
            else [x for x in base if x["race"] == g2]
        )
        text = f"cases {names[i]} of {names[j]} race={g1} vs " + (
            "everyone else" if others else f"race={g2}"
        )
        return rows, w, ev, A, B, text, [x for x in base if x["race"] is None]

    # A weighted file: a row stands for so many.
    def wscope(self):
        rows = self.o.weighted
        c = (
            self.o.condition(rows, ["race", "gun", "zip", "kind"])
            if self.r.random() < 0.4
            else None
        )
        return ([x for x in rows if c.test(x) is True] if c else rows), (
            f" where {c.text()}" if c else ""
        )
