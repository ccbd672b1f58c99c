#!/usr/bin/env python3
"""What is made of an archive's bags, and what is asked of it: catalog, search, diff."""

import fcntl
import json
import shutil
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

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


def made(folder):
    return {path.name: (path.stat().st_ino, path.read_bytes()) for path in folder.iterdir() if path.is_file()}


def test_only_the_year_that_changed_is_made_anew(box):
    folder, now = archive(box), {"SOURCE_DATE_EPOCH": "1700000000"}
    box.run("catalog", folder, env=now).expect(0)
    before = made(folder)
    late = bags.report(2, "2023")
    late["score"] = 61.5
    bags.write_bag(folder, "2023", {**{f"{n:03}": bags.report(n, "2023") for n in (1, 3, 4)}, "002": late})
    box.run("catalog", folder, env=now).expect(0)
    after = made(folder)
    changed = {name for name in after if after[name][0] != before[name][0]}
    check(changed == {"index.html", *(f"汇总表-2023.{e}" for e in ("xlsx", "html", "pdf"))}, changed)
    check("61.5" in after["汇总表-2023.html"][1].decode(), "the new score")
    box.path("档案/汇总表-2024.pdf").unlink()
    box.run("catalog", folder, env=now).expect(0)
    check(made(folder)["汇总表-2024.pdf"][1] == before["汇总表-2024.pdf"][1], "what is missing is made again")


def test_what_is_of_no_year_any_more_goes(box):
    folder = archive(box)
    box.write("档案/汇总表-说明.txt", "of the user")
    box.run("catalog", folder).expect(0)
    box.path("档案/2023").rename(box.path("2023"))
    box.run("catalog", folder).expect(0)
    left = sorted(name for name in made(folder) if name.startswith("汇总表"))
    check(left == ["汇总表-2024.html", "汇总表-2024.pdf", "汇总表-2024.xlsx", "汇总表-说明.txt"], left)


def test_stopped_between_two_files_and_taken_back(box):
    """What was half made anew is not taken for what it was before."""
    folder = archive(box, years=("2024",))
    box.run("catalog", folder).expect(0)
    before = made(folder)
    page = box.path("档案/汇总表-2024.pdf")
    late = bags.report(2, "2024")
    late["score"] = 61.5
    bags.write_bag(folder, "2024", {**{f"{n:03}": bags.report(n, "2024") for n in (1, 3, 4)}, "002": late})
    page.unlink()
    page.mkdir()  # cannot be written
    box.run("catalog", folder).expect(3)
    check(made(folder)["index.html"][1] != before["index.html"][1], "nothing was made anew")
    page.rmdir()
    page.write_bytes(before[page.name][1])
    bags.make(folder, 4, ["2024"])
    box.run("catalog", folder).expect(0)
    for name in ("index.html", "汇总表-2024.html"):
        check(made(folder)[name][1] == before[name][1], name)


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
    told = lines(box.run("search", folder, "培训", "--unit", "003", "--year", "2023"))
    places = [line.strip() for line in told if line.strip().endswith("/")]
    check(places == [f"{folder}/2023/data/003/{bags.NAME}/"], f"where its files are, once: {told}")
    check("没有这个文件夹" in box.run("search", "不存在", "培训").expect(3).errors, "no such folder")


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
    check(by_code["005"]["note"] == "上年没有" + bags.NAME and "budget_growth" not in by_code["005"], "005")
    old, late = (bags.report(1, year)["budget"] for year in ("2023", "2024"))
    check(by_code["001"]["budget_from"] == old["adjusted"].rstrip("万元"), "money in 万元")
    check(by_code["001"]["rate_change"].endswith("个百分点"), "a rate changes by points")

    one = json.loads(box.run("diff", folder, "2023", "2024", "示例市第4局", "--to", "json").out)
    check(one["unit"] == "示例市新局", "found by its former name")
    check(one["figures"][0]["name"] == "预算执行率", one["figures"])
    check(one["problems"][0]["measure"].startswith("加强预算编制"), one["problems"])
    check(one["indicators"][0]["score_change"] == "0.00", one["indicators"])


