"""Gaps, flows and ratios of groups, in all and within strata."""

import math
from collections import Counter

import numpy as np

import figures
from asking import Asker, F, three
from conditions import *


class Comparisons(Asker):
    """Gaps, flows and ratios of groups, in all and within strata."""

    def ask_gap(self):
        g = self.gap_parts()
        if not g:
            return None
        rows, w, ev, A, B, text, U = g
        r = self.r
        cnt = self.counter(False)
        level = r.choice([0.95, 0.9])
        x1, n1, m1 = self.tally(A, ev, cnt)
        x2, n2, m2 = self.tally(B, ev, cnt)
        q = f"gap {text}{w}"
        tail = (f" level {level*100:.0f}" if level != 0.95 else "") + " anyway"
        if n1 == 0 or n2 == 0:
            return None
        out = [
            F("difference", *figures.newcombe(x1, n1, x2, n2, level)),
            F("risk-ratio", *figures.koopman(x1, n1, x2, n2, level)),
            F("to-parity", x2 / n2 * n1 - x1),
        ]
        chi, p, least = figures.pearson([[x1, n1 - x1], [x2, n2 - x2]])
        N = n1 + n2
        e = min(
            n1 * (x1 + x2) / N, n2 * (x1 + x2) / N, n1 * (N - x1 - x2) / N, n2 * (N - x1 - x2) / N
        )
        if e >= 5:
            out.append(F("odds-ratio", *figures.woolf(x1, n1 - x1, x2, n2 - x2, level)))
        elif N < 400:
            out.append(F("odds-ratio", *figures.midp_or(x1, n1 - x1, x2, n2 - x2, level)))
        uy, un, uu = (cnt(v) for v in three(U, ev))
        if m1 + m2 + uy + un + uu and not self.o.repeats:
            # Whoever is of unknown group may be of either, wherever that pulls the difference.
            lo = min(
                x1 / (n1 + m1 + un + k) - (x2 + m2 + uy + uu - k) / (n2 + m2 + uy + uu - k)
                for k in range(uu + 1)
            )
            hi = max(
                (x1 + m1 + uy + k) / (n1 + m1 + uy + k) - x2 / (n2 + m2 + un + uu - k)
                for k in range(uu + 1)
            )
            out += [F("difference-bound-low", lo), F("difference-bound-high", hi)]
        if r.random() < 0.6 and not self.o.repeats:
            k, kw = self.key(["gun", "sex", "method", "type", "zip", "district", "agegroup"])
            strata = []
            ca = self.split(A, k)
            cb = self.split(B, k)
            for s in sorted(set(ca) | set(cb), key=str):
                if s[0] is None:
                    continue
                y1, k1, _ = self.tally(ca.get(s, []), ev, cnt)
                y2, k2, _ = self.tally(cb.get(s, []), ev, cnt)
                strata.append((y1, k1 - y1, y2, k2 - y2))
            if not any(a + b and c + d for a, b, c, d in strata):
                return None
            M = figures.mh(strata, level)
            q += f" within {kw}"
            for id, key in (
                ("adjusted-odds-ratio", "or"),
                ("adjusted-risk-ratio", "rr"),
                ("adjusted-difference", "rd"),
            ):
                if key in M:
                    out.append(F(id, *M[key]))
            for id, key in (("cmh", "cmh"), ("cmh-corrected", "cmhc")):
                if key in M:
                    out += [F(id, M[key][0]), F(id + "-p", M[key][1])]
            if "bd" in M:
                out += [F("homogeneity", M["bd"][1]), F("homogeneity-chi-square", M["bd"][0])]
        return q + tail, out

    def ask_gap_by(self):
        g = self.gap_parts()
        if not g or self.o.repeats:
            return None
        rows, w, ev, A, B, text, U = g
        k, kw = self.key(["gun", "sex", "method", "type", "district"])
        out = []
        a, b = self.split(A, k), self.split(B, k)
        for s in sorted(set(a) | set(b), key=str):
            x1, n1, _ = self.tally(a.get(s, []), ev, len)
            x2, n2, _ = self.tally(b.get(s, []), ev, len)
            if n1 and n2:
                out += [
                    F("difference", *figures.newcombe(x1, n1, x2, n2), **{k: s[0]}),
                    F("risk-ratio", *figures.koopman(x1, n1, x2, n2), **{k: s[0]}),
                ]
        return (f"gap {text}{w} by {kw} anyway", out) if out else None

    def ask_gap_people(self):
        g = self.gap_parts()
        if not g:
            return None
        rows, w, ev, A, B, text, U = g
        cnt = self.counter(True)
        x1, n1, _ = self.tally(A, ev, cnt)
        x2, n2, _ = self.tally(B, ev, cnt)
        if not n1 or not n2:
            return None
        return f"gap {text}{w} unit people anyway", [
            F("difference", *figures.newcombe(x1, n1, x2, n2)),
            F("risk-ratio", *figures.koopman(x1, n1, x2, n2)),
        ]

    def ask_gap_period(self):
        if self.o.years[0] == self.o.years[1] or self.o.repeats:
            return None
        y = self.r.randrange(self.o.years[0] + 1, self.o.years[1] + 1)
        ev = self.o.STAGES["filed"]
        part = lambda q: [x for x in self.all if x["received"] and x["received"].year == q]
        x1, n1, _ = self.tally(part(y), ev, len)
        x2, n2, _ = self.tally(part(y - 1), ev, len)
        if not n1 or not n2:
            return None
        return f"gap cases filed of referred in {y} vs {y-1} anyway", [
            F("difference", *figures.newcombe(x1, n1, x2, n2)),
            F("risk-ratio", *figures.koopman(x1, n1, x2, n2)),
        ]

    def ask_using_gap(self):
        r = self.r
        g = self.gap_parts()
        if not g or self.o.repeats:
            return None
        rows, w, ev, A, B, text, U = g
        x1, n1, _ = self.tally(A, ev, len)
        x2, n2, _ = self.tally(B, ev, len)
        if not n1 or not n2:
            return None
        m = r.choice(["katz", "agresti-caffo", "wald-difference", "fisher", "woolf"])
        out = []
        if m == "katz" and x1 and x2:
            k = figures.z()
            v = math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
            rr = x1 / n1 / (x2 / n2)
            out = [F("risk-ratio", rr, rr * math.exp(-k * v), rr * math.exp(k * v))]
        if m == "agresti-caffo":
            a, b = (x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)
            v = figures.z() * math.sqrt(a * (1 - a) / (n1 + 2) + b * (1 - b) / (n2 + 2))
            out = [F("difference", x1 / n1 - x2 / n2, max(-1, a - b - v), min(1, a - b + v))]
        if m == "wald-difference":
            a, b = x1 / n1, x2 / n2
            v = figures.z() * math.sqrt(a * (1 - a) / n1 + b * (1 - b) / n2)
            out = [F("difference", a - b, max(-1.0, a - b - v), min(1.0, a - b + v))]
        if m == "fisher":
            from scipy.stats.contingency import odds_ratio

            if min(x1 + x2, n1 + n2 - x1 - x2) == 0:
                return None
            o = odds_ratio(np.array([[x1, n1 - x1], [x2, n2 - x2]], int))
            ci = o.confidence_interval(0.95)
            out = [F("odds-ratio", ..., ci.low, ci.high)]
        if m == "woolf" and x1 and x2 and x1 < n1 and x2 < n2:
            out = [F("odds-ratio", *figures.woolf(x1, n1 - x1, x2, n2 - x2))]
        return (f"gap {text}{w} using {m} anyway", out) if out else None

    def ask_flow(self):
        """Along the stages; the whole is the product of the rates of whom the outcome is known."""
        rows, w = self.scope()
        count = self.counter(False)
        races = self.o.values(self.all, "race")
        stages = self.o.STAGES
        names = list(stages)
        unknown = 0

        def path(rows):
            nonlocal unknown
            steps, base = [], [x for x in rows if stages["referred"].test(x) is True]
            for before, name in zip(names, names[1:]):
                yes, no, open = three(base, stages[name])
                unknown += len(open)
                steps.append((f"{name} of {before}", count(yes), count(yes + no)))
                base = yes
            return steps

        def product(steps):
            part = 1.0
            for _, x, n in steps:
                part = 0.0 if part == 0 else None if part is None or not n else part * x / n
            return part

        if len(races) < 2 or self.r.random() < 0.3:
            due = [
                F("rate", *figures.share(x, n), n=x, of=n, stage=name.split()[0])
                for name, x, n in path(rows)
            ]
            return f"flow cases{w} anyway", due
        groups = self.r.sample(races, 2)
        paths = [path([x for x in rows if x["race"] == group]) for group in groups]
        if not all(steps[0][2] for steps in paths):
            return None
        due = []
        for (name, x1, n1), (_, x2, n2) in zip(*paths):
            for group, x, n in ((groups[0], x1, n1), (groups[1], x2, n2)):
                share = figures.share(x, n)
                due.append(F("rate", *share, n=x, of=n, stage=name, group=f"{group} people"))
            if n1 and n2:
                ratio = figures.koopman(x1, n1, x2, n2)
                due.append(F("risk-ratio", *ratio, stage=name))
                if x1 and x2:
                    due.append(F("log-ratio", math.log(ratio[0]), stage=name))
        whole = f"{names[-1]} of {names[0]}"
        products = [product(steps) for steps in paths]
        for group, part in zip(groups, products):
            due.append(F("rate", part, stage=whole, group=f"{group} people"))
        if all(products):
            log = math.log(products[0] / products[1])
            due.append(F("log-ratio", log, stage=whole))
        if not unknown:
            ends = [(steps[-1][1], steps[0][2]) for steps in paths]
            due.append(F("risk-ratio", *figures.koopman(*ends[0], *ends[1]), stage=whole))
        elif all(products):
            error = math.sqrt(sum(1 / x - 1 / n for steps in paths for _, x, n in steps))
            reach = figures.z() * error
            limits = (math.exp(log + sign * reach) for sign in (0, -1, 1))
            due.append(F("risk-ratio", *limits, stage=whole))
        elif products[0] == 0 and products[1]:
            due.append(F("risk-ratio", 0.0, stage=whole))
        return f"flow cases race={groups[0]} vs race={groups[1]}{w} anyway", due

    def ask_ratio(self):
        r = self.r
        rows, w = self.scope()
        cnt = self.counter(False)
        races = self.o.values(self.all, "race")
        if not races:
            return None
        g = r.choice(races)
        x, n, m = self.tally(rows, Is("race", g), cnt)
        if not n:
            return None
        if r.random() < 0.5 or " where " in w:
            P = r.choice([0.05, 0.2, 0.39, 0.5, 0.77])
            bw = f"{P*100:.0f}%"
        else:
            P = sum(p["people"] for p in self.o.people if p["race"] == g) / sum(
                p["people"] for p in self.o.people
            )
            bw = "town"
        s, lo, hi = figures.share(x, n)
        od = lambda v: v / (1 - v) / (P / (1 - P)) if v < 1 else math.inf
        out = [
            F("share", s, lo, hi, n=x, of=n),
            F("benchmark", P),
            F("index", s / P, lo / P, hi / P),
            F("ceiling", 1 / P),
            F("rate-ratio", od(s), od(lo), od(hi)),
            F("gap", s - P),
            F("excess", x - n * P),
        ]
        if m:
            out += [
                F("index-bound-low", x / (n + m) / P),
                F("index-bound-high", (x + m) / (n + m) / P),
            ]
        return f"ratio cases race={g} vs {bw}{w} anyway", out

    def ask_ratio_groups(self):
        r = self.r
        rows, w = self.scope()
        cnt = self.counter(False)
        races = self.o.values(self.all, "race")
        if len(races) < 2 or " where " in w:
            return None
        a, b = r.sample(races, 2)
        xa, xb = (cnt([q for q in rows if q["race"] == v]) for v in (a, b))
        pa, pb = (sum(p["people"] for p in self.o.people if p["race"] == v) for v in (a, b))
        if not xa + xb:
            return None
        est, lo, hi, p = figures.rate_ratio(xa, pa, xb, pb)
        return f"ratio cases race={a} vs race={b} per town{w} anyway", [F("rri", est, lo, hi)]

    def ask_ratio_numbers(self):
        races = self.o.values(self.all, "race")
        if len(races) < 2:
            return None
        rows, w = self.scope()
        a, b = self.r.sample(races, 2)
        cnt = self.counter(False)
        xa, xb = (cnt([x for x in rows if x["race"] == v]) for v in (a, b))
        if not xa + xb:
            return None
        est, lo, hi, p = figures.rate_ratio(xa, 1, xb, 1)
        return f"ratio cases race={a} vs race={b}{w} anyway", [F("index", est, lo, hi)]

    def ask_ratio_period(self):
        races = self.o.values(self.all, "race")
        if self.o.years[0] == self.o.years[1] or not races:
            return None
        y = self.r.randrange(self.o.years[0] + 1, self.o.years[1] + 1)
        g = self.r.choice(races)
        cnt = self.counter(False)
        part = lambda q: [x for x in self.all if x["received"] and x["received"].year == q]
        x1, n1, _ = self.tally(part(y), Is("race", g), cnt)
        x2, n2, _ = self.tally(part(y - 1), Is("race", g), cnt)
        if not n1 or not n2:
            return None
        k = figures.koopman(x1, n1, x2, n2)
        return f"ratio cases race={g} in {y} vs {y-1} anyway", [F("index", *k)]

    def ask_ratio_within(self):
        races = self.o.values(self.all, "race")
        if len(races) < 2 or self.o.repeats:
            return None
        a, b = self.r.sample(races, 2)
        k = self.r.choice(["zip", "agegroup"])
        others = self.r.random() < 0.5
        pop = Counter()
        for p in self.o.people:
            pop[p[k], p["race"]] += p["people"]
        strata = []
        for s in sorted({q for q, _ in pop}):
            rest = [g for g in ("Black", "White", "Asian") if g != a] if others else [b]
            T1, T0 = pop[s, a], sum(pop[s, g] for g in rest)
            x1 = sum(1 for x in self.all if x[k] == s and x["race"] == a)
            x0 = sum(1 for x in self.all if x[k] == s and x["race"] in rest)
            if T1 and T0:
                strata.append((x1, T1, x0, T0))
        if not strata:
            return None
        A, T1, C, T0 = (np.array(v, float) for v in zip(*strata))
        T = T1 + T0
        R, S = (A * T0 / T).sum(), (C * T1 / T).sum()
        if not R or not S:
            return None
        rr = R / S
        se = math.sqrt(((A + C) * T1 * T0 / T**2).sum() / (R * S))
        k_ = figures.z()
        est, lo, hi, _ = figures.rate_ratio(int(A.sum()), T1.sum(), int(C.sum()), T0.sum())
        vs = "town" if others else f"race={b} per town"
        return f"ratio cases race={a} vs {vs} within {k} anyway", [
            F("adjusted-rate-ratio", rr, rr * math.exp(-k_ * se), rr * math.exp(k_ * se)),
            F("crude-rate-ratio", est, lo, hi),
        ]
