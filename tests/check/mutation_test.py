"""Slips planted in clean reports: does `ziping check` find them, and on the right line?

Whether a slip contradicts anything is decided by the reports' facts (facts.py), not by the checker.
A slip in a figure is caught by an error or a warning, which the clean report does not have, on the
line of the slip or of a figure that it contradicts; one in the form, on its own line or that of its
double. Same seed, same mutants.

    mutation_test.py PROGRAM [--misses [KIND]]      prints every slip that was not caught
    mutation_test.py PROGRAM --relations            how many that break each relation were caught
"""

import collections
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from facts import clean_reports

HERE = Path(__file__).resolve().parent
SEED = 20230605
WANTED = 2000  # mutants at least
TARGET = 0.95  # caught, of the figure slips that contradict something, and of the slips of form
# Among copies of one report these only say that they are copies.
ABOUT_COPIES = {"likeness"}

NUMBERS = "一二三四五六七八九十"
UNITS = {"万元": ("元", "亿元"), "亿元": ("万元",), "元": ("万元",)}
SCALES = {"元": 1, "万元": 10**4, "亿元": 10**8}


class Mutant:
    """Lines of text, those on which the slip may be found, what it is in words, and what of the
    facts it breaks."""

    def __init__(self, kind, report, lines, right, what, broken=()):
        self.kind, self.report, self.lines, self.right, self.what = kind, report, lines, right, what
        self.broken = list(broken)


# ---- texts


def regroup(digits, like):
    """`digits` with a comma every three if `like` has any."""
    whole, dot, places = digits.partition(".")
    if "," in like:
        whole = f"{int(whole):,}"
    return whole + dot + places


def put(lines, changes):
    """The lines with other texts at some places: {place: text}."""
    lines = list(lines)
    for place, text in sorted(changes.items(), key=lambda pair: -pair[0].column):
        line, start = lines[place.line - 1], place.column - 1
        lines[place.line - 1] = line[:start] + text + line[start + len(place.text) :]
    return lines


def show(value, like):
    """`value` in the unit and with the decimals of the place `like`."""
    scale = like.value().exact / like.value(unit=1).exact if like.value().exact else 1
    places = len(like.text.partition(".")[2])
    number = abs(value / abs(scale)) * 10**places
    rounded = int(number + type(number)(1, 2))
    digits = f"{rounded:0{places + 1}d}"
    digits = digits[:-places] + "." + digits[-places:] if places else digits
    return regroup(digits, like.text)


def figure_slip(kind, report, texts):
    """A mutant with the new texts {place: text}, or None where nothing changes or nothing in the
    report contradicts it."""
    texts = {place: text for place, text in texts.items() if text != place.text}
    if not texts:
        return None
    values = {p: p.value(text) if p.numeric else text for p, text in texts.items()}
    broken = report.broken(values)
    if not broken:
        return None
    right = {place.line for place in texts}.union(*broken.values())
    what = ", ".join(f"{p.line}: {p.text} -> {text}" for p, text in texts.items())
    return Mutant(kind, report, put(report.lines, texts), right, what, broken)


def numeric(report):
    return [p for p in report.each() if p.numeric and not p.printed and p.name != "year"]


# ---- slips in figures: each yields (report, texts)


def transpositions(report):
    for place in numeric(report):
        text = place.text
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        for one, other in zip(digits, digits[1:]):
            swapped = list(text)
            swapped[one], swapped[other] = text[other], text[one]
            if swapped[digits[0]] != "0":
                yield {place: "".join(swapped)}


def lost_digits(report):
    for place in numeric(report):
        digits = place.text.replace(",", "")
        for i, c in enumerate(digits):
            rest = digits[:i] + digits[i + 1 :]
            if c.isdigit() and rest[:1].isdigit() and not rest.endswith(".") and rest[0] != "0":
                yield {place: regroup(rest, place.text)}


def wrong_bases(report):
    """A rate over another figure of the sentence or row that is of the base's unit."""
    for relation in report.relations:
        if relation.kind != "rate":
            continue
        rate, part, base = relation.names
        for true in report.places[base]:
            if true.printed:
                continue
            word, lines = report.unit_word(true), {p.line for p in report.places[part]}
            others = {
                p.name
                for p in numeric(report)
                if p.line == true.line and true.line in lines and p.name not in relation.names
                and report.unit_word(p) == word and p.unit == true.unit
            }
            for other in sorted(others):
                value = report.clean[part].exact / report.clean[other].exact
                for place in report.places[rate]:
                    if 0 < value <= 2:
                        yield {place: show(value, place)}


