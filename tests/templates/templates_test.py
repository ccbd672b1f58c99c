#!/usr/bin/env -S python3 -B
"""Every template: what `ziping new` copies is built and read back, figure by figure; templates of
one's own on top of ours; and the samples.

    templates_test.py PROGRAM [NAME...]     all tests, or those whose names hold one of NAME

The figures that are expected here were worked out by hand from the data in the templates.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
from harness import ROOT, check, main, tests_of  # noqa: E402

NAMES = ("base", "dept-overall", "dept-overall-mof", "project-self", "project-eval")
SAMPLES = ROOT / "samples"


# ---- reading back ----



def unexpected(errors):
    """What a build said, but for the count of what the checker finds: its findings are another test's."""
    return [line for line in errors.splitlines() if not line.startswith("检查：")]


def pages(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1]]


def squeezed(text):
    return re.sub(r"\s", "", text)


def expect(text, *wanted):
    for words in wanted:
        check(squeezed(words) in text, f"missing: {words}\nin: {text[:2000]}")


def refuse(text, *unwanted):
    for words in unwanted:
        check(squeezed(words) not in text, f"should not be there: {words}")


def rows(html):
    """The cells of all table rows of an HTML page, as text."""
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.S):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)
        found.append([squeezed(re.sub(r"<[^>]*>", "", cell)) for cell in cells])
    return found


def row_of(html, name):
    found = [row for row in rows(html) if name in row]
    check(len(found) == 1, f"{len(found)} rows with {name}")
    return found[0]


# ---- starting points ----


def start(box, name, *more):
    box.run("new", name, "--template", name, *more).expect(0)
    return box.path(name)


def build(box, name, *more, **options):
    """The report's pages, its HTML, and what was said."""
    result = box.build(*more, "-o", "out/", name, **options).expect(0)
    stem = Path(name).stem
    box.expect_pdf(f"out/{stem}.pdf")
    html = box.expect_html(f"out/{stem}.html").decode()
    return pages(box.path(f"out/{stem}.pdf")), html, result


def replace(path, *pairs):
    text = path.read_text("utf-8")
    for old, new in pairs:
        check(old in text, f"{path} has no {old}")
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def add_template(box, name, files):
    """A template of the user's own, and the environment that leads to it."""
    for file, text in files.items():
        box.write(f"own/{name}/{file}", text)
    return {"ZIPING_TEMPLATES": str(box.path("own"))}


# ---- what is there ----


def test_all_are_listed(box):
    listed = box.run("templates").expect(0).out.decode()
    for name in NAMES:
        check(re.search(rf"^{name} +自带", listed, re.M), listed)
        check((ROOT / "templates" / name / "README.md").is_file(), f"{name} has no README")


def test_what_new_writes_builds_without_a_word(box):
    for name in NAMES:
        start(box, name, "--unit", "示例市财政局", "--year", "2025")
        found, html, result = build(box, name)
        check(not unexpected(result.errors), f"{name}: {result.errors}")
        expect("".join(found), "2025年度", "示例")
        refuse(html, "{{", "}}")
        # base has no data files that mark it as a sample: its 示例： are still to be replaced
        strict = 1 if name == "base" else 0
        check(box.build("--strict", "-o", "strict/", name).code == strict, f"{name} --strict")


def test_samples_of_a_template_are_stamped_until_changed(box):
    folder = start(box, "project-self")
    found, _, _ = build(box, "project-self")
    check(all(page.startswith("示例") for page in found), found)
    for file in (folder / "data").iterdir():
        content = (SAMPLES / "project-self-2024" / file.name).read_bytes()
        file.write_bytes(content)
    found, _, _ = build(box, "project-self")
    check(not any(page.startswith("示例2") for page in found), found)


def test_the_workbooks_are_those_of_the_script(box):
    script = ROOT / "tests" / "data" / "make_forms.py"
    subprocess.run([sys.executable, "-B", script, box.folder], check=True)
    made = [p for p in box.folder.rglob("*.xlsx")]
    check(len(made) == 5, made)
    for path in made:
        own = ROOT / path.relative_to(box.folder)
        check(own.read_bytes() == path.read_bytes(), f"{own} is not what the script writes")


