#!/usr/bin/env python3
"""What is made of an archive's bags, and what is asked of it: catalog, search, diff."""

import json
import sqlite3
import sys

import bags
from harness import check, main, tests_of


def archive(box, units=4, years=("2023", "2024")):
    bags.make(box.path("档案"), units, years)
    return box.path("档案")


def dump(folder):
    with sqlite3.connect(folder / "catalog.sqlite") as database:
        return list(database.iterdump())


def lines(result):
    return result.out.decode().splitlines()


def test_all_is_made_of_the_bags(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    wanted = {"catalog.sqlite", "search.sqlite", "index.html"}
    wanted |= {f"汇总表-{y}.{e}" for y in ("2023", "2024") for e in ("xlsx", "html", "pdf")}
    check(wanted <= {path.name for path in folder.iterdir()}, "something is not there")
    with sqlite3.connect(folder / "catalog.sqlite") as database:
        def count(table):
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        check(count("report") == 8 and count("figure") == 16 and count("file") == 24, "rows")
        row = database.execute(
            "SELECT name, budget, rate FROM report WHERE year = '2024' AND code = '003'").fetchone()
        made = bags.report(3, "2024")
        budget = float(made["budget"]["adjusted"].rstrip("万元"))
        check(row[0] == made["department"]["name"], "name")
        check(abs(row[1] - budget * 10000) < 0.01, "money is in 元")


def test_the_catalogue_depends_on_the_bags_alone(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    whole = dump(folder)
    bags.write_bag(folder, "2024", {"001": bags.report(1, "2024"), "009": bags.report(9, "2024")})
    box.run("catalog", folder).expect(0)
    check(dump(folder) != whole, "a change is not seen")
    bags.make(folder, 4, ["2024"])
    box.run("catalog", folder).expect(0)
    check(dump(folder) == whole, "the way there shows")
    box.run("search", folder, "示例市第9").expect(1)
    for name in ("catalog.sqlite", "search.sqlite"):
        (folder / name).unlink()
    box.run("catalog", folder).expect(0)
    check(dump(folder) == whole, "made anew it is another")


def test_what_has_not_changed_is_not_written(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    box.run("catalog", folder).expect(0)
    check(before == {path: path.stat().st_mtime_ns for path in folder.iterdir()}, "written again")


def test_damaged_files_are_made_anew(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    whole = dump(folder)
    for name in ("catalog.sqlite", "search.sqlite"):
        (folder / name).write_bytes(b"no database" * 1000)
        box.run("search", folder, "培训").expect(3)
        box.run("catalog", folder).expect(0)
        check(dump(folder) == whole, name)
        box.run("search", folder, "培训").expect(0)


def test_a_correction_is_what_counts(box):
    folder = archive(box)
    late = bags.report(2, "2023")
    late["score"], late["grade"] = 12.5, "差"
    bags.write_bag(folder, "2023-2", {"002": late})
    box.run("catalog", folder).expect(0)
    with sqlite3.connect(folder / "catalog.sqlite") as database:
        rows = database.execute(
            "SELECT bag, score FROM report WHERE year = '2023' AND code = '002'").fetchall()
        check(rows == [("2023-2", 12.5)], rows)


def test_a_broken_report_is_named_and_left_out(box):
    folder = archive(box)
    bags.write_bag(folder, "2024", {"001": bags.report(1, "2024"), "002": "no object"})
    result = box.run("catalog", folder)
    check(result.code == 1 and "002" in result.errors, result.describe())
    box.run("search", folder, "培训", "--year", "2024").expect(0)


def test_words_of_any_length(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    for word in ("培", "培训", "培训计划执行率偏低", "𠮷", "𠮷字", "wi-fi", "ＷＩ", "3062.66", "3,062.66",
                 "“培训”计划", "培训 偏低", "第2中心"):
        box.run("search", folder, word).expect(0)
    for word in ("训培", "培 不存在", "费用", "62.66"):
        check(b"\n" in box.run("search", folder, word).expect(1).out, "it says so")
    for word in ("！？", "", '"'):
        box.run("search", folder, word).expect(2)
    for word in ('" OR 1', "培训*", "name:培训", "NEAR(培训)", "'; DROP TABLE report; --"):
        check(box.run("search", folder, word).code in (0, 1), word)
    check(len(dump(folder)) > 8, "the tables are there")


def test_ranked_narrowed_and_as_json(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    hits = [json.loads(line) for line in lines(box.run("search", folder, "第2中心", "--to", "json"))]
    check("heading" not in hits[0] and hits[0]["name"] == "示例市第2中心", "the name comes first")
    one = box.run("search", folder, "培训", "--unit", "003", "--year", "2023", "--to", "json")
    hits = [json.loads(line) for line in lines(one)]
    check({(hit["year"], hit["folder"][:3]) for hit in hits} == {("2023", "003")}, hits)
    check(len(lines(box.run("search", folder, "培训", "--limit", "2", "--to", "json"))) == 2, "limit")


def test_two_years_side_by_side(box):
    folder = archive(box)
    new = {f"{n:03}": bags.report(n, "2024") for n in (1, 2, 3)}
    renamed = bags.report(4, "2024")
    renamed["department"]["name"] = "示例市新局"
    bags.write_bag(folder, "2024", {**new, "新局": renamed, "005": bags.report(5, "2024")})
    box.run("catalog", folder).expect(0)
    units = json.loads(box.run("diff", folder, "2023", "2024", "--to", "json").out)["units"]
    by_code = {unit["code"]: unit for unit in units}
    check(by_code["004"]["name"] == "示例市新局", "the code is followed")
    check(by_code["004"]["note"] == "原名示例市第4局", by_code["004"])
    check(by_code["005"]["note"] == "上年没有" and "budget_growth" not in by_code["005"], "005")
    old, late = (bags.report(1, year)["budget"] for year in ("2023", "2024"))
    check(by_code["001"]["budget_from"] == old["adjusted"].rstrip("万元"), "money in 万元")
    check(by_code["001"]["rate_change"].endswith("个百分点"), "a rate changes by points")

    one = json.loads(box.run("diff", folder, "2023", "2024", "示例市第4局", "--to", "json").out)
    check(one["unit"] == "示例市新局", "found by its former name")
    check(one["figures"][0]["name"] == "预算执行率", one["figures"])
    check(one["problems"][0]["measure"].startswith("加强预算编制"), one["problems"])
    check(one["indicators"][0]["score_change"] == "0.00", one["indicators"])


def test_a_comparison_as_text_html_and_pdf(box):
    folder = archive(box)
    box.run("catalog", folder).expect(0)
    check("示例市第3" in box.run("diff", folder, "2023", "2024").expect(0).out.decode(), "text")
    html = box.run("diff", folder, "2023", "2024", "003", "--to", "html").expect(0).out.decode()
    check("<table" in html and "个百分点" in html, "html")
    box.run("diff", folder, "2023", "2024", "--to", "pdf", "-o", box.path("对照.pdf")).expect(0)
    check(box.path("对照.pdf").read_bytes().startswith(b"%PDF"), "pdf")
    check(box.run("diff", folder, "2022", "2024").code == 1, "no such year")
    check(box.run("diff", folder, "2023", "2024", "不存在").code == 1, "no such unit")
    check(box.run("diff", folder, "2023").code == 2, "one year")
    check(box.run("diff", box.folder, "2023", "2024").code == 3, "no archive")


def test_names_of_all_kinds_in_the_summary(box):
    reports = {}
    for n, name in enumerate(("a|b", "{{标题}}", "=1+1", "**粗**", "<b>", "1. 甲", "# 乙"), 1):
        reports[f"{n:03}"] = bags.report(n, "2024")
        reports[f"{n:03}"]["department"]["name"] = name
    bags.write_bag(box.path("档案"), "2024", reports)
    box.run("catalog", box.path("档案")).expect(0)
    html = (box.path("档案") / "汇总表-2024.html").read_text(encoding="utf-8")
    for shown in ("a|b", "{{标题}}", "=1+1", "**粗**", "&lt;b&gt;", "1. 甲", "# 乙"):
        check(f">{shown}</td>" in html, f"{shown} is not shown as it is")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
