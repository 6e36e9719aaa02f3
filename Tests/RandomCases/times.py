"""Times, stocks, trends, and guidelines before and after a date."""

import math
from collections import Counter
from datetime import date

import numpy as np

import figures
from asking import FIELDS, Asker, F
from conditions import *


class Times(Asker):
    """Times, stocks, trends, and guidelines before and after a date."""

    def ask_time(self):
        r = self.r
        rows, w = self.scope()
        if self.o.repeats:
            return None
        a, b = r.choice([("referred", "filed"), ("referred", "closed"), ("filed", "closed")])
        fa, fb = (self.o.STAGES[s].on for s in (a, b))
        r.random()  # without this draw the recorded questions would be others
        end = self.end()
        level = r.choice([0.95, 0.95, 0.9])
        ats = r.choice([[], [], [30], [5, 90, 4000]])

        def te(rs):
            t, e = [], []
            for x in rs:
                if not x[fa]:
                    continue
                d = ((x[fb] or end) - x[fa]).days
                if d < 0:
                    continue
                t.append(d)
                e.append(x[fb] is not None)
            return t, e

        def figs(rs, group):
            t, e = te(rs)
            if not t:
                return None
            out = []
            c = figures.Curve(t, e, level)
            for id, p in (("median", 0.5), ("quartile-1", 0.25), ("quartile-3", 0.75)):
                q = [None if isinstance(v, tuple) else v for v in c.quantile(p)]
                q = [("flat", *v[1:]) if isinstance(v, tuple) else v for v in c.quantile(p)]
                out.append(F(id, *q, n=sum(e), of=len(t), **group))
            out.append(F("open", len(e) - sum(e), of=len(t), **group))
            for at in ats:
                s, lo, hi, ar = c.at(at)
                out.append(F("still", s, lo, hi, n=ar, of=len(t), at=str(at), **group))
            return out

        tail = (" at " + ", ".join(map(str, ats)) if ats else "") + (
            f" level {level*100:.0f}" if level != 0.95 else ""
        )
        if r.random() < 0.5:
            f = figs(rows, {})
            return f"time cases {a} to {b}{w}{tail}", f or "nothing"
        k, kw = self.key()
        out, gs = [], []
        for (v,), rs in self.split(rows, k).items():
            f = figs(rs, {k: v})
            if f:
                out += f
            if f and v is not None:
                gs.append(te(rs))
        if len(gs) > 1:
            lr = figures.log_rank(gs)
            out += [F("log-rank", lr and lr[0]), F("p", lr and lr[1])]
        return f"time cases {a} to {b}{w} by {kw}{tail}", out or "nothing"

    def ask_time_number(self):
        if self.o.repeats:
            return None
        rows, w = self.scope()
        c = self.o.condition(self.all, ["gun", "injury", "method"], 1)
        t, e = [], []
        for x in rows:
            v = c.test(x)
            if x["age"] is None or v is None:
                continue
            t.append(x["age"])
            e.append(v)
        if not t:
            return None
        cv = figures.Curve(t, e)
        out = [F("open", len(e) - sum(e), of=len(e))]
        for id, p in (("median", 0.5), ("quartile-1", 0.25), ("quartile-3", 0.75)):
            out.append(F(id, *cv.quantile(p), n=sum(e), of=len(e)))
        return f"time cases age until {c.text()}{w}", out

    def ask_time_using(self):
        if self.o.repeats:
            return None
        r = self.r
        rows, w = self.scope()
        m = r.choice(["plain", "log"])
        t, e = self.waits(rows)
        if not t:
            return None
        t, e = np.array(t), np.array(e)
        times = np.unique(t)
        S, G = 1.0, 0.0
        at = r.choice([3, 20, 60])
        for u in times:
            if u > at:
                break
            n, d = (t >= u).sum(), ((t == u) & e).sum()
            S *= 1 - d / n
            G += d / (n * (n - d)) if n > d else math.inf
        if at > t.max():
            return None
        k = figures.z()
        if S in (0.0, 1.0):
            lim = (..., ...)
        elif m == "plain":
            lim = (max(0, S - k * S * math.sqrt(G)), min(1, S + k * S * math.sqrt(G)))
        else:
            lim = (S * math.exp(-k * math.sqrt(G)), min(1, S * math.exp(k * math.sqrt(G))))
        return f"time cases referred to filed{w} at {at} using {m}", [
            F("still", S, *lim, at=str(at))
        ]

    def ask_stock(self):
        r = self.r
        rows, w = self.scope(date_ok=False)
        a, b = r.choice([("referred", "filed"), ("filed", "closed"), ("referred", "closed")])
        fa, fb = (self.o.STAGES[s].on for s in (a, b))
        y = r.randrange(self.o.years[0], self.o.years[1] + 1)
        unit = r.choice(["month", "quarter"])
        if r.random() < 0.4:
            k, kw = self.key(["race", "sex", "method", "gun"])
        else:
            k = kw = None
        dates = [date(y, m, 1) for m in range(1, 13, 1 if unit == "month" else 3)]
        if self.o.repeats:
            return None
        come = [x[fa] for x in self.all if x[fa]]
        first, last = min(come), self.end()
        if self.o.period:
            first = min(first, date(self.o.years[0], 1, 1))
        dates = [d for d in dates if first <= d <= last]
        if not dates:
            return None
        inside = lambda rs, d: sum(
            1
            for x in rs
            if x[fa]
            and x[fa] <= d
            and (x[fb] is None or x[fb] >= d)
            and not (x[fb] and x[fb] < x[fa])
        )
        out = []
        for (g), rs in (self.split(rows, k) if k else {(): rows}).items():
            grp = {k: g[0]} if k else {}
            if k and not any(x[fa] for x in rs):
                continue
            vs = [inside(rs, d) for d in dates]
            out += [F("stock", v, **{unit: d.isoformat()}, **grp) for d, v in zip(dates, vs)] + [
                F("average", float(np.mean(vs)), **grp),
                F("least", min(vs), **grp),
                F("greatest", max(vs), **grp),
            ]
        return f"stock cases from {a} to {b} by {unit}{', ' + kw if k else ''}{w} in {y}", out

    def ask_trend(self):
        r = self.r
        y0, y1 = self.o.years
        if not self.o.period or self.o.repeats:
            return None
        rows, w = self.scope(date_ok=False)
        unit = r.choice(["year", "quarter", "month"])
        rows = [x for x in rows if x["received"]]
        if y1 - y0 < 3 and unit == "year":
            unit = "quarter"
        if self.is_silent_at_ends():
            return None
        ps = (
            [str(y) for y in range(y0, y1 + 1)]
            if unit == "year"
            else (
                [f"{y}-Q{q}" for y in range(y0, y1 + 1) for q in range(1, 5)]
                if unit == "quarter"
                else [f"{y}-{m:02}" for y in range(y0, y1 + 1) for m in range(1, 13)]
            )
        )
        step = {"year": 1, "quarter": 0.25, "month": 1 / 12}[unit]
        ts = [i * step for i in range(len(ps))]
        mark = (
            date(r.randrange(y0, y1 + 1), r.choice([1, 4, 7, 10]), 1) if r.random() < 0.4 else None
        )
        mw = f" mark {mark:%Y-%m}" if mark else ""
        if unit == "year" and mark and mark.month > 1:
            mark = None
            mw = ""
        first = lambda p: (
            date(int(p), 1, 1)
            if unit == "year"
            else (
                date(int(p[:4]), int(p[6]) * 3 - 2, 1)
                if unit == "quarter"
                else date(int(p[:4]), int(p[5:]), 1)
            )
        )
        bp = [[x for x in rows if x[unit] == p] for p in ps]
        if r.random() < 0.5:
            c = [len(b) for b in bp]
            out = [F("count", *figures.garwood(v), **{unit: p}) for p, v in zip(ps, c)]
            tr = figures.poisson_trend(ts, c) if sum(c) and len(ps) >= 3 else None
            if tr and abs(tr["b"]) < 6:
                out += [F("change", tr["change"], tr["low"], tr["high"]), F("p", tr["p"])]
            if mark:
                b = [v for p, v in zip(ps, c) if first(p) < mark]
                a = [v for p, v in zip(ps, c) if first(p) >= mark]
                if b and a and sum(a) + sum(b):
                    est, lo, hi, p = figures.rate_ratio(sum(a), len(a), sum(b), len(b))
                    out += [
                        F("before", *figures.garwood(sum(b), len(b))),
                        F("after", *figures.garwood(sum(a), len(a))),
                        F("rate-ratio", est, lo, hi),
                    ]
            return f"trend cases{w} by {unit}{mw} in {y0}..{y1} anyway", out
        c = self.o.condition(self.all, FIELDS)
        x, n = [], []
        for b in bp:
            a_, b_, _ = self.tally(b, c, len)
            x.append(a_)
            n.append(b_)
        out = [
            F("share", *figures.share(a, b), n=a, of=b, **{unit: p})
            for p, a, b in zip(ps, x, n)
            if b
        ]
        if 0 < sum(x) < sum(n):
            try:

                ch = figures.logistic_trend(ts, x, n)
                ca = figures.cochran_armitage(ts, x, n)
                if sum(1 for v in n if v) >= 3 and abs(ch[0]) < 50 and ch[1] > -0.9999:
                    out += [F("change", *ch)]
                if ca and sum(1 for v in n if v) >= 3:
                    out += [F("z", ca[0]), F("p", ca[1])]
            except Exception:
                pass
        if mark:
            B = [(a, b) for p, a, b in zip(ps, x, n) if first(p) < mark]
            A = [(a, b) for p, a, b in zip(ps, x, n) if first(p) >= mark]
            if B and A:
                (xb, nb), (xa, na) = map(lambda v: tuple(map(sum, zip(*v))), (B, A))
                if nb and na:
                    out += [
                        F("before", *figures.share(xb, nb), n=xb, of=nb),
                        F("after", *figures.share(xa, na), n=xa, of=na),
                        F("difference", *figures.newcombe(xa, na, xb, nb)),
                    ]
        return f"trend cases {c.text()}{w} by {unit}{mw} in {y0}..{y1} anyway", out

    def ask_trend_groups(self):
        y0, y1 = self.o.years
        if not self.o.period or self.o.repeats:
            return None
        if self.is_silent_at_ends():
            return None
        k, kw = self.key(["race", "sex", "gun", "method"])
        out = []
        rows = [x for x in self.all if x["received"]]
        ps = [f"{y}-Q{q}" for y in range(y0, y1 + 1) for q in range(1, 5)]
        for (v,), rs in self.split(rows, k).items():
            c = [sum(1 for x in rs if x["quarter"] == p) for p in ps]
            out += [F("count", *figures.garwood(n), quarter=p, **{k: v}) for p, n in zip(ps, c)]
            t = figures.poisson_trend([i / 4 for i in range(len(ps))], c)
            if t and abs(t["b"]) < 6:
                out.append(F("change", t["change"], t["low"], t["high"], **{k: v}))
            else:  # all in the first or last quarters: no finite change fits
                out.append(F("change", **{k: v}))
        return f"trend cases by quarter, {kw} in {y0}..{y1} anyway", out

    def ask_check(self):
        r = self.r
        rows, w = self.scope(date_ok=False)
        since = date(self.o.years[1], 3, 1) if r.random() < 0.5 else None
        rules = []
        for i in range(r.randrange(1, 4)):
            rules.append(
                (
                    r.choice(["allow", "decline"]),
                    f"reason {i}",
                    self.o.condition(self.all, ["gun", "injury", "type", "age", "race"]),
                )
            )
        rules.append((r.choice(["allow", "decline", "unclear"]), None, None))
        name = f"g{r.randrange(10**6)}"
        lines = (
            [f"guideline {name}" + (f" since {since}" if since else "")]
            + [f'{s} "{n}" when {c.text()}' for s, n, c in rules[:-1]]
            + [f"otherwise {rules[-1][0]}", "end"]
        )
        ch = self.o.STAGES["filed"]

        def verdict(x):
            """What every completion of the unknown could make of it."""
            says = set()
            for s, n, c in rules:
                if c is None:
                    says.add(s)
                    break
                v = c.test(x)
                if v is True:
                    says.add(s)
                    break
                if v is None:
                    says.add(s)
            if says == {"allow"}:
                return "allow"
            if says == {"decline"}:
                return "decline"
            return "unclear"

        def figs(rs, group):
            n = len(rs)
            c = Counter()
            for x in rs:
                v, f = verdict(x), ch.test(x)
                c[
                    (
                        "unclear"
                        if v == "unclear"
                        else "follows" if (v == "allow") == f else "ctd" if f else "nca"
                    )
                ] += 1
            out = [
                F("follows", *figures.share(c["follows"], n), n=c["follows"], of=n, **group),
                F(
                    "does-not",
                    *figures.share(c["ctd"] + c["nca"], n),
                    n=c["ctd"] + c["nca"],
                    of=n,
                    **group,
                ),
                F("unclear", *figures.share(c["unclear"], n), n=c["unclear"], of=n, **group),
            ]
            out += [
                F(
                    "charged-though-declined",
                    *figures.share(c["ctd"], n),
                    n=c["ctd"],
                    of=n,
                    **group,
                ),
                F(
                    "not-charged-though-allowed",
                    *figures.share(c["nca"], n),
                    n=c["nca"],
                    of=n,
                    **group,
                ),
            ]
            return out

        out = figs(rows, {})
        if since:
            early = [x for x in rows if x["received"] and x["received"] < since]
            late = [x for x in rows if x["received"] and x["received"] >= since]
            if early and late:
                out += figs(early, {"time": f"before {since}"}) + figs(
                    late, {"time": f"from {since} on"}
                )
        by = ""
        if r.random() < 0.5:
            k, kw = self.key(["race", "method", "year", "quarter"])
            by = f" by {kw}"
            for (v,), rs in self.split(rows, k).items():
                out += figs(rs, {k: v})
        return lines, f"check cases against {name}{w}{by}", out if rows else "nothing"
