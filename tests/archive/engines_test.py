#!/usr/bin/env -S python3 -B
"""engines_test.py PROGRAM: a district archived in shards by GNU parallel and by a Slurm job array, with the
scripts of samples/many-machines, comes to the same archive as in one run.

Slurm (Debian's slurmctld, slurmd, slurm-client, munge) is started here on this machine, in a folder of its
own and on free ports, and stopped. It wants root. What is not installed is skipped, and said so.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager

import district
from small import CLOCK, snapshot
from harness import ROOT, Skip, check, main, tests_of

SCRIPTS = ROOT / "samples" / "many-machines"
UNITS, SHARDS, PATIENCE = 9, 3, 60
skips = []


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            skips.append(program)
            raise Skip(f"no {program} here")


def environment(program, **more):
    return {**os.environ, "ZIPING": str(program), "SOURCE_DATE_EPOCH": CLOCK, **more}


def prepare(box):
    """The district, and what it comes to in one run."""
    district.make(box.folder, UNITS, (2023, 2024))
    done = box.run("archive", "上报", "-o", "一次", env={"SOURCE_DATE_EPOCH": CLOCK})
    check(done.code in (0, 1), done.describe())
    return snapshot(box.path("一次"))


def same(box, whole):
    found = snapshot(box.path("归档"))
    differ = [path for path in sorted(set(whole) | set(found)) if whole.get(path) != found.get(path)]
    check(not differ, f"not the same as in one run: {differ[:8]}")
    box.run("verify", "归档").expect(0)


def test_gnu_parallel(box):
    need("parallel")
    whole = prepare(box)
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([SCRIPTS / "parallel.sh", "上报", "归档", str(SHARDS)], cwd=box.folder,
                              capture_output=True, text=True, env=environment(box.program, PARALLEL_HOME=home))
    check(done.returncode in (0, 1), f"status {done.returncode}: {done.stdout}{done.stderr}")
    same(box, whole)


def test_a_part_is_missing(box):
    district.make(box.folder, UNITS, (2023,))
    for part in (1, 3):
        box.run("archive", "上报", "-o", f"份{part}", "--shard", f"{part}/{SHARDS}")
    done = box.run("archive", "--merge", "份1", "份3", "-o", "归档")
    check(done.code in (1, 3), f"merged without a word: {done.describe()}")
    check("2/3" in done.errors or "第2份" in done.errors.replace(" ", ""), f"the part is not named: {done.describe()}")


# ---- Slurm ----

CONFIG = """ClusterName=ziping
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
ReturnToService=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=main Nodes={host} Default=YES State=UP
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(condition, what, folder):
    begin = time.monotonic()
    while not condition():
        logs = "".join(p.read_text(errors="replace")[-800:] for p in folder.glob("*.log"))
        check(time.monotonic() - begin < PATIENCE, f"{what} after {PATIENCE} s\n{logs}")
        time.sleep(0.1)


@contextmanager
def slurm(folder):
    """A cluster of this machine alone; the environment that leads to it."""
    (folder / "state").mkdir(parents=True)
    (folder / "spool").mkdir()
    folder.chmod(0o755)
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o400)
    host = socket.gethostname().split(".")[0]
    config = CONFIG.format(host=host, ports=free_ports(2), folder=folder, cpus=os.cpu_count())
    (folder / "slurm.conf").write_text(config)
    env = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf")}
    running = []

    def start(*words):
        with open(folder / "daemons.log", "ab") as log:
            running.append(subprocess.Popen(words, env=env, stdout=log, stderr=log))

    def is_up():
        return "idle" in subprocess.run(["sinfo", "-h", "-o", "%T"], env=env, capture_output=True, text=True).stdout

    try:
        start("munged", "--foreground", "--force", f"--socket={folder}/munge.socket", f"--key-file={key}",
              f"--pid-file={folder}/munge.pid", f"--log-file={folder}/munge.log", f"--seed-file={folder}/munge.seed")
        wait_for((folder / "munge.socket").exists, "no munge", folder)
        start("slurmctld", "-D")
        start("slurmd", "-D")
        wait_for(is_up, "no node is idle", folder)
        yield env
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def test_slurm_job_array(box):
    need("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo")
    if os.geteuid() != 0:
        skips.append("root")
        raise Skip("slurmd wants root")
    whole = prepare(box)
    with slurm(box.path("slurm")) as env:
        env = environment(box.program, **env)
        done = subprocess.run([SCRIPTS / "slurm.sh", "上报", "归档", str(SHARDS)], cwd=box.folder, env=env,
                              capture_output=True, text=True)
        check(done.returncode == 0, f"not submitted: {done.stderr}")
        job = done.stdout.strip()

        def is_over():
            listed = subprocess.run(["squeue", "-h", "-j", job], env=env, capture_output=True, text=True)
            return not listed.stdout.strip()

        wait_for(is_over, "the jobs are not over", box.path("slurm"))
    said = "".join(p.read_text() for p in sorted(box.folder.glob("归档-各份/*.log")))
    check(box.path("归档").is_dir(), f"no archive: {said}")
    same(box, whole)


def all_or_skipped():
    """77 when a test could not be tried here."""
    try:
        main(tests_of(sys.modules[__name__]))
    except SystemExit as end:
        sys.exit(77 if not end.code and skips else end.code)


all_or_skipped()
