"""verapdf_test.py PROGRAM FOLDER: every document is what it promises to be, says veraPDF.

FOLDER is where setup has put the validator and its runner (verapdf/Runner.java). A document that
breaks a rule on purpose shows that the validator would say so.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import ROOT, build, inputs

# Standard, and the flavours that veraPDF knows it by.
FLAVOURS = {"a-2a+ua-1": ("2a", "ua1"), "a-1b": ("1b",), "a-1a": ("1a",), "a-2b": ("2b",),
            "a-2u": ("2u",), "a-3a": ("3a",)}


def validate(folder, files):
    """{(flavour, path): valid or INVALID} and all that the runner prints of [(flavour, path)]. A machine
    that lives for half a minute has no use for its best compiler nor for a collector with threads."""
    lines = "".join(f"{flavour}\t{path}\n" for flavour, path in files)
    done = subprocess.run(["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                           f"{folder}:{folder}/jars/*", "Runner"], input=lines, capture_output=True,
                          text=True, encoding="utf-8")
    words = [line.split(" ", 2) for line in done.stdout.splitlines() if line.startswith(("valid ", "INVALID "))]
    return {(flavour, Path(path)): verdict for verdict, flavour, path in words}, done.stdout + done.stderr


def spoil(path, old, new):
    """A copy of the file with some bytes changed for as many others."""
    content = path.read_bytes()
    assert len(old) == len(new) and content.count(old) == 1, (old, content.count(old))
    out = path.with_suffix(f".{content.index(old)}.pdf")
    out.write_bytes(content.replace(old, new))
    return out


def main(program, folder):
    if not (folder / "Runner.class").is_file() or not shutil.which("java"):
        print("veraPDF: skipped; it was not to be had when setup ran")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="ziping-") as work:
        work = Path(work)
        files = []
        for name, source in inputs(program, work):
            made = {standard: build(program, name, source, standard, work) for standard in FLAVOURS}
            files += [(flavour, path) for standard, path in made.items() if path
                      for flavour in FLAVOURS[standard]]
        sample = build(program, "sample", ROOT / "samples/tianhe-renda-2023", "a-1a", work)
        spoiled = [("1a", spoil(sample, old, new)) for old, new in (
            (b"/Marked true", b"/Marked 1111"), (b"/S /GTS_PDFA1", b"/S /GTS_PDFX1"),
            (b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"))]
        verdicts, said = validate(folder, files + spoiled)
    wrong = [file for file in files if verdicts.get(file) != "valid"]
    unseen = [file for file in spoiled if verdicts.get(file) != "INVALID"]
    if wrong or unseen:
        print("\n".join(line for line in said.splitlines() if not line.startswith("valid ")))
        print(f"not valid: {wrong}\nveraPDF does not see what is wrong with: {unseen}")
    print(f"veraPDF: {len(files)} validated")
    sys.exit(0 if not wrong and not unseen and len(files) > 300 else 1)


main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
