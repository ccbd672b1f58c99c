/* The HTML page in a browser: at every width, light and dark, on paper, and pasted into another. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

import { barriers, results, root, run, shoot, url, ziping } from './harness.mjs'

/* 640: what is left of 1280 at 200 %. */
const widths = [320, 640, 768, 1280, 1920]

/* Builds a report, a file or a folder of the project, into the results; the path of what is made. */
function build(source, name, format = 'html') {
    const file = path.join(results, name)
    ziping(['build', source, '--to', format, '-o', file])
    return file
}

/* A report with all that a report can have, and the picture it shows. */
function buildEverything(name, format) {
    const source = path.join(results, 'everything.md')
    fs.copyFileSync(path.join(root, 'tests/browser/everything.md'), source)
    fs.copyFileSync(path.join(root, 'tests/cases/pictures/fields.png'),
        path.join(results, 'fields.png'))
    return build(source, name, format)
}

const pages = {
    everything: buildEverything('everything.html'),
    tianhe: build(path.join(root, 'samples/tianhe-renda-2023'), 'tianhe.html'),
    project: build(path.join(root, 'samples/project-self-2024'), 'project.html'),
}

async function open(box, name, options) {
    const page = await box.page(options)
    await page.goto(url(pages[name]))
    return page
}

/* The tops of the lines that an element's text stands in, by what is in them. */
function linesOf(page, selector) {
    return page.evaluate((selector) => {
        const lines = new Map()
        const walk = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT)
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (let i = 0; i < node.data.length; i++) {
                const range = document.createRange()
                range.setStart(node, i)
                range.setEnd(node, i + 1)
                const middle = range.getBoundingClientRect()
                const line = Math.round((middle.top + middle.bottom) / 8)
                lines.set(line, (lines.get(line) ?? '') + node.data[i])
            }
        }
        return [...lines.values()]
    }, selector)
}

/* The page as printed: each page's text, and the words' boxes in points. */
async function print(page, name) {
    const file = path.join(results, `${name}.pdf`)
    await page.pdf({ path: file, preferCSSPageSize: true })
    const read = (tool, ...args) => execFileSync(tool, [...args], { encoding: 'utf8' })
    const info = read('pdfinfo', file)
    const pages = read('pdftotext', '-bbox', file, '-').split('<page ').slice(1).map((text) =>
        [...text.matchAll(/<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]*)/g)]
            .map(([, left, top, right, bottom, word]) =>
                ({ left: +left, top: +top, right: +right, bottom: +bottom, word })))
    return { info, pages }
}

const mm = 72 / 25.4

const tests = {}

for (const name of Object.keys(pages)) {
    tests[`${name}: no barrier and nothing cut off, at any width, light and dark`] = async (box) => {
        const page = await open(box, name, { bypassCSP: true })
        for (const width of widths) {
            await page.setViewportSize({ width, height: 900 })
            const wide = await page.evaluate(() => document.documentElement.scrollWidth)
            assert.equal(wide, width, 'the page itself scrolls to the side')
            for (const colorScheme of [320, 1920].includes(width) ? ['dark', 'light'] : ['light']) {
                await page.emulateMedia({ colorScheme })
                assert.deepEqual(await barriers(page), [], `${width} ${colorScheme}`)
                if (name === 'everything') await shoot(page, `everything-${width}-${colorScheme}`)
            }
        }
    }
}

