#!/usr/bin/env python3
"""What must not stand in the public edition, and what may. All numbers are made up by their rules."""

import sys

from harness import check, diagnostics, main, tests_of

REVIEWED = "保密审查: {审查人: 示例, 日期: 2024-5-8, 结论: 可以公开}\n"
HEAD = "---\ntitle: 2023年度自评报告\ndepartment: 示例单位\nyear: 2023\n{}---\n\n## 一、基本情况\n\n"


def identity(first):
    """17 digits and the check digit that belongs to them."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights)) % 11]


def card(first):
    """The digits and the one that makes Luhn's sum a multiple of ten."""
    for last in "0123456789":
        digits = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(first + last))]
        if sum(d - 9 if d > 9 else d for d in digits) % 10 == 0:
            return first + last
    raise AssertionError


def found(box, text, *more, front=REVIEWED, edition="public"):
    box.write("a.md", HEAD.format(front) + text + "\n")
    out = box.run("check", "--diagnostics", "json", "--edition", edition, *more, "a.md").out
    return [f["id"] for f in diagnostics(out) if f["id"].startswith("public-")]


def test_numbers_of_people_are_found(box):
    eighteen = identity("11010119900307123")
    cases = {
        f"张某的身份证号码为{eighteen}。": "public-identity",
        f"身份证{identity('44010619851231001')}": "public-identity",
        "旧证号码130503670401001，已换发。": "public-identity",
        "联系电话：13800138000。": "public-mobile",
        "电话 139-0013-8000 转办公室": "public-mobile",
        f"收款卡号{card('622202100000123456')}。": "public-account",
        f"打入{card('621700123456789')}。": "public-account",
        "开户行某某银行，账号：4405012345678901。": "public-account",
        "联系人：张三丰，电话见后。": "public-contact",
        "机密★1年": "public-secrecy",
        "秘密": "public-secrecy",
        "（内部资料，注意保存）": "public-internal",
        "本材料不得外传。": "public-internal",
    }
    for text, rule in cases.items():
        check(found(box, text) == [rule], f"{text}: {found(box, text)}")


def test_what_only_looks_like_them_is_left_in_peace(box):
    wrong = identity("11010119900307123")
    wrong = wrong[:-1] + ("1" if wrong[-1] != "1" else "2")
    for text in (
        f"编号{wrong}，校验码不对。",
        "统一社会信用代码91430100MA4L16JQ9B，机构代码12430000446888888X。",
        "统一社会信用代码：124300004468888888。",
        "办公室电话0731-8888888，传真0731-88888888。",
        "全年支出13800138000元，另有13912345678.50元。",
        "预算数合计138,001,380.00元，执行率99.63%。",
        "按照财预〔2020〕10号和湘财绩〔2023〕4号执行。",
        "项目编码430000230000012345678，资产编号2023000000000000123。",
        "联系人：办公室，电话0731-8888888。",
        "切实保守国家秘密和商业秘密，机密文件专人管理。",
        "编印内部资料12期，完善内部控制制度和内部审计（内部控制手册）。",
        "二维码62开头的票据6222021000001234567张。",
        "| 项目 | 金额 |\n|---|---:|\n| 甲 | 13800138000.00 |\n| 乙 | 15,912,345,678 |",
    ):
        check(found(box, text) == [], f"{text}: {found(box, text)}")


def test_the_full_edition_may_hold_all_of_it(box):
    text = f"电话13800138000，{identity('11010119900307123')}，机密★1年。"
    check(found(box, text, edition="full") == [], "the full edition")
    check(set(found(box, text)) == {"public-mobile", "public-identity", "public-secrecy"}, "public")


def test_what_is_internal_is_not_looked_at(box):
    check(found(box, "公开的一段。\n\n{{#内部}}\n电话13800138000。\n{{/内部}}") == [], "internal")


def test_the_front_matter_is_looked_at(box):
    front = REVIEWED + "附注: （联系人：张三丰，13800138000）\n"
    check(found(box, "甲。", front=front) == ["public-contact", "public-mobile"],
          found(box, "甲。", front=front))
    front = REVIEWED + "附注: （联系电话：0731-8888888）\n"
    check(found(box, "甲。", front=front) == [], found(box, "甲。", front=front))
    front = REVIEWED + "版头: {发文机关标志: 示例局文件, 发文字号: 示〔2023〕1号, 密级: 秘密★1年}\n"
    check(found(box, "甲。", front=front) == ["public-secrecy"], found(box, "甲。", front=front))


def test_the_review_is_asked_for(box):
    check(found(box, "甲。", front="") == ["public-review"], "none")
    check(found(box, "甲。", front="保密审查: {审查人: 示例}\n") == ["public-review"], "in part")
    check(found(box, "甲。", front="", edition="full") == [], "full")


def test_a_finding_can_be_silenced(box):
    text = "<!-- ziping: ignore public-mobile 这是便民热线 -->\n\n热线13800138000。"
    check(found(box, text) == [], found(box, text))


def test_the_build_counts_them_too(box):
    box.write("a.md", HEAD.format(REVIEWED) + "电话13800138000。\n")
    result = box.build("--edition", "public", "--strict", "a.md")
    result.expect(1, "public-mobile")
    check("public-mobile" not in box.build("--strict", "a.md").errors, "the full edition")
    box.run("explain", "public-mobile").expect(0)
    box.run("check", "--edition", "none", "a.md").expect(2)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