def truncations(report):
    values = report.clean
    for relation in report.relations:
        if relation.kind not in ("rate", "growth") or relation.minus:
            continue
        rate, part, base = relation.names
        true = values[part].exact / values[base].exact - (relation.kind == "growth")
        places = [p for p in report.places[rate] if not p.printed]
        if abs(true) < abs(values[rate].exact):
            cut = abs(values[rate].exact) - 2 * values[rate].half
            yield {place: show(cut, place) for place in places}


def wrong_sums(report):
    for relation in report.relations:
        if relation.kind not in ("sum", "parts", "diff"):
            continue
        for name in relation.names:
            for place in report.places[name]:
                if place.numeric and not place.printed:
                    for step in (3, 7, 20, 100, 1300) if "." in place.text else (1, 3, 7):
                        value = place.value()
                        moved = value.exact + step * 2 * value.half
                        yield {place: show(moved, place)}


def swapped_names(report):
    """Two figures of a line that are of one unit, each in the other's place."""
    places = numeric(report)
    for i, one in enumerate(places):
        for other in places[i + 1 :]:
            if one.line == other.line and one.unit == other.unit and one.name != other.name:
                word = report.unit_word(one)
                if word == report.unit_word(other) and (word or one.unit != 1):
                    yield {one: other.text, other: one.text}


def stale_years(report):
    for place in report.places.get("year", ()):
        for back in (1, 2):
            yield {place: str(int(place.text) - back)}


def other_grades(report):
    for relation in report.relations:
        if relation.kind == "grade":
            grade, score = relation.names
            for place in report.places[grade]:
                for other in relation.scale[-1]:
                    yield {place: other}
            for place in report.places[score]:
                for text in ("89.96", "78.52", "85.40"):
                    if place.numeric and not place.printed:
                        yield {place: text}


def counts_off(report):
    for relation in report.relations:
        if relation.kind == "count":
            for place in report.places[relation.names[0]]:
                for step in (-1, 1, 2):
                    yield {place: str(int(place.text) + step)}


def units_off(report):
    """Yields mutants: it is the words behind the figure that change."""
    for place in numeric(report):
        line = report.lines[place.line - 1]
        end = place.column - 1 + len(place.text)
        match = re.match(r" ?(万元|亿元|元)", line[end:])
        if not match or line[end + match.end() :].startswith("/"):
            continue
        for unit in UNITS[match.group(1)]:
            broken = report.broken({place: place.value(unit=SCALES[unit])})
            if broken:
                right = {place.line}.union(*broken.values())
                lines = list(report.lines)
                start = end + match.start(1)
                lines[place.line - 1] = line[:start] + unit + line[end + match.end() :]
                what = f"{place.line}: {place.text}{match.group(1)} -> {unit}"
                yield Mutant("unit off", report, lines, right, what, broken)


def is_row(line):
    return line.startswith("|") or "\t" in line or re.match(r"\d\.", line) is not None


def listed_parts(report, relation):
    """{line: name} of the parts of a sum that stand each on a row of its own; empty when they do
    not, or when 其中 leaves open whether these are all."""
    rows = {}
    for name in relation.names[1:]:
        places = [p for p in report.places[name] if is_row(report.lines[p.line - 1])]
        if not places or "其中" in "".join(report.lines[p.line - 1] for p in places):
            return {}
        if report.lines[places[0].line - 1][0].isdigit() and len(report.places[name]) > 1:
            return {}  # the list goes, but not the figure
        rows.update({p.line: name for p in places})
    return rows if len(rows) >= len(relation.names) - 1 else {}


def missing_parts(report):
    """A row taken out of what is added up: of a table, or of a list of paragraphs."""
    broken = collections.defaultdict(list)
    for relation in report.relations:
        if relation.kind == "sum" and len(relation.names) > 2:
            for number in listed_parts(report, relation):
                broken[number].append(relation)
    for number, relations in sorted(broken.items()):
        line, after = report.lines[number - 1], report.lines[number]
        joined = [cell.strip() == "^" for cell in line.split("|")]
        below = [cell.strip() == "^" for cell in after.split("|")]
        if any(b and not a for a, b in zip(joined, below)):
            continue  # the rows below are joined to this one
        lines = report.lines[: number - 1] + report.lines[number:]
        places = [p for r in relations for name in r.names for p in report.places[name]]
        right = {p.line - (p.line > number) for p in places}
        texts = [relation.text for relation in relations]
        yield Mutant("missing part", report, lines, right, f"{number}: {line[:40]}", texts)


# ---- slips of form