# ---- figures ----


def test_dept_overall(box):
    start(box, "dept-overall", "--unit", "示例市财政局")
    found, html, _ = build(box, "dept-overall")
    text = "".join(found)
    expect(text, "调整后预算数1050.00万元，实际支出数1029.00万元，预算执行率98.00%")
    expect(text, "调整预算50.00万元，预算调整率5.00%；年末结余21.00万元")
    expect(text, "共2个项目，涉及预算资金210.00万元，实际支出203.40万元")
    expect(text, "自评得分98.10分，评价等级为“优”")
    expect("|".join(row_of(html, "部门预算资金支出率")), "|10|", "|9.80|")
    check(row_of(html, "合计")[1] == "100", "the points come to 100")
    # One part for each project, bound behind, with pages numbered on.
    expect(text, "附件：1.项目支出绩效自评表（示例项目一）2.项目支出绩效自评表（示例项目二）")
    heads = [i for i, page in enumerate(found) if re.match("示例附件[12]", page)]
    check(len(heads) == 2, found)
    for i, page in enumerate(found):
        check(f"—{i + 1}—" in page, f"page {i + 1}: {page}")
    for name, score in (("示例项目一", "98.60"), ("示例项目二", "98.97")):
        page = next(p for p in found if f"（{name}）（2024年度）" in p)
        expect(page, "100" + score)
    check(row_of(html, "97.83%")[1] == "110.00", "the first project's 当年财政拨款")


def test_dept_overall_of_one_project(box):
    folder = start(box, "dept-overall")
    (folder / "data" / "自评表" / "示例项目二.xlsx").unlink()
    found, _, _ = build(box, "dept-overall")
    expect("".join(found), "附件：项目支出绩效自评表（示例项目一）")
    check(any(re.match("示例附件项目支出", page) for page in found), found)


def test_dept_overall_without_projects(box):
    folder = start(box, "dept-overall")
    replace(folder / "report.md", ("  项目: data/自评表/*.xlsx  # 示例；一个项目一张表\n", ""))
    found, _, _ = build(box, "dept-overall")
    refuse("".join(found), "附件", "共2个项目")


def test_dept_overall_mof(box):
    start(box, "dept-overall-mof")
    found, html, _ = build(box, "dept-overall-mof")
    expect("".join(found), "安排预算280.00万元，执行272.20万元，预算执行率97.21%")
    expect("".join(found), "得分98.52分，等级为“优”")
    check(
        row_of(html, "金额合计")
        == "金额合计 280.00 270.00 10.00 272.20 262.80 9.40 10 97.21% 9.72".split(),
        row_of(html, "金额合计"),
    )
    check(row_of(html, "总分")[1:3] == ["100", "98.52"], row_of(html, "总分"))
    check(row_of(html, "信息系统运行维护")[3:6] == ["70.00", "60.00", "10.00"], "the sum in a row")
    expect("|".join(row_of(html, "任务按期完成率")), "|9.80|")


def test_project_self(box):
    start(box, "project-self")
    found, html, _ = build(box, "project-self")
    expect("".join(found), "2024年度示例项目一绩效自评报告")
    expect("".join(found), "年初预算120.00万元，全年预算130.00万元，全年执行127.40万元，预算执行率98.00%")
    expect("".join(found), "自评得分98.60分，等级为“优”", "共设置7个三级指标，其中得满分的5个")
    expect("".join(found), "注：各项金额四舍五入，相加与合计略有出入。")
    check(row_of(html, "总分") == ["总分", "100", "98.60", ""], row_of(html, "总分"))


def test_project_self_with_its_form_alone(box):
    folder = start(box, "project-self")
    lines = (folder / "report.md").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not re.match(r"  支出(明细|进度):", line)]
    (folder / "report.md").write_text("".join(kept), "utf-8")
    found, html, _ = build(box, "project-self")
    refuse("".join(found), "项目资金使用情况", "季度支出进度", "四舍五入")
    check("<svg" not in html, "no chart without its figures")