Object.assign(tests, {
    async 'at 200 % all is there'(box) {
        const page = await open(box, 'everything', { zoom: 2 })
        await shoot(page, 'everything-zoomed', { full: true })
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 640)
    },

    /* WCAG 2.1, 1.4.12. */
    async 'text may be spaced out'(box) {
        const page = await open(box, 'everything', { width: 1280, bypassCSP: true })
        await page.addStyleTag({ content: `* { line-height: 1.5 !important;
            letter-spacing: 0.12em !important; word-spacing: 0.16em !important }` })
        const cut = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((e) =>
            getComputedStyle(e).overflowX === 'hidden' && e.scrollWidth > e.clientWidth).length)
        assert.equal(cut, 0)
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280)
    },

    async 'the style sheet is let in, and nothing else'(box) {
        const page = await open(box, 'everything')
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '21.3333px')
        await page.evaluate(() => {
            const script = document.createElement('script')
            script.textContent = 'window.came = true'
            document.body.append(script)
            const style = document.createElement('style')
            style.textContent = 'body { color: red }'
            document.body.append(style)
            const image = new Image()
            image.src = 'https://example.org/x.png'
            document.body.append(image)
        })
        assert.equal(await page.evaluate(() => window.came), undefined)
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)')
        const faults = box.takeFaults().join('\n')
        assert.match(faults, /script-src/)
        assert.match(faults, /style-src/)
        assert.match(faults, /img-src/)
        assert.doesNotMatch(faults, /a request to/)
    },

    async 'names in the title are not parted while a line holds them'(box) {
        const page = await open(box, 'everything')
        for (const width of [480, 640, 768, 1280, 1920]) {
            await page.setViewportSize({ width, height: 900 })
            const lines = await linesOf(page, 'h1')
            for (const whole of ['人民代表大会', '常务委员会', '2023年度', '绩效自评'])
                assert.ok(lines.some((line) => line.includes(whole)), `${width}: ${lines.join('|')}`)
            assert.ok(lines.every((line) => !/^(的|和)|(关于)$/.test(line)), lines.join('|'))
            if (width >= 768)
                assert.ok(lines.includes('示例市人民代表大会常务委员会办公室'), lines.join('|'))
        }
        await page.setViewportSize({ width: 320, height: 900 })
        const lines = await linesOf(page, 'h1')
        for (const whole of ['常务委员会', '2023年度'])
            assert.ok(lines.some((line) => line.includes(whole)), lines.join('|'))
    },

    async 'the outline stays in sight where there is room, and leads to the headings'(box) {
        const page = await open(box, 'tianhe', { width: 1280 })
        const heads = await page.locator('section h2').count()
        assert.equal(await page.locator('nav > ol > li').count(), heads)
        await page.locator('nav a').last().click()
        assert.equal(await page.evaluate(() => document.querySelector(':target').tagName), 'H2')
        const top = await page.evaluate(() => document.querySelector('nav').getBoundingClientRect().top)
        assert.ok(top >= 0 && await page.evaluate(() => scrollY) > 900)
        await page.setViewportSize({ width: 1000, height: 900 })
        assert.equal(await page.locator('nav').isVisible(), false)
    },

    async 'the outline of a report that asks for one is there on a phone too'(box) {
        const page = await open(box, 'everything', { width: 320 })
        assert.equal(await page.locator('nav').isVisible(), true)
    },

    async 'the first key leads past the outline'(box) {
        const page = await open(box, 'tianhe', { width: 1280 })
        await page.keyboard.press('Tab')
        assert.equal(await page.evaluate(() => document.activeElement.textContent), '跳到正文')
        assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top) >= 0)
    },

    async 'a wide table scrolls by itself, by keyboard'(box) {
        const page = await open(box, 'everything', { width: 320 })
        const table = page.locator('.table.three-line')
        await table.focus()
        assert.ok(await table.evaluate((e) => e.scrollWidth > e.clientWidth))
        await page.keyboard.press('ArrowRight')
        await page.waitForFunction(() => document.querySelector('.table.three-line').scrollLeft > 0)
        await table.evaluate((e) => { e.scrollLeft = 1000 })
        const [frame, title] = await table.evaluate((e) => [e, e.querySelector('caption')].map((b) => {
            const { left, right } = b.getBoundingClientRect()
            return { left, right }
        }))
        assert.ok(title.left >= frame.left - 1 && title.right <= frame.right + 1, 'its title stays in sight')
    },

    async 'columns are as wide as their author wants'(box) {
        const page = await open(box, 'everything')
        const [first, second, third] = await page.locator('#t1 thead th').evaluateAll((cells) =>
            cells.map((cell) => cell.getBoundingClientRect().width))
        assert.ok(Math.abs(first / second - 2) < 0.05, `${first} ${second}`)
        assert.ok(Math.abs(second - third) < 2)
    },

    async 'notes lead there and back'(box) {
        const page = await open(box, 'everything')
        await page.locator('#ref-2 a').click()
        assert.equal(await page.evaluate(() => document.querySelector(':target').id), 'note-2')
        await page.locator('#note-2 .back').click()
        assert.equal(await page.evaluate(() => document.querySelector(':target').id), 'ref-2')
    },

    async 'adjacent marks stand close: “（ takes one em and a half'(box) {
        const page = await open(box, 'everything', { bypassCSP: true })
        const width = await page.evaluate(() => {
            const line = document.createElement('p')
            line.style = 'display: inline-block; text-indent: 0; font: 100px "Noto Serif CJK SC"; ' +
                'letter-spacing: 0'
            line.textContent = '字”（字'
            document.querySelector('article').append(line)
            return line.getBoundingClientRect().width
        })
        assert.ok(Math.abs(width - 350) <= 51, String(width)) /* ” may be the Latin font's */
    },

    async 'on paper it is A4 with the margins and the page numbers of 公文'(box) {
        const page = await open(box, 'everything')
        const { info, pages: printed } = await print(page, 'everything')
        assert.match(info, /Page size: +59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)/)
        assert.ok(printed.length >= 3)
        for (const [i, words] of printed.entries()) {
            const foot = (word) => (word.top + word.bottom) / 2 > 262 * mm
            const number = words.find((word) => word.word === String(i + 1) && foot(word))
            assert.ok(number, `page ${i + 1} has no number`)
            assert.equal(number.left > 105 * mm, i % 2 === 0, 'odd pages have it at the right')
            const body = words.filter((word) => !foot(word))
            assert.ok(Math.min(...body.map(({ left }) => left)) > 28 * mm - 1)
            assert.ok(Math.max(...body.map(({ right }) => right)) < 184 * mm + 1)
            assert.ok(Math.min(...body.map(({ top, bottom }) => (top + bottom) / 2)) > 38 * mm)
            assert.ok(!words.some(({ word }) => word.includes('跳到正文')))
        }
        const first = (label) => printed.findIndex((words) => words.some(({ word }) =>
            word.startsWith(label)))
        assert.ok(first('附件1') > 0)
        await page.emulateMedia({ media: 'print' })
        assert.equal(await page.locator('nav').isVisible(), false)
    },

    async 'a fragment looks right within a page of others'(box) {
        const page = await box.page({ bypassCSP: true })
        const fragment = fs.readFileSync(buildEverything('everything.fragment.html', 'html-fragment'),
            'utf8')
        assert.equal(/<(script|style|head|html|link|meta|h1)\b|class=|javascript:/.exec(fragment), null)
        const other = path.join(results, 'pasted.html')
        fs.writeFileSync(other, `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
            <title>门户网站</title><main id="s1"><h1>绩效公开</h1>${fragment}${'\n'}</main></html>`)
        await page.goto(url(other))
        await shoot(page, 'fragment', { full: true })
        assert.deepEqual(await barriers(page), [])
        const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((e) => e.id))
        assert.equal(new Set(ids).size, ids.length)
        const astray = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
            .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length)
        assert.equal(astray, 0)
        assert.equal(await page.evaluate(() =>
            getComputedStyle(document.querySelector('main td')).borderTopWidth), '1px')
    },
})

await run(tests)
