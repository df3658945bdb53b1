"""The printed table: what was measured, beside what is wanted."""
import sys


class Table:
    """Rows of figure, measured, peer, ratio, wanted; as Markdown, ready for the README."""

    TITLES = ("figure", "midwatch", "peer", "ratio", "wanted", "")

    def __init__(self):
        self.rows = []

    def add(self, figure, measured, peer="", ratio="", wanted="", reached=True):
        self.rows.append((figure, measured, peer, ratio, wanted, "" if reached else "missed"))
        print(f"{figure}: {measured}", *(part for part in (peer, ratio, wanted) if part), sep=" | ", file=sys.stderr)

    @property
    def text(self):
        lines = [self.TITLES, ("---",) * len(self.TITLES)] + self.rows
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def megabytes(value):
    return f"{value / 1e6:.0f} MB"
