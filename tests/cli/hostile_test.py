#!/usr/bin/env python3
"""Input that nobody means well with: too large, too deep, broken, or not text at all. It may be
refused, with a message; it must not crash, hang, or eat the machine."""

import os
import sys
import threading

from harness import BODY, REPORT, SAMPLE, check, main, sanitized, tests_of

HEAD = "---\ntitle: 自评报告\n---\n\n"
SENTENCE = "全年召开区人大常委会会议13次，听取审议各类报告42项，“随手拍”办结率超过90%。"


def limit(box, seconds):
    """Seconds that a run may take: ten times more where sanitizers look on."""
    return seconds * (10 if sanitized(str(box.program)) else 1)


def refused(box, content, *ids, seconds=5, **more):
    """Is refused in time with these messages, and writes nothing."""
    box.write("a.md", content)
    result = box.build("a.md", timeout=limit(box, seconds), memory=1024, **more).expect(1, *ids)
    check(box.files() == ["a.md"], f"{box.files()} from {result.describe()}")
    return result


def survived(box, content, seconds=5, memory=1024):
    """Is built or refused in time; what is there afterwards is whole."""
    box.write("a.md", content)
    result = box.build("a.md", timeout=limit(box, seconds), memory=memory)
    check(result.code in (0, 1), result.describe())
    if result.code == 0:
        box.expect_pdf("a.pdf")
        box.expect_html("a.html")
    check(len(result.err) < 1000000, f"{len(result.err)} bytes of messages")
    return result


# Little or nothing


def test_an_empty_file(box):
    refused(box, "", "empty-report")
    refused(box, "\n\n  \n", "empty-report")
    refused(box, b"\xef\xbb\xbf", "empty-report")


def test_only_front_matter(box):
    refused(box, HEAD, "empty-report")
    refused(box, "---\n---\n")
    refused(box, "---\n", "front-matter-open")
    refused(box, "---")


def test_front_matter_that_is_no_map(box):
    for text in (
        "- 甲\n- 乙",
        "甲",
        "{",
        "[]",
        "? 甲",
        "&a 甲: 乙",
        "--- \n",
        "!!binary x: y",
        "%YAML 9.9",
    ):
        survived(box, f"---\n{text}\n---\n\n{BODY}")


# Too much


