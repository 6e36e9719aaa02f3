"""Counts, shares, rates of a stage, what is missing, tables, claims."""

import math
from datetime import date


import figures
from asking import FIELDS, LINKED, Asker, F, three
from conditions import *


def fisher(t):
    """Sum of the probabilities of all tables with these margins no likelier than this one."""
    R, C = [sum(r) for r in t], [sum(c) for c in zip(*t)]
    N = sum(R)
    lf = [math.lgamma(i + 1) for i in range(N + 1)]
    const = sum(lf[x] for x in R + C) - lf[N]
    logp = lambda t: const - sum(lf[x] for r in t for x in r)
    p0 = logp(t)
    total = 0.0

    def rows(i, left, acc):
        nonlocal total
        if i == len(R) - 1:
            v = const - acc - sum(lf[x] for x in left)
            if v <= p0 + 1e-7:
                total += math.exp(v)
            return

        def cells(j, rest, cur, a):
            if j == len(C) - 1:
                if rest <= left[j]:
                    rows(i + 1, [l - c for l, c in zip(left, cur + [rest])], a + lf[rest])
                return
            for x in range(min(rest, left[j]) + 1):
                cells(j + 1, rest - x, cur + [x], a + lf[x])

        cells(0, R[i], [], acc)

    rows(0, C, 0.0)
    return min(1.0, total)


