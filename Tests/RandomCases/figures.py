"""Figures by scipy, statsmodels and lifelines, or by the formulas of their papers."""

import math
import warnings

import numpy as np
from scipy import stats as S, optimize
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.contingency_tables import Table2x2, StratifiedTable
import statsmodels.api as sm
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test

warnings.filterwarnings("ignore")


def z(level=0.95):
    return S.norm.ppf(1 - (1 - level) / 2)


PROP = {
    "wilson": "wilson",
    "clopper-pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti-coull": "agresti_coull",
    "wald": "normal",
}


def share(x, n, level=0.95, using="wilson"):
    if n == 0:
        return None, None, None
    lo, hi = proportion_confint(x, n, 1 - level, PROP[using])
    if x == 0:
        lo = 0.0
    if x == n:
        hi = 1.0
    return x / n, max(0.0, lo), min(1.0, hi)


def wilson_real(p, n, level=0.95):
    q, k = 1 - p, z(level)
    d = k * math.sqrt(k * k + 4 * n * p * q)
    return (2 * n * p + k * k - d) / (2 * (n + k * k)), (2 * n * p + k * k + d) / (2 * (n + k * k))


def share_weighted(x, n, level=0.95):
    """Wilson's formula holds for weights with fractions too."""
    lo, hi = wilson_real(x / n, n, level)
    return x / n, (0.0 if x == 0 else lo), (1.0 if x == n else hi)


def share_fpc(x, n, N, level=0.95):
    """n (N-1)/(N-n) cases and the same share."""
    if n == 0:
        return None, None, None
    p = x / n
    if n >= N:
        return p, p, p
    lo, hi = wilson_real(p, n * (N - 1) / (N - n), level)
    return p, (0.0 if x == 0 else lo), (1.0 if x == n else hi)


def newcombe(x1, n1, x2, n2, level=0.95):
    (p1, l1, u1), (p2, l2, u2) = share(x1, n1, level), share(x2, n2, level)
    d = p1 - p2
    return d, d - math.hypot(p1 - l1, u2 - p2), d + math.hypot(u1 - p1, p2 - l2)


def koopman(x1, n1, x2, n2, level=0.95):
    if x2 == 0 and x1 == 0:
        return (None, 0.0, math.inf)
    p1, p2, k2 = x1 / n1, x2 / n2, z(level) ** 2

    def chi(phi):
        A = (n1 + n2) * phi
        B = -(n1 * phi + x1 + n2 + x2 * phi)
        C = x1 + x2
        q2 = (-B - math.sqrt(max(0, B * B - 4 * A * C))) / (2 * A)
        q2 = min(1.0, q2)
        q1 = min(1.0, phi * q2)
        v = q1 * (1 - q1) / n1 + phi * phi * q2 * (1 - q2) / n2
        d = (p1 - phi * p2) ** 2
        return (0.0 if d < 1e-30 else math.inf) if v <= 0 else d / v

    est = p1 / p2 if x2 else math.inf
    f = lambda lp: min(chi(math.exp(lp)), 1e6) - k2
    B = 14
    lo, hi = 0.0, math.inf
    at = math.log(est) if 0 < est < math.inf else None
    if x1 > 0:
        lo = (
            math.exp(
                optimize.brentq(
                    f, -B, at if at is not None else B, xtol=1e-14, rtol=1e-14, maxiter=500
                )
            )
            if f(-B) > 0 and f(at if at is not None else B) < 0
            else None
        )
    if x2 > 0:
        hi = (
            math.exp(
                optimize.brentq(
                    f, at if at is not None else -B, B, xtol=1e-14, rtol=1e-14, maxiter=500
                )
            )
            if f(B) > 0 and f(at if at is not None else -B) < 0
            else None
        )
    return est, lo, hi


def woolf(a, b, c, d, level=0.95):
    t = Table2x2([[a, b], [c, d]])
    lo, hi = t.oddsratio_confint(1 - level)
    return t.oddsratio, lo, hi


