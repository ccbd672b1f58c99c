#!/usr/bin/env python3
"""make_reports.py [--count N] ZIPING OUT: the sample report and N variants of it, for ziping and for Typst.

Each report is written twice with the same text: OUT/000.md and OUT/000.typ (the sample as it is), then
001 … N. A variant drops about a third of a paragraph's sentences, takes as many from anywhere in the
report, and changes every figure, so that reports differ in which characters they use and not only in
their order. The same N gives the same files.
"""
import argparse
import pathlib
import random
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / 'samples/tianhe-renda-2023'
KEPT = 0.67     # of a paragraph's sentences

# The page of GB/T 9704 as Typst says it: 22 lines of 28 cells, 三号 body, 二号 title.
TYPST_HEAD = '''\
#set document(title: "%(title)s")
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context {
    let n = counter(page).get().first()
    align(if calc.odd(n) { right } else { left },
      text(font: "Noto Serif CJK SC", size: 14pt, tracking: 0pt)[#h(1em)— #n —#h(1em)])
  })
#let latin = (name: "Liberation Serif", covers: "latin-in-cjk")
#let rest = ("LXGW WenKai", "Noto Serif CJK SC", "DejaVu Sans")
#let kai = (latin, "FandolKai") + rest
#set text(font: (latin, "FandolFang R") + rest, size: 16pt, lang: "zh", region: "cn",
  tracking: 156mm / 28 - 16pt, cjk-latin-spacing: none, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(first-line-indent: (amount: 2em, all: true), justify: true,
  leading: 225mm / 22 - 16pt, spacing: 225mm / 22 - 16pt)
#show heading: set text(size: 16pt, weight: "regular")
#show heading: set block(spacing: 225mm / 22 - 16pt)
#show heading.where(level: 1): set text(font: (latin, "Noto Serif CJK SC"), size: 22pt,
  weight: "bold", tracking: 0pt)
#show heading: it => if it.level == 1 { align(center, it) } else { pad(left: 32pt, it) }
#show heading.where(level: 2): set text(font: (latin, "Noto Sans CJK SC"))
#show heading.where(level: 3): set text(font: kai)
'''


def read_sample(ziping):
    """The front matter as text, and the blocks: (heading level or 0, text)."""
    expanded = subprocess.run([ziping, 'build', '--to', 'md', SAMPLE], capture_output=True, check=True)
    _, front, body = expanded.stdout.decode().split('---\n', 2)
    blocks = []
    for block in body.split('\n\n'):
        marks, text = re.fullmatch(r'(#*) *(.*)', block.strip()).groups()
        assert not re.search(r'[\\*_<>`\[\]$@~#]', text), 'the sample is plain text'
        if text:
            blocks.append((len(marks), text))
    return front, blocks


def sentences(text):
    return re.findall(r'[^。；]+[。；]?', text)


def change_figure(rng, figure):
    first = rng.randint(1, 9) if figure[0] != '0' else 0
    return str(first) + ''.join(str(rng.randint(0, 9)) for _ in figure[1:])


def vary_paragraph(rng, text, pool):
    own = sentences(text)
    kept = [s for s in own if rng.random() < KEPT]
    for sentence in rng.choices(pool, k=len(own) - len(kept)):
        kept.insert(rng.randint(0, len(kept)), sentence)
    text = ''.join(kept).rstrip('。；') + '。'
    return re.sub(r'\d+', lambda figure: change_figure(rng, figure[0]), text)


def vary(blocks, seed):
    rng = random.Random(seed)
    pool = [s for level, text in blocks if level == 0 for s in sentences(text)]
    return [(level, text if level else vary_paragraph(rng, text, pool)) for level, text in blocks]


def markdown(front, blocks):
    body = '\n\n'.join(f'{"#" * level} {text}' if level else text for level, text in blocks)
    return f'---\n{front}---\n\n{body}\n'


def typst(front, blocks):
    """The same text; a head that ends in ： or 。 runs in with the paragraph after it."""
    title = re.search(r'^title: "?(.*?)"?$', front, re.M)[1]
    parts = [TYPST_HEAD % {'title': title}, f'= {title}']
    run_in = ''
    for level, text in blocks:
        text = re.sub(r'(?m)^(\d+)\.', r'\1\\.', text)
        if level and text[-1] in '：。':
            run_in = f'#text(font: kai)[{text}]' if level == 3 else text
        elif level:
            parts.append(f'{"=" * level} {text}')
        else:
            parts.append(run_in + text)
            run_in = ''
    return '\n\n'.join(parts) + '\n'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--count', type=int, default=100)
    parser.add_argument('ziping')
    parser.add_argument('out', type=pathlib.Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    front, blocks = read_sample(given.ziping)
    for k in range(given.count + 1):
        report = vary(blocks, k) if k else blocks
        (given.out / f'{k:03}.md').write_text(markdown(front, report), encoding='utf-8')
        (given.out / f'{k:03}.typ').write_text(typst(front, report), encoding='utf-8')


if __name__ == '__main__':
    main()
