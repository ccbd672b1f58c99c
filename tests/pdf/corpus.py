"""The documents that every standard is tried on: the golden cases, the samples, and what each template
gives to begin with. A report that is refused, as some cases are, makes no PDF."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
DATE = "1711929600"  # 2024-04-01 00:00 UTC


def run(program, *words, cwd=ROOT):
    environment = {k: v for k, v in os.environ.items() if k != "ZIPING_DATA"}
    return subprocess.run([str(program), *map(str, words)], cwd=cwd, capture_output=True,
                          env={**environment, "SOURCE_DATE_EPOCH": DATE}, timeout=300)


def inputs(program, folder):
    """(name, INPUT) of all documents; those from templates are written into `folder`."""
    found = [(case.stem, case) for case in sorted(CASES.glob("*.md"))]
    found += [(sample.name, sample) for sample in sorted((ROOT / "samples").iterdir())]
    for template in sorted((ROOT / "templates").iterdir()):
        made = folder / "new" / template.name
        made.parent.mkdir(exist_ok=True)
        if template.name != "base":
            done = run(program, "new", "--template", template.name, "--unit", "示例局", "--year",
                       "2024", made)
            assert done.returncode == 0, done.stderr.decode()
            found.append((template.name, made))
    return found


def build(program, name, source, standard, folder):
    """The PDF, or None where the report is refused."""
    out = folder / f"{name}.{standard}.pdf"
    done = run(program, "build", "--pdf-standard", standard, "-o", out, source, cwd=CASES)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{name} as {standard}: {done.returncode} {done.stderr.decode()}")
    return out if out.exists() else None
