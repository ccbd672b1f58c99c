#!/usr/bin/env -S python3 -B
"""Writes the workbooks of the templates' data and of the samples, as units send them: joined cells,
formulas with their cached values, percentages, numbers typed as text.

    make_forms.py [ROOT]      writes them all below ROOT (default: the project)

The same bytes every time: no dates, stored without compression.
"""

import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.styles+xml"/>\
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK_RELS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{RELATION}/styles" Target="styles.xml"/>\
<Relationship Id="rId3" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""
BOX = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
# Cell formats: 0 plain, 1 label, 2 title, 3 amount, 4 percent with two decimals, 5 percent, 6 score
STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="10"/><name val="宋体"/></font>\
<font><b/><sz val="10"/><name val="宋体"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="2"><border/><border>{BOX}</border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="7">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" applyAlignment="1"><alignment horizontal="center"/></xf>\
<xf numFmtId="4" fontId="0" fillId="0" borderId="1" applyNumberFormat="1"/>\
<xf numFmtId="10" fontId="0" fillId="0" borderId="1" applyNumberFormat="1"/>\
<xf numFmtId="9" fontId="0" fillId="0" borderId="1" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>\
</cellXfs></styleSheet>"""
PLAIN, LABEL, TITLE, AMOUNT, RATE, PERCENT, SCORE = range(7)


def column_name(column):
    return chr(ord("A") + column)


class Sheet:
    """Cells by (row, column) from 0, and joins; makes the bytes of a workbook of one sheet."""

    def __init__(self, name):
        self.name, self.cells, self.joins = name, {}, []

    def put(self, row, column, value, style=PLAIN, rows=1, columns=1, formula=None):
        self.cells[row, column] = (value, style, formula)
        if rows * columns > 1:
            end = f"{column_name(column + columns - 1)}{row + rows}"
            self.joins.append(f"{column_name(column)}{row + 1}:{end}")

    def cell(self, row, column, strings):
        value, style, formula = self.cells[row, column]
        place = f'r="{column_name(column)}{row + 1}" s="{style}"'
        if value is None:
            return f"<c {place}/>"
        if isinstance(value, str):
            return f'<c {place} t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
        computed = f"<f>{escape(formula)}</f>" if formula else ""
        return f"<c {place}>{computed}<v>{value!r}</v></c>"

    def parts(self):
        strings, rows = {}, []
        for row in sorted({row for row, _ in self.cells}):
            columns = sorted(column for at, column in self.cells if at == row)
            cells = "".join(self.cell(row, column, strings) for column in columns)
            rows.append(f'<row r="{row + 1}">{cells}</row>')
        joins = "".join(f'<mergeCell ref="{join}"/>' for join in self.joins)
        joins = f'<mergeCells count="{len(self.joins)}">{joins}</mergeCells>' if joins else ""
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        texts = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
        return {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS,
            "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
            f'<sheet name="{escape(self.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": BOOK_RELS,
            "xl/styles.xml": STYLES,
            "xl/sharedStrings.xml": f'{head}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'
            f"{texts}</sst>",
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}"><cols>'
            f'<col min="1" max="9" width="14" customWidth="1"/></cols><sheetData>'
            f"{''.join(rows)}</sheetData>{joins}</worksheet>",
        }

    def content(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, text in self.parts().items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode())
        return out.getvalue()

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content())


def target_style(value):
    if not isinstance(value, float):
        return SCORE
    return PERCENT if round(value * 100) == value * 100 else RATE


