"""preflight_test.py PROGRAM: Apache Preflight finds every document valid as PDF/A-1b, and poppler,
mutool and Ghostscript read those of every standard without a word of complaint."""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus import ROOT, build, inputs

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io",
        "javax.activation", "jaxb-api")
CLASSPATH = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
STANDARDS = ("a-2a+ua-1", "a-1b", "a-3a", "none")


def preflight(paths):
    """What it says of files that are not valid."""
    listing = paths[0].parent / "files"
    listing.write_text("\n".join(map(str, paths)) + "\n")
    done = subprocess.run(["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASSPATH,
                           "org.apache.pdfbox.preflight.Validator_A1b", "batch", listing],
                          capture_output=True, text=True)
    good = done.stdout.count("is a valid PDF/A-1b file")
    return good, done.stdout[-3000:] + done.stderr[-3000:]


def complaints(path):
    """What readers print that is no result of theirs."""
    said = ""
    for command in (["qpdf", "--check", path], ["pdftotext", path, "-"], ["pdfinfo", path],
                    ["pdftoppm", "-r", "20", path, path.with_suffix("")],
                    ["mutool", "draw", "-q", "-r", "20", "-o", os.devnull, "-F", "pnm", path],
                    ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR",
                     "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path]):
        done = subprocess.run([str(word) for word in command], capture_output=True)
        errors = done.stderr.replace(b"warning: ICC support is not available", b"")  # of Debian's mutool
        talks = command[0] == "gs" and done.stdout.strip()
        if done.returncode != 0 or errors.strip() or talks:
            said += f"{command[0]} of {path.name}: {done.returncode} " \
                    f"{(errors + done.stdout)[:500].decode(errors='replace')}\n"
    return said


def main(program):
    missing = [jar for jar in CLASSPATH.split(":") if not Path(jar).is_file()]
    if missing or not shutil.which("java") or not shutil.which("gs"):
        print(f"Preflight: skipped; wanting {missing or 'java or gs'}")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="ziping-") as work:
        work = Path(work)
        made = [(standard, build(program, name, source, standard, work))
                for name, source in inputs(program, work) for standard in STANDARDS]
        basic = [path for standard, path in made if standard == "a-1b" and path]
        good, said = preflight(basic)
        if good != len(basic) or not basic:
            print(f"Preflight: {good} of {len(basic)} valid\n{said}")
        with ThreadPoolExecutor(2) as pool:
            talk = "".join(pool.map(complaints, [path for _, path in made if path]))
        print(talk)
    print(f"{good} valid, {len(made)} read")
    sys.exit(1 if talk or good != len(basic) or not basic else 0)


main(Path(sys.argv[1]).resolve())