def test_many_projects_one_report_each(box):
    folder = start(box, "project-self")
    replace(folder / "report.md", ("  项目: data/自评表.xlsx        # 示例；单位填好的项目支出绩效自评表\n", ""))
    forms = ROOT / "templates" / "dept-overall" / "data" / "自评表"
    shutil.copytree(forms, folder / "自评表")
    box.build("--each", "项目=project-self/自评表/*.xlsx", "--name", "{{项目.名称}}", "-o", "out/",
              "project-self").expect(0)
    expect("".join(pages(box.path("out/示例项目一.pdf"))), "自评得分98.60分")
    expect("".join(pages(box.path("out/示例项目二.pdf"))), "自评得分98.97分")


def test_project_eval(box):
    start(box, "project-eval")
    found, html, _ = build(box, "project-eval")
    # Paid ÷ arrived, not ÷ budget: the framework's own rate.
    expect("".join(found), "资金到位率96.00%；实际支出470.40万元，预算执行率98.00%")
    expect("".join(found), "实际完成率95.00%，质量达标率100.00%，成本节约率2.00%")
    expect("".join(found), "综合得分96.80分，评价等级为“优”")
    for name, cells in (
        ("资金到位率", "3 分值×到位率，最高为满分 100% 96.00% 2.88"),
        ("实际完成率", "10 分值×完成率，最高为满分 100% 95.00% 9.50"),
        ("成本节约率", "6 实际成本不超过计划成本得满分 ≥0% 2.00% 6.00"),
    ):
        expect("|".join(row_of(html, name)), "|" + "|".join(cells.split()) + "|")
    for line in ("决策 20 19.50", "过程 20 19.30", "产出 30 29.00", "效益 30 29.00", "合计 100 96.80"):
        check(line.split() in rows(html), line)


# ---- what is wrong in the data ----


def project(**changes):
    """The project of a report, as YAML. The sums are right and the score is 96.00."""
    parts = {
        "total": "年初预算数: 100, 全年预算数: 100, 全年执行数: 90",
        "fiscal": "年初预算数: 100, 全年预算数: 100, 全年执行数: 90",
        "points": "90",
        "score": "87",
        "reason": "示例数据",
        "more": "",
        **changes,
    }
    return (
        "名称: 示例项目\n主管部门: 示例单位\n实施单位: 示例单位\n预期目标: 示例数据\n"
        "实际完成情况: 示例数据\n"
        f"资金:\n  年度资金总额: {{{parts['total']}}}\n  当年财政拨款: {{{parts['fiscal']}}}\n"
        "指标:\n  - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 甲, 年度指标值: 好, "
        f"实际完成值: 好, 分值: {parts['points']}, 得分: {parts['score']}, 偏差原因: {parts['reason']}}}\n"
        f"{parts['more']}"
    )


SELF = (
    "---\n模板: project-self\n标题: 示例\n单位: 示例单位\n年度: 2024\n数据: {项目: 项目.yaml}\n---\n\n"
    "## 一、项目基本情况\n\n### （一）项目概况\n\n### （二）资金安排和使用情况\n\n### （三）项目绩效目标\n\n"
    "## 二、绩效自评情况\n\n### （一）自评结论\n\n得分{{项目.总分}}分，等级为{{项目.等级}}。\n\n"
    "### （二）绩效指标完成情况\n\n## 三、存在的问题和原因\n\n## 四、下一步改进措施\n\n"
    "{{#项目}}\n{{> 自评表}}\n{{/项目}}\n"
)


def said(box, **changes):
    box.write("r/report.md", SELF)
    box.write("r/项目.yaml", project(**changes))
    found, _, result = build(box, "r")
    return "".join(found), result.errors


def test_a_project_without_fault_is_silent(box):
    text, errors = said(box)
    check(not unexpected(errors), errors)
    expect(text, "得分96.00分，等级为优")


def test_checks_of_a_project(box):
    for changes, words in (
        ({"points": "80"}, "分值之和应为 100"),
        ({"score": "91"}, "得分应在 0 和分值之间"),
        ({"reason": '""'}, "偏差原因"),
        ({"fiscal": "年初预算数: 100, 全年预算数: 99, 全年执行数: 90"}, "全年预算数应等于"),
        ({"more": "总分: 95\n"}, "95"),
        ({"more": "表上年度: 2023\n"}, "年度不是报告的年度（2024）"),
    ):
        _, errors = said(box, **changes)
        check(words in errors, f"{changes}: {errors}")


