/* A page with --fonts subset, in a browser: every glyph is drawn by a font of the page's own, and
 * Chinese marks take the forms that the fonts' rules give them. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'

import { results, root, run, shoot, url, ziping } from './harness.mjs'

/* Builds a report as HTML with its fonts; the file. */
function build(report, ...more) {
    const file = path.join(results, `fonts-${path.basename(report, '.md')}.html`)
    ziping(['build', path.resolve(root, report), '--fonts', 'subset', '-o', file, ...more],
        { allowed: [1] })
    return file
}

/* The fonts that draw what stands in elements, where they are not the page's: name and element. */
async function foreignFonts(page) {
    const session = await page.context().newCDPSession(page)
    await session.send('DOM.enable')
    await session.send('CSS.enable')
    const { root: tree } = await session.send('DOM.getDocument', { depth: -1 })
    const { nodeIds } = await session.send('DOM.querySelectorAll',
        { nodeId: tree.nodeId, selector: 'body *' })
    const foreign = []
    for (const nodeId of nodeIds) {
        const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
        for (const { familyName, isCustomFont } of fonts) {
            if (isCustomFont) continue
            const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId })
            foreign.push(`${familyName}: ${outerHTML.slice(0, 120)}`)
        }
    }
    return foreign
}

const marks = path.join(results, 'fonts-marks.md')
fs.writeFileSync(marks, `---
title: 标点——示例
department: 示例单位
year: 2023
---

## 一、甲“（甲）”——乙……

正文“（甲）”——乙……2023年·%A。𬭎湴 *楷体* **黑体**

> 引用“（甲）”乙。
`)

const tests = {}
for (const report of ['samples/tianhe-renda-2023', 'tests/cases/letter.md', 'tests/cases/charts.md',
    'tests/cases/tables.md', 'tests/cases/rare.md'])
    tests[`${path.basename(report, '.md')} needs no font of the machine's`] = async (box) => {
        const page = await box.page()
        await page.goto(url(build(report)))
        await page.evaluate(() => document.fonts.ready)
        assert.deepEqual(await foreignFonts(page), [])
        await shoot(page, `fonts-${path.basename(report, '.md')}`)
    }

tests['marks that stand together share their blanks, —— is one stroke, “ and … are full'] =
    async (box) => {
        const page = await box.page()
        await page.goto(url(build(marks)))
        await page.evaluate(() => document.fonts.ready)
        /* In ems, without the letters' spacing; of a text within an element. */
        const widths = (selector, ...texts) => page.evaluate(([selector, texts]) => {
            const element = document.querySelector(selector)
            element.style.letterSpacing = '0'
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
            const nodes = []
            while (walker.nextNode()) nodes.push(walker.currentNode)
            return texts.map((text) => {
                const node = nodes.find(({ data }) => data.includes(text))
                const range = document.createRange()
                range.setStart(node, node.data.indexOf(text))
                range.setEnd(node, node.data.indexOf(text) + text.length)
                return Math.round(range.getBoundingClientRect().width /
                    parseFloat(getComputedStyle(element).fontSize) * 100) / 100
            })
        }, [selector, texts])
        for (const selector of ['h2', 'p', 'blockquote'])
            assert.deepEqual(await widths(selector, '“（', '）”'), [1.5, 1.5], selector)
        for (const selector of ['h1', 'h2', 'p'])
            assert.deepEqual(await widths(selector, '——'), [2], selector)
        assert.deepEqual(await widths('p', '……', '·'), [2, 1])
        assert.deepEqual(await foreignFonts(page), [])
    }

await run(tests)