def test_all_reports_of_a_unit_are_compared(box):
    folder = box.path("归档")
    for year, other in (("2023", "甲项目"), ("2024", "乙项目")):
        content = bags.report(1, year)
        bags.write_bag(folder, year, {"001": content, "002": {**content, "department": {"name": "同名局", "code": "002"}},
                                      "003": {**content, "department": {"name": "同名局", "code": "003"}},
                                      f"001/{other}": {**content, "title": f"{year}年度{other}报告"}})
    box.run("catalog", folder).expect(0)
    one = json.loads(box.run("diff", folder, "2023", "2024", "001", "--to", "json").expect(0).out)
    reports = {row.get("report") for row in one["figures"]}
    check(len(reports) == 3, f"a pair and two without a like: {reports}")
    check({row["report"] for row in one["problems"]} == reports, "problems too")
    single = json.loads(box.run("diff", folder, "2023", "2024", "002", "--to", "json").expect(0).out)
    check(not any("report" in row for row in single["figures"]), "one report is not named")
    named = json.loads(box.run("diff", folder, "2023", "2024", f"001/{bags.NAME}", "--to", "json").expect(0).out)
    check(not any("report" in row for row in named["figures"]), "one of them was asked for")
    slashed = {**bags.report(9, "2024"), "department": {"name": "斜线局", "code": "00 4/5"}}
    bags.write_bag(folder, "2025", {"00 45": slashed})
    box.run("catalog", folder).expect(0)
    box.run("diff", folder, "2024", "2025", "00 4/5").expect(0)
    done = box.run("diff", folder, "2023", "2024", "同名局").expect(1)
    check("不止一个单位" in done.errors, done.errors)


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
    check(html.index("总体情况") < html.index("等级分布") < html.index("各单位情况"), "the whole comes first")
    for shown in ("a|b", "{{标题}}", "=1+1", "**粗**", "&lt;b&gt;", "1. 甲", "# 乙"):
        check(f">{shown}</td>" in html, f"{shown} is not shown as it is")


def reports(box):
    """Two reports as units hand them in, one with a sealed copy and with what is not for all."""
    inner = "\n{{#内部}}\n内部底稿。\n{{/内部}}\n"
    for name, score in (("甲局", 95), ("乙局", 85.5)):
        told = f"自评得分{score}分。\n" if name == "甲局" else ""
        box.write(
            f"上报/{name}/report.md",
            f"---\ntitle: 2024年度{name}绩效自评报告\ndepartment: {name}\nyear: 2024\nscore: {score}\n"
            f"---\n\n## 一、基本情况\n\n全年工作正常。{told}{inner}",
        )
    box.write("上报/甲局/附件/盖章件.pdf", b"%PDF-1.4 sealed")
    return box.path("上报")


def test_a_bag_tells_how_it_is_read(box):
    now = {"SOURCE_DATE_EPOCH": "1700000000"}
    box.run("archive", reports(box), "-o", "归档", env=now).expect(0)
    data = box.path("归档/2024/data")
    text = (data / "说明文件.txt").read_text(encoding="utf-8")
    check("sha512sum -c" in text and "共 2 份" in text, text)
    tree = ET.parse(data / "归档文件目录.xml").getroot()
    files = {item.find("责任者").text: item for item in tree}
    check(set(files) == {"甲局", "乙局"}, files)
    for name, item in files.items():
        check((data.parent / item.find("电子档案名称").text).is_file(), f"the 正本 of {name}")
        check(item.find("题名").text == f"2024年度{name}绩效自评报告", "title")
    check(files["甲局"].find("电子档案名称").text.endswith("附件/盖章件.pdf"), "sealed")
    with zipfile.ZipFile(data / "归档文件目录.xlsx") as book:
        check("甲局" in book.read("xl/sharedStrings.xml").decode(), "the workbook says the same")
        check("$A$1:$H$4" in book.read("xl/workbook.xml").decode(), "what a paper 文件目录 has is printed, no more")
    check(len((data / "归档文件目录.xml").read_text(encoding="utf-8").splitlines()) == 5, "a line each")
    subprocess.run(["sha512sum", "-c", "--quiet", "manifest-sha512.txt"], cwd=data.parent, check=True)
    before = {path: path.read_bytes() for path in data.glob("*.*")}
    box.run("archive", reports(box), "-o", "归档", "--rebuild", "2024", env=now).expect(0)
    check(before == {path: path.read_bytes() for path in data.glob("*.*")}, "same bag, same bytes")


def test_the_catalogue_follows_the_archive(box):
    box.run("archive", reports(box), "-o", "归档").expect(0)
    box.run("verify", "归档").expect(0)
    box.run("search", "归档", "乙局").expect(0)
    with sqlite3.connect(box.path("归档/catalog.sqlite")) as database:
        database.execute("UPDATE report SET score = 100")
        database.commit()
    check("catalog-differs" in box.run("verify", "归档").expect(1).out.decode(), "it is seen")
    box.path("归档/catalog.sqlite").unlink()
    box.run("verify", "--repair", "归档").expect(0)
    box.run("search", "归档", "乙局").expect(0)