def test_nothing_of_the_department_stands_in_for_a_projects(box):
    """A project without indicators does not take the department's, nor their scores."""
    folder = start(box, "dept-overall")
    bare = project().split("指标:")[0]
    replace(folder / "report.md", ("data/自评表/*.xlsx", "data/项*.yaml"))
    box.write("dept-overall/data/项目.yaml", bare)
    result = box.build("-o", "out/", "dept-overall").expect(1, "missing-value")
    check("总分" in result.errors, result.errors)
    found, _, _ = build(box, "dept-overall", "--draft")
    form = next(page for page in found if "年度资金总额" in page)
    refuse(form, "履职效能")


def test_a_grade_ends_below_the_next(box):
    for score, grade in (("81", "优"), ("80.99", "良"), ("70.99", "中"), ("50.99", "差")):
        text, _ = said(box, score=score)
        expect(text, f"等级为{grade}")


def test_no_rate_and_no_budget(box):
    nothing = "年初预算数: 0, 全年预算数: 0, 全年执行数: 0"
    box.write("r/report.md", SELF.replace("{{项目.总分}}", "").replace("{{项目.等级}}", ""))
    box.write("r/项目.yaml", project(total=nothing, fiscal=nothing))
    _, html, _ = build(box, "r")
    check("无预算" in row_of(html, "年度资金总额"), rows(html))
    check(row_of(html, "总分")[2] == "—", row_of(html, "总分"))
    shutil.rmtree(box.path("out"))
    box.write("r/项目.yaml", project(total="年初预算数: 0, 全年预算数: 0, 全年执行数: 1"))
    box.build("-o", "out/", "r").expect(1, "zero-divisor")
    check(not box.path("out").exists() or not list(box.path("out").iterdir()), "something is written")


# ---- one's own ----


def test_a_citys_own_columns(box):
    """Another set of columns, another weight and other grades, without a line of C."""
    environment = add_template(
        box,
        "city",
        {
            "template.yaml": (
                "name: city\nextends: project-self\n"
                "defaults:\n  执行率分值: 20\n"
                "  等级标准: [{name: 优, from: 97}, {name: 一般, from: 0}]\n"
                "schema:\n  projects:\n    fields:\n      indicators:\n        fields:\n"
                "          share: {alias: [得分系数], type: rate, places: 1}\n"
                "figures:\n  project_share: {each: 项目.指标, field: share, formula: 得分 / 分值, "
                "type: rate, places: 1}\n"
                "checks: {project_reason: ~}\n"
            ),
            "自评表.md": (
                "表：本市表式 {number=off}\n\n| 指标名称 | 指标权重 | 得分系数 | 指标得分 |\n"
                "|---|---:|---:|---:|\n{{#指标}}\n"
                "| {{三级指标}} | {{分值}} | {{得分系数}} | {{得分}} |\n{{/指标}}\n"
            ),
        },
    )
    box.write("r/report.md", SELF.replace("project-self", "city"))
    box.write("r/项目.yaml", project(points="80", score="78", reason='""'))
    found, html, result = build(box, "r", env=environment)
    check(not unexpected(result.errors), result.errors)
    check(["甲", "80", "97.5%", "78.00"] in rows(html), rows(html))
    expect("".join(found), "得分96.00分，等级为一般")
    refuse("".join(found), "年度指标值")
    listed = box.run("templates", env=environment).expect(0).out.decode()
    check(re.search(r"^city +(?!自带)\S", listed, re.M), listed)


def test_a_report_brings_its_own_form(box):
    folder = start(box, "project-self")
    box.write("project-self/自评表.md", "{{名称}}只有一行。\n")
    found, _, _ = build(box, "project-self")
    expect("".join(found), "示例项目一只有一行。")
    refuse("".join(found), "年度资金总额")
    check((folder / "自评表.md").is_file(), "it is still there")


