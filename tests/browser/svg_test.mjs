/* Pages as SVG in a browser: they look like the PDF's, and their text can be copied. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

import { results, root, run, url, ziping } from './harness.mjs'

const folder = path.join(results, 'svg')
fs.rmSync(folder, { recursive: true, force: true })
fs.mkdirSync(folder)

/* Builds a report as PDF and SVG; its name and how many pages it has. */
function build(report) {
    const name = path.basename(report, '.md')
    ziping(['build', path.resolve(root, report), '--to', 'pdf,svg', '-o', `${folder}/`], { allowed: [1] })
    const pages = fs.readdirSync(folder).filter((file) => file.match(`^${name}-\\d+\\.svg$`)).length
    assert.ok(pages > 0)
    return { name, pages }
}

/* ---- looks ---- */

const scale = 2 // pixels for one of CSS, of which there are 96 in an inch
const square = 64 // pixels: the places that are looked at
/* The browser puts each line of text on the nearest row of pixels, so what is right may be half a
 * pixel, 0.19 pt, besquare itself; what is wrong by one fits much better when it is moved back. */
const apartMax = 0.25
const betterMoved = 0.6
const faint = 5000 // less ink than that is no evidence

/* A page of the PDF, as poppler reads it, in shapes alone. (Its own pictures, and mutool's, have
 * glyphs on whole pixels.) A camera's orientation has been seen to by the PDF. */
function outline({ name }, number) {
    const file = path.join(folder, `${name}-pdf-${number}.svg`)
    execFileSync('pdftocairo', ['-svg', '-noshrink', '-nocenter', '-f', String(number),
        '-l', String(number), path.join(folder, `${name}.pdf`), file])
    const drawn = fs.readFileSync(file, 'utf8')
    fs.writeFileSync(file, drawn.replace(/<defs>/, '<style>image{image-orientation:none}</style>$&'))
    return file
}

function dataUrl(file) {
    return `data:image/png;base64,${fs.readFileSync(file).toString('base64')}`
}

/* Runs in the browser: how far two pictures differ. `apart`: the difference of their ink, as a part
 * of all the ink; `moved`: the squares in which the second fits better when it is moved by one pixel
 * in some direction, each with the differences as it is and for each move. */
async function difference([first, second, { square, betterMoved, faint }]) {
    async function read(source) {
        const image = new Image()
        image.src = source
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext('2d')
        context.drawImage(image, 0, 0)
        const { data } = context.getImageData(0, 0, image.width, image.height)
        const ink = new Int16Array(data.length / 4)
        for (let i = 0; i < ink.length; i++)
            ink[i] = 255 - (data[4 * i] * 3 + data[4 * i + 1] * 6 + data[4 * i + 2]) / 10
        return { ink, width: image.width, height: image.height }
    }
    const [a, b] = [await read(first), await read(second)]
    const moves = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]]
    const moved = []
    let all = 0, dark = 0
    for (let top = 1; top + square < a.height - 1; top += square)
        for (let left = 1; left + square < a.width - 1; left += square) {
            const sums = moves.map(([dx, dy]) => {
                let sum = 0
                for (let y = top; y < top + square; y++)
                    for (let x = left; x < left + square; x++)
                        sum += Math.abs(a.ink[y * a.width + x] - b.ink[(y + dy) * b.width + x + dx])
                return sum
            })
            for (let y = top; y < top + square; y++)
                for (let x = left; x < left + square; x++)
                    dark += a.ink[y * a.width + x]
            all += sums[0]
            if (sums[0] > faint && Math.min(...sums) < betterMoved * sums[0])
                moved.push([left, top, ...sums])
        }
    return { sizes: [[a.width, a.height], [b.width, b.height]], apart: all / dark, moved }
}

async function draw(page, file) {
    const drawn = fs.readFileSync(file, 'utf8')
    const size = drawn.match(/width="([\d.]+)pt" height="([\d.]+)pt"/).slice(1)
    const [width, height] = size.map((points) => Math.ceil(points * 96 / 72))
    await page.setViewportSize({ width, height })
    await page.goto(url(file))
    await page.evaluate(() => document.fonts.ready)
    const shot = file.replace(/svg$/, 'png')
    await page.screenshot({ path: shot })
    return dataUrl(shot)
}

/* Whether pages look as in the PDF; all of them, or those of the numbers given. */
async function compare(box, report, ...numbers) {
    const built = build(report)
    const [page, judge] = [await box.page({ deviceScaleFactor: scale }), await box.page()]
    const wanted = numbers.length > 0 ? numbers : Array.from({ length: built.pages }, (_, i) => i + 1)
    for (const number of wanted) {
        const pictures = [await draw(page, outline(built, number)),
            await draw(page, path.join(folder, `${built.name}-${number}.svg`))]
        const seen = await judge.evaluate(difference,
            [...pictures, { square, betterMoved, faint }])
        assert.deepEqual(seen.sizes[0], seen.sizes[1])
        assert.deepEqual(seen.moved, [], `page ${number}`)
        assert.ok(seen.apart < apartMax, `page ${number}: ${seen.apart}`)
    }
}

