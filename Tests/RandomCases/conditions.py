"""Conditions in three-valued logic, and as Docket's words."""

from datetime import date


def say(v):
    if isinstance(v, date):
        return v.isoformat()
    s = str(v)
    return s if s.replace("-", "").replace(".", "").isalnum() else '"%s"' % s


class Cond:
    def __and__(self, o):
        return And(self, o)

    def __or__(self, o):
        return Or(self, o)

    def __invert__(self):
        return Not(self)


class Is(Cond):
    def __init__(self, f, *vs):
        self.f, self.vs = f, vs

    def text(self):
        return f"{self.f}=" + "|".join(say(v) for v in self.vs)

    def test(self, r):
        v = r.get(self.f)
        return None if v is None else v in self.vs


class IsNot(Cond):
    def __init__(self, f, v):
        self.f, self.v = f, v

    def text(self):
        return f"{self.f}!={say(self.v)}"

    def test(self, r):
        v = r.get(self.f)
        return None if v is None else v != self.v


class Unknown(Cond):
    def __init__(self, f):
        self.f = f

    def text(self):
        return f"{self.f}=?"

    def test(self, r):
        return r.get(self.f) is None


class Known(Cond):
    def __init__(self, f):
        self.f = f

    def text(self):
        return f"{self.f}!=?"

    def test(self, r):
        return r.get(self.f) is not None


class Cmp(Cond):
    def __init__(self, f, op, v):
        self.f, self.op, self.v = f, op, v

    def text(self):
        return f"{self.f}{self.op}{say(self.v)}"

    def test(self, r):
        v = r.get(self.f)
        if v is None:
            return None
        return {"<": v < self.v, "<=": v <= self.v, ">": v > self.v, ">=": v >= self.v}[self.op]


class Between(Cond):
    def __init__(self, f, a, b):
        self.f, self.a, self.b = f, a, b

    def text(self):
        return f"{self.f}={say(self.a)}..{say(self.b)}"

    def test(self, r):
        v = r.get(self.f)
        return None if v is None else self.a <= v <= self.b


class Stage(Cond):
    """A stage on a date is a date that is there; one with a condition is that condition."""

    def __init__(self, name, on=None, when=None):
        self.name, self.on, self.when = name, on, when

    def text(self):
        return self.name

    def test(self, r):
        return r.get(self.on) is not None if self.on else self.when.test(r)


class And(Cond):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def text(self):
        return f"({self.a.text()} and {self.b.text()})"

    def test(self, r):
        x, y = self.a.test(r), self.b.test(r)
        if x is False or y is False:
            return False
        return None if x is None or y is None else True


class Or(Cond):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def text(self):
        return f"({self.a.text()} or {self.b.text()})"

    def test(self, r):
        x, y = self.a.test(r), self.b.test(r)
        if x is True or y is True:
            return True
        return None if x is None or y is None else False


class Not(Cond):
    def __init__(self, a):
        self.a = a

    def text(self):
        return f"not ({self.a.text()})"

    def test(self, r):
        x = self.a.test(r)
        return None if x is None else not x