def test_a_template_of_the_same_name_goes_before_ours(box):
    environment = add_template(
        box,
        "project-self",
        {
            "template.yaml": "name: project-self\nextends: project-self\nsubject: 本市的自评报告\n",
            "得分情况.md": "本市不列得分情况表。\n",
        },
    )
    start(box, "project-self")
    found, _, _ = build(box, "project-self", env=environment)
    expect("".join(found), "本市不列得分情况表。")


def test_the_public_edition(box):
    start(box, "dept-overall")
    found, _, result = build(box, "dept-overall", "--edition", "public")
    refuse("".join(found), "佐证材料", "问卷汇总")
    check(not unexpected(result.errors), result.errors)
    expect("".join(build(box, "dept-overall")[0]), "佐证材料", "问卷汇总")


def test_drafts_mark_what_is_missing(box):
    folder = start(box, "dept-overall")
    replace(folder / "report.md", ("  实际支出数: 1029.00     # 示例\n", ""))
    box.build("-o", "out/", "dept-overall").expect(1, "missing-value")
    found, _, _ = build(box, "dept-overall", "--draft")
    expect("".join(found), "实际支出数【待填】万元，预算执行率【待填】")
    check(all("草稿" in page for page in found), found)


# ---- samples ----


def test_the_seed_says_what_was_published(box):
    found, html, result = build(box, SAMPLES / "tianhe-renda-2023")
    check(not unexpected(result.errors), result.errors)
    published = (HERE / "tianhe-renda-2023.txt").read_text("utf-8")
    bare = "".join(re.sub(r"—\d+—$", "", page) for page in found)
    check(bare == squeezed(published), "the PDF's text is another")
    article = re.search(r"<article>(.*)</article>", html, re.S).group(1)
    shown = squeezed(re.sub(r"<[^>]*>", "", article))
    check(shown == squeezed(published), "the page's text is another")


def test_the_seeds_figures_are_data(box):
    """All but the one that is wrong: it stays as it was published."""
    shutil.copytree(SAMPLES / "tianhe-renda-2023", box.path("seed"))
    text = (box.path("seed") / "report.md").read_text("utf-8").split("---\n", 2)[2]
    typed = re.findall(r"\d+(?:\.\d+)?%?", re.sub(r"\{\{.*?\}\}", "", re.sub(r"^#.*$", "", text, flags=re.M)))
    check(typed == ["2023", "6", "5", "3026.66"], typed)
    replace(box.path("seed/report.md"), ("  spent: 3062.66", "  spent: 3000.00"))
    replace(box.path("seed/工作数据.yaml"), ("任免人员: 118 ", "任免人员: 120 "))
    found, _, _ = build(box, "seed")
    expect("".join(found), "实际支出数3000.00万元，预算执行率97.59%", "国家机关工作人员120名", "3026.66万元")


def test_the_sample_of_project_self(box):
    found, html, result = build(box, SAMPLES / "project-self-2024")
    check(not unexpected(result.errors), result.errors)
    text = "".join(found)
    expect(text, "预算执行率97.70%", "自评得分96.65分，等级为“优”", "共设置14个三级指标，其中得满分的10个")
    for name, score in (
        ("更新设备台数", "5.60"),
        ("开展培训期数", "4.00"),
        ("安全责任事故起数", "4.00"),
        ("故障平均处理时间", "6.40"),
        ("单个站点建设成本", "4.00"),
        ("服务覆盖人数", "10.00"),
        ("无纸化办件比例", "4.88"),
        ("长效管护机制", "4.00"),
    ):
        check(row_of(html, name)[-2] == score, row_of(html, name))
    check(row_of(html, "总分") == ["总分", "100", "96.65", ""], row_of(html, "总分"))
    check(["业务培训", "18.00", "15.47", "85.92%"] in rows(html), "amounts in 元 print in 万元")
    expect(text, "四舍五入", "附件：项目支出绩效自评表", "示例市示例局2025年3月20日")
    check("<svg" in html, "the chart is drawn")
    refuse("".join(build(box, SAMPLES / "project-self-2024", "--edition", "public")[0]), "内部使用")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