const looks = {}
for (const [report, ...numbers] of [
    ['samples/tianhe-renda-2023', 1], ['tests/cases/charts.md', 1], ['tests/cases/figures.md'],
    ['tests/cases/table_wide.md', 2], ['tests/cases/letter.md', 1], ['tests/cases/contents.md', 2],
])
    looks[`${path.basename(report, '.md')} looks the same as SVG and as PDF`] =
        (box) => compare(box, report, ...numbers)

/* ---- text ---- */

/* Every way in which glyphs are not one character each, or lines not one piece. */
const text = path.join(folder, 'text.md')
fs.writeFileSync(text, `---
title: 文字——示例
department: 示例单位
year: 2023
目录: true
---

## 一、标题——黑体

### （一）接排：

这一段要足够长——要跨过好几行，才看得出行末有没有多出空格或者换行；引号“像这样”，省略号……，数字3062.66万元，率99.63%，英文 performance self-evaluation report of the whole department in two thousand words 也在里面[^1]。𫟼𬭶是生僻字。[去附件](https://example.org/a?b=1&c=2)，[去表](#t)。

- 第一条
- 第二条 <&>

表：目标 {#t}

| 指标 | 目标 |
|------|-----:|
| 培训 |   4  |

[^1]: 脚注的文字。
`)

async function open(box, page) {
    const opened = await box.page()
    await opened.goto(url(path.join(folder, `text-${page}.svg`)))
    await opened.evaluate(() => document.fonts.ready)
    return opened
}

const texts = {
    async 'copied text is the author’s, a line a block, without what is not text'(box) {
        const page = await open(box, 2)
        const copied = await page.evaluate(() => {
            getSelection().selectAllChildren(document.documentElement)
            return getSelection().toString()
        })
        assert.deepEqual(copied.split('\n'), [
            '文字——示例', '一、标题——黑体',
            '（一）接排：这一段要足够长——要跨过好几行，才看得出行末有没有多出空格或者换行；引号“像这样”，' +
            '省略号……，数字3062.66万元，率99.63%，英文performance self-evaluation report of the whole ' +
            'department in two thousand words也在里面[1]。𫟼𬭶是生僻字。去附件，去表。',
            '• 第一条', '• 第二条 <&>', '表1　目标', '指标', '目标', '培训', '4', '[1] 脚注的文字。',
        ])
    },
    async 'all fonts are in the file and are good; each glyph has its place'(box) {
        const page = await open(box, 2)
        const fonts = await page.evaluate(() => [...document.fonts].map(({ family, status }) =>
            `${family} ${status}`))
        assert.ok(fonts.length >= 5)
        for (const font of fonts) assert.match(font, /^zp\d+ loaded$/)
        const places = await page.evaluate(() => {
            const rare = [...document.querySelectorAll('text')].find(
                (element) => element.textContent.includes('𫟼'))
            const first = rare.textContent.indexOf('𫟼')
            return [0, 2].map((i) => rare.getStartPositionOfChar(first + i).x)
        })
        assert.ok(Math.abs(places[1] - places[0] - 15.8) < 0.1, String(places))
    },
    async 'a dash of two characters is one stroke of its font'(box) {
        const page = await open(box, 2)
        const [whole, first] = await page.evaluate(() => {
            const heading = document.querySelector('[aria-level="2"]')
            const at = heading.textContent.indexOf('——')
            return [heading.getSubStringLength(at, 2), heading.getEndPositionOfChar(at + 1).x -
                heading.getStartPositionOfChar(at).x]
        })
        assert.ok(Math.abs(whole - 32) < 0.1 && Math.abs(first - 32) < 0.1, `${whole} ${first}`)
    },
    async 'links lead to other pages’ files and out of them'(box) {
        const page = await open(box, 2)
        const addresses = await page.evaluate(() =>
            [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')))
        assert.equal(addresses[0], 'https://example.org/a?b=1&c=2')
        assert.match(addresses[1], /^text-2\.svg#p2-\d+-\d+$/)
        const contents = await open(box, 1)
        await contents.click('a >> nth=0')
        await contents.waitForURL(/text-2\.svg#p2-/)
        assert.equal(await contents.evaluate(() =>
            document.getElementById(location.hash.slice(1)).tagName), 'rect')
    },
}
build(text)

await run({ ...texts, ...looks, 'text looks the same as SVG and as PDF': (box) => compare(box, text, 2) })