def midp_or(a, b, c, d, level=0.95):
    n1, n2, m = a + b, c + d, a + c
    N = n1 + n2
    lo_a, hi_a = max(0, m - n2), min(n1, m)
    if lo_a == hi_a:
        return None, 0.0, math.inf
    D = lambda psi: S.nchypergeom_fisher(N, n1, m, psi)
    upper = lambda psi: (D(psi).sf(a) + D(psi).pmf(a) / 2)

    def solve(t):
        g = lambda lp: upper(math.exp(lp)) - t
        return math.exp(optimize.brentq(g, -30, 30, xtol=1e-13))

    al = (1 - level) / 2
    try:
        if a == lo_a:
            return 0.0, 0.0, solve(1 - al)
        if a == hi_a:
            return math.inf, solve(al), math.inf
        return solve(0.5), solve(al), solve(1 - al)
    except ValueError:
        return "skip", "skip", "skip"


def pearson(table):
    t = np.array(table, float)
    t = t[t.sum(1) > 0][:, t.sum(0) > 0]
    if t.shape[0] < 2 or t.shape[1] < 2:
        return None, None, None
    c = S.chi2_contingency(t, correction=False)
    return c.statistic, c.pvalue, c.expected_freq.min()


def fisher2(table):
    return S.fisher_exact(np.array(table, int))[1]


def garwood(x, T=1.0, level=0.95):
    a = (1 - level) / 2
    return x / T, (S.gamma.ppf(a, x) / T if x > 0 else 0.0), S.gamma.ppf(1 - a, x + 1) / T


def rate_ratio(x1, t1, x2, t2, level=0.95):
    est = (x1 / t1) / (x2 / t2) if x2 else (math.inf if x1 else None)
    n, a = x1 + x2, (1 - level) / 2
    if n == 0:
        return None, None, None, None
    L = S.beta.ppf(a, x1, n - x1 + 1) if x1 else 0.0
    U = S.beta.ppf(1 - a, x1 + 1, n - x1) if x1 < n else 1.0
    p = S.binomtest(x1, n, t1 / (t1 + t2)).pvalue
    return est, L / (1 - L) * t2 / t1, (U / (1 - U) * t2 / t1 if U < 1 else math.inf), p


def fay_feuer(x, pop, std, level=0.95):
    x, pop, std = map(lambda v: np.array(v, float), (x, pop, std))
    w = std / (std.sum() * pop)
    y = (w * x).sum()
    v = (w * w * x).sum()
    wm = w.max()
    a = (1 - level) / 2
    lo = v / (2 * y) * S.chi2.ppf(a, 2 * y * y / v) if y > 0 else 0.0
    hi = (v + wm**2) / (2 * (y + wm)) * S.chi2.ppf(1 - a, 2 * (y + wm) ** 2 / (v + wm**2))
    return y, lo, hi


def mean_t(v, level=0.95, N=None):
    v = np.array(v, float)
    n = len(v)
    if n == 0:
        return None, None, None
    if n == 1:
        return v[0], None, None
    m, s = v.mean(), v.std(ddof=1) / math.sqrt(n)
    if N:
        s *= math.sqrt((N - n) / N)
    if s == 0:
        return m, m, m
    t = S.t.ppf(1 - (1 - level) / 2, n - 1)
    return m, m - t * s, m + t * s


def median_ci(v, level=0.95):
    v = np.sort(np.array(v, float))
    n = len(v)
    if n == 0:
        return None, None, None
    a = (1 - level) / 2
    k = int(S.binom.ppf(a, n, 0.5))
    while k > 0 and S.binom.cdf(k - 1, n, 0.5) > a:
        k -= 1
    while S.binom.cdf(k, n, 0.5) <= a:
        k += 1
    return (np.quantile(v, 0.5), None, None) if k < 1 else (np.quantile(v, 0.5), v[k - 1], v[n - k])


