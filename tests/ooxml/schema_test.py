"""schema_test.py PROGRAM FOLDER: every Word document is what ECMA-376 says it is.

FOLDER is where setup has put the schemas and their runner (Runner.java). Documents spoiled on
purpose show that it would say so.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ["samples/tianhe-renda-2023", "samples/project-self-2024", "tests/browser/everything.md"]

# In word/document.xml: out of order, an attribute and a value that are none, within a drawing.
FAULTS = [
    ('<w:pStyle w:val="Title"/><w:keepNext/>', '<w:keepNext/><w:pStyle w:val="Title"/>'),
    ('<w:tcW w:w=', '<w:tcW w:wide='),
    ('w:hRule="atLeast"', 'w:hRule="atleast"'),
    ("<a:stretch>", "<a:stretching/><a:stretch>"),
]


def validate(folder, files):
    """What the runner says of each: "" where it is valid."""
    done = subprocess.run(["java", "-cp", f"{folder}:{folder}/jars/*", "Runner"],
                          input="".join(f"{path}\n" for path in files), capture_output=True,
                          text=True, encoding="utf-8")
    said = re.findall(r"^(valid|INVALID) (.*\n(?:    .*\n)*)", done.stdout, re.MULTILINE)
    if len(said) != len(files):
        sys.exit(f"{len(said)} of {len(files)} validated: {done.stdout}{done.stderr}")
    return ["" if verdict == "valid" else faults for verdict, faults in said]


def build(program, source, work):
    """The document, None where there is none (what cannot be known writes nothing)."""
    out = work / f"{source.stem}.docx"
    subprocess.run([program, "build", "--to", "docx", "-o", out, source], capture_output=True)
    return out if out.exists() else None


def spoil(path, number, old, new):
    """A copy of the document with something else in its text."""
    out = path.with_name(f"spoiled{number}.docx")
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "word/document.xml":
                assert old.encode() in content, old
                content = content.replace(old.encode(), new.encode(), 1)
            bad.writestr(name, content)
    return out


def main(program, folder):
    if not (folder / "Runner.class").is_file() or not shutil.which("java"):
        print("ECMA-376: skipped; the schemas were not to be had when setup ran")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="ziping-") as work:
        work = Path(work)
        sources = sorted((ROOT / "tests/cases").glob("*.md")) + [ROOT / name for name in REPORTS]
        files = [path for path in (build(program, source, work) for source in sources) if path]
        spoiled = [spoil(files[-1], n, *fault) for n, fault in enumerate(FAULTS)]
        said = validate(folder, files + spoiled)
    faults = "".join(said[: len(files)])
    unseen = [new for (_, new), seen in zip(FAULTS, said[len(files) :]) if not seen]
    print(faults + "".join(f"the runner does not see {new}\n" for new in unseen), end="")
    print(f"ECMA-376: {len(files)} validated")
    sys.exit(1 if faults or unseen or len(files) < 40 else 0)


main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
