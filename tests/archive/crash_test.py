#!/usr/bin/env -S python3 -B
"""crash_test.py PROGRAM RECORDED: ziping archive finds the disk full, is refused calls, meets a broken report,
loses a file under its hands, meets itself.

RECORDED is the program whose calls can be refused (recorder.c).
"""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import power
from small import JOURNAL, STEPS, Small, bag_fault, bags, fewer, learned, scratch, snapshot, write_unit
from harness import check, main, tests_of

RECORDED = Path(sys.argv.pop(2)).resolve()
SEED = 8493


def test_the_disk_is_full(box):
    """From the n-th call on; what could not be done is said, and done once there is room."""
    rng = random.Random(SEED)
    with scratch() as folder:
        small = learned(box.program, folder)
        n = small.count_calls("second", RECORDED)
        failed = 0
        for call in sorted(rng.sample(range(1, n + 1), min(n, fewer(24, box.program)))):
            small.go_before("second")
            done = small.make("second", program=RECORDED, env=small.told(f"full:{call}"))
            small.expect(done, 0, 3)
            check(done.returncode == 0 or "满" in done.stderr, f"full at {call}: {done.stderr}")
            failed += done.returncode == 3
            small.check_left("second", f"full from call {call} of {n} on")
        check(failed > 0, "it never failed")


def test_a_call_is_refused(box):
    """A report that could not be made for it does not stop the others."""
    rng = random.Random(SEED + 1)
    with scratch() as folder:
        small = learned(box.program, folder)
        n = small.count_calls("second", RECORDED)
        failed = 0
        for call in sorted(rng.sample(range(1, n + 1), min(n, fewer(24, box.program)))):
            small.go_before("second")
            done = small.make("second", program=RECORDED, env=small.told(f"fail:{call}"))
            small.expect(done, 0, 1, 3)
            check(done.returncode == 0 or done.stderr.strip(), f"call {call}: status {done.returncode} without a word")
            failed += done.returncode != 0
            small.check_left("second", f"call {call} of {n} refused", between=done.returncode == 1)
        check(failed > 0, "it never failed")


def test_a_journal_that_is_not_lasting_is_not_followed(box):
    """The sync of its folder is refused: nothing in the archive may have changed."""
    with scratch() as folder:
        small = learned(box.program, folder)
        small.count_calls("second", RECORDED)
        calls = power.read_calls(small.folder / "calls")
        there = next(call.number for call in calls if call.two == JOURNAL)
        sync = next(call.number for call in calls if call.number > there and call.kind == "syncdir")
        small.go_before("second")
        small.expect(small.make("second", program=RECORDED, env=small.told(f"fail:{sync}")), 3)
        check(not (small.archive / JOURNAL).exists(), "the journal is left")
        found = snapshot(small.archive)
        check(found == small.states["second"][0], f"changed: {small.differ(found, 'second')}")


def test_a_kill_leaves_no_temporaries(box):
    """What was half written goes when the next run, or a repair, has the archive."""
    with scratch() as folder:
        small = learned(box.program, folder)
        left = [small.archive / name for name in (".ziping/.ziping-1-0.tmp", ".ziping-1-0.tmp",
                                                  ".ziping/stage/bag-2022/x", ".ziping/trash/0/y")]
        for finish in (lambda: small.run("verify", "--repair", "归档"), lambda: small.make("seal")):
            for path in left:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("x")
            small.expect(finish(), 0)
            kept = [str(path) for path in [*left, small.archive / ".ziping/stage"] if path.exists()]
            check(not kept, f"left: {kept}")


def test_a_broken_report_stops_no_other(box):
    with scratch() as folder:
        small = Small(box.program, folder)
        STEPS["first"][0](small.source)
        broken = small.source / "2023" / "002" / "report.md"
        good = broken.read_text(encoding="utf-8")
        broken.write_text(good.replace("年度: 2023", "年度: [2023"), encoding="utf-8")
        done = small.expect(small.make("first"), 1)
        check("002" in done.stderr, f"the broken report is not named: {done.stderr}")
        names = " ".join(snapshot(small.archive))
        check("data/001/" in names and "data/006/" in names, "the others are not there")
        check("data/002/" not in names, "half a report is there")
        small.expect(small.run("verify", "归档"), 0)
        broken.write_text(good, encoding="utf-8")
        small.expect(small.make("first"), 0)
        check("2023/data/002/" in " ".join(snapshot(small.archive)), "the mended report is not there")
        # What is broken later stays as it was.
        old = snapshot(small.archive)
        broken.write_text(good.replace("年度: 2023", "年度: [2023"), encoding="utf-8")
        small.expect(small.make("first"), 1)
        kept = {path: state for path, state in snapshot(small.archive).items() if "data/002/" in path}
        check(kept == {path: state for path, state in old.items() if "data/002/" in path}, "the old report is lost")
        small.expect(small.run("verify", "归档"), 0)


def test_a_file_vanishes_on_the_way(box):
    """A paper of a unit is taken away while the run goes on, at many moments."""
    rng = random.Random(SEED)
    with scratch() as folder:
        small = learned(box.program, folder)
        for _ in range(fewer(12, box.program)):
            small.go_before("first")
            words = [str(small.program), *map(str, small.archive_words("first"))]
            run = subprocess.Popen(words, cwd=small.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            time.sleep(rng.random() * 0.15)
            shutil.rmtree(small.source / "2023" / "004")
            (small.source / "2023" / "006" / "附件" / "盖章件.pdf").unlink()
            said, _ = run.communicate(timeout=120)
            check(run.returncode in (0, 1), f"status {run.returncode}: {said.decode()}")
            for bag in bags(small.archive):
                check(bag_fault(bag) is None, bag_fault(bag))
            small.expect(small.run("verify", "归档"), 0)
            check("2023/data/005/" in " ".join(snapshot(small.archive)), "another unit is missing")


def test_two_runs_at_once(box):
    with scratch() as folder:
        small = learned(box.program, folder)
        small.go_before("second")
        for index in range(20, 40):
            write_unit(small.source, index, 2023, 50 + index)
        words = [str(small.program), *map(str, small.archive_words("second"))]
        runs = [subprocess.Popen(words, cwd=small.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(3)]
        done = [(run.communicate(timeout=120), run.returncode) for run in runs]
        check(sorted({code for _, code in done}) in ([0], [0, 3]), f"{done}")
        check(any(code == 0 for _, code in done), f"none came through: {done}")
        check(all(code == 0 or "归档" in said[1] for said, code in done), f"the lock is not named: {done}")
        for bag in bags(small.archive):
            check(bag_fault(bag) is None, bag_fault(bag))
        small.expect(small.run("verify", "归档"), 0)


main(tests_of(sys.modules[__name__]))
