#!/usr/bin/env -S python3 -B
"""power_test.py PROGRAM RECORDED [STATES]: the power is cut while ziping writes.

RECORDED is the program that writes down what it does to a folder (recorder.c). power.py replays that up to
each call and leaves out, in many ways, what was not yet synced; each disk that can be found then is held
to what must be true. STATES: how many are tried, drawn with a fixed seed; 0 for all.
"""

import random
import shutil
import sys
from pathlib import Path

import power
from small import fewer, learned, scratch
from harness import REPORT, check, main, tests_of

RECORDED = Path(sys.argv.pop(2)).resolve()
STATES = int(sys.argv.pop()) if sys.argv[-1].isdigit() else 80
SEED = 20231231
FINISHED = 8  # of so many states one is run to its end


def record(folder, run):
    """Runs with each change below `folder` written down; the calls, and the disk before them."""
    log = folder.parent / "calls"
    log.unlink(missing_ok=True)
    disk = power.Disk(folder)
    run({"ZIPING_CALLS_ROOT": str(folder), "ZIPING_CALLS": f"record:{log}"})
    return power.read_calls(log), disk


def found_after(calls, disk, rng):
    """Every distinct disk that may be found: (after how many calls, state)."""
    seen, found = set(), []
    for i in range(len(calls) + 1):
        if i:
            disk.add(calls[i - 1])
        for state in disk.states(rng):
            key = hash(tuple(sorted((path, content) for path, content in state.items() if content is not None))
                       + tuple(sorted(path for path in state if state[path] is None)))
            if key not in seen:
                seen.add(key)
                found.append((i, state))
    return found


def whole(folder):
    return {str(p.relative_to(folder)): None if p.is_dir() else p.read_bytes() for p in folder.rglob("*")}


def test_a_built_file_is_old_or_new(box):
    out = box.path("结果").resolve()
    for name in ("报告.pdf", "报告.html"):
        box.write(f"结果/{name}", "old")
    box.write("报告.md", REPORT)
    calls, disk = record(out, lambda env: box.run("build", "-o", "结果/", "报告.md", env=env, program=RECORDED).expect(0))
    new = whole(out)
    found = found_after(calls, disk, random.Random(SEED))
    check(found[-1][1] == new or disk.now.tree() == new, "the record does not lead to what is there")
    for i, state in found:
        for name in ("报告.pdf", "报告.html"):
            check(state.get(name) in (b"old", new[name]), f"cut after {i} calls: {name} is neither old nor new")
    check(len(found) > 6, f"only {len(found)} states")


def cut(box, step):
    with scratch() as folder:
        small = learned(box.program, folder)
        small.go_before(step)
        small.archive.mkdir(exist_ok=True)
        run = lambda env: small.expect(small.make(step, program=RECORDED, env=env), 0)  # noqa: E731
        calls, disk = record(small.archive.resolve(), run)
        check(len(calls) > 20, f"only {len(calls)} calls")
        rng = random.Random(SEED)
        found = found_after(calls, disk, rng)
        check(disk.now.tree() == whole(small.archive), "the record does not lead to what is there")
        some = STATES and fewer(STATES, box.program)
        if some and len(found) > some:
            found = sorted(rng.sample(found, some), key=lambda one: one[0])
        for k, (i, state) in enumerate(found):
            shutil.rmtree(small.archive, ignore_errors=True)
            power.lay(state, small.archive)
            small.check_left(step, f"{step}, cut after {i} of {len(calls)} calls, state {k}", k % FINISHED == 0)
        print(f"  {step}: {len(calls)} calls, {len(found)} states")


def test_first_run(box):
    cut(box, "first")


def test_second_run(box):
    cut(box, "second")


def test_sealing(box):
    cut(box, "seal")


main(tests_of(sys.modules[__name__]))