def prose(report):
    """The numbers of lines that are paragraphs."""
    return [
        n
        for n, line in enumerate(report.lines, 1)
        if len(line) > 40 and not line.startswith(("|", "#", "-", " ")) and "\t" not in line
        and line.endswith("。")
    ]


def residues(report):
    for number in prose(report):
        line = report.lines[number - 1]
        news = [line[:-1] + "【待补充】。", line[:-1] + "，涉及资金XX万元。"]
        for figure in list(re.finditer(r"(?<![\d.,年月])\d[\d,.]*(?=[个项家件人次万]|亿元|%)", line))[:3]:
            news.append(line[: figure.start()] + "××" + line[figure.end() :])
        change = re.search("增长|下降|增加|减少", line)
        if change:
            pair = {"增长": "增长（下降）", "下降": "增长（下降）"}.get(change.group(), "增加（减少）")
            news.append(line[: change.start()] + pair + line[change.end() :])
        for new in news:
            lines = report.lines[: number - 1] + [new] + report.lines[number:]
            at = next(i for i, pair in enumerate(zip(line, new)) if pair[0] != pair[1])
            what = f"{number}: {new[max(at - 12, 0) : at + 12]}"
            yield Mutant("residue", report, lines, {number}, what)


def copied_paragraphs(report):
    places = prose(report)
    long = [n for n in places if len(re.findall("[\u4e00-\u9fff]", report.lines[n - 1])) >= 60]
    loose = report.lines[1] == "" or report.path.suffix == ".md"
    for number in long:
        for after in places:
            if abs(after - number) > 2:
                copy = ["", report.lines[number - 1]] if loose else [report.lines[number - 1]]
                lines = report.lines[:after] + copy + report.lines[after:]
                right = {number + len(copy) * (number > after), after + len(copy)}
                yield Mutant("copied paragraph", report, lines, right, f"{number} after {after}")


def headings(report):
    """(line number, depth, number of the heading from 1, its bytes) of numbered headings."""
    for number, line in enumerate(report.lines, 1):
        match = re.match(r"(#+ )?(?:([一二三四五六七八九十])、|（([一二三四五六七八九十])）|(\d)\.)", line)
        if match and (match.group(1) or len(line) < 40):
            mark, first, second, third = match.groups()
            ordinal = int(third) if third else NUMBERS.index(first or second) + 1
            depth = 3 if third else 1 if first else 2
            yield number, depth, ordinal, match.start(2) + match.start(3) + match.start(4) + 2


def doubled_numbers(report):
    last = {}
    for number, depth, ordinal, start in headings(report):
        last = {d: place for d, place in last.items() if d < depth or d == depth}
        if ordinal > 1 and depth in last:
            line = report.lines[number - 1]
            before = str(ordinal - 1) if depth == 3 else NUMBERS[ordinal - 2]
            new = line[:start] + before + line[start + 1 :]
            lines = report.lines[: number - 1] + [new] + report.lines[number:]
            right = {number, last[depth]}
            yield Mutant("doubled number", report, lines, right, f"{number}: {new[:30]}")
        last[depth] = number


def missing_chapters(report):
    """Only where the report's template says which there must be."""
    if not any(line.startswith("模板: ") for line in report.lines):
        return
    marks = [(n, len(line.split(" ")[0])) for n, line in enumerate(report.lines, 1)
             if line.startswith("#")]
    for i, (number, depth) in enumerate(marks):
        if depth > 3:
            continue
        end = next((n for n, d in marks[i + 1 :] if d <= depth), len(report.lines) + 1)
        lines = report.lines[: number - 1] + report.lines[end - 1 :]
        above = [n for n, d in marks[:i]]
        parents = [n for n, d in marks[:i] if d < depth]
        right = {1, 3, number} | set(above[-1:]) | set(parents[-1:])
        yield Mutant("missing chapter", report, lines, right, report.lines[number - 1])


FIGURE_KINDS = {  # kind: (what finds its places, at most so many mutants)
    "transposition": (transpositions, 420),
    "lost digit": (lost_digits, 400),
    "wrong base": (wrong_bases, 180),
    "truncated": (truncations, 100),
    "sum off": (wrong_sums, 350),
    "swapped names": (swapped_names, 260),
    "stale year": (stale_years, 60),
    "missing part": (missing_parts, 80),
    "grade off": (other_grades, 60),
    "unit off": (units_off, 200),
    "count off": (counts_off, 40),
}
FORM_KINDS = {
    "residue": (residues, 160),
    "copied paragraph": (copied_paragraphs, 100),
    "missing chapter": (missing_chapters, 20),
    "doubled number": (doubled_numbers, 100),
}


