#!/usr/bin/env -S python3 -B
"""district_test.py PROGRAM: the checker on the made-up district of district.py.

Every planted mistake is found where it was planted, and in no other report is there an error; so each
report is checked, built or not, as the archive will. Twice the same arguments make the same files.
"""

import json
import sys

import district
from harness import check, diagnostics, main, sanitized, tests_of

UNITS = {False: 100, True: 40}
# What the checker says of each kind of mistake.
IDS = {"front": {"yaml-syntax"}, "data": {"missing-data", "unknown-name"},
       "figure": {"figure-data", "figure-rate", "figure-repeat", "figure-over"}}


def errors_by_folder(found):
    errors = {}
    for message in found:
        if message["severity"] == "error":
            errors.setdefault(message["file"].split("/")[1], set()).add(message["id"])
    return errors


def test_planted_mistakes_are_found_and_no_others(box):
    district.make(box.folder, UNITS[sanitized(str(box.program))])
    planted = json.loads(box.read("planted.json"))
    for year in district.YEARS:
        done = box.run("check", "--diagnostics", "json", f"上报/{year}", timeout=300)
        errors = errors_by_folder({**m, "file": m["file"].removeprefix("上报/")} for m in diagnostics(done.out)
                                  if "file" in m)
        expected = {p["folder"]: p["mistake"] for p in planted if p["year"] == year}
        check(len(expected) >= 2, f"only {len(expected)} mistakes planted in {year}")
        for folder, mistake in expected.items():
            check(errors.pop(folder, set()) & IDS[mistake], f"{year}/{folder}: planted {mistake}, not found")
        check(not errors, f"{year}: errors where none was planted: {errors}")


def test_the_same_bytes_twice(box):
    for name in ("甲", "乙"):
        district.make(box.path(name), 24)
    one, other = ({p.relative_to(box.path(name)): p.read_bytes() for p in box.path(name).rglob("*") if p.is_file()}
                  for name in ("甲", "乙"))
    check(one == other, "not the same")
    check(any(ord(c) > 0xFFFF for path in one for c in str(path)), "no name beyond the BMP")


main(tests_of(sys.modules[__name__]))
