"""What is true in a clean report, and whether a slip in it contradicts anything there.

reports/NAME.facts.json gives for a report

    figures     {id: [{line, column, text, unit, fall}, …]}: a quantity and all places where the
                report gives it. Lines and columns from 1, columns in characters. `unit`: 10000 for
                万元, 100000000 for 亿元, "%" for percent, absent for 1. `fall`: the words say that
                it fell (下降 6.63%). A text {{…}} is a placeholder: the figure is printed there. A
                text without digits is a grade.
    relations   what an auditor with only this report in hand could hold the figures to:
                sum a = b + c - d        diff a = b - c        most a <= b       same a = b
                parts a = b + c          the words (其中) do not claim that these are all: they may
                                         come to less, not to more
                rate a = b / c           growth a = b / c      a is (b - c) / c
                times a = b * 10         product a = b * c     rounded to a's decimals
                round a = b              a is b in a larger unit
                count a = 5              that many stand in the list that follows
                grade g = score 90 80 60 优良中差

That a quantity is the same wherever it is given, or rounded from it, need not be said. Only the standard library, exact
fractions throughout; a value printed to d decimals may be off by half a unit of the last, a count
(a whole number of unit 1) not at all.
"""

import json
import re
from fractions import Fraction
from pathlib import Path

NUMERAL = re.compile(r"-?[\d,]+(\.\d+)?")


class Value:
    """A printed figure as the interval of what it may stand for."""

    def __init__(self, text, unit=1, fall=False):
        digits = text.replace(",", "")
        places = len(digits.partition(".")[2])
        scale = Fraction(1, 100) if unit == "%" else Fraction(unit)
        self.exact = Fraction(digits) * scale * (-1 if fall else 1)
        self.half = scale / 10**places / 2
        self.slack = 0 if unit == 1 and not places else self.half

    def span(self):
        return self.exact - self.slack, self.exact + self.slack

    def agrees(self, other):
        """The same, or the one with fewer decimals is the other's rounding."""
        least = 0 if self.half == other.half else max(self.half, other.half)
        return abs(self.exact - other.exact) <= least


def agree(one, other):
    """Two values, or two grades."""
    return one.agrees(other) if isinstance(one, Value) else one == other


class Place:
    """Where a quantity is given."""

    def __init__(self, name, entry):
        self.name = name
        self.line, self.column, self.text = entry["line"], entry["column"], entry["text"]
        self.unit, self.fall = entry.get("unit", 1), entry.get("fall", False)
        self.printed = self.text.startswith("{{")
        self.numeric = NUMERAL.fullmatch(self.text) is not None

    def value(self, text=None, unit=None):
        return Value(text or self.text, unit or self.unit, self.fall)


class Relation:
    def __init__(self, text):
        self.text = text
        self.kind, _, rest = text.partition(" ")
        self.names = re.findall(r"[a-z_]\w*", rest)
        self.minus = set(re.findall(r"- ([a-z_]\w*)", rest))
        self.scale = rest.split()[3:]
        number = re.search(r"[=*] (\d+)$", rest)
        self.number = int(number.group(1)) if number else None

    def holds(self, values):
        """With `values` {id: Value, or a grade's text}."""
        return getattr(self, "_" + self.kind)(*(values[name] for name in self.names))

    def _near(self, value, low, high):
        return low - value.half <= value.exact <= high + value.half

    def _added(self, parts):
        low = high = Fraction(0)
        for name, part in zip(self.names[1:], parts):
            one, other = part.span()
            low += -other if name in self.minus else one
            high += -one if name in self.minus else other
        return low, high

    def _sum(self, total, *parts):
        low, high = self._added(parts)
        return low - total.slack <= total.exact <= high + total.slack

    _diff = _sum

    def _parts(self, total, *parts):
        return self._added(parts)[0] - total.slack <= total.exact

    def _most(self, part, whole):
        return part.exact <= whole.exact

    def _same(self, one, other):
        return one.agrees(other)

    def _quotient(self, part, whole):
        (low, high), (least, most) = part.span(), whole.span()
        if least <= 0:
            return None
        return min(low / least, low / most), max(high / least, high / most)

    def _rate(self, rate, part, whole):
        span = self._quotient(part, whole)
        return span is not None and self._near(rate, *span)

    def _growth(self, rate, now, before):
        span = self._quotient(now, before)
        return span is not None and self._near(rate, span[0] - 1, span[1] - 1)

    def _times(self, score, rate):
        low, high = rate.span()
        return self._near(score, low * self.number, high * self.number)

    def _product(self, score, rate, points):
        low, high = rate.span()
        return self._near(score, low * points.exact, high * points.exact)

    def _round(self, short, full):
        return self._near(short, full.exact, full.exact)

    def _count(self, count):
        return count.exact == self.number

    def _grade(self, grade, score):
        bounds, names = self.scale[:-1], self.scale[-1]
        return grade == names[sum(score.exact < int(bound) for bound in bounds)]