class Shares(Asker):
    """Counts, shares, rates of a stage, what is missing, tables, claims."""

    def ask_count(self):
        rows, w = self.scope()
        person = self.r.random() < 0.3
        cnt = self.counter(person)
        u = " unit people" if person else ""
        if self.r.random() < 0.5:
            c = self.o.condition(self.all, FIELDS)
            y, n, k = three(rows, c)
            return f"count cases {c.text()}{w}{u} anyway", [F("count", cnt(y))]
        k, kw = self.key()
        g = self.split(rows, k)
        total = cnt(rows)
        out = []
        for (v,), rs in g.items():
            out += [
                F("count", cnt(rs), **{k: v}),
                F("share-of-all", cnt(rs) / total if total else None, **{k: v}),
            ]
        return f"count cases{w} by {kw}{u} anyway", out

    def ask_count_two(self):
        rows, w = self.scope()
        (a, wa), (b, wb) = (self.key(), self.key())
        if a == b or {a, b} <= {"year", "quarter"} or {a, b} & {"year", "quarter"}:
            return None
        cnt = self.counter(False)
        total = cnt(rows)
        out = []
        for (u, v), rs in self.split(rows, a, b).items():
            out += [
                F("count", cnt(rs), **{a: u, b: v}),
                F("share-of-all", cnt(rs) / total, **{a: u, b: v}),
            ]
        return f"count cases{w} by {wa}, {wb} anyway", out

    def ask_count_month(self):
        rows, w = self.scope()
        f = self.r.choice(["filed_date", "closed_date"])
        u = self.r.choice(["month", "week", "quarter", "year"])
        cnt = self.counter(False)
        lab = {
            "month": lambda d: f"{d.year}-{d.month:02}",
            "quarter": lambda d: f"{d.year}-Q{(d.month+2)//3}",
            "year": lambda d: str(d.year),
            "week": lambda d: "%d-W%02d" % d.isocalendar()[:2],
        }[u]
        g = {}
        for x in rows:
            g.setdefault(x[f] and lab(x[f]), []).append(x)
        return f"count cases{w} by {u}({f}) anyway", [
            F("count", cnt(rs), **{u: v}) for v, rs in g.items()
        ]

    def ask_dates(self):
        r = self.r
        y = r.randrange(self.o.years[0], self.o.years[1] + 1)
        m = r.randrange(1, 13)
        q = r.randrange(1, 5)
        cnt = self.counter(False)
        f = r.choice(["received", "filed_date", "closed_date"])
        D = [(x, x[f]) for x in self.all]
        opts = [
            (f"{f}<{y}-{m:02}", lambda d: d < date(y, m, 1)),
            (f"{f}>={y}-{m:02}-15", lambda d: d >= date(y, m, 15)),
            (f"{f}={y}-Q{q}", lambda d: d.year == y and (d.month + 2) // 3 == q),
            (f"{f}={y}-{m:02}..", lambda d: d >= date(y, m, 1)),
            (f"{f}>{y}", lambda d: d.year > y),
            (f"{f}<={y}", lambda d: d.year <= y),
            (f"{f}={y}..{y+1}-06", lambda d: d.year == y or (d.year == y + 1 and d.month <= 6)),
        ]
        t, fn = r.choice(opts)
        return f"count cases {t} anyway", [F("count", cnt([x for x, d in D if d and fn(d)]))]

    def ask_share(self):
        r = self.r
        rows, w = self.scope()
        person = r.random() < 0.3
        cnt = self.counter(person)
        c = self.o.condition(self.all, FIELDS)
        u = " unit people" if person else ""
        using = r.choice(["wilson"] * 4 + ["clopper-pearson", "jeffreys", "agresti-coull", "wald"])
        level = r.choice([0.95, 0.95, 0.9, 0.99])
        tail = (
            f"{u}"
            + (f" using {using}" if using != "wilson" else "")
            + (f" level {level*100:.0f}" if level != 0.95 else "")
            + " anyway"
        )
        if r.random() < 0.5:
            x, n, m = self.tally(rows, c, cnt)
            return f"share cases {c.text()}{w}{tail}", self.share_figs(x, n, m, {}, using, level)
        k, kw = self.key()
        out = []
        for (v,), rs in self.split(rows, k).items():
            x, n, m = self.tally(rs, c, cnt)
            out += self.share_figs(x, n, m, {k: v}, using, level)
        return f"share cases {c.text()}{w} by {kw}{tail}", out

    def ask_share_field(self):
        rows, w = self.scope()
        k, kw = self.key(["race", "gun", "type", "method", "district", "agegroup"])
        cnt = self.counter(False)
        known = [x for x in rows if x[k] is not None]
        n = cnt(known)
        return (
            f"share cases{w} by {kw} anyway",
            [
                F("share", *figures.share(cnt(rs), n), n=cnt(rs), of=n, **{k: v})
                for (v,), rs in self.split(known, k).items()
            ]
            or "nothing",
        )

    def ask_missing(self):
        rows, w = self.scope()
        f = self.r.choice(["race", "gun", "age", "type", "filed_date", "cost"])
        cnt = self.counter(False)
        if self.r.random() < 0.4:
            u = [x for x in rows if x[f] is None]
            return f"missing cases {f}{w}", [F("unknown", cnt(u), n=cnt(u), of=cnt(rows))]
        k, kw = self.key()
        return f"missing cases {f}{w} by {kw}", [
            F("unknown", cnt([x for x in rs if x[f] is None]), of=cnt(rs), **{k: v})
            for (v,), rs in self.split(rows, k).items()
        ]

    def ask_rate_stage(self):
        r = self.r
        rows, w = self.scope()
        names = list(self.o.STAGES)
        i = r.randrange(1, 4)
        j = r.randrange(0, i)
        of, ev = self.o.STAGES[names[j]], self.o.STAGES[names[i]]
        person = r.random() < 0.25
        cnt = self.counter(person)
        base = [x for x in rows if of.test(x) is True]
        out = []
        u = " unit people" if person else ""
        if r.random() < 0.5:
            x, n, m = self.tally(base, ev, cnt)
            return f"rate cases {names[i]} of {names[j]}{w}{u} anyway", self.share_figs(
                x, n, m, {}, name="rate"
            )
        k, kw = self.key()
        for (v,), rs in self.split(base, k).items():
            x, n, m = self.tally(rs, ev, cnt)
            out += self.share_figs(x, n, m, {k: v}, name="rate")
        return f"rate cases {names[i]} of {names[j]}{w} by {kw}{u} anyway", out

    def ask_claim(self):
        rows, w = self.scope()
        c = self.o.condition(self.all, FIELDS)
        x, n, m = self.tally(rows, c, self.counter(False))
        r = self.r
        if r.random() < 0.5:
            k = max(0, x + r.choice([0, 0, 1, -1]))
            return f"claim {k} is count cases {c.text()}{w} anyway", [
                F("reproduces", k == x),
                F("found", x),
                F("difference", x - k),
            ]
        if not n:
            return None
        s = x / n
        d = r.choice([0, 1])
        k = round(max(0, min(100, s * 100 + r.choice([0, 0, 0.4, -0.04, 2]))), d)
        ok = abs(s * 100 - k) <= 0.5 * 10**-d + 1e-12
        return f"claim {k:.{d}f}% is share cases {c.text()}{w} anyway", [
            F("reproduces", ok),
            F("found", s),
        ]

    def ask_table(self):
        rows, w = self.scope()
        person = self.r.random() < 0.15
        cnt = self.counter(person)
        a, b = self.r.sample(["race", "gun", "sex", "method", "type", "agegroup", "district"], 2)
        wa, wb = LINKED.get(a, a), LINKED.get(b, b)
        known = [x for x in rows if x[a] is not None and x[b] is not None]
        A, B = self.o.values(known, a), self.o.values(known, b)
        t = [[cnt([x for x in known if x[a] == i and x[b] == j]) for j in B] for i in A]
        out = []
        for i, row in zip(A, t):
            for j, v in zip(B, row):
                out += [
                    F("count", v, **{a: i, b: j}),
                    F("share", v / sum(row) if sum(row) else None, of=sum(row), **{a: i, b: j}),
                ]
        chi, p, least = figures.pearson(t) if t else (None, None, None)
        if person or self.o.repeats:
            chi = p = ...
            least = 9
        out += [F("chi-square", chi), F("p", p)]
        if chi not in (None, ...):
            out.append(
                F("cramers-v", math.sqrt(chi / (sum(map(sum, t)) * min(len(A) - 1, len(B) - 1))))
            )
            if least < 5 and len(A) == len(B) == 2:
                out.append(F("p-exact", figures.fisher2(t)))
        if not t:
            return f"table cases by {wa}, {wb}{w} anyway", "nothing"
        return f"table cases by {wa}, {wb}{w}{' unit people' if person else ''} anyway", out

    def ask_table_exact(self):
        if self.o.repeats:
            return None
        rows, w = self.scope()
        a, b = self.r.sample(["race", "gun", "sex", "method", "type"], 2)
        known = [x for x in rows if x[a] is not None and x[b] is not None]
        if not 0 < len(known) <= 45:
            return None
        A, B = self.o.values(known, a), self.o.values(known, b)
        if len(A) < 2 or len(B) < 2:
            return None
        t = [[len([x for x in known if x[a] == i and x[b] == j]) for j in B] for i in A]
        chi, p, least = figures.pearson(t)
        if least >= 5:
            return None
        return f"table cases by {a}, {b}{w} anyway", [
            F("p-exact", fisher(t)),
            F("chi-square", chi),
            F("p", p),
        ]

    def ask_first(self):
        r = self.r
        last = r.random() < 0.4
        name = f"one{r.randrange(10**6)}"
        per = {}
        for i, x in enumerate(self.all):
            if x["person_id"]:
                per.setdefault(x["person_id"], []).append(
                    (x["received"] is None, x["received"] or date.min, i, x)
                )
        rows = []
        for v in per.values():
            dated = [q for q in v if not q[0]] or v
            # Dates first, ties by the order of the file; without a date the order alone counts.
            order = sorted(dated, key=lambda q: (q[1], q[2]))
            pick = order[-1] if last else order[0]
            rows.append(pick[3])
        c = self.o.condition(self.all, FIELDS)
        pre = [f"cohort {name} = cases {'last' if last else 'first'} by received per person_id"]
        cnt = self.counter(False)
        x, n, m = self.tally(rows, c, cnt)
        return pre, f"share {name} {c.text()} anyway", self.share_figs(x, n, m, {})
