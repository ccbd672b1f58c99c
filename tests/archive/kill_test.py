#!/usr/bin/env -S python3 -B
"""kill_test.py PROGRAM RECORDED [MOMENTS]: ziping archive is killed, half by the count of its calls and half
by the clock, at MOMENTS drawn with a fixed seed.

RECORDED is the program whose calls can be cut short (recorder.c).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from small import CLOCK, STEPS, fewer, learned, scratch
from harness import check, main, tests_of

RECORDED = Path(sys.argv.pop(2)).resolve()
MOMENTS = int(sys.argv.pop()) if sys.argv[-1].isdigit() else 200
SEED = 8493
TIMED = "second"


def test_killed_at_some_call(box):
    rng = random.Random(SEED)
    with scratch() as folder:
        small = learned(box.program, folder)
        moments = fewer(MOMENTS // 2, box.program)
        for k, step in enumerate(STEPS):
            n = small.count_calls(step, RECORDED)
            share = moments // len(STEPS) + (k < moments % len(STEPS))
            for call in sorted(rng.sample(range(1, n + 1), min(n, share))):
                small.go_before(step)
                done = small.make(step, program=RECORDED, env=small.told(f"kill:{call}"))
                check(done.returncode == -signal.SIGKILL, f"{step} was not killed at call {call} of {n}")
                small.check_left(step, f"{step}, killed at call {call} of {n}")


def test_killed_at_some_time(box):
    """With two threads, so that every kill meets another order of things."""
    rng = random.Random(SEED)
    with scratch() as folder:
        small = learned(box.program, folder)
        small.threads = 2
        small.go_before(TIMED)
        begin = time.monotonic()
        small.expect(small.make(TIMED), 0)
        lasts, killed = time.monotonic() - begin, 0
        moments = fewer(MOMENTS - MOMENTS // 2, box.program)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": CLOCK}
        for k in range(moments):
            small.go_before(TIMED)
            words = [str(small.program), *map(str, small.archive_words(TIMED))]
            run = subprocess.Popen(words, cwd=small.folder, env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.random() * lasts)
            run.kill()
            killed += run.wait() == -signal.SIGKILL
            small.check_left(TIMED, f"killed by the clock, time {k}")
        check(killed > moments // 4, f"only {killed} of {moments} were in time")


main(tests_of(sys.modules[__name__]))