def welch(a, b, level=0.95):
    if len(a) < 2 or len(b) < 2:
        return None
    r = S.ttest_ind(a, b, equal_var=False)
    if not np.isfinite(r.pvalue):
        return None
    ci = r.confidence_interval(level)
    return np.mean(a) - np.mean(b), ci.low, ci.high, r.pvalue


def mann_whitney(a, b):
    r = S.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    return r.statistic, r.pvalue if len({*a, *b}) > 1 else None


class Curve:
    """lifelines' Kaplan-Meier with log-log limits; R's rule of the midpoint for quantiles."""

    def __init__(self, t, e, level=0.95):
        self.t, self.e = np.array(t, float), np.array(e, bool)
        f = KaplanMeierFitter(alpha=1 - level).fit(self.t, self.e)
        self.times = f.survival_function_.index.values
        self.S = f.survival_function_.iloc[:, 0].values
        ci = f.confidence_interval_survival_function_
        self.lo, self.hi = ci.iloc[:, 0].values.copy(), ci.iloc[:, 1].values.copy()
        et = f.event_table
        self.d = et["observed"].values
        self.lo[self.S >= 1] = 1
        self.hi[self.S >= 1] = 1
        zero = self.S <= 1e-12
        self.lo[zero] = np.nan
        self.hi[zero] = np.nan

    def reached(self, curve, p):
        """The first event after which less than 1 - p are left; the middle between two where it is just so
        many in between, and not compared where it stays at that."""
        events = [i for i in range(len(self.times)) if self.d[i] > 0]
        for i, following in zip(events, events[1:] + [None]):
            if np.isnan(curve[i]):
                return self.times[i] if curve is self.S else None
            if abs(curve[i] - (1 - p)) < 1e-9:
                return ... if following is None else (self.times[i] + self.times[following]) / 2
            if curve[i] < 1 - p:
                return self.times[i]
        return None

    def quantile(self, p):
        return self.reached(self.S, p), self.reached(self.lo, p), self.reached(self.hi, p)

    def at(self, t):
        if t > self.t.max():
            return None, None, None, 0
        i = np.searchsorted(self.times, t, side="right") - 1
        if i < 0:
            return 1.0, 1.0, 1.0, int((self.t >= t).sum())
        f = lambda v: None if np.isnan(v) else float(v)
        return float(self.S[i]), f(self.lo[i]), f(self.hi[i]), int((self.t >= t).sum())


def log_rank(groups):
    first = min((t for g in groups for t, e in zip(*g) if e), default=None)
    if first is None:
        return None
    groups = [
        g for g in groups if max(g[0]) >= first
    ]  # as R's survdiff: a group with nobody at risk at any event counts no degree of freedom
    if len(groups) < 2:
        return None
    t = np.concatenate([g[0] for g in groups])
    e = np.concatenate([g[1] for g in groups])
    g = np.concatenate([[i] * len(x[0]) for i, x in enumerate(groups)])
    if e.sum() == 0:
        return None
    try:
        r = multivariate_logrank_test(t, g, e)
    except Exception:
        return None
    if not np.isfinite(r.test_statistic):
        return None
    return r.test_statistic, r.p_value


def poisson_trend(t, y, level=0.95):
    """The change a step, with quasi-Poisson limits where the counts are overdispersed; None without a fit."""
    t, y = np.array(t, float), np.array(y, float)
    fit = sm.GLM(y, sm.add_constant(t - t.mean()), family=sm.families.Poisson()).fit(
        tol=1e-13, maxiter=200
    )
    slope = fit.params[1]
    error = fit.bse[1] * math.sqrt(max(1.0, fit.pearson_chi2 / fit.df_resid))
    if abs(slope) + 3 * error > 300:
        return None
    reach = z(level) * error
    return dict(
        b=slope,
        change=math.expm1(slope),
        low=math.expm1(slope - reach),
        high=math.expm1(slope + reach),
        p=2 * S.norm.sf(abs(slope / error)),
    )


