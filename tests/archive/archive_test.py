#!/usr/bin/env -S python3 -B
"""archive_test.py PROGRAM [--units N]: a district's three years, archived, held to every promise, changed.

One long story, told in order: each chapter works on what the one before left. Of the tools that others would
read a bag with, sha512sum must be here; Python's bagit is used where it can be imported, and its absence said.
"""

import importlib.util
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal

import district
from small import CLOCK, bags, snapshot
from harness import ROOT, check, main, sanitized

UNITS = int(sys.argv.pop()) if "--units" in sys.argv and sys.argv.remove("--units") is None else None
SEALED, CORRECTED = "2022", "2022-2"
ENV = {"SOURCE_DATE_EPOCH": CLOCK}
story = {}


def archive(box, *words, out="归档", code=1):
    """The planted mistakes make each run end with 1."""
    return box.run("archive", "上报", "-o", out, *words, env=ENV, timeout=900).expect(code)


def verify(box, code=0):
    return box.run("verify", "归档", timeout=300).expect(code)


def reports_in(folder):
    """{code or name of the unit: path of its report.json} of one bag."""
    return {path.parts[-3]: path for path in sorted(folder.glob("data/*/*/report.json"))}


def stamps(folder):
    return {str(p): (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.rglob("*") if ".ziping" not in p.parts}


def with_mistake(*kinds):
    return {(str(p["year"]), p["code"]) for p in story["planted"] if p["mistake"] in kinds}


def chapter_everything_goes_in(box):
    story["reports"] = district.make(box.folder, UNITS or (12 if sanitized(str(box.program)) else 200))
    story["planted"] = json.loads(box.read("planted.json"))
    done = archive(box)
    lost = with_mistake("front", "data")
    found = {str(year): reports_in(box.path("归档") / str(year)) for year in district.YEARS}
    for report in story["reports"]:
        year, code = str(report.year), report.unit.code
        there = code in found[year]
        check(there == ((year, code) not in lost), f"{year} {report.name}: {'there' if there else 'missing'}\n{done.errors[-2000:]}")
        if (year, code) in lost:
            check(report.folder in done.errors, f"{report.folder} is not named in what was said")
    for year, code in with_mistake("figure"):
        content = json.loads(found[year][code].read_text(encoding="utf-8"))
        check(any(f["severity"] == "error" for f in content["findings"]), f"{year} {code}: the planted figure is no finding")


def chapter_others_can_read_the_bags(box):
    check([bag.name for bag in bags(box.path("归档"))] == [str(year) for year in district.YEARS], "a bag a year")
    for bag in bags(box.path("归档")):
        for manifest in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
            done = subprocess.run(["sha512sum", "--check", "--strict", "--quiet", manifest], cwd=bag, capture_output=True)
            check(done.returncode == 0, f"sha512sum: {done.stdout[:500]}{done.stderr[:500]}")
    verify(box)
    sys.path.append(str(ROOT / "build" / "python"))  # where setup puts it
    if importlib.util.find_spec("bagit") is None:
        print("  skipped: no Python package bagit here")
        return
    import bagit

    for bag in bags(box.path("归档")):
        bagit.Bag(str(bag)).validate()


def chapter_attachments_are_as_they_were(box):
    found = 0
    kept_in = {year: reports_in(box.path("归档") / str(year)) for year in district.YEARS}
    for report in story["reports"]:
        place = kept_in[report.year].get(report.unit.code)
        for name, content in report.files.items():
            if place and name.startswith("附件/"):
                kept = place.parent / name
                check(kept.is_file() and kept.read_bytes() == content, f"{kept} is not as it was sent")
                found += 1
    check(found > 5, f"only {found} attachments")


def chapter_a_second_run_touches_nothing(box):
    before = stamps(box.path("归档"))
    archive(box)
    after = stamps(box.path("归档"))
    changed = [p for p in before if after.get(p) != before[p]]
    check(before == after, f"touched: {changed[:5]} {sorted(set(after) - set(before))[:5]}")


def chapter_threads_change_no_byte(box):
    """One year again, with one thread."""
    box.run("archive", "上报/2023", "-o", "一线程", "-j", "1", env=ENV, timeout=900).expect(1)
    one, other = snapshot(box.path("一线程") / "2023"), snapshot(box.path("归档") / "2023")
    differ = [p for p in sorted(set(one) | set(other)) if one.get(p) != other.get(p)]
    check(not differ, f"not the same with one thread: {differ[:5]}")
    shutil.rmtree(box.path("一线程"))


def chapter_only_what_changed_is_made_again(box):
    whole = [r for r in story["reports"] if r.year == 2023 and not r.mistake][:3]
    for report in whole:
        path = box.path("上报") / "2023" / report.folder / "report.md"
        path.write_text(path.read_text(encoding="utf-8").replace("主要职责是", "主要工作是"), encoding="utf-8")
        path.write_bytes(path.read_bytes() + "\n示例数据：补充一段。\n".encode())
    before = stamps(box.path("归档") / "2023" / "data")
    years = {year: stamps(box.path("归档") / year) for year in ("2022", "2024")}
    archive(box)
    after = stamps(box.path("归档") / "2023" / "data")
    touched = {p.split("/2023/data/")[1].split("/")[0] for p in after if after[p] != before.get(p)}
    codes = {report.unit.code for report in whole}
    check(codes <= touched, f"not made again: {codes - touched}")
    check({name for name in touched - codes if not name.startswith(("归档文件目录", "说明文件"))} == set(),
          f"made again without need: {touched - codes}")
    for year, old in years.items():
        check(stamps(box.path("归档") / year) == old, f"{year} was touched")
    verify(box)


def chapter_a_sealed_year_stays(box):
    refused = archive(box, "--seal", SEALED)
    check("archive-seal" in refused.errors, "sealed although reports are missing")
    box.run("archive", "-o", "归档", "--seal", SEALED, env=ENV).expect(0)
    before = stamps(box.path("归档") / SEALED)
    report = next(r for r in story["reports"] if r.year == 2022 and not r.mistake)
    path = box.path("上报") / SEALED / report.folder / "report.md"
    path.write_bytes(path.read_bytes() + "\n示例数据：更正一处。\n".encode())
    done = archive(box)
    check(stamps(box.path("归档") / SEALED) == before, "the sealed bag was touched")
    check(SEALED in done.errors + done.out.decode(), f"nothing said of the sealed year: {done.describe()}")
    archive(box, "--reason", "示例：更正一处")
    check(stamps(box.path("归档") / SEALED) == before, "the sealed bag was touched by the correction")
    further = box.path("归档") / CORRECTED
    check(set(reports_in(further)) == {report.unit.code}, f"{CORRECTED} has {set(reports_in(further))}")
    check("更正一处" in (further / "bag-info.txt").read_text(encoding="utf-8"), "no reason in bag-info")
    verify(box)


def chapter_a_unit_that_is_gone_stays_until_pruned(box):
    report = [r for r in story["reports"] if r.year == 2024 and not r.mistake][1]
    story["pruned"] = ("2024", report.unit.code)
    shutil.rmtree(box.path("上报") / "2024" / report.folder)
    done = archive(box)
    check(report.unit.code in reports_in(box.path("归档") / "2024"), "gone without --prune")
    check(report.name in done.errors or report.unit.code in done.errors, f"not reported as gone: {done.describe()}")
    archive(box, "--prune")
    check(report.unit.code not in reports_in(box.path("归档") / "2024"), "still there after --prune")
    verify(box)


def chapter_damage_is_found(box):
    victim = next(iter(reports_in(box.path("归档") / "2023").values()))
    content = victim.read_bytes()
    for what, wrong in (("changed", content[:-2] + b" }"), ("shorter", content[:-9]), ("gone", None)):
        if wrong is None:
            victim.unlink()
        else:
            victim.write_bytes(wrong)
        done = verify(box, 1)
        check(victim.parts[-3] in done.errors + done.out.decode(), f"{what}: the file is not named: {done.describe()}")
    victim.write_bytes(content)
    extra = victim.parent / "多出来.txt"
    extra.write_text("x")
    done = verify(box, 1)
    check("多出来" in done.errors + done.out.decode(), f"the extra file is not named: {done.describe()}")
    extra.unlink()
    verify(box)


def chapter_the_catalogue_is_made_again(box):
    whole = snapshot(box.path("归档"))
    for name in ("catalog.sqlite", "search.sqlite", "index.html"):
        box.path(f"归档/{name}").unlink()
    box.run("verify", "--repair", "归档", env=ENV, timeout=300).expect(0)
    again = snapshot(box.path("归档"))
    differ = [p for p in sorted(set(whole) | set(again)) if whole.get(p) != again.get(p)]
    check(not differ, f"not as it was: {differ[:5]}")


def chapter_everything_is_found(box):
    rows = {}
    with sqlite3.connect(box.path("归档/catalog.sqlite")) as base:
        for year, code, name, budget, spent in base.execute("SELECT year, code, name, budget, spent FROM report"):
            rows[year, code] = (name, budget, spent)
    lost = with_mistake("front", "data")
    for report in story["reports"]:
        key = (str(report.year), report.unit.code)
        if key in lost or key == story["pruned"]:
            continue
        name, budget, spent = rows.pop(key)
        check(name == report.name, f"{key} is called {name}, not {report.name}")
        if report.unit.shape in (district.OVERALL, district.PLAIN):
            said = [Decimal(str(x)) for x in (budget, spent)]  # 元
            check(said == [report.adjusted * 10000, report.spent * 10000],
                  f"{key}: {budget}, {spent}; sent {report.adjusted}, {report.spent}")
    check(not rows, f"more than was sent: {list(rows)[:5]}")
    rare = next(r for r in story["reports"] if any(ord(c) > 0xFFFF for c in r.name))
    for words in (rare.name, "𬭎", "绩"):
        done = box.run("search", "归档", words).expect(0)
        check(words != rare.name or rare.name in done.out.decode(), f"not found: {words}")
    box.run("search", "归档", "没有这样的字句").expect(1)


def chapter_a_renamed_unit_is_one_unit(box):
    unit = next(r for r in story["reports"] if r.unit.index == district.RENAMED).unit
    old, new = (unit.name_in(year, district.YEARS) for year in district.YEARS[:2])
    check(old != new, "it was not renamed")
    said = box.run("diff", "归档", "2022", "2023").expect(0).out.decode()
    lines = [line for line in said.splitlines() if unit.code in line]
    check(len(lines) == 1, f"{len(lines)} lines of {unit.code}: {lines}")
    box.run("diff", "归档", "2022", "2023", unit.code, "--to", "json").expect(0)


def chapter_the_roll_is_called(box):
    done = box.run("archive", "上报", "-o", "归档", "--roster", "名单.xlsx", env=ENV, timeout=900)
    said = done.errors + done.out.decode()
    check(done.code == 1, done.describe())
    asked_not = next(r for r in story["reports"] if r.unit.index == district.UNASKED)
    for words in ("示例区未报送单位", "未报送", "缺自评表", f"多报：名单里没有{asked_not.name}", "缺盖章件"):
        check(words in said, f"the roll does not say {words}: {done.describe()}")


def chapter_nothing_internal_is_published(box):
    box.run("archive", "归档", "--public", "-o", "公开", env=ENV, timeout=900)
    names = [str(p.relative_to(box.path("公开"))) for p in box.path("公开").rglob("*") if p.is_file()]
    check(sum(name.endswith(".pdf") for name in names) >= 5, f"hardly anything: {names[:10]}")
    wrong = [n for n in names if "附件/" in n or n.endswith((".md", ".json", ".csv")) or "/source/" in n]
    check(not wrong, f"published: {wrong[:5]}")


CHAPTERS = [value for name, value in list(globals().items()) if name.startswith("chapter_")]


def test_district(box):
    for chapter in CHAPTERS:
        begin = time.monotonic()
        chapter(box)
        print(f"  {chapter.__name__.removeprefix('chapter_')} ({time.monotonic() - begin:.1f} s)", flush=True)


main([test_district])