def make_mutants(reports, chance):
    mutants = []
    for kind, (find, most) in {**FIGURE_KINDS, **FORM_KINDS}.items():
        found = []
        for report in reports:
            for one in find(report):
                one = one if isinstance(one, Mutant) else figure_slip(kind, report, one)
                if one:
                    found.append(one)
        mutants += chance.sample(found, most) if len(found) > most else found
    return mutants


# ---- checking


def check_folder(program, folder):
    """The errors and warnings by file name."""
    command = [program, "check", "--diagnostics", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, timeout=280)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {run.returncode}\n{run.stderr.decode()[:2000]}")
    found = collections.defaultdict(list)
    for line in run.stdout.decode().splitlines():
        finding = json.loads(line)
        if finding.get("severity") in ("error", "warning") and "file" in finding:
            if finding["id"] not in ABOUT_COPIES:
                found[Path(finding["file"]).name].append(finding)
    return found


def write_all(folder, reports, mutants):
    for report in reports:
        (folder / report.path.name).write_text("\n".join(report.lines), encoding="utf-8")
    for number, mutant in enumerate(mutants):
        mutant.name = f"{mutant.report.path.stem}-{number:04}{mutant.report.path.suffix}"
        (folder / mutant.name).write_text("\n".join(mutant.lines), encoding="utf-8")


def is_caught(mutant, found):
    known = {f["message"] for f in found[mutant.report.path.name]}
    return any(
        f["message"] not in known and f.get("line") in mutant.right for f in found[mutant.name]
    )


def show_miss(mutant, found):
    print(f"  {mutant.kind}: {mutant.report.path.name} {mutant.what}")
    if mutant.broken:
        print(f"      against {'; '.join(mutant.broken)}")
    for finding in found[mutant.name][:3]:
        print(f"      said {finding.get('line')} {finding['id']} {finding['message']}")


def print_relations(mutants):
    counts = collections.defaultdict(lambda: [0, 0])
    for mutant in mutants:
        for relation in mutant.broken:
            counts[mutant.report.path.name, relation][0] += mutant.caught
            counts[mutant.report.path.name, relation][1] += 1
    for (name, relation), (hits, all_of_it) in sorted(counts.items()):
        print(f"  {hits:4} of {all_of_it:4}  {name}: {relation}")


def print_kinds(title, kinds, counts):
    print(title)
    caught = planted = 0
    for kind in kinds:
        hits, all_of_it = counts[kind]
        share = f"{100 * hits / all_of_it:6.1f} %" if all_of_it else "   none"
        print(f"  {kind:18} {hits:5} of {all_of_it:5} {share}")
        caught, planted = caught + hits, planted + all_of_it
    print(f"  {'all':18} {caught:5} of {planted:5} {100 * caught / planted:6.1f} %")
    return caught / planted


def main():
    program, options = sys.argv[1], sys.argv[2:]
    reports = clean_reports(HERE / "reports")
    faults = [f"{r.path.name}: {fault}" for r in reports for fault in r.faults()]
    if faults:
        sys.exit("\n".join(["the facts do not hold:"] + faults))
    mutants = make_mutants(reports, random.Random(SEED))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_all(folder, reports, mutants)
        found = check_folder(program, folder)
    counts = collections.defaultdict(lambda: [0, 0])
    for mutant in mutants:
        mutant.caught = is_caught(mutant, found)
        counts[mutant.kind][0] += mutant.caught
        counts[mutant.kind][1] += 1
        if not mutant.caught and options[:1] == ["--misses"]:
            if options[1:] in ([], [mutant.kind]):
                show_miss(mutant, found)
    if options == ["--relations"]:
        print_relations(mutants)
    print(f"{len(mutants)} mutants of {len(reports)} clean reports, seed {SEED}")
    figures = print_kinds("figure slips that contradict something, caught:", FIGURE_KINDS, counts)
    form = print_kinds("slips of form, caught:", FORM_KINDS, counts)
    failed = []
    for report in reports:
        for finding in found[report.path.name]:
            if finding["severity"] == "error":
                line, message = finding.get("line"), finding["message"]
                failed.append(f"clean {report.path.name}:{line}: {finding['id']} {message}")
    if len(mutants) < WANTED:
        failed.append(f"fewer than {WANTED} mutants")
    if figures < TARGET:
        failed.append(f"figure slips: {100 * figures:.1f} % caught, {100 * TARGET:.0f} % wanted")
    if form < TARGET:
        failed.append(f"slips of form: {100 * form:.1f} % caught, {100 * TARGET:.0f} % wanted")
    print("\n".join(failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
