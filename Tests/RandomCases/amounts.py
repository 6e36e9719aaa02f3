"""Number fields, ranks, rates per head, weighted files and samples."""

import math
from collections import Counter

import numpy as np
from scipy import stats as scipy_stats

import figures
from asking import FIELDS, Asker, F, three
from conditions import *


class Amounts(Asker):
    """Number fields, ranks, rates per head, weighted files and samples."""

    def ask_average(self):
        if self.o.repeats:
            return None
        r = self.r
        rows, w = self.scope()
        f = r.choice(["age", "cost", "wait", "places.income"])
        fk = f.split(".")[-1]
        level = r.choice([0.95, 0.9])
        c = self.o.condition(self.all, FIELDS) if r.random() < 0.3 else None
        if c:
            rows = [x for x in rows if c.test(x) is True]
        verb = r.choice(["average", "median", "total"])
        cw = f" {c.text()}" if c else ""

        def figs(rs, g):
            v = [x[fk] for x in rs if x[fk] is not None]
            if not v:
                return [F(verb, None if verb != "total" else ..., **g)]
            out = [
                F("least", min(v), **g),
                F("greatest", max(v), **g),
                F("sd", float(np.std(v, ddof=1)) if len(v) > 1 else None, **g),
            ]
            if verb == "average":
                out.append(F("average", *figures.mean_t(v, level), n=len(v), **g))
            elif verb == "median":
                out += [
                    F("median", *figures.median_ci(v, level), n=len(v), **g),
                    F("quartile-1", float(np.quantile(v, 0.25)), **g),
                    F("quartile-3", float(np.quantile(v, 0.75)), **g),
                ]
            else:
                out.append(F("total", float(np.sum(v)), **g))
            return out

        tail = (f" level {level*100:.0f}" if level != 0.95 and verb != "total" else "") + " anyway"
        if r.random() < 0.5:
            out = figs(rows, {})
            return f"{verb} cases {f}{cw}{w}{tail}", out
        k, kw = self.key(["race", "gun", "sex", "method", "type", "district", "year"])
        out = []
        gs = []
        for (v,), rs in sorted(
            self.split(rows, k).items(), key=lambda i: (i[0][0] is None, str(i[0][0]))
        ):
            out += figs(rs, {k: v})
            xs = [x[fk] for x in rs if x[fk] is not None]
            if v is not None and xs:
                gs.append(xs)
        kv = [v for (v,) in self.split(rows, k) if v is not None]
        if len(kv) == 2 and len(gs) == 2 and k != "year":
            if verb == "average":
                wl = figures.welch(*gs, level)
                if wl:
                    out += [F("difference", *wl[:3]), F("p", wl[3])]
            if verb == "median":
                u, p = figures.mann_whitney(*gs)
                out += [F("u", u), F("p", p)]
        return f"{verb} cases {f}{cw}{w} by {kw}{tail}", out

    def ask_total_per(self):
        rows, w = self.scope()
        s = self.r.choice(["filed", "referred", "convicted", "closed"])
        stg = self.o.STAGES[s]
        cnt = self.counter(False)
        v = [x["cost"] for x in rows if x["cost"] is not None]
        n = cnt([x for x in rows if stg.test(x) is True])
        return f"total cases cost{w} per {s} anyway", [
            F("total", float(np.sum(v)) if v else ...),
            F("per", float(np.sum(v)) / n if n and v else ...),
        ]

    def ask_repeated_rows(self):
        """Where ids repeat, times and averages are of rows."""
        if not self.o.repeats:
            return None
        r = self.r
        rows, w = self.scope()
        kind = r.choice(["time", "average", "median"])
        if kind == "time":
            t, e = self.waits(rows)
            if not t:
                return None
            c = figures.Curve(t, e)
            return f"time cases referred to filed{w}", [
                F("median", *c.quantile(0.5), n=sum(e), of=len(t)),
                F("open", len(e) - sum(e)),
            ]
        known = [x for x in rows if x["cost"] is not None]
        v = [x["cost"] for x in known]
        if not v:
            return None
        per = {}
        for x in known:
            per.setdefault(x["case_id"], set()).add(x["cost"])
        if all(len(s) == 1 for s in per.values()):
            v = [next(iter(s)) for s in per.values()]
        f = (
            F("average", *figures.mean_t(v), n=len(v))
            if kind == "average"
            else F("median", *figures.median_ci(v), n=len(v))
        )
        return f"{kind} cases cost{w} anyway", [f]

    def ask_people_average(self):
        rows, w = self.scope()
        per = {}
        for x in rows:
            if x["person_id"] and x["age"] is not None:
                per.setdefault(x["person_id"], set()).add(x["age"])
        if not per:
            return None
        if any(len(s) > 1 for s in per.values()):
            return f"average cases age{w} unit people anyway", "several-values"
        v = [next(iter(s)) for s in per.values()]
        return f"average cases age{w} unit people anyway", [
            F("average", *figures.mean_t(v), n=len(v))
        ]

    def ask_rank(self):
        r = self.r
        rows, w = self.scope()
        cnt = self.counter(False)
        k, kw = self.key(["race", "method", "type", "zip", "agegroup", "district"])
        kind = r.choice(["count", "stage", "head"])
        groups = [(v, rs) for (v,), rs in self.split(rows, k).items() if v is not None]

        def places(entries):  # (v, est, lo, hi)
            out = []
            for v, e, lo, hi in entries:
                above = sum(1 for o in entries if o[2] > hi)
                below = sum(1 for o in entries if o[3] < lo)
                out.append(F("rank", low=above + 1, high=len(entries) - below, **{k: v}))
            return out

        if kind == "count":
            total = cnt(rows)
            es = []
            out = []
            for v, rs in groups:
                x = cnt(rs)
                s = figures.share(x, total)
                es.append((v, *s))
                out += [F("count", x, **{k: v}), F("share-of-all", *s, n=x, of=total, **{k: v})]
            return f"rank cases{w} by {kw} anyway", (out + places(es)) or "nothing"
        if kind == "stage":
            es, out = [], []
            for v, rs in groups:
                base = [x for x in rs if x["received"]]
                if not base:
                    continue
                x, n, m = self.tally(base, self.o.STAGES["filed"], cnt)
                s = figures.share(x, n)
                es.append((v, *s))
                out += [F("rate", *s, n=x, of=n, **{k: v})]
            return (
                f"rank cases filed{w} by {kw} per referred anyway",
                (out + places(es)) or "nothing",
            )
        k = kw = r.choice(["race", "zip"])
        groups = {v: rs for (v,), rs in self.split(rows, k).items() if v is not None}
        if " where " in w:
            return None
        pop = Counter()
        for p in self.o.people:
            pop[p[k]] += p["people"]
        es, out = [], []
        for v in sorted(set(groups) | set(pop)):
            if not pop.get(v):
                continue
            x = cnt(groups.get(v, []))
            g = [y * 1000 for y in figures.garwood(x, pop[v])]
            es.append((v, *g))
            out.append(F("rate", *g, n=x, of=pop[v], **{k: v}))
        return f"rank cases{w} by {k} per 1000 town anyway", out + places(es)

    def ask_rate_head(self):
        r = self.r
        rows, w = self.scope()
        cnt = self.counter(False)
        if " where " in w:
            return None
        kind = r.choice(["plain", "by", "std"])
        P = self.o.people
        if kind == "plain":
            c = self.o.condition(self.all, ["gun", "method", "age"])
            y, _, _ = three(rows, c)
            T = sum(p["people"] for p in P)
            return f"rate cases {c.text()} per 1000 town{w} anyway", [
                F("rate", *[v * 1000 for v in figures.garwood(cnt(y), T)], n=cnt(y), of=T)
            ]
        if kind == "by":
            k = r.choice(["race", "zip", "agegroup"])
            pop = Counter()
            for p in P:
                pop[p[k]] += p["people"]
            g = {v: rs for (v,), rs in self.split(rows, k).items()}
            out = [
                F(
                    "rate",
                    *[v * 1000 for v in figures.garwood(cnt(rs), pop[v])],
                    n=cnt(rs),
                    of=pop[v],
                    **{k: v},
                )
                for v, rs in g.items()
                if pop.get(v)
            ]
            return f"rate cases per 1000 town by {k}{w} anyway", out
        k = r.choice(["agegroup", "race", "zip"])
        pop = Counter()
        std = self.o.std(k)
        for p in P:
            pop[p[k]] += p["people"]
        ks = [v for v in pop if pop[v] and v in std]
        x = [cnt([q for q in rows if q[k] == v]) for v in ks]
        f = figures.fay_feuer(x, [pop[v] for v in ks], [std[v] for v in ks])
        return f"rate cases per 1000 town standardized to standard by {k}{w} anyway", [
            F("standardized", *[v * 1000 for v in f])
        ]

    def ask_rate_year(self):
        if not self.o.period or self.o.repeats:
            return None
        r = self.r
        y0, y1 = self.o.years
        T = {
            y: sum(p["people"] for p in self.o.yearly if p["year"] == y) for y in range(y0, y1 + 1)
        }
        if self.is_silent_at_ends():
            return None
        X = Counter(x["received"].year for x in self.all if x["received"])
        kind = r.choice(["in", "by", "vs"])
        y = r.randrange(y0, y1 + 1)
        th = lambda v: [q * 1000 for q in v]
        if kind == "in":
            return f"rate cases per 1000 yearly in {y} anyway", [
                F("rate", *th(figures.garwood(X[y], T[y])), n=X[y], of=T[y])
            ]
        if kind == "by":
            return "rate cases per 1000 yearly by year anyway", [
                F("rate", *th(figures.garwood(X[y], T[y])), n=X[y], of=T[y], year=str(y))
                for y in T
                if X[y] or True
            ]
        if y == y0 or not X[y] + X[y - 1]:
            return None
        est, lo, hi, p = figures.rate_ratio(X[y], T[y], X[y - 1], T[y - 1])
        return f"rate cases per 1000 yearly in {y} vs {y-1} anyway", [F("rate-ratio", est, lo, hi)]

    def ask_weighted(self):
        r = self.r
        rows, w = self.wscope()
        W = lambda rs: sum(x["number"] for x in rs)
        kind = r.choice(
            ["count", "share", "by", "average", "table", "gap", "total", "median", "missing"]
        )
        c = self.o.condition(self.o.weighted, ["race", "gun", "kind", "age"])

        def tal(rs):
            y, n, u = three(rs, c)
            return W(y), W(y + n), W(u)

        if kind == "count":
            return f"count weighted {c.text()}{w} anyway", [F("count", W(three(rows, c)[0]))]
        if kind == "share":
            return f"share weighted {c.text()}{w} anyway", self.share_figs(*tal(rows), {})
        if kind == "by":
            out = []
            for (v,), rs in self.split(rows, "kind").items():
                out += self.share_figs(*tal(rs), {"kind": v})
            return f"share weighted {c.text()}{w} by kind anyway", out
        if kind == "missing":
            return f"missing weighted race{w}", [
                F("unknown", W([x for x in rows if x["race"] is None]), of=W(rows))
            ]
        vals = [x["age"] for x in rows if x["age"] is not None for _ in range(x["number"])]
        if kind in ("average", "median", "total") and not vals:
            return None
        if kind == "average":
            return f"average weighted age{w} anyway", [
                F("average", *figures.mean_t(vals), n=len(vals))
            ] + ([F("sd", float(np.std(vals, ddof=1)))] if len(vals) > 1 else [])
        if kind == "median":
            return f"median weighted age{w} anyway", [
                F("median", *figures.median_ci(vals), n=len(vals)),
                F("quartile-1", float(np.quantile(vals, 0.25))),
                F("quartile-3", float(np.quantile(vals, 0.75))),
            ]
        if kind == "total":
            return f"total weighted age{w} anyway", [F("total", sum(vals))]
        if kind == "table":
            kn = [x for x in rows if x["race"] and x["gun"]]
            A, B = self.o.values(kn, "race"), self.o.values(kn, "gun")
            t = [[W([x for x in kn if x["race"] == i and x["gun"] == j]) for j in B] for i in A]
            if not kn:
                return None
            chi, p, least = figures.pearson(t)
            if any(sum(q) == 0 for q in t) or any(sum(q) == 0 for q in zip(*t)):
                chi = p = None
            return f"table weighted by race, gun{w} anyway", [F("chi-square", chi), F("p", p)]
        A, B = ([x for x in rows if x["race"] == g] for g in ("Black", "White"))
        ev = Is("gun", "yes")
        if not {"Black", "White"} <= {x["race"] for x in self.o.weighted} or not any(
            x["gun"] == "yes" for x in self.o.weighted
        ):
            return None

        def t2(rs):
            y, n, _ = three(rs, ev)
            return W(y), W(y + n)

        (x1, n1), (x2, n2) = t2(A), t2(B)
        if not n1 or not n2:
            return None
        return f"gap weighted gun=yes race=Black vs race=White{w} anyway", [
            F("difference", *figures.newcombe(x1, n1, x2, n2)),
            F("risk-ratio", *figures.koopman(x1, n1, x2, n2)),
        ]

    def ask_weighted2(self):
        r = self.r
        rows, w = self.wscope()
        W = lambda rs: sum(x["number"] for x in rs)
        kind = r.choice(["rank", "by", "time", "median2", "gapwithin"])
        if kind == "rank":
            k = "kind"
            g = self.split(rows, k)
            t = W(rows)
            if not t:
                return None
            es = [(v, W(rs), *figures.share(W(rs), t)[1:]) for (v,), rs in g.items()]
            return f"rank weighted{w} by kind anyway", [
                F("share-of-all", *figures.share(n, t), n=n, of=t, **{k: v}) for v, n, lo, hi in es
            ] + [
                F(
                    "rank",
                    low=1 + sum(1 for o in es if o[2] > hi),
                    high=len(es) - sum(1 for o in es if o[3] < lo),
                    **{k: v},
                )
                for v, n, lo, hi in es
            ]
        if kind == "by":
            t = W(rows)
            return f"count weighted{w} by race, kind anyway", [
                F("count", W(rs), race=a, kind=b)
                for (a, b), rs in self.split(rows, "race", "kind").items()
            ]
        if kind == "time":
            t, e = [], []
            for x in rows:
                if x["age"] is None or x["gun"] is None:
                    continue
                t += [x["age"]] * x["number"]
                e += [x["gun"] == "yes"] * x["number"]
            if not t or not any(x["gun"] == "yes" for x in self.o.weighted):
                return None
            c = figures.Curve(t, e)
            return f"time weighted age until gun=yes{w}", [
                F(i, *c.quantile(p), n=sum(e), of=len(e))
                for i, p in (("median", 0.5), ("quartile-1", 0.25))
            ]
        if kind == "median2":
            out = []
            for (v,), rs in self.split(rows, "kind").items():
                vals = [x["age"] for x in rs if x["age"] is not None for _ in range(x["number"])]
                if vals:
                    out.append(F("median", *figures.median_ci(vals), n=len(vals), kind=v))
            return f"median weighted age{w} by kind anyway", out or "nothing"
        ev = Is("gun", "yes")
        if not {"Black", "White"} <= {x["race"] for x in self.o.weighted} or not any(
            x["gun"] == "yes" for x in self.o.weighted
        ):
            return None
        strata = []
        for (s,), rs in self.split(rows, "kind").items():
            q = []
            for g in ("Black", "White"):
                y, n, _ = three([x for x in rs if x["race"] == g], ev)
                q += [W(y), W(n)]
            strata.append(tuple(q))
        if not any(a + b and c + d for a, b, c, d in strata):
            return None
        M = figures.mh(strata)
        out = [
            F(i, *M[q])
            for i, q in (
                ("adjusted-odds-ratio", "or"),
                ("adjusted-risk-ratio", "rr"),
                ("adjusted-difference", "rd"),
            )
            if q in M
        ]
        if "bd" in M:
            out.append(F("homogeneity", M["bd"][1]))
        return f"gap weighted gun=yes race=Black vs race=White{w} within kind anyway", out

    # Weights with fractions: sums and means are exact, ranks go by running totals, rounded.
    def ask_survey(self):
        r = self.r
        rows = self.o.survey
        c = self.o.condition(rows, ["race", "gun", "kind"])
        W = lambda rs: sum(x["number"] or 0 for x in rs)
        kind = r.choice(["count", "share", "average", "total", "median", "time"])
        y, n, u = three(rows, c)
        if kind == "count":
            return f"count survey {c.text()} anyway", [F("count", W(y))]
        if kind == "share":
            return (
                (
                    f"share survey {c.text()} anyway",
                    [F("share", *figures.share_weighted(W(y), W(y + n)), n=W(y), of=W(y + n))],
                )
                if W(y + n) >= 1
                else None
            )
        known = [x for x in rows if x["age"] is not None and x["number"]]
        w = W(known)
        mean = sum(x["age"] * x["number"] for x in known) / w if known else None
        if not known or w < 4:
            return None
        if kind == "total":
            return "total survey age anyway", [F("total", mean * w)]
        if kind == "average":
            sd = math.sqrt(sum(x["number"] * (x["age"] - mean) ** 2 for x in known) / (w - 1))
            t = scipy_stats.t.ppf(0.975, w - 1) * sd / math.sqrt(w)
            return "average survey age anyway", [
                F("average", mean, mean - t, mean + t, n=w),
                F("sd", sd),
            ]

        def spread(pairs):
            out, run, whole = [], 0.0, 0
            for v, q in sorted(pairs):
                run += q
                k = math.floor(run + 0.5)
                out += [v] * (k - whole)
                whole = k
            return out

        if kind == "median":
            by = Counter()
            for x in known:
                by[x["age"]] += x["number"]
            vals = spread(by.items())
            return "median survey age anyway", [
                F("median", *figures.median_ci(vals), n=w),
                F("quartile-1", float(np.quantile(vals, 0.25))),
            ]
        if not any(x["gun"] == "yes" for x in rows):
            return None
        ev, ce = Counter(), Counter()
        for x in known:
            if x["gun"]:
                (ev if x["gun"] == "yes" else ce)[x["age"]] += x["number"]
        t1, t0 = spread(ev.items()), spread(ce.items())
        if not t1 + t0:
            return None
        q = figures.Curve(t1 + t0, [True] * len(t1) + [False] * len(t0))
        return "time survey age until gun=yes", [
            F("median", *q.quantile(0.5), n=len(t1), of=len(t1) + len(t0))
        ]

    def ask_sample(self):
        r = self.r
        rows = self.o.sample
        n0, N = len(rows), self.o.drawn_from
        kind = r.choice(["share", "by", "where", "total", "average", "count"])
        c = self.o.condition(rows, ["race", "violent", "kind", "age"])

        def figs(rs, g):
            x, n, m = self.tally(rs, c, len)
            # In a part of the sample the part drawn is that of the whole.
            s = figures.share_fpc(x, n, n * N / n0) if n else (None, None, None)
            return [F("share", *s, n=x, of=n, **g)]

        if kind == "share":
            return f"share drawn {c.text()} anyway", figs(rows, {})
        if kind == "where":
            k = self.o.condition(rows, ["kind", "race"], 0)
            return f"share drawn {c.text()} where {k.text()} anyway", figs(
                [x for x in rows if k.test(x) is True], {}
            )
        if kind == "by":
            out = []
            for (v,), rs in self.split(rows, "kind").items():
                out += figs(rs, {"kind": v})
            return f"share drawn {c.text()} by kind anyway", out
        f = r.choice(["age", "cost"])
        v = [x[f] for x in rows if x[f] is not None]
        if kind == "count":
            return f"count drawn {c.text()} anyway", [F("count", len(three(rows, c)[0]))]
        if kind == "total":
            return f"total drawn {f} anyway", [F("total", float(np.sum(v)))]
        return f"average drawn {f} anyway", [
            F("average", *figures.mean_t(v, 0.95, N=len(v) * N / n0), n=len(v))
        ]
