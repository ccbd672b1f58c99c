"""faults_test.py PROGRAM FAULTY: disks that are full, folders that cannot be written, devices.

FAULTY is the program with system calls that fail on command (../faults.c). Whatever fails, a file is
there whole or as it was, nothing else is left behind, and the status is 3 with a message.
"""

import os
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from harness import REPORT, Skip, check, main, tests_of

FAULTY = Path(sys.argv.pop(2)).resolve()
CALLS_MAX = 60  # of one kind, in one build


def fail_at_every(box, call, first):
    """Builds with the n-th call failing, from the first that concerns an output to the last there is."""
    box.write("报告.md", REPORT)
    for n in range(first, CALLS_MAX):
        box.write("报告.pdf", "old")
        box.write("报告.html", "old")
        done = box.run("build", "报告.md", env={"ZIPING_FAULT": f"{call}:{n}"}, program=FAULTY)
        pdf, html = box.read("报告.pdf"), box.read("报告.html")
        check(pdf == b"old" or pdf.endswith(b"%%EOF\n"), f"a piece of a PDF: {done.describe()}")
        check(html == b"old" or html.rstrip().endswith(b"</html>"), f"half a page: {done.describe()}")
        check(box.files() == ["报告.html", "报告.md", "报告.pdf"], f"left behind: {box.files()}")
        if done.code == 0:
            check(pdf != b"old" and html != b"old", f"not written: {done.describe()}")
            return n - first
        check(done.code == 3 and done.errors.strip(), f"no status 3 with a message: {done.describe()}")
        check(html == b"old", f"the page is there though something failed: {done.describe()}")
    raise AssertionError(f"more than {CALLS_MAX} calls of {call}")


def test_every_write_finds_the_disk_full(box):
    check(fail_at_every(box, "write", 1) >= 3, "no write was made to fail")


def test_every_sync_fails(box):
    """Of a file; a folder's own sync fails without harm, so that one is passed over."""
    box.write("报告.md", REPORT)
    box.write("报告.pdf", "old")
    done = box.run("build", "--to", "pdf", "报告.md", env={"ZIPING_FAULT": "fsync:1"}, program=FAULTY)
    done.expect(3)
    check(box.read("报告.pdf") == b"old", "the file was touched")


def test_every_rename_fails(box):
    check(fail_at_every(box, "rename", 1) == 2, "two files, two renames")


def test_a_close_that_fails_after_writing(box):
    """Whichever close it is: a failure of one that read is no harm."""
    box.write("报告.md", REPORT)
    failed = 0
    for n in range(1, CALLS_MAX):
        box.write("报告.pdf", "old")
        done = box.run("build", "--to", "pdf", "报告.md", env={"ZIPING_FAULT": f"close:{n}"},
                       program=FAULTY)
        check(done.code in (0, 3), done.describe())
        check((box.read("报告.pdf") == b"old") == (done.code == 3), f"half done: {done.describe()}")
        failed += done.code == 3
    check(failed == 1, f"{failed} closes made it fail")


@contextmanager
def mounted(box, options):
    """A small file system of its own, where this machine permits one."""
    folder = box.path("disk")
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "ziping", folder],
                          capture_output=True)
    if done.returncode != 0:
        raise Skip("this system permits no mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_really_full(box):
    box.write("报告.md", REPORT)
    with mounted(box, "size=64k") as disk:
        (disk / "a.pdf").write_text("old")
        (disk / "filler").write_bytes(b"x" * (52 << 10))
        done = box.run("build", "-o", "disk/a.pdf", "报告.md").expect(3)
        check("满" in done.errors or "空间" in done.errors, done.describe())
        check((disk / "a.pdf").read_text() == "old", "the old file is gone")
        check(sorted(os.listdir(disk)) == ["a.pdf", "filler"], f"left: {os.listdir(disk)}")


def test_a_disk_that_is_read_only(box):
    box.write("报告.md", REPORT)
    with mounted(box, "size=1m") as disk:
        (disk / "a.pdf").write_text("old")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = box.run("build", "-o", "disk/a.pdf", "报告.md").expect(3)
        check(done.errors.strip(), done.describe())
        check((disk / "a.pdf").read_text() == "old", "the old file is gone")


def test_a_folder_that_is_read_only(box):
    if os.geteuid() == 0:
        raise Skip("root may write anywhere; a read-only disk stands for it")
    box.write("报告.md", REPORT)
    box.write("结果/报告.pdf", "old")
    box.path("结果").chmod(0o555)
    box.run("build", "--to", "pdf", "-o", "结果/", "报告.md").expect(3)
    box.path("结果").chmod(0o755)
    check(box.read("结果/报告.pdf") == b"old", "the old file is gone")


def test_devices_stay_devices(box):
    box.write("报告.md", REPORT)
    for device, status in (("/dev/null", 0), ("/dev/full", 3)):
        box.run("build", "--to", "pdf", "-o", device, "报告.md").expect(status)
        check(stat.S_ISCHR(os.stat(device).st_mode), f"{device} is no device any more")


def test_a_folder_as_output_takes_the_reports_name(box):
    box.write("年报/report.md", REPORT)
    box.path("结果").mkdir()
    box.run("build", "--to", "pdf", "-o", "结果", "年报").expect(0)
    box.expect_pdf("结果/年报.pdf")


main(tests_of(sys.modules[__name__]))
