#!/usr/bin/env -S python3 -B
"""archive_test.py PROGRAM: ziping archive and verify, rule by rule (a whole district is told in tests/archive)."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

sys.path.append(str(Path(__file__).resolve().parents[1] / "pdf"))
import pictures  # noqa: E402
from harness import check, main, sanitized, tests_of

CLOCK = {"SOURCE_DATE_EPOCH": "1711843200"}  # 2024-03-31


def report(unit="示例单位", year=2023, title=None, code=None, text="全年召开会议13次。", more=""):
    title = title or f"{year}年度{unit}整体支出绩效自评报告"
    named = f"{{名称: {unit}, 编码: {code}}}" if code else unit
    return f'---\ntitle: "{title}"\n单位: {named}\n年度: {year}\n{more}---\n\n## 一、基本情况\n\n{text}\n'


def archive(box, *words, code=0, out="归档"):
    return box.run("archive", *words, "-o", out, env=CLOCK).expect(code)


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and ".ziping" not in p.parts}


def bag(box, name="2023"):
    return box.path("归档") / name


def names(box, name="2023"):
    return sorted({"/".join(p.split("/")[1:3]) for p in files(bag(box, name)) if p.count("/") > 2})


def test_a_report_and_all_that_belongs_to_it(box):
    box.write("上报/甲/report.md", report(code="001", more="数据: {表: 数据/表.csv}\n", text="![图](图.png)\n\n{{> 段}}"))
    box.write("上报/甲/数据/表.csv", "名,数\n甲,1\n")
    box.write("上报/甲/段.md", "一段文字，记的是13次会议。\n")
    box.write("上报/甲/图.png", pictures.png(pictures.RGB, 8))
    box.write("上报/甲/附件/盖章件/报告.pdf", b"%PDF-1.4 sealed")
    box.write("上报/甲/附件/佐证材料/100%.txt", "x")
    archive(box, "上报")
    here = "data/001/整体支出绩效自评报告/"
    title = "2023年度示例单位整体支出绩效自评报告"
    found = files(bag(box))
    for name in (f"{title}.pdf", f"{title}.html", "report.json", "source/report.md", "source/数据/表.csv", "source/段.md",
                 "source/图.png", "附件/盖章件/报告.pdf", "附件/佐证材料/100%.txt", "template/base/style.css"):
        check(here + name in found, f"no {name} among {sorted(found)}")
    content = json.loads(found[here + "report.json"])
    check(content["archive"]["original"] == "附件/盖章件/报告.pdf", content["archive"])
    check(str(box.folder) not in found[here + "report.json"].decode(), "report.json says where it was made")
    check("100%25" in found["manifest-sha512.txt"].decode(), "% is not escaped in the manifest")
    box.run("verify", "归档").expect(0)


def test_two_reports_of_a_unit_do_not_clash(box):
    box.write("上报/甲/整体/report.md", report())
    box.write("上报/甲/项目/report.md", report(title="2023年度示例单位设备更新项目绩效自评报告"))
    archive(box, "上报")
    check(names(box) == ["示例单位/整体支出绩效自评报告", "示例单位/设备更新项目绩效自评报告"], names(box))


def test_names_that_would_clash_are_refused(box):
    box.write("上报/1/report.md", report(code="a1"))
    box.write("上报/2/report.md", report(code="A1"))
    archive(box, "上报", code=1).expect(1, "archive-clash")
    check(names(box) == ["a1/整体支出绩效自评报告"], names(box))


def test_codes_that_would_leave_the_archive(box):
    box.write("上报/1/report.md", report(code="../../外面"))
    box.write("上报/2/report.md", report(code='".."', title="标题/../../x", unit=".."))
    archive(box, "上报", code=1).expect(1, "archive-unit")
    check(names(box) == ["外面/整体支出绩效自评报告"], names(box))
    check(sorted(os.listdir(box.folder)) == ["上报", "归档"], os.listdir(box.folder))


def test_whose_and_when_must_be_said(box):
    box.write("上报/1/report.md", report(year="去年"))
    box.write("上报/2/report.md", report(year=2023))
    archive(box, "上报", code=1)
    check(len(names(box)) == 1, names(box))


def test_a_broken_report_stops_no_other(box):
    box.write("上报/1/report.md", "---\ntitle: [\n---\n")
    box.write("上报/2/report.md", report())
    done = archive(box, "上报", code=1)
    check("上报/1/report.md" in done.errors and "没有归档 1 份" in done.errors, done.describe())
    box.run("verify", "归档").expect(0)


def test_links_among_the_attachments_are_not_followed(box):
    box.write("秘密.txt", "secret")
    box.write("上报/1/report.md", report())
    box.write("上报/1/附件/真.txt", "x")
    os.symlink("../../../秘密.txt", box.path("上报/1/附件/链接.txt"))
    os.symlink("/nowhere", box.path("上报/1/附件/空.txt"))
    archive(box, "上报", code=1).expect(1, "attachment-link")
    check(not any("链接" in name or "空" in name for name in files(bag(box))), "a link was archived")
    archive(box, "上报", code=1)  # still wanting, though unchanged


def test_names_of_attachments_are_utf8_in_the_bag(box):
    box.write("上报/甲/report.md", report())
    folder = box.path("上报/甲/附件")
    folder.mkdir()
    for name in ("证据.txt".encode("gb18030"), "证据.txt".encode(), "一行\n又一行.txt".encode()):
        with open(bytes(folder) + b"/" + name, "w", encoding="utf-8") as file:
            file.write(repr(name))
    archive(box, "上报").expect(0, "attachment-renamed")
    here = "data/示例单位/整体支出绩效自评报告/附件/"
    bytes_of = {path[len(here):]: text for path, text in files(bag(box)).items() if path.startswith(here)}
    check(sorted(bytes_of) == sorted(["证据.txt", "证据-2.txt", "一行_又一行.txt"]), sorted(bytes_of))
    check(len(set(bytes_of.values())) == 3, bytes_of)
    subprocess.run(["sha512sum", "-c", "--quiet", "manifest-sha512.txt"], cwd=bag(box), check=True)
    box.run("verify", "归档").expect(0)


def test_bags_of_another_archive_are_no_reports(box):
    box.write("上报/甲/report.md", report())
    archive(box, "上报", out="上报/旧档")
    before = len(archive(box, "上报").err.splitlines())
    check(before == 1 and names(box) == ["示例单位/整体支出绩效自评报告"], names(box))


def test_only_what_changed_is_made_again(box):
    for i in range(3):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    archive(box, "上报")
    before = files(bag(box))
    done = archive(box, "上报")
    check("写入 0 份，未变 3 份" in done.errors and files(bag(box)) == before, done.describe())
    box.write("上报/1/report.md", report(unit="示例单位1", text="改过了，召开会议13次。"))
    done = archive(box, "上报")
    check("写入 1 份，未变 2 份" in done.errors, done.describe())
    check(archive(box, "上报", "--rebuild", "2023").errors.find("写入 3 份") > 0, "not made again")
    box.run("verify", "归档").expect(0)


def test_a_second_change_within_the_clock_tick(box):
    path = box.write("上报/1/report.md", report(text="全年召开会议13次。"))
    archive(box, "上报")
    stat = os.stat(path)
    with open(path, "r+b") as file:  # as many bytes, the same dates
        content = file.read().replace("13次".encode(), "14次".encode())
        file.seek(0)
        file.write(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    done = archive(box, "上报")
    check("写入 1 份" in done.errors, done.describe())


def test_old_dates_are_believed(box):
    box.write("上报/1/report.md", report())
    time.sleep(2.1)  # so that the date of its inode too is older than the tick
    archive(box, "上报")
    trace = not sanitized(str(box.program)) and shutil.which("strace")  # leaks are looked for by tracing
    check("未变 1 份" in archive(box, "上报").errors, "made again")
    if trace:
        log = box.path("calls")
        subprocess.run([trace, "-f", "-e", "trace=openat", "-o", log, box.program, "archive", "上报", "-o", "归档"],
                       cwd=box.folder, check=True, capture_output=True)
        check("report.md" not in log.read_text(), "the unchanged report was read")


def test_a_sealed_year(box):
    box.write("上报/1/report.md", report())
    archive(box, "上报")
    archive(box, "--seal", "2023")
    before = files(bag(box))
    check(b"Sealing-Date: 2024-03-31" in before["bag-info.txt"], before["bag-info.txt"])
    archive(box, "上报")
    box.write("上报/1/report.md", report(text="更正：召开会议13次。"))
    archive(box, "上报", code=1).expect(1, "archive-sealed")
    archive(box, "上报", "--reason", "示例：会议次数有误")
    check(files(bag(box)) == before, "the sealed bag was rewritten")
    info = (bag(box, "2023-2") / "bag-info.txt").read_text()
    check("Correction-Of: 2023\n" in info and "Correction-Reason: 示例：会议次数有误" in info, info)
    check("未变 1 份" in archive(box, "上报").errors, "the correction was made again")
    box.write("上报/1/report.md", report(text="再更正：召开会议13次。"))
    archive(box, "上报", "--reason", "示例：会议名称有误")
    info = (bag(box, "2023-2") / "bag-info.txt").read_text()
    check("Correction-Reason: 示例：会议次数有误；示例：会议名称有误\n" in info, info)
    shutil.rmtree(box.path("归档") / ".ziping")  # without its cache too
    done = archive(box, "上报")
    check(files(bag(box)) == before, "the sealed bag was rewritten")
    shutil.rmtree(box.path("上报/1"))
    box.write("上报/2/report.md", report(unit="另一单位", year=2024))
    archive(box, "上报", "--prune")
    check(files(bag(box)) == before, f"pruned from a sealed bag: {done.describe()}")
    box.run("verify", "归档").expect(0)


def test_what_is_gone_stays_until_pruned(box):
    for i in range(2):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    archive(box, "上报")
    shutil.rmtree(box.path("上报/0"))
    archive(box, "上报").expect(0, "archive-gone")
    check(len(names(box)) == 2, names(box))
    archive(box, "上报", "--prune").expect(0, "archive-pruned")
    check(names(box) == ["示例单位1/整体支出绩效自评报告"], names(box))
    check(not (bag(box) / "data/示例单位0").exists(), "an empty folder is left")
    box.run("verify", "归档").expect(0)


def test_another_source_takes_nothing_away(box):
    box.write("甲/1/report.md", report(unit="甲单位"))
    box.write("乙/1/report.md", report(unit="乙单位"))
    archive(box, "甲")
    done = archive(box, "乙")
    check("archive-gone" not in done.errors and len(names(box)) == 2, done.describe())


def listed(box, name="2023", out="归档"):
    """归档文件目录: a map a report, by its unit."""
    tree = ElementTree.parse(box.path(out) / name / "data/归档文件目录.xml").getroot()
    return {item.find("责任者").text: {part.tag: part.text or "" for part in item} for item in tree}


def test_numbers_of_the_archives_office(box):
    box.write("上报/1/report.md", report(unit="示例甲"))
    box.write("上报/2/report.md", report(unit="示例乙", more="归档: {机构: YSG, 件号: 1}\n"))
    box.write("上报/3/report.md", report(unit="示例丙", more="归档: {保管期限: 永久, 全宗号: X001}\n"))
    done = archive(box, "上报")
    check("2 份没有档号" in done.errors, done.describe())
    check(listed(box)["示例甲"]["档号"] == "", listed(box))
    box.write("上报/归档.yaml", "全宗号: Z109\n保管期限: 定期30年\n机构: BGS\n")
    done = archive(box, "上报")
    check("写入 0 份，未变 3 份" in done.errors and "没有档号" not in done.errors, done.describe())
    rows = listed(box)
    numbers = {unit: row["档号"] for unit, row in rows.items()}
    check(numbers == {"示例甲": "Z109-WS·2023-D30-BGS-0001", "示例乙": "Z109-WS·2023-D30-YSG-0001",
                      "示例丙": "X001-WS·2023-Y-BGS-0001"}, numbers)
    check((rows["示例乙"]["机构或问题"], rows["示例乙"]["件号"], rows["示例丙"]["保管期限"]) == ("YSG", "0001", "Y"), rows)
    check("Record-Fonds: Z109\n" in (bag(box) / "bag-info.txt").read_text(), "bag-info.txt")
    before = files(bag(box))
    archive(box, "上报")
    check(files(bag(box)) == before, "written again")
    archive(box, "--seal", "2023")
    box.write("上报/1/report.md", report(unit="示例甲", text="更正：召开会议14次。"))
    archive(box, "上报", "--reason", "示例：有误")
    check(listed(box, "2023-2")["示例甲"]["档号"] == "Z109-WS·2023-D30-BGS-0004", listed(box, "2023-2"))
    box.run("verify", "归档").expect(0)


def test_numbers_that_are_none(box):
    box.write("上报/1/report.md", report())
    box.write("上报/归档.yaml", "全宗号: Z-109\n保管期限: 三年\n档号: 1\n")
    done = archive(box, "上报", code=1).expect(1, "record-part")
    check(done.errors.count("[record-part]") == 3, done.describe())
    check(not bag(box).exists(), "archived all the same")


def test_a_source_that_has_moved_is_known_again(box):
    for i in range(3):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    archive(box, "上报")
    archive(box, "--seal", "2023")
    before = files(bag(box))
    box.path("上报").rename(box.path("收到的"))
    check("写入 0 份，未变 3 份" in archive(box, "收到的").errors, "reports were made again")
    shutil.copytree(box.path("收到的/1"), box.path("收到的/又一份"))
    archive(box, "收到的", code=1).expect(1, "archive-clash")
    shutil.rmtree(box.path("收到的/又一份"))
    check("写入 0 份，未变 3 份" in archive(box, "收到的").errors, "reports were made again")
    check(files(bag(box)) == before, "the sealed bag was rewritten")


def test_what_is_gone_from_a_source_that_has_moved(box):
    for i in range(2):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    archive(box, "上报")
    box.path("上报").rename(box.path("收到的"))
    shutil.rmtree(box.path("收到的/0"))
    archive(box, "收到的").expect(0, "archive-gone")
    archive(box, "收到的", "--prune").expect(0, "archive-pruned")
    check(names(box) == ["示例单位1/整体支出绩效自评报告"], names(box))


def test_a_folder_with_something_else_is_no_archive(box):
    box.write("上报/1/report.md", report())
    for name in ("index.html", "2023/旧.txt"):
        box.write(f"归档/{name}", "别人的")
        check("不是归档" in archive(box, "上报", code=3).errors, f"not said of {name}")
        check(sorted(p.name for p in box.path("归档").iterdir()) == [name.split("/")[0]], "something was written")
        shutil.rmtree(box.path("归档"))
    archive(box, "上报", out="上报", code=2)
    check(sorted(p.name for p in box.path("上报").iterdir()) == ["1"], "something was written")


def test_a_template_as_it_came_is_told_of(box):
    box.run("new", "上报/甲", "--unit", "示例单位", "--year", "2023").expect(0)
    archive(box, "上报").expect(0, "archive-sample")


def test_what_is_said_and_how_often(box):
    box.write("模板/mine/template.yaml", "name: mine\nextends: base\nname: twice\n")
    for i in range(3):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}", more="模板: mine\n"))
    money = "预算: {金额单位: 万元, 年初预算数: 100, 调整后预算数: 100, 实际支出数: 10}\n"
    box.write("上报/缺/report.md", report(unit="缺附件的", more=money))
    box.path("上报/缺/附件").mkdir()
    box.path("上报/缺/附件/链接").symlink_to("report.md")
    words = ("archive", "上报", "-o", "归档")
    first = box.run(*words, env={**CLOCK, "ZIPING_TEMPLATES": str(box.path("模板"))}).expect(1, "attachment-link")
    check(first.errors.count("duplicate-key") == 1, "a template's mistake is told of once")
    check(first.errors.count("没有归档：原因同上") == 2, "and each report that it keeps out is named")
    check("execution_low" not in first.errors, "hints are for check --hints")
    second = box.run(*words, env={**CLOCK, "ZIPING_TEMPLATES": str(box.path("模板"))}).expect(1, "archive-flawed")
    check("上报/缺/report.md" in second.errors, f"which one lacks something: {second.errors}")
    archive(box, "上报", "--rebuild", "1999", code=1).expect(1, "archive-rebuild")


def test_one_at_a_time(box):
    box.write("上报/1/report.md", report())
    archive(box, "上报")
    with open(box.path("归档/.ziping/lock"), "r+b") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        done = box.run("archive", "上报", "-o", "归档").expect(3)
        check("另一个 ziping" in done.errors, done.describe())


def test_shards_come_to_the_same(box):
    for i in range(5):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}", year=2023 + i % 2))
    archive(box, "上报")
    box.write("上报/归档.yaml", "全宗号: Z109\n保管期限: 永久\n")
    archive(box, "上报")
    for i in (1, 2, 3):
        archive(box, "上报", "--shard", f"{i}/3", out=f"份{i}")
    archive(box, "--merge", "份1", "份2", "份3", out="合成")
    check(files(box.path("合成")) == files(box.path("归档")) or bags_same(box), "not the same as in one run")
    check("未变 5 份" in archive(box, "上报", out="合成").errors, "the merged archive is not taken up")
    archive(box, "--merge", "份1", "份3", out="缺", code=1).expect(1, "merge-missing")
    box.run("archive", "上报", "-o", "x", "--shard", "4/3").expect(2)


def correct(box, out, *shard):
    """Two years, the first of them sealed and then corrected in one report of each half."""
    box.write("上报/0/report.md", report(unit="示例单位0", text="全年召开会议13次。"))
    box.write("上报/3/report.md", report(unit="示例单位3", text="全年召开会议13次。"))
    archive(box, "上报", *shard, out=out)
    archive(box, "--seal", "2023", out=out)
    box.write("上报/0/report.md", report(unit="示例单位0", text="更正：召开会议14次。"))
    box.write("上报/3/report.md", report(unit="示例单位3", text="更正：召开会议15次。"))
    archive(box, "上报", *shard, "--reason", "示例：会议次数有误", out=out)


def test_corrections_come_to_the_same(box):
    for i in range(5):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}", year=2024 if i == 4 else 2023))
    correct(box, "归档")
    for i in (1, 2):
        correct(box, f"份{i}", "--shard", f"{i}/2")
    archive(box, "--merge", "份1", "份2", out="合成")
    for name in ("2023", "2023-2", "2024"):
        one, joined = files(bag(box, name)), files(box.path("合成") / name)
        differ = sorted(path for path in {*one, *joined} if one.get(path) != joined.get(path))
        check(not differ, f"{name} is not the same as in one run: {differ}")
    check("Sealing-Date" in (box.path("合成/2023") / "bag-info.txt").read_text(), "sealed no more")
    box.run("verify", "合成").expect(0)
    check("未变 5 份" in archive(box, "上报", out="合成").errors, "the merged archive is not taken up")
    done = archive(box, "--merge", "份1", "份2", out="合成")
    check("写入 0 份，已有 7 份" in done.errors, done.describe())


def test_parts_that_are_no_parts_of_one_archive(box):
    for i in range(4):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    for i in (1, 2):
        archive(box, "上报", "--shard", f"{i}/2", out=f"份{i}")
    archive(box, "--seal", "2023", out="份1")
    archive(box, "--merge", "份1", "份2", out="合成", code=1).expect(1, "merge-sealed")
    check(not (box.path("合成") / "2023").exists(), "merged all the same")
    archive(box, "--seal", "2023", out="份2")
    for i in (0, 1):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}", text="更正：召开会议14次。"))
    archive(box, "上报", "--shard", "1/2", "--reason", "示例：会议次数有误", out="份1")
    archive(box, "上报", "--shard", "2/2", "--reason", "示例：单位名称有误", out="份2")
    archive(box, "--merge", "份1", "份2", out="合成")
    info = (box.path("合成/2023-2") / "bag-info.txt").read_text()
    check("Correction-Reason: 示例：会议次数有误；示例：单位名称有误\n" in info, info)


def test_what_lacks_a_shard_is_not_sealed(box):
    for i in range(4):
        box.write(f"上报/{i}/report.md", report(unit=f"示例单位{i}"))
    for i in (1, 2):
        archive(box, "上报", "--shard", f"{i}/2", out=f"份{i}")
        archive(box, "--seal", "2023", out=f"份{i}")
    archive(box, "--merge", "份1", out="合成", code=1).expect(1, "merge-missing")
    box.run("verify", "合成").expect(0)
    box.run("search", "合成", "示例单位0").expect(0)
    archive(box, "--merge", "份1", "份2", out="合成")
    info = (box.path("合成/2023") / "bag-info.txt").read_text()
    check("Sealing-Date: 2024-03-31" in info and names_in(box, "合成") == 4, info)


def names_in(box, out):
    return len(list((box.path(out) / "2023/data").glob("*/*/report.json")))


def bags_same(box):
    return all(files(box.path("合成") / year) == files(box.path("归档") / year) for year in ("2023", "2024"))


def test_a_damaged_shard_is_not_taken(box):
    box.write("上报/1/report.md", report())
    archive(box, "上报", "--shard", "1/1", out="份")
    page = next(box.path("份").rglob("*.html"))
    page.write_bytes(page.read_bytes() + b" ")
    archive(box, "--merge", "份", code=1).expect(1, "merge-copy")


def test_a_row_of_a_table_each(box):
    box.write("报告/各单位.md", report(unit='"{{单位.名称}}"', title="{{年度}}年度{{单位.名称}}整体支出绩效自评报告")
              .replace("单位: \"{{单位.名称}}\"\n年度: 2023\n", ""))
    table = "单位.编码,单位.名称,年度\n001,示例甲,2023\n002,示例乙,2023\n"
    box.write("单位.csv", table)
    archive(box, "--each", "单位.csv", "报告/各单位.md")
    check(names(box) == ["001/整体支出绩效自评报告", "002/整体支出绩效自评报告"], names(box))
    box.write("单位.csv", table.replace("示例乙", "示例丙"))
    check("写入 1 份，未变 1 份" in archive(box, "--each", "单位.csv", "报告/各单位.md").errors, "not just the row")


def test_the_attachments_of_a_row(box):
    """By code or by name, beside the table; one's are not another's, and nothing is lost unsaid."""
    box.write("各单位.md", report(unit='"{{单位.名称}}"', title="{{年度}}年度{{单位.名称}}整体支出绩效自评报告")
              .replace("单位: \"{{单位.名称}}\"\n年度: 2023\n", ""))
    box.write("单位.csv", "单位.编码,单位.名称,年度\n001,示例甲,2023\n002,示例乙,2023\n003,../示例丙,2023\n")
    box.write("附件/001/盖章件/报告.pdf", b"%PDF-1.4 sealed")
    box.write("附件/示例乙/佐证材料/签到表.txt", "x")
    box.write("示例丙/外面.txt", "x")
    box.write("附件/没有/x.txt", "x")
    done = archive(box, "--each", "单位.csv", "各单位.md").expect(0, "attachment-unclaimed")
    check("附件/没有" in done.errors, done.describe())
    found = [name for name in files(bag(box)) if "附件/" in name]
    check(found == ["data/001/整体支出绩效自评报告/附件/盖章件/报告.pdf",
                    "data/002/整体支出绩效自评报告/附件/佐证材料/签到表.txt"], found)
    content = json.loads((bag(box) / "data/001/整体支出绩效自评报告/report.json").read_text())
    check(content["archive"]["original"] == "附件/盖章件/报告.pdf", content["archive"])
    box.write("附件/示例乙/佐证材料/签到表.txt", "y")
    done = archive(box, "--each", "单位.csv", "各单位.md")
    check("写入 1 份，未变 2 份" in done.errors, done.describe())
    box.run("verify", "归档").expect(0)
    for i in (1, 2):
        archive(box, "--each", "单位.csv", "各单位.md", "--shard", f"{i}/2", out=f"份{i}")
    archive(box, "--merge", "份1", "份2", out="合成")
    check(files(box.path("合成/2023")) == files(bag(box)), "not the same as in one run")


def test_verify_finds_each_kind_of_damage(box):
    box.write("上报/1/report.md", report())
    archive(box, "上报")
    page = next(bag(box).rglob("*.html"))
    content = page.read_bytes()

    def damaged(kind, code=1):
        done = box.run("verify", "--diagnostics", "json", "归档").expect(code)
        ids = {json.loads(line)["id"] for line in done.out.decode().splitlines()}
        check(kind in ids, f"{kind} is not among {ids}")

    damaged("bag-whole", 0)
    page.write_bytes(content[:-1] + b"x")
    damaged("bag-changed")
    check("从备份恢复" in box.run("verify", "归档").expect(1).out.decode(), "what to do is said")
    page.unlink()
    damaged("bag-missing")
    page.write_bytes(content)
    (page.parent / "多.txt").write_text("x")
    damaged("bag-extra")
    (page.parent / "多.txt").unlink()
    for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt"):
        tag = bag(box) / name
        old = tag.read_bytes()
        tag.write_bytes(old.replace(b"a", b"b", 1))
        damaged("bag-damaged")
        tag.unlink()
        damaged("bag-damaged")
        tag.write_bytes(old)
    damaged("bag-whole", 0)
    for name in ("index.html", "search.sqlite", "汇总表-2023.pdf"):
        (bag(box).parent / name).unlink()
        check(f"归档/{name}" in box.run("verify", "归档").expect(0).out.decode(), f"{name} is not missed")
    box.write("归档/search.sqlite", "不是数据库")
    damaged("catalog-differs")
    box.run("verify", "--repair", "归档").expect(0)
    check("没有" not in box.run("verify", "归档").expect(0).out.decode(), "not mended")
    box.run("verify", "上报").expect(3)


def test_usage(box):
    box.write("上报/1/report.md", report())
    for words in (("上报",), ("-o", "归档"), ("上报", "-o", "归档", "--seal", "23"), ("上报", "-o", "归档", "-j", "x"),
                  ("上报", "-o", "归档", "--each", "单位.csv")):
        box.run("archive", *words).expect(2)
    archive(box, "没有", code=1)
    archive(box, "上报", "--seal", "2019", code=1)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