def test_20_mb_of_text(box):
    paragraph = SENTENCE * 8 + "\n\n"
    survived(
        box, HEAD + paragraph * (20_000_000 // len(paragraph.encode())), seconds=60, memory=4096
    )


def test_a_paragraph_of_1_mb(box):
    survived(box, HEAD + SENTENCE * (1_000_000 // len(SENTENCE.encode())), seconds=20)
    survived(box, HEAD + "甲" * 333_333, seconds=20)
    survived(box, HEAD + "9" * 1_000_000, seconds=20)
    survived(box, HEAD + "“" * 333_333, seconds=20)
    survived(box, HEAD + "a " * 500_000, seconds=20)


def test_a_title_of_100_000_characters(box):
    survived(box, f"---\ntitle: {'报告' * 50_000}\n---\n\n{BODY}", seconds=20)


def test_a_file_over_the_limit(box):
    box.write("a.md", HEAD + "甲" * (12 << 20))
    box.write("b.md", "")
    os.truncate(box.path("b.md"), 1 << 40)
    for name in ("a.md", "b.md"):
        result = box.build(name, timeout=limit(box, 5), memory=1024).expect(3)
        check("太大" in result.errors, result.describe())
    wide = HEAD.encode("gb18030") + "甲".encode("gb18030") * (12 << 20)
    box.write("c.md", wide)
    box.build("c.md", timeout=limit(box, 20), memory=1024).expect(1, "input-too-large")
    check(box.files() == ["a.md", "b.md", "c.md"], box.files())


def test_an_endless_input(box):
    box.build("-o", "a.pdf", "/dev/zero", timeout=limit(box, 10), memory=1024)
    with open("/dev/zero", "rb") as zero:
        reader, writer = os.pipe()

        def feed():
            try:
                while True:
                    os.write(writer, zero.read(65536))
            except BrokenPipeError:
                os.close(writer)

        thread = threading.Thread(target=feed)
        thread.start()
        try:
            result = box.run(
                "build",
                "-o",
                "a.pdf",
                f"/dev/fd/{reader}",
                timeout=limit(box, 10),
                memory=1024,
                inherit=[reader],
            )
        finally:
            os.close(reader)
            thread.join()
        check(result.code in (1, 3), result.describe())
    check(box.files() == [], box.files())


def test_64_000_spaces(box):
    survived(box, HEAD + "字" + " " * 64000 + "字\n")
    survived(box, HEAD + "a" + "\t" * 64000 + "b\n")


def test_texts_longer_than_a_page(box):
    """Notes, a remark, and words that must stand in one line or on one page."""
    survived(box, HEAD + "文[^a]。\n\n[^a]: 注\\\n" + "    注\\\n" * 3000 + "    完\n")
    table = "表：表\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n注："
    survived(box, HEAD + table + "注文。" * 40000 + "\n")
    front = "---\ntitle: 甲\ndepartment: 乙\n"
    for key, ids in (
        ("imprint: {printer: %s, date: 2024-05-09}", ()),
        ("imprint: {copies: %s}", ("long-imprint",)),
        ("letterhead: {mark: 局, number: 号, issuer: %s}", ()),
    ):
        box.write("b.md", f"{front}{key % ('名' * 1000)}\n---\n\n{BODY}")
        box.build("b.md", timeout=limit(box, 5), memory=1024).expect(1 if ids else 0, *ids)


# Too deep


def test_100_000_nested_quotes(box):
    refused(box, HEAD + ">" * 100_000 + " 甲\n", "too-deep")
    refused(box, HEAD + "> " * 100_000 + "甲\n", "too-deep")


def test_nested_lists_and_emphasis(box):
    survived(box, HEAD + "".join("  " * i + "- 甲\n" for i in range(2_000)))
    survived(box, HEAD + "- " * 100_000 + "甲\n")
    survived(box, HEAD + "1. " * 100_000 + "甲\n")
    survived(box, HEAD + "*甲" * 100_000 + "乙*" * 100_000 + "\n", seconds=10)
    survived(box, HEAD + "**甲 " * 100_000 + "\n", seconds=10)
    survived(box, HEAD + "*" * 1_000_000 + "\n", seconds=10)
    survived(box, HEAD + "_甲" * 100_000 + "\n", seconds=10)


def test_40_000_open_pictures(box):
    refused(box, HEAD + "![[]()" * 40_000 + "\n", "too-many-brackets")
    refused(box, HEAD + "[" * 100_000 + "\n", "too-many-brackets")
    survived(box, HEAD + "[甲](" * 100_000 + "\n")


def test_other_text_that_is_slow_to_read(box):
    for text in (
        "`" + "甲`" * 100_000,
        "".join("`" * i + "甲" for i in range(1, 1500)),
        "<" * 200_000,
        "<!--" * 50_000,
        "&" * 200_000,
        "\\" * 500_000,
        "[a](<b" * 30_000,
        "[^甲]" * 50_000,
        "[^甲]: 乙\n\n" * 20_000,
        "#" * 500_000,
        "甲\n===\n" * 50_000,
        "```\n" * 100_000,
        "![甲](乙.png)" * 20_000,
        "<甲@乙" * 50_000,
        "{#" * 200_000,
        "[甲]: /url\n" * 30_000 + "[甲]" * 500,
        "\u0301" * 200_000,
        "e\u0301" * 100_000,
        "\u3000" * 300_000,
        "—" * 300_000,
        "\u200b" * 200_000,
        "\u202e" * 100_000,
    ):
        survived(box, HEAD + text + "\n", seconds=15)


def test_tables(box):
    survived(box, HEAD + "|" * 100_000 + "\n" + "|-" * 100_000 + "|\n")
    survived(box, HEAD + "|甲" * 150 + "|\n" + "|-" * 150 + "|\n" + "|甲|\n" * 10_000, seconds=20)
    survived(box, HEAD + "|甲|乙|\n|-|-|\n" + "|^|<|\n" * 10_000, seconds=20)
    survived(box, HEAD + "|甲|乙|\n|-|-|\n|" + "长" * 100_000 + "|乙|\n", seconds=20)
    survived(box, HEAD + "|甲\n-|-\n" * 20_000, seconds=20)


def test_what_no_page_holds_is_marked(box):
    wide = "|" + "a|" * 10000 + "\n|" + "-|" * 10000 + "\n|" + "1|" * 10000
    for text, code, ids in (
        (wide, 1, ("too-many-cells",)),
        ("| ^ | 乙 |\n|---|---|\n| 1 | 2 |", 1, ("bad-join",)),
        ("甲" + "a" * 10000, 0, ("unbroken-text",)),
    ):
        box.write("a.md", HEAD + text + "\n\n后文\n")
        box.build("a.md", timeout=limit(box, 5), memory=1024).expect(code, *ids)
        box.expect_pdf("a.pdf")
        check("后文" in box.expect_html("a.html").decode("utf-8"), "the rest is lost")


def test_100_000_brackets_in_the_front_matter(box):
    refused(box, f"---\ntitle: {'[' * 100_000}\n---\n\n{BODY}")
    refused(box, f"---\ntitle: 甲\nprojects: {'[' * 100_000}{']' * 100_000}\n---\n\n{BODY}")
    refused(box, f"---\ntitle: 甲\nprojects: {'{甲: ' * 100_000}\n---\n\n{BODY}")
    refused(box, "---\n" + "".join(" " * i + "甲:\n" for i in range(1_000)) + f"---\n\n{BODY}")


def test_an_alias_bomb(box):
    lines = ["a0: &a0 [lol, lol]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    refused(box, "---\ntitle: 甲\n" + "\n".join(lines) + f"\n---\n\n{BODY}", "yaml-alias")
    refused(box, f"---\ntitle: 甲\nprojects: &a [*a]\n---\n\n{BODY}", "yaml-alias")


def test_100_000_keys(box):
    keys = "".join(f"键{i}: {i}\n" for i in range(100_000))
    survived(box, f"---\ntitle: 甲\n{keys}---\n\n{BODY}", seconds=20)
    survived(box, "---\ntitle: 甲\n" + "year: 2023\n" * 50_000 + f"---\n\n{BODY}", seconds=20)


# No text


def test_nul_bytes(box):
    refused(box, REPORT + "\n甲\0乙\n", "nul-byte")
    refused(box, "---\ntitle: 甲\0乙\n---\n\n" + BODY, "nul-byte")
    result = refused(box, b"\0" * 1_000_000)
    check(len(result.err) < 100_000, "a message for every byte")


def test_bytes_that_are_no_text(box):
    program = box.program.read_bytes()[:300_000]
    noise = bytes((i * 7919 >> 3) & 255 for i in range(200_000))
    for content in (
        program,
        noise,
        b"%PDF-1.4\n" + noise,
        b"PK\x03\x04" + noise,
        b"\xff\xfe" + noise,
        b"\xfe\xff",
        b"\xff\xfe\x00\xd8",
        b"\xef\xbb\xbf\xff",
        b"\x84\x31\xa4\x37" * 1000,
        b"\xed\xa0\x80" * 100,
    ):
        check(survived(box, content, seconds=20).code == 1, "taken for a report")


def test_controls_and_noncharacters(box):
    survived(
        box, REPORT + "\n甲\x01\x02\x07\x08\x0b\x0c\x1b[31m\x7f\x80乙\ufffe\uffff\U0001fffe丙\n"
    )
    result = survived(box, REPORT.replace("department:", "\x1b[31m键:"))
    check("\x1b" not in result.errors, "a message sends the input's controls to the terminal")


def test_noncharacters_by_number(box):
    """A font may have none, but what is written is UTF-8."""
    for text in ("甲&#xFFFF;", "[甲](https://a.example/&#xFFFE;)", "```&#xFFFF;\n甲\n```"):
        survived(box, HEAD + text + "\n")
        box.build("-o", "b.html", "a.md").expect(0)
        box.read("b.html").decode("utf-8")


def test_a_fence_that_repeats_its_opening(box):
    survived(box, HEAD + "```中\n```中\n|y\n```\n")
    check(">```中\n|y\n</code>" in box.read("a.html").decode("utf-8"), "the code differs")


# Fonts


def test_a_missing_font_file(box):
    folder, environment = box.data()
    box.write("a.md", REPORT)
    (folder / "fonts" / "FandolFang-Regular.otf").unlink()
    result = box.build("-o", "out/", "a.md", env=environment).expect(3, "font-missing")
    check("FandolFang-Regular.otf" in result.errors, result.describe())
    check(
        not box.path("out").exists() or not list(box.path("out").iterdir()), "something was written"
    )


def test_a_folder_without_fonts(box):
    folder, environment = box.data()
    box.write("a.md", REPORT)
    for font in (folder / "fonts").glob("*.[ot]t[fc]"):
        font.unlink()
    box.build("--to", "pdf", "a.md", env=environment).expect(3)
    (folder / "fonts" / "fonts.yaml").unlink()
    box.build("--to", "pdf", "a.md", env=environment).expect(3)


def test_a_corrupt_font_file(box):
    folder, environment = box.data()
    box.write("a.md", REPORT)
    font = folder / "fonts" / "FandolFang-Regular.otf"
    whole = font.read_bytes()
    tables = {
        whole[12 + 16 * i : 16 + 16 * i]: int.from_bytes(whole[20 + 16 * i : 24 + 16 * i], "big")
        for i in range(int.from_bytes(whole[4:6], "big"))
    }

    def damaged(content):
        font.unlink(missing_ok=True)
        font.write_bytes(content)
        return box.build("-o", "out/", "a.md", env=environment, timeout=limit(box, 20), memory=2048)

    for content in (
        b"",
        b"\0" * 100,
        whole[:1000],
        whole[: len(whole) // 2],
        b"<html>404 Not Found</html>",
        whole[:12] + b"\xff" * 1000 + whole[1012:],
    ):
        damaged(content).expect(3, "font-damaged")
        check(not box.path("out/a.pdf").exists(), "a PDF with a damaged font")
    # Damage in one table need not be noticed, but does no harm.
    for tag, start in tables.items():
        for offset in (0, 4, 20, 200):
            at = start + offset
            result = damaged(whole[:at] + b"\xff" * 8 + whole[at + 8 :])
            check(result.code in (0, 1, 3), f"{tag} at {offset}: {result.describe()}")


def test_a_broken_font_list(box):
    folder, environment = box.data()
    box.write("a.md", REPORT)
    table = folder / "fonts" / "fonts.yaml"
    for text in (
        "",
        "[",
        "仿宋: 3\n",
        "仿宋: []\n",
        "仿宋:\n  - {file: ../../../etc/passwd}\n",
        "仿宋:\n" + "  - {file: FandolFang-Regular.otf}\n" * 1000,
    ):
        table.unlink(missing_ok=True)
        table.write_text(text, encoding="utf-8")
        box.build("--to", "pdf", "-o", "out/", "a.md", env=environment).expect(3)


def test_a_broken_template(box):
    folder, environment = box.data()
    box.write("a.md", REPORT)
    template = folder / "templates" / "base" / "template.yaml"
    good = template.read_text(encoding="utf-8")
    for text in (
        "",
        "[",
        "name: base\n",
        good + "\nextends: base\n",
        good + "\nextends: none\n",
        "\0",
        good.replace("mm", "xx"),
        good.replace("三号", "负号"),
    ):
        template.write_text(text, encoding="utf-8")
        result = box.build("-o", "out/", "a.md", env=environment)
        check(result.code == 3, result.describe())
    template.write_text(good, encoding="utf-8")
    (folder / "templates" / "base" / "page.html").write_text(
        "{{none}} {{{body}}}", encoding="utf-8"
    )
    result = box.build("--to", "html", "-o", "out/", "a.md", env=environment)
    check(result.code in (1, 3), result.describe())


def test_a_template_of_tiny_pages(box):
    """Neither a cell of nothing nor pages without end where no note fits."""
    box.write("a.md", HEAD + "文[^a]。\n\n[^a]: 注。\n")
    folder, environment = box.data()
    template = folder / "templates" / "tiny" / "template.yaml"
    template.parent.mkdir()
    for page, code in (
        ("body_height: 1mm", 3),
        ("body_width: 0.001mm", 3),
        ("body_height: 9mm, lines: 1", 0),
    ):
        template.write_text(f"extends: base\npage: {{{page}}}\n", encoding="utf-8")
        result = box.build(
            "--template", "tiny", "a.md", env=environment, timeout=limit(box, 5), memory=1024
        )
        check(result.code == code, result.describe())


# Everything at once


def test_the_sample_cut_anywhere(box):
    text = (SAMPLE / "report.md").read_bytes()
    for end in range(0, 900, 37):
        survived(box, text[:end])


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
