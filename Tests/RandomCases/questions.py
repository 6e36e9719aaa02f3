"""All kinds of questions together."""

from amounts import Amounts
from comparisons import Comparisons
from shares import Shares
from times import Times


class Questions(Shares, Comparisons, Times, Amounts):
    """Random questions about an office, each with the figures that are due."""

    def ask(self, kind):
        """(lines before, question, figures or the id of a problem); None where the office has no such question."""
        asked = getattr(self, "ask_" + kind)()
        return asked if asked is None or len(asked) == 3 else ([], *asked)

    @classmethod
    def kinds(cls):
        return sorted(name[4:] for name in dir(cls) if name.startswith("ask_"))
