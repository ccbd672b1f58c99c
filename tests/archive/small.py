"""A small archive in the making, for the tests that interrupt it.

Eight units with reports of a page, over two years. `STEPS` are runs that each lead from one state of the
archive to the next; a test interrupts one and holds what is left to what must be true then: each year is a
valid bag, or a journal lies beside it; `verify --repair` leads to the state before or the one after,
exactly; the same run again leads to the one after.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import power  # noqa: E402
from harness import check, sanitized  # noqa: E402

REPORT = """---
模板: base
标题: "{{{{年度}}}}年度{{{{单位.名称}}}}整体支出绩效自评报告"
单位: {{名称: {name}, 编码: "{code}"}}
年度: {year}
预算: {{金额单位: 万元, 年初预算数: 100, 调整后预算数: 100, 实际支出数: {spent}}}
自评得分: 95
---

## 一、基本情况

示例数据：实际支出数{{{{预算.实际支出数 | 万元}}}}万元。
"""
CLOCK = "1704067200"
PRIVATE = ".ziping"
JOURNAL = PRIVATE + "/journal"


def write_unit(source, index, year, spent):
    folder = source / str(year) / f"00{index}"
    (folder / "附件").mkdir(parents=True, exist_ok=True)
    text = REPORT.format(name=f"示例单位{index}", code=f"00{index}", year=year, spent=spent)
    (folder / "report.md").write_text(text, encoding="utf-8")
    (folder / "附件" / "盖章件.pdf").write_bytes(b"%PDF-1.4\n" + f"示例{index}".encode() * 50)


def prepare_first(source):
    for index in range(1, 9):
        write_unit(source, index, 2023 if index < 7 else 2022, 90 + index)


def prepare_second(source):
    write_unit(source, 1, 2023, 77)
    write_unit(source, 9, 2023, 88)
    shutil.rmtree(source / "2023" / "003")


# Each: what is done to the source, and the run that follows.
STEPS = {
    "first": (prepare_first, ()),
    "second": (prepare_second, ("--prune",)),
    "seal": (None, ("--seal", "2023")),
}


def scratch():
    """A folder in memory, if there is one: what is tried here is not the disk."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    return tempfile.TemporaryDirectory(prefix="ziping-", dir=memory if usable else None)


def file_state(path):
    """A database by what it holds; the search by its words, which stand in the order they came in."""
    if path.suffix == ".sqlite":
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            words = path.name == "search.sqlite"
            lines = sorted(map(repr, base.execute("SELECT * FROM words"))) if words else base.iterdump()
            return hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def snapshot(archive):
    """{path: hash} of all files but ziping's own; a database by what is in it."""
    found = {}
    for path, folders, files in os.walk(archive):
        if PRIVATE in folders:
            folders.remove(PRIVATE)
        for name in files:
            file = Path(path) / name
            found[str(file.relative_to(archive))] = file_state(file)
    return found


def read_manifest(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: value for value, name in (line.split("  ", 1) for line in lines)}


def bag_fault(bag):
    """What keeps a folder from being a valid bag; None when nothing does."""
    for name in ("sha512", "sha256"):
        try:
            payload = read_manifest(bag / f"manifest-{name}.txt")
            tags = read_manifest(bag / f"tagmanifest-{name}.txt")
        except (OSError, ValueError) as error:
            return f"{bag.name}: {error}"
        for file, value in [*payload.items(), *tags.items()]:
            path = bag / file.replace("%25", "%")
            if not path.is_file():
                return f"{bag.name}: {file} is not there"
            if hashlib.new(name, path.read_bytes()).hexdigest() != value:
                return f"{bag.name}: {file} has another {name}"
        there = {str(p.relative_to(bag)) for p in (bag / "data").rglob("*") if p.is_file()}
        if there != {file.replace("%25", "%") for file in payload}:
            return f"{bag.name}: more files than listed: {sorted(there - set(payload))[:3]}"
    return None