def logistic_trend(t, x, n, level=0.95):
    t, x, n = (np.array(v, float) for v in (t, x, n))
    k = n > 0
    t, x, n = t[k], x[k], n[k]
    r = sm.GLM(
        np.column_stack([x, n - x]), sm.add_constant(t - t.mean()), family=sm.families.Binomial()
    ).fit(tol=1e-13, maxiter=200)
    b, se = r.params[1], r.bse[1]
    return math.expm1(b), math.expm1(b - z(level) * se), math.expm1(b + z(level) * se)


def cochran_armitage(t, x, n):
    s, x, n = (np.array(v, float) for v in (t, x, n))
    N = n.sum()
    p = x.sum() / N
    v = p * (1 - p) * ((n * s * s).sum() - (n * s).sum() ** 2 / N)
    if v <= 0:
        return None
    zz = (s * (x - n * p)).sum() / math.sqrt(v)
    return zz, 2 * S.norm.sf(abs(zz))


def mh(strata, level=0.95):
    """statsmodels' odds ratio and tests; Greenland-Robins ratio; Sato difference."""
    out = {}
    k = z(level)
    st = [tuple(map(float, s)) for s in strata if sum(s) > 0]
    a, b, c, d = (np.array(v) for v in zip(*st))
    n1, n0, m, N = a + b, c + d, a + c, a + b + c + d
    R, Q = (a * n0 / N).sum(), (c * n1 / N).sum()
    rr = R / Q if Q else None
    if R > 0 and Q > 0:
        se = math.sqrt(((m * n1 * n0 - a * c * N) / N**2).sum() / (R * Q))
        out["rr"] = (rr, rr * math.exp(-k * se), rr * math.exp(k * se))
    W = (n1 * n0 / N).sum()
    if W > 0:
        rd = ((a * n0 - c * n1) / N).sum() / W
        P = ((n1**2 * c - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / N**2).sum()
        QQ = ((a * (n0 - c) + c * (n1 - a)) / (2 * N)).sum()
        v = (rd * P + QQ) / W**2
        out["rd"] = (rd, rd - k * math.sqrt(max(0, v)), rd + k * math.sqrt(max(0, v)))
    both = [s for s in st if s[0] + s[1] > 0 and s[2] + s[3] > 0]
    if (a * d / N).sum() > 0 and (b * c / N).sum() > 0:
        T = StratifiedTable([np.array([[s[0], s[1]], [s[2], s[3]]]) for s in both])
        lo, hi = T.oddsratio_pooled_confint(1 - level)
        out["or"] = (T.oddsratio_pooled, lo, hi)
    V = [(n1 * n0 * m * (N - m) / (N**2 * (N - 1)))[i] for i in range(len(N)) if N[i] > 1]
    if sum(V) > 0:
        T = StratifiedTable([np.array([[s[0], s[1]], [s[2], s[3]]]) for s in st if sum(s) > 1])
        t = T.test_null_odds(correction=False)
        out["cmh"] = (t.statistic, t.pvalue)
        t = T.test_null_odds(correction=True)
        dev = abs((a - n1 * m / N).sum())
        out["cmhc"] = (t.statistic, t.pvalue) if dev >= 0.5 - 1e-9 else out["cmh"]
    four = [s for s in st if min(s[0] + s[1], s[2] + s[3], s[0] + s[2], s[1] + s[3]) > 0]
    if len(four) >= 2 and "or" in out:
        # The pooled ratio is that of all strata; statsmodels takes it of those it is given.
        T = StratifiedTable([np.array([[s[0], s[1]], [s[2], s[3]]]) for s in four])
        t = T.test_equal_odds(adjust=True)
        if np.isfinite(t.statistic):  # statsmodels divides by 1 - the pooled odds ratio
            out["bd"] = (t.statistic, t.pvalue, len(four))
    return out