def self_evaluation(project):
    """《项目支出绩效自评表》, 财预〔2020〕10号 附件1, nine columns."""
    sheet = Sheet("自评表")
    put = sheet.put
    put(0, 0, "项目支出绩效自评表", TITLE, columns=9)
    put(1, 0, f"（{project['year'] or '      '}年度）", TITLE, columns=9)
    put(2, 0, "项目名称", LABEL)
    put(2, 1, project["name"], columns=8)
    put(3, 0, "主管部门", LABEL)
    put(3, 1, project["department"], columns=3)
    put(3, 4, "实施单位", LABEL)
    put(3, 5, project["unit"], columns=4)
    put(4, 0, "项目资金\n（万元）", LABEL, rows=5)
    put(4, 1, None, LABEL, columns=2)
    heads = ("年初预算数", "全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)", "得分")
    for column, head in enumerate(heads, 3):
        put(4, column, head, LABEL)
    names = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    parts = project["funds"]
    for row, name in enumerate(names, 5):
        put(row, 1, name, LABEL, columns=2)
        for column in range(3):
            letter = column_name(column + 3)
            if row > 5:
                put(row, column + 3, parts[row - 6][column], AMOUNT)
            else:
                total = sum(part[column] for part in parts)
                put(row, column + 3, total, AMOUNT, formula=f"SUM({letter}7:{letter}9)")
        put(row, 6, 10 if row == 5 else "—", SCORE)
        put(row, 8, None if row == 5 else "—", SCORE)
    rate = sum(part[2] for part in parts) / sum(part[1] for part in parts)
    put(5, 7, rate, RATE, formula="F6/E6")
    put(5, 8, round(10 * min(rate, 1), 2), SCORE, formula="ROUND(G6*MIN(H6,1),2)")
    put(9, 0, "年度总体目标", LABEL, rows=2)
    put(9, 1, "预期目标", LABEL, columns=3)
    put(9, 4, "实际完成情况", LABEL, columns=5)
    put(10, 1, project["goal"], columns=3)
    put(10, 4, project["done"], columns=5)
    rows = project["indicators"]
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    put(11, 0, "绩效指标", LABEL, rows=len(rows) + 1)
    for column, head in enumerate(heads, 1):
        put(11, column, head, LABEL)
    for at, line in enumerate(rows):
        row = 12 + at
        for column in (1, 2):
            before = rows[at - 1] if at else None
            if before and before[:column] == line[:column]:
                continue
            length = sum(1 for other in rows[at:] if other[:column] == line[:column])
            put(row, column, line[column - 1], LABEL, rows=length)
        put(row, 3, line[2])
        put(row, 4, line[3], target_style(line[3]))
        put(row, 5, line[4], target_style(line[4]))
        put(row, 6, line[5], SCORE)
        put(row, 7, line[6], SCORE)
        put(row, 8, line[7] or None)
    end = 12 + len(rows)
    put(end, 0, "总分", LABEL, columns=6)
    put(end, 6, 100, SCORE, formula=f"G6+SUM(G13:G{end})")
    put(end, 7, project["score"], SCORE, formula=f"I6+SUM(H13:H{end})")
    put(end, 8, None)
    put(end + 1, 0, "注：示例数据，不是真实的项目和数字。", PLAIN, columns=9)
    return sheet


OUTPUT, BENEFIT, CONTENT = "产出指标", "效益指标", "满意度指标"
SOCIAL, LASTING, SERVED = "社会效益指标", "可持续影响指标", "服务对象满意度指标"

TRAINING = {
    "year": None,  # whatever year the folder is made for
    "name": "示例项目一",
    "department": "某某单位",
    "unit": "某某中心",
    # 当年财政拨款, 上年结转资金, 其他资金: 年初预算数, 全年预算数, 全年执行数
    "funds": ((110.0, 120.0, 117.4), (10.0, 10.0, 10.0), (0.0, 0.0, 0.0)),
    "goal": "示例数据：全年举办培训不少于12期，培训合格率不低于95%，提高基层服务能力。",
    "done": "示例数据：全年举办培训13期，培训合格率96.5%，基层服务能力有所提高。",
    "indicators": (
        (OUTPUT, "数量指标", "举办培训期数", "≥12期", "13期", 15, 15, ""),
        (OUTPUT, "质量指标", "培训合格率", "≥95%", 0.965, 15, 15, ""),
        (OUTPUT, "时效指标", "按期完成率", 1.0, 0.98, 10, 9.8, "示例数据：一期培训因场地调整延后，下年度提前落实场地"),
        (OUTPUT, "成本指标", "项目总成本", "≤130万元", "127.4万元", 10, 10, ""),
        (BENEFIT, SOCIAL, "服务覆盖人数", "≥1000人", "1050人", 15, 15, ""),
        (BENEFIT, LASTING, "长效管理机制", "基本健全", "基本健全", 15, 14, "示例数据：考核办法尚在修订，下年度上半年印发"),
        (CONTENT, SERVED, "参训人员满意度", "≥90%", 0.94, 10, 10, ""),
    ),
    "score": 98.6,
}

