"""Makes archives for the tests beside this one: bags with report.json, without building reports.

    bags.py FOLDER UNITS YEAR...    the same for who wants to look at one
"""

import hashlib
import json
import random
import sys
from pathlib import Path

NAME = "整体支出绩效自评报告"
KINDS = ["局", "委员会", "中心", "街道办事处"]


def report(number, year, spoil=""):
    """What ziping build --to json says of a made-up unit (示例数据), as far as the catalogue looks."""
    chance = random.Random(f"{number}/{year}")
    budget = chance.randrange(100000, 9000000) / 100
    spent = round(budget * chance.uniform(0.7, 1), 2)
    score = round(chance.uniform(55, 100), 2)
    grade = "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"
    name = f"示例市第{number}{KINDS[number % len(KINDS)]}{spoil}"
    return {
        "template": "dept-overall",
        "title": f"{year}年度{name}{NAME}",
        "department": {"name": name, "code": f"{number:03}"},
        "year": year,
        "date": f"{int(year) + 1}-03-20",
        "budget": {"unit": "万元", "adjusted": f"{budget:.2f}万元", "spent": f"{spent:.2f}万元"},
        "score": score,
        "grade": grade,
        "indicators": [
            {"level1": "产出指标", "level2": "数量指标", "level3": "培训期数", "target": "≥12期",
             "actual": f"{10 + number % 5}期", "points": 20, "score": 18 + number % 3,
             "reason": None},
        ],
        "projects": [{"name": "示例项目", "score": 95, "grade": "优",
                      "funds": {"total": {"budget": "130万元", "spent": "127.4万元"}}}],
        "figures": {
            "execution_rate": {"name": "预算执行率", "value": round(spent / budget, 6), "unit": "1",
                               "printed": f"{spent / budget:.2%}"},
            "score": {"name": "自评得分", "value": score, "unit": "", "printed": f"{score:.2f}"},
        },
        "chapters": [
            {"level": 2, "heading": "一、部门基本情况", "lines": [f"{name}负责示例工作。"]},
            {"level": 2, "heading": "三、存在的主要问题", "problems": True,
             "lines": [f"第{number}单位培训计划执行率偏低，𠮷字项目滞后。", "资产Wi-Fi设备3,062.66万元未入账。"]},
            {"level": 2, "heading": "四、下一步改进措施", "measures": True,
             "lines": ["加强预算编制，提高培训计划执行率。"]},
        ],
        "findings": [{"id": "figure-repeat", "severity": "error", "message": "前后不一致",
                      "place": "二（一） 第1段"}] if number % 20 == 0 else [],
    }


def write_bag(archive, bag, reports, extra=lambda unit: {}):
    """`reports`: unit, or unit/name -> report; `extra`: further files of a unit, path -> bytes."""
    lines = {"sha512": [], "sha256": []}
    root = Path(archive) / bag
    for unit, content in sorted(reports.items()):
        files = {
            "report.json": json.dumps(content, ensure_ascii=False, indent=1).encode(),
            f"{NAME}.pdf": b"%PDF-1.7 " + unit.encode(),
            f"{NAME}.html": f"<!DOCTYPE html><title>{unit}</title>".encode(),
            **extra(unit),
        }
        for path, content in sorted(files.items()):
            where = f"data/{unit}/{path}" if "/" in unit else f"data/{unit}/{NAME}/{path}"
            (root / where).parent.mkdir(parents=True, exist_ok=True)
            (root / where).write_bytes(content)
            for kind, listed in lines.items():
                listed.append(f"{hashlib.new(kind, content).hexdigest()}  {where}\n")
    for kind, listed in lines.items():
        manifest = root / f"manifest-{kind}.txt"
        manifest.write_text("".join(sorted(listed, key=lambda line: line[66:])), encoding="utf-8")
    (root / "bag-info.txt").write_text("Bagging-Date: 2025-03-31\n")
    (root / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")


def make(archive, units, years):
    for year in years:
        write_bag(archive, year, {f"{n:03}": report(n, year) for n in range(1, units + 1)})


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
