#!/usr/bin/env python3
"""make_documents.py KIND OUT [--size N]: long documents of 示例数据 for tests and measurements.

    law      a law: 章 as headings, N 条 of some 款 and 项
    report   a work report: N paragraphs of 1,000 characters, and tables of some 30 pages
    text     N pages of text
    table    one table of N rows

The same KIND and N give the same bytes. Each document is kept as its blocks, so that a test can
compare what stands on the pages with what was written, without reading Markdown.
"""
import argparse
import pathlib
import random
from dataclasses import dataclass, field

SEED = 9704
DIGITS = '零一二三四五六七八九'


@dataclass
class Heading:
    level: int      # as many # as Markdown has
    text: str

    def markdown(self):
        return '#' * self.level + ' ' + self.text


@dataclass
class Paragraph:
    text: str       # as it reads
    strong: int = 0  # characters at its head that are strong

    def markdown(self):
        if not self.strong:
            return self.text
        return f'**{self.text[:self.strong]}**{self.text[self.strong:]}'


@dataclass
class Table:
    caption: str
    unit: str
    head: list
    rows: list      # of texts; '^' belongs to the cell above
    aligns: list    # ':--' and the like
    remark: str = ''
    more: str = ''  # attributes after the caption

    def markdown(self):
        lines = [f'表：{self.caption}' + (f' {{{self.more}}}' if self.more else ''), '']
        if self.unit:
            lines += [f'单位：{self.unit}', '']
        lines += ['| ' + ' | '.join(row) + ' |'
                  for row in [self.head, self.aligns, *self.rows]]
        if self.remark:
            lines += ['', f'注：{self.remark}']
        return '\n'.join(lines)


@dataclass
class Document:
    title: str
    blocks: list
    meta: dict = field(default_factory=dict)

    def markdown(self):
        meta = {'title': self.title, 'department': '某某市示例局', 'year': 2023, **self.meta}
        head = ''.join(f'{key}: {value}\n' for key, value in meta.items())
        body = '\n\n'.join(block.markdown() for block in self.blocks)
        return f'---\n{head}---\n\n{body}\n'


# ---- words ----


