"""Drives the program for the scripts beside this one.

A script is a row of functions test_…(box): each gets a Box, an empty folder of its own with ways to
write inputs, run the program and look at what came out. Every run is also held to what is always
true: a known exit status, no fault that a sanitizer saw, a message wherever the status is not 0,
and nothing left half-written.

    SCRIPT PROGRAM [NAME...]     all tests, or those whose names hold one of NAME
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "tianhe-renda-2023"
BODY = "## 一、基本情况\n\n全年召开会议13次，听取审议各类报告42项。\n"
REPORT = "---\ntitle: 自评报告\ndepartment: 示例单位\nyear: 2023\n---\n\n" + BODY
DIAGNOSTIC_KEYS = set(
    "id severity message file line column end_line end_column sheet cell table paragraph excerpt "
    "expected found basis hint place report count places page since note box pdf_page".split()
)


def sample_text(program):
    """The sample's Markdown with its figures in place, which needs no other file."""
    command = [program, "build", "--to", "md", SAMPLE]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def check(condition, message):
    if not condition:
        raise Failure(message)


class Result:
    def __init__(self, command, code, out, err, seconds):
        self.command, self.code, self.out, self.err, self.seconds = command, code, out, err, seconds
        self.errors = err.decode("utf-8", "replace")

    def describe(self):
        return (
            f"{self.command}\n  status {self.code}, {self.seconds:.1f} s, "
            f"stderr:\n{self.errors[:1500]}"
        )

    def expect(self, code, *ids):
        """The status, and the ids of messages that must be among those printed."""
        check(self.code == code, f"status should be {code}: {self.describe()}")
        for name in ids:
            check(f"[{name}]" in self.errors, f"no message [{name}]: {self.describe()}")
        return self


class Box:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def path(self, name):
        return self.folder / name

    def write(self, name, content):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(
        self,
        *args,
        stdin=None,
        env=None,
        timeout=120,
        memory=None,
        program=None,
        stdout=None,
        inherit=(),
    ):
        """Runs the program in the box's folder. `memory`: a limit in MB, without sanitizers."""
        command = [str(program or self.program)] + [str(a) for a in args]
        environment = {
            k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "ZIPING_DATA")
        }
        environment.update(env or {})

        def limit():
            if memory and not sanitized(command[0]):
                resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))

        if isinstance(stdin, str):
            stdin = stdin.encode()
        shown = " ".join(Path(command[0]).name if i == 0 else a for i, a in enumerate(command))
        begin = time.monotonic()
        try:
            done = subprocess.run(
                command,
                input=b"" if stdin is None else stdin,
                cwd=self.folder,
                env=environment,
                timeout=timeout,
                preexec_fn=limit if memory else None,  # without one there is no copy of us
                pass_fds=inherit,
                stdout=stdout or subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except subprocess.TimeoutExpired:
            raise Failure(f"not finished after {timeout} s: {shown}") from None
        result = Result(
            shown, done.returncode, done.stdout or b"", done.stderr, time.monotonic() - begin
        )
        self.check_always(result)
        return result

    def check_always(self, result):
        check(
            not re.search(
                r"(Address|Leak|UndefinedBehavior)Sanitizer|runtime error:", result.errors
            ),
            f"a sanitizer spoke: {result.describe()}",
        )
        check(result.code in (0, 1, 2, 3), f"no status of ours: {result.describe()}")
        check(
            result.code == 0 or result.err.strip() or result.out.strip(),
            f"failed without a word: {result.describe()}",
        )
        left = [p for p in self.files() if re.search(r"(^|/)\.(?!ziping/)|tmp|~$|\.part", p)]
        check(not left, f"left behind: {left} by {result.describe()}")

    def build(self, *args, **more):
        return self.run("build", *args, **more)

    def files(self):
        """What lies in the folder; after each run, so by os.walk, the quickest way."""
        skip = len(str(self.folder)) + 1
        return sorted(
            os.path.join(top, name)[skip:] for top, _, names in os.walk(self.folder) for name in names
        )

    def read(self, name):
        path = self.path(name)
        check(path.is_file(), f"no file {name}, but {self.files()}")
        return path.read_bytes()

    def expect_pdf(self, name):
        content = self.read(name)
        check(
            content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF"),
            f"{name} is no whole PDF",
        )
        return content

    def expect_html(self, name):
        content = self.read(name)
        check(b"</html>" in content, f"{name} is no whole HTML page")
        return content

    def data(self):
        """Templates and fonts to be damaged: the folder, the environment that leads there."""
        folder = self.path("data")
        shutil.copytree(ROOT / "templates", folder / "templates")
        (folder / "fonts").mkdir()
        for font in (ROOT / "fonts").iterdir():
            (folder / "fonts" / font.name).symlink_to(font)
        return folder, {"ZIPING_DATA": str(folder)}


def sanitized(program, known={}):
    if program not in known:
        known[program] = b"__asan_init" in Path(program).read_bytes()
    return known[program]


def diagnostics(text):
    """The objects of `--diagnostics json`, each line checked."""
    found = []
    for line in text.decode().splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            raise Failure(f"not a JSON object: {line}") from None
        check(set(message) <= DIAGNOSTIC_KEYS, f"unknown keys: {line}")
        check({"id", "severity", "message"} <= set(message), f"missing keys: {line}")
        check(message["severity"] in ("error", "warning", "hint"), f"severity: {line}")
        found.append(message)
    return found


def main(tests):
    program = Path(sys.argv[1]).resolve()
    if not program.is_file():
        sys.exit(f"no program {program}")
    wanted = sys.argv[2:]
    failed = skipped = 0
    for test in tests:
        name = test.__name__
        if wanted and not any(word in name for word in wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
            begin = time.monotonic()
            try:
                test(Box(program, Path(folder)))
                verdict = "ok"
            except Skip as reason:
                verdict, skipped = f"skipped: {reason}", skipped + 1
            except Failure as failure:
                verdict, failed = f"FAILED: {failure}", failed + 1
            os.system(f"chmod -R u+rwX {folder}")
        print(f"{name} ({time.monotonic() - begin:.1f} s): {verdict}", flush=True)
    print(f"{failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


def tests_of(module):
    return [value for name, value in vars(module).items() if name.startswith("test_")]