RENEWAL = {
    "year": None,
    "name": "示例项目二",
    "department": "某某单位",
    "unit": "某某中心",
    "funds": ((80.0, 80.0, 76.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    "goal": "示例数据：更新窗口设备20台，缩短业务办理时间。",
    "done": "示例数据：更新窗口设备20台，业务办理时间平均缩短四分之一。",
    "indicators": (
        (OUTPUT, "数量指标", "更新设备台数", "≥20台", "20台", 15, 15, ""),
        (OUTPUT, "质量指标", "设备验收合格率", 1.0, 1.0, 15, 15, ""),
        (OUTPUT, "时效指标", "按期完成率", "≥95%", 0.9, 10, 9.47, "示例数据：两台设备供货延迟，已按合同扣减货款"),
        (OUTPUT, "成本指标", "项目总成本", "≤80万元", "76万元", 10, 10, ""),
        (BENEFIT, SOCIAL, "业务办理时间缩短率", "≥20%", 0.25, 15, 15, ""),
        (BENEFIT, LASTING, "设备正常运行率", "≥98%", 0.985, 15, 15, ""),
        (CONTENT, SERVED, "办事群众满意度", "≥90%", 0.92, 10, 10, ""),
    ),
    "score": 98.97,
}

# One row for each rule of scoring: see the sample's README.
SERVICE = {
    "year": 2024,
    "name": "基层公共服务提升项目",
    "department": "示例市示例局",
    "unit": "示例市示例中心",
    "funds": ((280.0, 290.0, 284.64), (20.0, 20.0, 20.0), (0.0, 10.0, 8.0)),
    "goal": "示例数据：新建服务站点12个，更新设备150台，开展培训10期，服务覆盖3万人以上，基层公共服务更加便利。",
    "done": "示例数据：新建服务站点12个，更新设备140台，开展培训16期，服务覆盖31200人，群众办事更加便利；设备更新尚有10台未完成。",
    "indicators": (
        (OUTPUT, "数量指标", "新建服务站点数", "≥12个", "12个", 6, 6, ""),
        (OUTPUT, "数量指标", "更新设备台数", "≥150台", "140台", 6, 5.6, "10台设备因型号停产改选，已重新采购，2025年一季度到货"),
        (OUTPUT, "数量指标", "开展培训期数", "≥10期", "16期", 4, 4, "新系统上线增加培训，超出指标值较多；下年度据实核定指标值"),
        (OUTPUT, "质量指标", "设备验收合格率", 1.0, 1.0, 12, 12, ""),
        (OUTPUT, "质量指标", "安全责任事故起数", "0起", "0起", 4, 4, ""),
        (OUTPUT, "时效指标", "故障平均处理时间", "≤24小时", "30小时", 8, 6.4000000000000004, "三季度维护人员不足，已增派驻点人员"),
        (OUTPUT, "成本指标", "项目总成本", "≤320万元", "312.64万元", 6, 6, ""),
        (OUTPUT, "成本指标", "单个站点建设成本", "≤20万元", "198,000元", 4, 4, ""),
        (BENEFIT, "经济效益指标", "节约群众办事费用", "≥50万元", "55.2万元", 5, 5, ""),
        (BENEFIT, SOCIAL, "服务覆盖人数", "≥3万人", "31200人", 10, 10, ""),
        (BENEFIT, SOCIAL, "群众办事便利程度", "明显提升", "明显提升", 5, 5, ""),
        (BENEFIT, "生态效益指标", "无纸化办件比例", "≥80%", 0.78, 5, None, "部分材料仍需纸质存档，拟扩大电子归档范围"),
        (BENEFIT, LASTING, "长效管护机制", "健全", "基本健全", 5, 4, "管护办法已印发，考核细则2025年上半年出台"),
        (CONTENT, SERVED, "服务对象满意度", "≥90%", 0.936, 10, 10, ""),
    ),
    "score": 96.65,
}


TASKS = (
    ("基层服务能力提升", "示例：举办培训、编印资料", "示例：全部完成", 130.0, 0.0, 127.4, 0.0),
    ("窗口设备更新", "示例：更新窗口设备20台", "示例：全部完成", 80.0, 0.0, 76.0, 0.0),
    ("信息系统运行维护", "示例：保障系统全年稳定运行", "示例：全部完成", 60.0, 10.0, 59.4, 9.4),
)


def tasks(rows=TASKS):
    """年度主要任务, a list under a head of two rows."""
    sheet = Sheet("任务")
    put = sheet.put
    put(0, 0, "年度主要任务预算执行情况（示例数据）", TITLE, columns=9)
    put(1, 0, "单位：万元", PLAIN, columns=9)
    for column, head in enumerate(("任务名称", "主要内容", "完成情况")):
        put(2, column, head, LABEL, rows=2)
    for column, head in ((3, "预算数"), (6, "执行数")):
        put(2, column, head, LABEL, columns=3)
        for at, part in enumerate(("总额", "财政拨款", "其他资金")):
            put(3, column + at, part, LABEL)
    for row, (name, content, done, *money) in enumerate(rows, 4):
        for column, text in enumerate((name, content, done)):
            put(row, column, text)
        for side in (0, 1):
            fiscal, other = money[2 * side : 2 * side + 2]
            at = 3 + 3 * side
            letters = f"{column_name(at + 1)}{row + 1}+{column_name(at + 2)}{row + 1}"
            put(row, at, fiscal + other, AMOUNT, formula=letters)
            put(row, at + 1, fiscal, AMOUNT)
            put(row, at + 2, other, AMOUNT)
    end = 4 + len(rows)
    put(end, 0, "合计", LABEL, columns=3)
    for column in range(3, 9):
        letter = column_name(column)
        total = sum(sheet.cells[row, column][0] for row in range(4, end))
        put(end, column, total, AMOUNT, formula=f"SUM({letter}5:{letter}{end})")
    return sheet


def main(root):
    templates, samples = root / "templates", root / "samples"
    self_evaluation(TRAINING).write(templates / "project-self/data/自评表.xlsx")
    self_evaluation(TRAINING).write(templates / "dept-overall/data/自评表/示例项目一.xlsx")
    self_evaluation(RENEWAL).write(templates / "dept-overall/data/自评表/示例项目二.xlsx")
    tasks().write(templates / "dept-overall-mof/data/任务.xlsx")
    self_evaluation(SERVICE).write(samples / "project-self-2024/自评表.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
