#!/usr/bin/env python3
"""make_rows.py KIND OUT --size N: N rows of ten columns as OUT.csv or OUT.xlsx (KIND), and OUT.md, a
report that counts them. 示例数据; the same arguments give the same bytes.
"""
import argparse
import pathlib
import random
import zipfile

HEADS = ['序号', '编码', '单位', '项目名称', '年初预算数（万元）', '全年预算数（万元）', '全年执行数（万元）',
         '执行率（%）', '得分', '备注']
REPORT = '''---
title: 示例数据
data: {{rows: {name}}}
---

## 一、汇总

{{{{#rows}}}}{{{{#@末}}}}示例数据，共{{{{@序号}}}}行。{{{{/@末}}}}{{{{/rows}}}}
'''
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PARTS = {
    '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        f'Id="a" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml':
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="示例数据" sheetId="1" r:id="a"/>'
        '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        f'Id="a" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def rows(size):
    rng = random.Random(1)
    for n in range(1, size + 1):
        budget = rng.randint(100, 99999) / 100
        spent = round(budget * rng.randint(80, 100) / 100, 2)
        yield [n, f'{n:06}', '某某局', f'示例项目{n}', f'{budget:.2f}', f'{budget:.2f}', f'{spent:.2f}',
               f'{spent / budget * 100:.2f}', f'{rng.randint(800, 1000) / 10:.1f}', '']


def write_csv(path, table):
    path.write_text('\n'.join(','.join(str(cell) for cell in row) for row in table) + '\n', 'utf-8')


def cell(value):
    text = str(value)
    number = text.replace('.', '').isdigit() and not (text[0] == '0' and len(text) == 6)
    return f'<c><v>{text}</v></c>' if number else f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def write_xlsx(path, table):
    lines = ''.join('<row>' + ''.join(map(cell, row)) + '</row>' for row in table)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as package:
        for name, text in {**PARTS, 'xl/worksheets/sheet1.xml': sheet}.items():
            package.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text,
                             zipfile.ZIP_DEFLATED)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('kind', choices=('csv', 'xlsx'))
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--size', type=int, default=10000)
    given = parser.parse_args()
    data = given.out.with_suffix('.' + given.kind)
    {'csv': write_csv, 'xlsx': write_xlsx}[given.kind](data, [HEADS, *rows(given.size)])
    given.out.with_suffix('.md').write_text(REPORT.format(name=data.name), 'utf-8')


if __name__ == '__main__':
    main()