class Report:
    """A clean report with its facts."""

    def __init__(self, path):
        self.path = Path(path)
        self.lines = self.path.read_text(encoding="utf-8").split("\n")
        facts = json.loads(self.path.with_suffix(".facts.json").read_text(encoding="utf-8"))
        self.places = {
            name: [Place(name, entry) for entry in entries]
            for name, entries in facts["figures"].items()
        }
        self.relations = [Relation(text) for text in facts["relations"]]
        self.clean = self._values()

    def unit_word(self, place):
        """What stands behind a figure: 万元, 人, 个; empty in a cell."""
        rest = self.lines[place.line - 1][place.column - 1 + len(place.text) :].lstrip(" ")
        return re.match("%|万元|亿元|[\u4e00-\u9fff]?", rest).group()

    def each(self):
        return [place for places in self.places.values() for place in places]

    def _values(self):
        result = {}
        for name, places in self.places.items():
            first = next(place for place in places if not place.printed)
            result[name] = first.value() if first.numeric else first.text
        return result

    def faults(self):
        """What of the facts does not hold, as lines of text."""
        found = []
        for place in self.each():
            line = self.lines[place.line - 1]
            if not line.startswith(place.text, place.column - 1):
                found.append(f"{place.line}:{place.column}: {place.text} does not stand there")
        values = self.clean
        for name, places in self.places.items():
            numbers = {p.value().exact if p.numeric else p.text for p in places if not p.printed}
            if len(numbers) > 1:
                found.append(f"{name} has several values")
        for relation in self.relations:
            unknown = [name for name in relation.names if name not in values]
            if unknown:
                found.append(f"{relation.text}: no figure {unknown[0]}")
            elif not relation.holds(values):
                found.append(f"{relation.text}: does not hold")
        return found

    def broken(self, changed):
        """What no longer holds once the places of `changed` {place: value} say something else, and
        the lines of all figures in it: {"repeat ID" or relation: lines}. Empty when nothing in the
        report contradicts it."""
        clean, found = self.clean, {}
        for name in {place.name for place in changed}:
            said = [changed.get(p, clean[name]) for p in self.places[name] if not p.printed]
            if not all(agree(one, said[0]) for one in said):
                found[f"repeat {name}"] = {p.line for p in self.places[name]}
        for relation in self.relations:
            for place, value in changed.items():
                if place.name not in relation.names:
                    continue
                others = {p.name: v for p, v in changed.items() if p.line == place.line}
                if not relation.holds({**clean, **others, place.name: value}):
                    names = relation.names
                    found[relation.text] = {p.line for name in names for p in self.places[name]}
        return found


def clean_reports(folder):
    facts = sorted(Path(folder).glob("*.facts.json"))
    names = [path.name.removesuffix(".facts.json") for path in facts]
    paths = [path for name in names for path in Path(folder).glob(name + ".*")]
    return [Report(path) for path in sorted(paths) if path.suffix in (".md", ".txt")]