def bags(archive):
    return sorted(p for p in archive.iterdir() if p.name[:4].isdigit() and p.is_dir()) if archive.is_dir() else []


class Small:
    def __init__(self, program, folder, threads=1):
        self.program, self.folder, self.threads = program, Path(folder), threads
        self.source, self.archive = self.folder / "上报", self.folder / "归档"
        self.source.mkdir()
        self.states = {}

    def run(self, *words, program=None, env=None):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": CLOCK, **(env or {})}
        return subprocess.run([str(program or self.program), *map(str, words)], cwd=self.folder,
                              capture_output=True, text=True, env=environment, timeout=120)

    def archive_words(self, step):
        return ("archive", "上报", "-o", "归档", "-j", self.threads, *STEPS[step][1])

    def make(self, step, **more):
        return self.run(*self.archive_words(step), **more)

    def expect(self, done, *codes):
        check(done.returncode in codes,
              f"status {done.returncode}, not {codes}: {done.args[1:]}\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        return done

    def learn(self, steps=STEPS):
        """Does all steps once; keeps each state of source and archive, and what it should come to."""
        for step in steps:
            prepare = STEPS[step][0]
            if prepare:
                prepare(self.source)
            shutil.copytree(self.source, self.folder / f"source-{step}")
            if self.archive.is_dir():
                shutil.copytree(self.archive, self.folder / f"archive-{step}")
            old = snapshot(self.archive)
            self.expect(self.make(step), 0)
            new = snapshot(self.archive)
            check(new != old, f"{step} changed nothing")
            for bag in bags(self.archive):
                check(bag_fault(bag) is None, bag_fault(bag))
            self.expect(self.run("verify", "归档"), 0)
            self.states[step] = (old, new)

    def told(self, what):
        """The environment in which recorder.c does that with calls on the archive."""
        return {"ZIPING_CALLS_ROOT": str(self.archive.resolve()), "ZIPING_CALLS": what}

    def count_calls(self, step, recorded):
        """How many calls the step makes that change the archive."""
        self.go_before(step)
        log = self.folder / "calls"
        log.unlink(missing_ok=True)
        self.expect(self.make(step, program=recorded, env=self.told(f"record:{log}")), 0)
        return power.read_calls(log)[-1].number

    def go_before(self, step):
        """Source and archive as they were before the step."""
        for folder, kept in ((self.source, f"source-{step}"), (self.archive, f"archive-{step}")):
            shutil.rmtree(folder, ignore_errors=True)
            if (self.folder / kept).is_dir():
                shutil.copytree(self.folder / kept, folder, symlinks=True)

    def check_left(self, step, what, finish=True, between=False):
        """What must be true of what is left when the step was interrupted. `between`: reports may be of
        either state, each whole, because one could not be made."""
        old, new = self.states[step]
        if not (self.archive / JOURNAL).is_file():
            for bag in bags(self.archive):
                check(bag_fault(bag) is None, f"{what}: no journal, and {bag_fault(bag)}")
        if bags(self.archive) or (self.archive / JOURNAL).is_file():
            done = self.expect(self.run("verify", "--repair", "归档"), 0)
            check(not (self.archive / JOURNAL).exists(), f"{what}: a journal is left after repair")
            found = snapshot(self.archive)
            check(between or found in (old, new), f"{what}: neither old nor new after repair: {self.differ(found, step)}\n{done.stdout}{done.stderr}")
        if finish:
            self.expect(self.make(step), 0)
            found = snapshot(self.archive)
            check(found == new, f"{what}: not new after another run: {self.differ(found, step)}")

    def differ(self, found, step):
        old, new = self.states[step]
        return {name: [path for path in sorted(set(found) | set(state)) if found.get(path) != state.get(path)][:6]
                for name, state in (("old", old), ("new", new))}


def learned(program, folder):
    small = Small(program, folder)
    small.learn()
    return small


def fewer(count, program):
    """Under sanitizers a process takes ten times as long."""
    return max(1, count // 8) if sanitized(str(program)) else count
