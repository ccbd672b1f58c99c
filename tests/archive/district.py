#!/usr/bin/env -S python3 -B
"""A made-up district: what some 200 units send in for three years. 示例数据; the same arguments give the
same bytes.

    district.py OUT [--units N] [--years 2022,2023,2024]

    OUT/上报/2022/001001-示例区教育局/   a report folder: report.md, its data, pictures, 附件
    OUT/名单.xlsx                        who has to report, and how many projects
    OUT/units.csv, OUT/each.md           the same units for --each: a row each, one report for all
    OUT/planted.json                     the mistakes planted: [{year, folder, code, name, mistake}]
    OUT/truth.json                       of each report [{year, folder, code, name, template, adjusted,
                                         spent, projects}], money in 万元

Reports are of four templates and of one to twenty pages. In one report of twenty a mistake is planted:
`front` (front matter that cannot be read), `data` (a data file that is not there), `figure` (prose that
contradicts the budget). In the second year a unit has a new name; in the third a unit is merged into
another and one is gone; one unit sends its report although nobody asked for it.
"""

import argparse
import csv
import io
import json
import random
import sys
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("cli", "data", "pdf")]

import books  # noqa: E402
import make_forms  # noqa: E402
import pictures  # noqa: E402
import prose  # noqa: E402

YEARS = (2022, 2023, 2024)
OVERALL, FORM, PROJECT, PLAIN = "dept-overall", "dept-overall-mof", "project-self", "base"
SHAPES = (OVERALL, PROJECT, FORM, PLAIN, OVERALL, OVERALL, PROJECT, OVERALL, PLAIN, FORM,
          OVERALL, PROJECT, OVERALL, PLAIN, OVERALL, PROJECT, OVERALL, FORM, OVERALL, OVERALL)
MISTAKES = ("front", "data", "figure")
RENAMED, MERGED, GONE, UNASKED = 4, 5, 8, 9  # units, by their index