def shown(box, folder="公开"):
    root = box.path(folder)
    return {str(path.relative_to(root)): path for path in sorted(root.rglob("*"))
            if path.is_file() and ".ziping" not in path.parts}


def test_the_public_edition_holds_nothing_else(box):
    box.run("archive", reports(box), "-o", "归档").expect(0)
    box.run("archive", "归档", "--public", "-o", "公开").expect(0)
    names = sorted(path.name for path in shown(box).values())
    titles = [f"2024年度{name}绩效自评报告" for name in ("甲局", "乙局")]
    wanted = [f"{title}{ending}" for title in titles for ending in (".pdf", ".html")]
    check(names == sorted(wanted + ["index.html"]), names)
    for path in box.path("公开").rglob("*.html"):
        check("内部底稿" not in path.read_text(encoding="utf-8"), f"{path.name} holds inner matter")
    index = box.path("公开/index.html").read_text(encoding="utf-8")
    check(",95," in index, "a score that the report prints")
    check("85.5" not in index, "and none that it does not")
    check("附件" not in index and "盖章件.pdf" not in index, "附件")
    box.run("archive", "归档", "--public", "-o", "归档").expect(2)
    box.run("archive", "不存在", "--public", "-o", "公开").expect(3)


def test_what_is_public_no_more_goes(box):
    source = reports(box)
    box.run("archive", source, "-o", "归档").expect(0)
    now = {"SOURCE_DATE_EPOCH": "1700000000"}  # a PDF says when it was made
    box.run("archive", "归档", "--public", "-o", "公开", env=now).expect(0)
    before = {name: path.stat().st_ino for name, path in shown(box).items()}
    box.run("archive", "归档", "--public", "-o", "公开", env=now).expect(0)
    check({name: path.stat().st_ino for name, path in shown(box).items()} == before, "the same was written again")
    box.write("公开/说明.txt", "of the user")
    box.write("公开/2024/甲局/说明.txt", "of the user")
    kept = next(path for name, path in shown(box).items() if "甲局" in name and name.endswith(".pdf"))
    kept.write_bytes(b"%PDF changed by somebody")
    shutil.rmtree(source / "甲局")
    box.run("archive", source, "-o", "归档", "--prune").expect(0)
    done = box.run("archive", "归档", "--public", "-o", "公开").expect(0, "public-kept")
    check("去掉不再公开的 1 个文件" in done.errors, done.describe())
    left = set(shown(box))
    check({name for name in left if "甲局" in name} == {str(kept.relative_to(box.path("公开"))), "2024/甲局/说明.txt"}, left)
    check("说明.txt" in left and sum("乙局" in name for name in left) == 2, left)
    check("甲局" not in box.path("公开/index.html").read_text(encoding="utf-8"), "the index still has it")


def test_only_into_a_folder_of_ours(box):
    box.run("archive", reports(box), "-o", "归档").expect(0)
    box.write("别的/重要.txt", "of the user")
    box.run("archive", "归档", "--public", "-o", "别的").expect(3)
    check(sorted(path.name for path in box.path("别的").iterdir()) == ["重要.txt"], "something was written")
    box.run("archive", "上报", "-o", "归档二").expect(0)
    box.run("archive", "归档", "--public", "-o", "归档二").expect(3)
    box.path("公开").mkdir()
    box.run("archive", "归档", "--public", "-o", "公开").expect(0)
    with open(box.path("公开/.ziping/lock"), "r+b") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        box.run("archive", "归档", "--public", "-o", "公开").expect(3)


def test_what_others_put_into_it_is_not_replaced(box):
    source = reports(box)
    shutil.move(source / "乙局", box.path("乙局"))
    box.run("archive", source, "-o", "归档").expect(0)
    box.run("archive", "归档", "--public", "-o", "公开").expect(0)
    shutil.move(box.path("乙局"), source / "乙局")
    box.run("archive", source, "-o", "归档").expect(0)
    mine = box.write("公开/2024/乙局/绩效自评报告/2024年度乙局绩效自评报告.html", "of the user")
    box.run("archive", "归档", "--public", "-o", "公开").expect(1, "public-taken")
    check(mine.read_text() == "of the user", "it was replaced")
    check(not mine.with_suffix(".pdf").exists(), "half of the report was published")
    mine.unlink()
    mine.parent.rmdir()
    box.path("外面").mkdir()
    mine.parent.symlink_to(box.path("外面"))
    box.run("archive", "归档", "--public", "-o", "公开").expect(1, "public-taken")
    check(not list(box.path("外面").iterdir()), "written through a link")


