#!/usr/bin/env python3
"""comma_test.py ZIPING ZIPING_COMMA: the second program lives under the locale of LC_ALL, which
has a decimal comma; its output is that of the first, byte for byte."""

import locale
import sys
from pathlib import Path

from harness import SAMPLE, check, main

COMMA = Path(sys.argv.pop(2)).resolve()


def test_a_decimal_comma_changes_nothing(box):
    locale.setlocale(locale.LC_ALL, "")
    check(locale.localeconv()["decimal_point"] == ",", "the locale has no decimal comma")
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    box.build("-o", "point/", SAMPLE, env={**epoch, "LC_ALL": "C"}).expect(0)
    box.build("-o", "comma/", SAMPLE, env=epoch, program=COMMA).expect(0)
    for ending in ("pdf", "html"):
        name = f"tianhe-renda-2023.{ending}"
        check(
            box.read(f"point/{name}") == box.read(f"comma/{name}"),
            f"the locale changes the {ending}",
        )


main([test_a_decimal_comma_changes_nothing])