def mistake_of(index, year):
    return MISTAKES[(index // 20 + year) % 3] if index % 20 == 7 else None


def number(value):
    return f"{value:.2f}"


def cents(rng, low, high):
    """An amount in 万元 with two decimals."""
    return Decimal(rng.randint(low * 100, high * 100)) / 100


# ---- units ----


@dataclass
class Unit:
    index: int
    code: str
    name: str
    shape: str

    def name_in(self, year, years):
        if self.index == RENAMED and year in years[1:]:
            return self.name.replace("示例区", "示例区数字化") + "（新）"
        if self.index == MERGED + 1 and year in years[2:]:
            return self.name + "（合并）"
        return self.name

    def reports_in(self, year, years):
        return self.index not in (MERGED, GONE) or year not in years[2:]


def units_of(count):
    units = []
    for i in range(count):
        if i % 3 == 0 and i // 3 < len(prose.BUREAUS):
            name = prose.BUREAUS[i // 3]
        else:
            name = prose.PLACES[i % len(prose.PLACES)] + prose.KINDS[i // len(prose.PLACES) % len(prose.KINDS)]
        code = f"{1 + i // 40:03}{1 + i % 40:03}" + ("001" if i % 9 == 0 else "")
        units.append(Unit(i, code, "示例区" + name, SHAPES[i % len(SHAPES)]))
    return units


@dataclass
class Report:
    """One unit's report of one year, on its way to a folder."""

    unit: Unit
    year: int
    name: str
    rng: random.Random
    mistake: str | None = None
    files: dict = field(default_factory=dict)  # path in the folder: bytes
    adjusted: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    projects: int = 0

    def count(self, low, high):
        return self.rng.randint(low, high)

    @property
    def folder(self):
        # Some units name their folder by code, some by both, some by the name alone.
        how = self.unit.index % 4
        return self.unit.code if how == 3 else self.name if how == 2 else f"{self.unit.code}-{self.name}"


# ---- what stands in a folder ----


def table_csv(rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def encoding_of(report):
    return "gb18030" if report.unit.index % 5 == 1 else "utf-8"



def sealed_pdf(report, pages):
    """A scan with a seal, as small as a PDF can be: a frame and a red ring on each page."""
    rng = report.rng
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for _ in range(pages):
        x, y = rng.randint(330, 400), rng.randint(150, 260)
        ring = " ".join(
            f"{x + dx} {y + dy} {x + ex} {y + ey} {x + fx} {y + fy} c"
            for dx, dy, ex, ey, fx, fy in (
                (60, 33, 33, 60, 0, 60), (-33, 60, -60, 33, -60, 0),
                (-60, -33, -33, -60, 0, -60), (33, -60, 60, -33, 60, 0),
            )
        )
        lines = "".join(f"80 {700 - 26 * i} {rng.randint(120, 430)} 9 re f " for i in range(20))
        drawn = f"0.6 g {lines} 0.8 0 0 RG 4 w {x + 60} {y} m {ring} S".encode()
        stream = zlib.compress(drawn, 9)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, table, len(places) + 1, len(out))


def add_papers(report):
    """附件: what came with the report. One unit in seven has not sent its sealed copy."""
    rng = report.rng
    if report.unit.index % 7 != 3:
        report.files["附件/盖章件/自评报告（盖章）.pdf"] = sealed_pdf(report, rng.randint(1, 4))
    for name in rng.sample(prose.EVIDENCE, rng.randint(0, 3)):
        rows = [["序号", "内容", "数量"]] + [[i, f"示例数据{i}", rng.randint(1, 99)] for i in range(1, 6)]
        report.files[f"附件/佐证材料/{name}.csv"] = table_csv(rows)
    if report.unit.index % 6 == 0:
        report.files["附件/评审意见/初审意见.txt"] = "示例数据：材料齐全，同意上报。\n".encode()


def add_picture(report):
    colours = [[tuple(report.count(0, 255) for _ in range(3)) for _ in range(2)] for _ in range(2)]
    report.files["现场.png"] = pictures.png(pictures.RGB, 8, fields=colours)
    return "![示例图片：服务站点现场](现场.png)\n\n图：服务站点现场（示例）\n"


def chart(report, kind):
    planned, actual = [25, 50, 75, 100], sorted(report.count(10, 100) for _ in range(4))
    return (f"```chart\n类型: {kind}\n单位: \"%\"\n分类: [一季度末, 二季度末, 三季度末, 四季度末]\n系列:\n"
            f"  - {{名称: 序时进度, 数值: {planned}}}\n  - {{名称: 支出进度, 数值: {actual}}}\n```\n\n"
            "图：各季度末支出进度（示例）\n")


def people_table(report, rows):
    """A table that runs over pages when it is long."""
    lines = ["表：年度工作量统计（示例）\n", "| 序号 | 事项 | 计划数 | 完成数 | 备注 |", "|--:|:--|--:|--:|:--|"]
    for i in range(1, rows + 1):
        what = report.rng.choice(prose.TASKS)[0]
        planned = report.count(5, 90)
        lines.append(f"| {i} | {what}第{i}批 | {planned} | {planned + report.count(0, 5)} | |")
    return "\n".join(lines) + "\n"


# ---- prose ----


def numbered(parts):
    marks = "一二三四五六七八九"
    return "；".join(f"{marks[i]}是{part}" for i, part in enumerate(parts)) + "。"


def tasks_text(report, count):
    parts = []
    for i, (head, text) in enumerate(report.rng.sample(prose.TASKS, count), 1):
        filled = text.format(n=10 * report.count(11, 980) + report.count(1, 9), m=report.count(20, 100), k=report.count(2, 19))
        parts.append(f"#### {i}.{head}：\n\n{filled}\n")
    return "\n".join(parts)


def problems_text(report):
    found = report.rng.sample(prose.PROBLEMS, report.count(2, 4))
    return numbered([p for p, _ in found]), numbered([m for _, m in found])


def practice_text(report, first):
    """The paragraphs on management, which speaks of the budget first."""
    parts = [first]
    heads = list(prose.PRACTICE)
    for i, head in enumerate(heads, 2):
        parts.append(f"#### {i}.{head}：\n\n{prose.PRACTICE[head]}\n")
    return "\n".join(parts)


def money_text(report):
    """The paragraph on the budget; a planted mistake takes two digits of what was spent the wrong way round."""
    spent = "{{预算.实际支出数 | 万元}}"
    if report.mistake == "figure":
        digits = list(number(report.spent))
        at = next(i for i in range(len(digits) - 1)
                  if digits[i] != digits[i + 1] and "." not in digits[i : i + 2] and digits[i + 1] != "0")
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
        spent = "".join(digits)
    return ("{{年度}}年度，一般公共预算财政拨款年初预算数{{预算.年初预算数 | 万元}}万元，调整后预算数{{预算.调整后预算数 | 万元}}万元，"
            f"实际支出数{spent}万元，预算执行率{{{{预算执行率}}}}。\n")


def front(report, lines):
    by_code = f"{{名称: {report.name}, 编码: \"{report.unit.code}\"}}"
    joined = f"{report.unit.code}-{report.name}"
    head = ["---", f"模板: {report.unit.shape}",
            f"单位: {joined if report.unit.index % 2 else by_code}",
            f"年度: {report.year}", f"日期: {report.year + 1}-03-{1 + report.unit.index % 28:02}", *lines,
            "附注: 示例数据，不是真实的单位和数字"]
    if report.mistake == "front":
        head.append("预算: [没有写完")
    return "\n".join(head + ["---", "", ""])


def budget_lines(report):
    report.adjusted = cents(report.rng, 300, 9000)
    report.spent = (report.adjusted * report.count(9000, 10000) / 10000).quantize(Decimal("0.01"))
    initial = (report.adjusted * report.count(9200, 10300) / 10000).quantize(Decimal("0.01"))
    return [f"预算: {{金额单位: 万元, 年初预算数: {initial}, 调整后预算数: {report.adjusted}, 实际支出数: {report.spent}}}"]


# ---- the four shapes ----


def project_form(report, budget, spent):
    """One project's 自评表 with such money; its indicators are those of make_forms."""
    rng = report.rng
    base = rng.choice((make_forms.TRAINING, make_forms.RENEWAL))
    carried = (budget * rng.randint(0, 2) / 10).quantize(Decimal("0.01"))
    money = [[float(budget - carried), float(budget - carried), float(spent - min(carried, spent))],
             [float(carried), float(carried), float(min(carried, spent))], [0.0, 0.0, 0.0]]
    goal = f"示例数据：{numbered(rng.sample(prose.GOALS, 2))}"
    project = {**base, "year": report.year, "department": report.name, "unit": report.name, "goal": goal,
               "done": f"示例数据：{numbered(rng.sample(prose.MANAGEMENT, 2))}", "funds": money,
               "name": f"{rng.choice(prose.PROJECTS)}项目"}
    # 总成本 is the one indicator that speaks of the money: it stays within what was planned.
    cost = lambda row: row if row[2] != "项目总成本" else (*row[:3], f"≤{budget}万元", f"{spent}万元", *row[5:])  # noqa: E731
    project["indicators"] = [cost(row) for row in base["indicators"]]
    rate = min(spent / budget, Decimal(1))
    project["score"] = float(round(10 * rate, 2)) + sum(row[6] for row in base["indicators"])
    report.projects += 1
    return project


def scored_rows(report):
    """The template's own 评分表 with other scores."""
    text = (HERE.parents[1] / "templates/dept-overall/data/评分表.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows[1:]:
        if row[6] and report.rng.random() < 0.25:
            row[6] = f"{Decimal(row[3]) * report.count(80, 99) / 100:.2f}"
            row[7] = f"示例：{report.rng.choice(prose.PROBLEMS)[0]}"
        elif row[6]:
            row[6], row[7] = row[3], ""
    return rows


def overall(report):
    rng = report.rng
    head = ['标题: "{{年度}}年度{{单位.名称}}整体支出绩效自评报告"', *budget_lines(report)]
    data = "{指标: 评分表.csv}"
    forms = report.count(0, 4)
    if forms:
        data = "{指标: 评分表.csv, 项目: 自评表/*.xlsx}"
        head.append("附件: |\n  {{#项目}}\n  项目支出绩效自评表（{{名称}}）\n  {{/项目}}")
    head.append(f"数据: {data}")
    if report.mistake != "data":
        report.files["评分表.csv"] = table_csv(scored_rows(report), encoding_of(report))
    for k in range(forms):
        budget = (report.adjusted * report.count(2, 9) / 100).quantize(Decimal("0.01"))
        spent = (budget * report.count(85, 100) / 100).quantize(Decimal("0.01"))
        form = make_forms.self_evaluation(project_form(report, budget, spent))
        report.files[f"自评表/项目{k + 1}.xlsx"] = form.content()
    problems, measures = problems_text(report)
    conclusion = "部门整体支出绩效自评得分{{自评得分}}分，评价等级为“{{等级}}”。各项指标得分见附表。"
    if forms:
        conclusion = "共{{二级项目数}}个项目，涉及预算资金{{项目预算合计}}万元，实际支出{{项目支出合计}}万元。" + conclusion
    body = [
        "## 一、部门基本情况\n",
        f"### （一）部门职能\n\n{{{{单位.名称}}}}的主要职责是：{numbered(rng.sample(prose.DUTIES, report.count(3, 6)))}\n",
        f"### （二）年度总体工作和重点工作任务\n\n{tasks_text(report, report.count(2, 9))}",
        f"### （三）部门整体支出绩效目标\n\n{numbered(rng.sample(prose.GOALS, report.count(2, 4)))}\n",
        f"### （四）部门整体收支情况\n\n{money_text(report)}",
        f"### （五）部门整体绩效管理情况\n\n{numbered(rng.sample(prose.MANAGEMENT, report.count(2, 5)))}\n",
        "## 二、绩效自评情况\n",
        f"### （一）自评结论\n\n根据财政预算绩效管理要求，我部门开展了绩效自评，{conclusion}\n",
        f"### （二）履职效能分析\n\n{numbered(rng.sample(prose.DUTIES, 2))}\n",
        "### （三）管理效率分析\n",
        practice_text(report, "#### 1.预算执行：\n\n{{年度}}年度调整预算{{预算调整数}}万元，预算调整率{{预算调整率}}；"
                              "年末结余{{结余数}}万元，主要是合同尾款按约定跨年支付。\n"),
    ]
    if report.unit.index % 3 == 0:
        body.append(chart(report, "柱形"))
    if report.unit.index % 4 == 0:
        body.append(add_picture(report))
    if report.unit.index % 10 == 0:
        body.append(people_table(report, report.count(40, 90)))
    body += [f"## 三、存在的主要问题\n\n{problems}\n", f"## 四、下一步改进措施\n\n{measures}\n",
             "# 附表 部门整体支出绩效自评评分表\n\n{{> 评分表}}\n"]
    if forms:
        body.append("{{#项目}}\n# 附件{{#多个项目}}{{@序号}}{{/多个项目}} 项目支出绩效自评表（{{名称}}）\n\n{{> 自评表}}\n\n{{/项目}}\n")
    return head, body


def self_table(report):
    """部门（单位）整体支出绩效自评表: tasks and indicators are data, hardly a word of prose."""
    rows, budget_all, spent_all = [], Decimal(0), Decimal(0)
    for head, _ in report.rng.sample(prose.TASKS, report.count(2, 8)):
        budget = cents(report.rng, 20, 900)
        spent = (budget * report.count(88, 100) / 100).quantize(Decimal("0.01"))
        rows.append((head, f"示例：{head}的组织实施", "示例：全部完成", float(budget), 0.0, float(spent), 0.0))
        budget_all, spent_all = budget_all + budget, spent_all + spent
    report.adjusted, report.spent = budget_all, spent_all
    report.files["任务.xlsx"] = make_forms.tasks(rows).content()
    if report.mistake != "data":
        text = (HERE.parents[1] / "templates/dept-overall-mof/data/指标.csv").read_bytes()
        report.files["指标.csv"] = text.decode().encode(encoding_of(report))
    head = ['标题: "{{年度}}年度{{单位.名称}}整体支出绩效自评表"', "数据: {任务: 任务.xlsx, 指标: 指标.csv}",
            f"预期目标: 示例数据：{numbered(report.rng.sample(prose.GOALS, 2))}",
            "目标实际完成情况: 示例数据：各项任务按计划完成。"]
    executed = "{{执行总额合计}}" if report.mistake != "figure" else number(spent_all + 1000)
    body = [f"{{{{单位.名称}}}}{{{{年度}}}}年度安排预算{{{{预算总额合计}}}}万元，执行{executed}万元，预算执行率{{{{预算执行率}}}}。"
            "经自评，得分{{自评得分}}分，等级为“{{等级}}”。\n", "{{> 整体自评表}}\n"]
    return head, body


def project(report):
    rng = report.rng
    budget = cents(rng, 60, 900)
    spent = (budget * report.count(85, 100) / 100).quantize(Decimal("0.01"))
    report.adjusted, report.spent = budget, spent
    form = project_form(report, budget, spent)
    if report.mistake != "data":
        report.files["自评表.xlsx"] = make_forms.self_evaluation(form).content()
    parts, rows = report.count(2, 6), [["支出内容", "预算数（元）", "执行数（元）"]]
    left = [int(budget * 10000), int(spent * 10000)]
    for i, name in enumerate(rng.sample(prose.SPENDING, parts)):
        shares = left if i == parts - 1 else [x // (parts - i) for x in left]
        rows.append([name, f"{shares[0]:,}.00", f"{shares[1]:,}.00"])
        left = [x - share for x, share in zip(left, shares)]
    report.files["支出明细.csv"] = table_csv(rows, encoding_of(report))
    head = ['标题: "{{年度}}年度{{项目.名称}}绩效自评报告"', "数据: {项目: 自评表.xlsx, 支出明细: 支出明细.csv}",
            "附件: 项目支出绩效自评表"]
    total = "项目.资金.年度资金总额"
    executed = f"{{{{{total}.全年执行数}}}}" if report.mistake != "figure" else number(spent + 100)
    problems, measures = problems_text(report)
    body = [
        "## 一、项目基本情况\n",
        f"### （一）项目概况\n\n{{{{项目.名称}}}}由{{{{项目.实施单位}}}}实施，主要内容：{numbered(rng.sample(prose.DUTIES, 3))}\n",
        f"### （二）资金安排和使用情况\n\n{{{{年度}}}}年度，项目年初预算{{{{{total}.年初预算数}}}}万元，"
        f"全年预算{{{{{total}.全年预算数}}}}万元，全年执行{executed}万元，预算执行率{{{{{total}.执行率}}}}。\n",
        "{{> 支出明细}}\n", chart(report, "折线"),
        "### （三）项目绩效目标\n\n{{项目.预期目标}}\n", "## 二、绩效自评情况\n",
        "### （一）自评结论\n\n项目自评得分{{项目.总分}}分，等级为“{{项目.等级}}”。{{项目.实际完成情况}}\n",
        "### （二）绩效指标完成情况\n\n项目共设置{{指标数}}个三级指标，其中得满分的{{满分指标数}}个。各部分得分如下：\n",
        "{{> 得分情况}}\n",
        f"## 三、存在的问题和原因\n\n{problems}\n", f"## 四、下一步改进措施\n\n{measures}\n",
        "# 附件 项目支出绩效自评表\n\n{{#项目}}\n{{> 自评表}}\n{{/项目}}\n",
    ]
    return head, body


def plain(report):
    """A report of prose alone, the figures in its front matter."""
    rng = report.rng
    head = ['标题: "{{年度}}年度{{单位.名称}}整体支出绩效自评报告"', *budget_lines(report),
            f"自评得分: {number(cents(rng, 78, 99))}"]
    problems, measures = problems_text(report)
    lost = "{{没有这个数}}" if report.mistake == "data" else ""
    body = [
        "## 一、部门基本情况\n",
        f"### （一）部门职能\n\n{{{{单位.名称}}}}的主要职责是：{numbered(rng.sample(prose.DUTIES, report.count(2, 4)))}{lost}\n",
        f"### （二）年度总体工作和重点工作任务\n\n{tasks_text(report, report.count(1, 5))}",
        f"### （三）部门整体支出绩效目标\n\n{numbered(rng.sample(prose.GOALS, 2))}\n",
        f"### （四）部门整体收支情况\n\n{money_text(report)}",
        "## 二、绩效自评情况\n\n### （一）自评结论\n\n部门整体支出绩效自评得分{{自评得分}}分，评价等级为“{{等级}}”。\n",
    ]
    if report.unit.index % 3 == 1:
        body += [chart(report, "堆积"), add_picture(report)]
    body += [f"## 三、存在的主要问题\n\n{problems}\n", f"## 四、下一步改进措施\n\n{measures}\n"]
    return head, body


WRITERS = {OVERALL: overall, FORM: self_table, PROJECT: project, PLAIN: plain}


def report_of(unit, year, years=YEARS):
    """The files of one unit's folder."""
    report = Report(unit, year, unit.name_in(year, years), random.Random(f"{unit.index}/{year}"),
                    mistake_of(unit.index, year))
    head, body = WRITERS[unit.shape](report)
    report.files["report.md"] = (front(report, head) + "\n".join(body)).encode()
    add_papers(report)
    return report


def write_report(report, folder):
    for name, content in report.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# ---- the whole ----

EACH = """---
模板: base
标题: "{{年度}}年度{{单位.名称}}整体支出绩效自评报告"
附注: 示例数据，不是真实的单位和数字
---

## 一、部门整体收支情况

{{年度}}年度，调整后预算数{{预算.调整后预算数 | 万元}}万元，实际支出数{{预算.实际支出数 | 万元}}万元，预算执行率{{预算执行率}}。

## 二、自评结论

部门整体支出绩效自评得分{{自评得分}}分，评价等级为“{{等级}}”。
"""


def write_each(out, units, years):
    rows = [["单位.编码", "单位.名称", "年度", "预算.金额单位", "预算.年初预算数", "预算.调整后预算数", "预算.实际支出数", "自评得分"]]
    for unit in units:
        for year in years:
            rng = random.Random(f"each/{unit.index}/{year}")
            adjusted = cents(rng, 300, 9000)
            spent = (adjusted * rng.randint(9000, 10000) / 10000).quantize(Decimal("0.01"))
            rows.append([unit.code, unit.name_in(year, years), year, "万元", adjusted, adjusted, spent,
                         number(cents(rng, 78, 99))])
    (out / "units.csv").write_bytes(table_csv(rows))
    (out / "each.md").write_text(EACH, encoding="utf-8")


def write_roster(out, units, reports):
    """Units, and how many projects each has to report: one more than it did for one unit in twelve."""
    rows = [["编码", "名称", "应报项目"]]
    for unit in units:
        if unit.index == UNASKED:
            continue
        sent = [report.projects for report in reports if report.unit is unit]
        rows.append([unit.code, unit.name, (sent[-1] if sent else 0) + (unit.index % 12 == 10)])
    rows.append(["999001", "示例区未报送单位", 1])
    (out / "名单.xlsx").write_bytes(books.xlsx({"名单": rows}))


def make(out, count=200, years=YEARS):
    """Writes it all; the reports, in the order of years and units."""
    units, reports = units_of(count), []
    for year in years:
        for unit in units:
            if unit.reports_in(year, years):
                reports.append(report_of(unit, year, years))
                write_report(reports[-1], out / "上报" / str(year) / reports[-1].folder)
    write_each(out, units, years)
    write_roster(out, units, reports)
    of = lambda r: {"year": r.year, "folder": r.folder, "code": r.unit.code, "name": r.name}  # noqa: E731
    planted = [{**of(r), "mistake": r.mistake} for r in reports if r.mistake]
    truth = [{**of(r), "template": r.unit.shape, "adjusted": number(r.adjusted), "spent": number(r.spent),
              "projects": r.projects} for r in reports]
    for name, content in (("planted", planted), ("truth", truth)):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return reports


def main():
    parser = argparse.ArgumentParser(usage="district.py OUT [--units N] [--years Y,Y,Y]")
    parser.add_argument("out", type=Path)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--years", default=",".join(map(str, YEARS)))
    given = parser.parse_args()
    make(given.out, given.units, tuple(int(year) for year in given.years.split(",")))


if __name__ == "__main__":
    main()