def test_what_must_not_be_published(box):
    source = reports(box)
    path = source / "甲局/report.md"
    good = path.read_text(encoding="utf-8")
    box.run("archive", source, "-o", "归档").expect(0)
    box.run("archive", "归档", "--public", "-o", "公开").expect(0, "public-review")
    path.write_text(good + "\n经办人电话13800138000。\n\n联系人：张三。\n", encoding="utf-8")
    box.run("archive", source, "-o", "归档").expect(0)
    done = box.run("archive", "归档", "--public", "-o", "公开").expect(1, "public-mobile", "public-contact", "unpublished")
    check("因此没有公开 1 份" in done.errors, done.describe())
    check(not [name for name in shown(box) if "甲局" in name], "what was published before is still there")
    box.run("archive", "归档", "--public", "--force", "-o", "公开").expect(0, "public-mobile")
    check(len([name for name in shown(box) if "甲局" in name]) == 2, "it was not published")
    path.write_text(good + "\n{{#内部}}\n电话13800138000。\n{{/内部}}\n", encoding="utf-8")
    box.run("archive", source, "-o", "归档").expect(0)
    done = box.run("archive", "归档", "--public", "-o", "公开").expect(0)
    check("public-mobile" not in done.errors, done.describe())


def test_why_a_damaged_report_is_not_published_is_said(box):
    box.run("archive", reports(box), "-o", "归档").expect(0)
    unit, = box.path("归档/2024/data").glob("*甲局*") or box.path("归档/2024/data").glob("001")
    found, = unit.rglob("report.json")
    text, = (found.parent / "source").glob("report.md")
    for path, bad, words in ((found, b"{", "report.json 读不懂"),
                             (found, found.read_bytes().replace(b'"template": "', b'"template": "x'), "找不到模板“x"),
                             (text, None, "没有公开：")):
        good = path.read_bytes()
        path.write_bytes(bad) if bad else path.unlink()
        done = box.run("archive", "归档", "--public", "-o", "公开").expect(1, "unpublished")
        check(words in done.errors and "ziping verify" in done.errors, done.describe())
        path.write_bytes(good)
    box.run("archive", "归档", "--public", "-o", "公开").expect(0)


def test_the_roster_says_who_is_missing(box):
    folder = reports(box)
    box.write("名单.csv", "编码,名称,应报项目,应报金额（万元）\n001,甲局,2,100\n,丙局,1,50\n")
    done = box.run("archive", folder, "-o", "归档", "--roster", "名单.csv").expect(
        0, "roster-unreported", "roster-forms", "roster-money", "roster-extra")
    for words in ("未报送：丙局", "甲局应报2个项目，报了0个", "应报100.00万元", "名单里没有乙局",
                  "应报2个单位，已报1个", "金额应报150.00万元，已报0.00万元"):
        check(words in done.errors, f"{words}: {done.describe()}")
    check("缺盖章件：甲局" not in done.errors, "it is sealed")
    box.write("名单.csv", "名称\n乙局\n")
    done = box.run("archive", folder, "-o", "归档", "--roster", "名单.csv").expect(0, "roster-unsealed")
    check("项目应报" not in done.errors and "金额应报" not in done.errors, f"nobody asked: {done.errors}")
    alone = box.run("archive", "--roster", "名单.csv", "-o", "归档").expect(0, "roster-unsealed")
    check("归档：" not in alone.errors, f"nothing was archived: {alone.errors}")
    box.run("archive", "--roster", "名单.csv", "--year", "1999", "-o", "归档").expect(1)
    check("[roster-forms]" not in done.errors and "缺盖章件：乙局" in done.errors, done.errors)
    box.write("名单.csv", "单位名\n乙局\n")
    box.run("archive", folder, "-o", "归档", "--roster", "名单.csv").expect(1, "roster-columns")
    box.run("archive", folder, "-o", "归档", "--roster", "没有.xlsx").expect(1, "missing-data")


def test_the_roster_tells_units_of_one_name_apart(box):
    bags.write_bag(box.path("归档"), "2024", {code: {**bags.report(1, "2024"), "department": {"name": "同名局", "code": code}}
                                            for code in ("001", "002", "0030")})
    box.run("catalog", "归档").expect(0)
    box.write("名单.csv", "编码,名称\n002,同名局\n009,同名局\n30,同名局\n")
    done = box.run("archive", "--roster", "名单.csv", "-o", "归档").expect(0)
    check("应报3个单位，已报3个" in done.errors and "名单以外0个" in done.errors, done.errors)
    box.write("名单.csv", "编码,名称\n002,同名局\n")
    done = box.run("archive", "--roster", "名单.csv", "-o", "归档").expect(0)
    for word in ("名单里没有同名局（001）", "名单里没有同名局（0030）"):
        check(word in done.errors, f"{word}: {done.errors}")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