def numeral(n):
    """1 to 999 as it is written in 第…条."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + '百' if hundreds else ''
    if tens:
        text += ('' if tens == 1 and not hundreds else DIGITS[tens]) + '十'
    elif hundreds and ones:
        text += '零'
    return text + (DIGITS[ones] if ones else '')


class Writer:
    """Sentences of official prose with every kind of mark, number and Latin word in them."""

    WHO = ('各级人民政府', '市级预算部门', '本部门', '财政部门', '主管部门', '项目实施单位', '审计机关',
           '评价工作组', '有关单位', '镇街道办事处', '社会公众', '第三方机构')
    HOW = ('应当依法', '按照规定', '及时', '会同有关部门', '结合实际', '分类分级', '逐项', '不得擅自',
           '持续', '严格', '全面', '')
    DO = ('组织实施', '公开', '监督检查', '编制并报送', '完善', '推进', '落实', '复核', '统筹安排',
          '建立健全', '评估', '归集整理')
    WHAT = ('预算绩效管理制度', '项目支出绩效目标', '财政资金使用情况', '评价指标体系', '年度工作计划',
            '信息公开目录', '内部控制规程', '政府采购活动', '国有资产台账', '民生实事项目',
            '代表建议办理结果', '绩效自评材料', '整改落实情况', '基础设施建设任务')
    PAPERS = ('预算法', '项目支出绩效评价管理办法', '政府采购法实施条例', '示例市财政资金管理规定')
    LATIN = ('GDP', 'PPP', 'OA', 'Excel', 'PDF/A', 'ISO 9001', 'e-Government', '5G')

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def one(self, words):
        return self.rng.choice(words)

    def figure(self):
        kind = self.rng.randrange(4)
        if kind == 0:
            return str(self.rng.randint(1, 99))
        if kind == 1:
            return f'{self.rng.randint(100, 9999)}'
        if kind == 2:
            return f'{self.rng.randint(1, 9)},{self.rng.randint(100, 999)}'
        return f'{self.rng.randint(1, 9999)}.{self.rng.randint(0, 99):02}'

    def deed(self):
        return self.one(self.HOW) + self.one(self.DO) + self.one(self.WHAT)

    def clause(self):
        rng, n = self.rng, self.figure
        return self.one((
            lambda: self.one(self.WHO) + self.deed(),
            lambda: self.one(self.WHO) + self.deed() + '和' + self.one(self.WHAT),
            lambda: f'安排{self.one(self.WHAT)}经费{n()}万元',
            lambda: f'同比增长{rng.randint(1, 99)}.{rng.randint(0, 99):02}%',
            lambda: f'完成率为{rng.randint(80, 99)}%～{rng.randint(100, 120)}%',
            lambda: f'推进“{self.one(self.WHAT)}”建设',
            lambda: f'提出“一要‘{self.one(self.WHAT)}’，二要‘{self.one(self.DO)}’”的要求',
            lambda: f'依据《{self.one(self.PAPERS)}》（某发〔{rng.randint(2012, 2024)}〕'
                    f'{rng.randint(1, 120)}号）第{numeral(rng.randint(1, 120))}条',
            lambda: f'参照《{self.one(self.PAPERS)}》《{self.one(self.PAPERS)}》等文件',
            lambda: '、'.join(rng.sample(self.WHAT, 3)) + '等',
            lambda: f'{rng.randint(2012, 2024)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日前'
                    + self.deed(),
            lambda: f'使用{self.one(self.LATIN)}系统' + self.deed(),
            lambda: f'突出重点——{self.one(self.WHAT)}',
            lambda: f'包括{self.one(self.WHAT)}、{self.one(self.WHAT)}……',
            lambda: f'配合“3·15”活动{self.deed()}',
            lambda: f'（含上年结转{n()}元）',
            lambda: f'{self.one(self.WHO)}{self.deed()}并{self.deed()}且{self.deed()}',
        ))()

    def sentence(self):
        text = self.one(self.WHO) + self.deed()
        for _ in range(self.rng.randint(0, 5)):
            text += self.one('，，，，；：') + self.clause()
        return text + self.one('。。。。。。。！？')

    def paragraph(self, size):
        """At least so many characters."""
        text = ''
        while len(text) < size:
            text += self.sentence()
        return text


# ---- documents ----


def make_law(articles=48):
    w = Writer(SEED)
    blocks, chapter = [], 0
    for number in range(1, articles + 1):
        if number % 16 == 1:
            chapter += 1
            blocks.append(Heading(2, f'第{numeral(chapter)}章　{w.one(w.WHAT)}'))
        label = f'第{numeral(number)}条'
        blocks.append(Paragraph(f'{label}　' + w.paragraph(w.rng.randint(20, 90)), len(label)))
        kind = w.rng.randrange(4)
        if kind == 0:  # another 款
            blocks.append(Paragraph(w.paragraph(w.rng.randint(20, 120))))
        elif kind == 1:  # 项
            blocks[-1].text += w.one(w.WHO) + '应当履行下列职责：'
            count = w.rng.randint(2, 5)
            blocks += [Paragraph(f'（{numeral(k + 1)}）{w.clause()}' + ('。' if k + 1 == count else '；'))
                       for k in range(count)]
    return Document('某某市示例数据管理条例', blocks, {'headings': 'markdown', 'contents': 'true'})


def make_indicators(w, count, caption):
    """Three levels with joined cells, points with decimals, and the total."""
    rows, total = [], 0
    while len(rows) < count:
        for i in range(w.rng.randint(3, 14)):
            first = w.one(('产出指标', '效益指标', '满意度指标')) if i == 0 else '^'
            second = w.one(('数量指标', '质量指标', '时效指标', '成本指标')) if i % 3 == 0 else '^'
            points = w.rng.randint(1, 999)
            total += points
            rows.append([first, second, w.one(w.WHAT) + w.one(('完成率', '及时率', '达标情况')),
                         f'{points / 100:.2f}', f'{w.rng.randint(0, 12)}.{w.rng.randint(0, 9)}',
                         w.clause() if w.rng.randrange(5) == 0 else '示例数据'])
    rows.append(['合计', '', '', f'{total / 100:.2f}', '', ''])
    return Table(caption, '', ['一级指标', '二级指标', '三级指标', '分值', '得分', '说明'], rows,
                 ['---', '---', '---', '--:', '--:', '---'], remark='本表为示例数据。')


def make_amounts(w, count, caption):
    rows = [[f'{w.one(w.WHAT)}{k + 1}', f'{w.rng.randint(1, 99999)}.{w.rng.randint(0, 99):02}',
             f'{w.rng.randint(1, 9999)},{w.rng.randint(100, 999)}.{w.rng.randint(0, 99):02}',
             f'{w.rng.randint(50, 100)}.{w.rng.randint(0, 99):02}%',
             '示例数据' if w.rng.randrange(4) else w.sentence()] for k in range(count)]
    rows.append(['合计', '123456.78', '98,765.43', '79.99%', ''])
    return Table(caption, '万元', ['项目名称', '预算数', '执行数', '执行率', '备注'], rows,
                 ['---', '--:', '--:', '--:', '---'])


def make_report(paragraphs=14):
    w = Writer(SEED + 1)
    blocks = []
    for k in range(paragraphs):
        if k % 3 == 0:
            blocks.append(Heading(2, f'{numeral(k // 3 + 1)}、{w.one(w.WHAT)}'))
        if k % 3 == 1:
            blocks.append(Heading(3, f'（一）{w.one(w.WHAT)}落实情况'))
        blocks.append(Paragraph(w.paragraph(1000)))
        if k == 4:
            blocks.append(make_indicators(w, 170, '绩效指标完成情况表（示例数据）'))
        if k == 9:
            blocks.append(make_amounts(w, 200, '项目支出明细表（示例数据）'))
    blocks.append(make_indicators(w, 70, '重点项目指标表（示例数据）'))
    return Document('2023年度部门整体支出绩效自评工作报告', blocks)


PAGE = 595  # characters of this text on a page


def make_text(pages=100):
    w = Writer(SEED + 2)
    blocks, size, number = [], 0, 0
    while size < pages * PAGE:
        if number % 8 == 0:
            blocks.append(Heading(2, f'{numeral(number // 8 + 1)}、{w.one(w.WHAT)}'))
        blocks.append(Paragraph(w.paragraph(w.rng.randint(60, 400))))
        size += len(blocks[-1].text)
        number += 1
    return Document('示例数据长文', blocks)


def make_table(rows=2000):
    return Document('示例数据长表', [make_amounts(Writer(SEED + 3), rows - 1, '支出明细表（示例数据）')])


MAKERS = {'law': make_law, 'report': make_report, 'text': make_text, 'table': make_table}


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition(':')[0])
    parser.add_argument('kind', choices=MAKERS)
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--size', type=int)
    given = parser.parse_args()
    document = MAKERS[given.kind](*([given.size] if given.size else []))
    given.out.write_text(document.markdown(), encoding='utf-8')


if __name__ == '__main__':
    main()
