"""Is what `ziping check` finds right?

Every error and warning over the fixed set has its verdict in verdicts.json; the precision of both is
printed. Fails when a finding has no verdict, when under 90 % of the errors or 80 % of the warnings
are right, or when a finding is missing that must be there.

    precision_test.py PROGRAM [--new]      prints the findings without a verdict as lines of
                                           verdicts.json, to be judged by hand
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = "samples/tianhe-renda-2023"
SAMPLE_FURTHER = 5  # errors and warnings on the sample beside those that must be there
WANTED = {"error": 0.90, "warning": 0.80}


def fixed_set():
    """Paths below the project's root."""
    folders = [HERE / "reports", HERE / "laws"]
    files = [path for folder in folders for path in folder.iterdir() if path.suffix in (".md", ".txt")]
    texts = [str(path.relative_to(ROOT)) for path in sorted(files)]
    return texts + [SAMPLE, "tests/templates/tianhe-renda-2023.txt"]


def check(program, path):
    command = [program, "check", "--diagnostics", "json", path]
    run = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {run.returncode}\n{run.stderr.decode()[:2000]}")
    findings = [json.loads(line) for line in run.stdout.decode().splitlines()]
    return [f for f in findings if f.get("severity") in WANTED and "id" in f]


def judge_of(finding, verdicts):
    """The verdict of a finding: of the same file, rule, line and excerpt."""
    for verdict in verdicts:
        if all(verdict[key] == finding.get(key) for key in ("file", "id", "line", "excerpt")):
            return verdict
    return None


def words_of(finding):
    return " ".join(str(finding.get(k, "")) for k in ("message", "excerpt", "expected", "found"))


def is_there(wanted, findings):
    return any(
        f.get("file") == wanted["file"]
        and f.get("line") in wanted["lines"]
        and wanted["words"] in words_of(f)
        for f in findings
    )


def skeleton(finding):
    keys = ("file", "id", "line", "excerpt", "severity", "message")
    entry = {key: finding.get(key) for key in keys}
    return json.dumps({**entry, "verdict": "?", "reason": "?"}, ensure_ascii=False)


def main():
    program, show_new = str(Path(sys.argv[1]).resolve()), "--new" in sys.argv[2:]
    data = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
    verdicts, required = data["findings"], data["required"]
    counts = {severity: [0, 0] for severity in WANTED}
    failed, everything, used = [], [], []
    for path in fixed_set():
        findings = check(program, path)
        everything += findings
        for finding in findings:
            verdict = judge_of(finding, verdicts)
            if verdict is None:
                if show_new:
                    print(" ", skeleton(finding) + ",")
                place = f"{finding.get('file')}:{finding.get('line')}"
                failed.append(f"no verdict: {place}: {finding['id']} {finding['message']}")
                continue
            used.append(verdict)
            counts[finding["severity"]][0] += verdict["verdict"] == "right"
            counts[finding["severity"]][1] += 1
    for severity, (right, count) in counts.items():
        share = right / count if count else 1
        print(f"{severity}s: {right} of {count} right, {100 * share:.1f} %")
        if share < WANTED[severity]:
            failed.append(f"{severity}s: {100 * WANTED[severity]:.0f} % are wanted")
    missing = [wanted for wanted in required if not is_there(wanted, everything)]
    print(f"{len(required) - len(missing)} of {len(required)} slips that are there found")
    for wanted in missing:
        line = f"{wanted['file']}:{wanted['lines'][0]}: not found: {wanted['words']}: {wanted['reason']}"
        (print if wanted.get("missed") else failed.append)(line)
    sample = [w for w in required if w["file"].startswith(SAMPLE)]
    further = sum(f.get("file", "").startswith(SAMPLE) for f in everything) - len(sample)
    print(f"on the sample {further} beside the {len(sample)} that must be there")
    if further > SAMPLE_FURTHER:
        failed.append(f"on the sample {SAMPLE_FURTHER} are allowed")
    gone = [v for v in verdicts if v not in used]
    for verdict in gone:
        print(f"no longer found: {verdict['file']}:{verdict['line']} {verdict['id']}")
    print("\n".join(failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
