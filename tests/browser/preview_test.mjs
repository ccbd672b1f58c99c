/* The preview in a browser: what a reader sees after a save, by mouse and by keys, and that a hostile
 * report does nothing there. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'

import { barriers, program, root, run, shoot } from './harness.mjs'

const report = `---
title: 2023年度某某局自评报告
department: 某某局
year: 2023
---

## 一、基本情况

全年召开会议13次，听取审议各类报告42项。

${'单位职能履行情况良好，各项工作按计划完成。'.repeat(120)}

## 二、自评结论

自评得分98分；支出80万元。。

| 指标 | 得分 |
|------|-----:|
| 产出 | 40 |
`

/* Starts a preview of a folder with these files; `act` gets its address and the folder. */
async function previewing(files, act) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ziping-'))
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content)
    const child = spawn(program, ['preview', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise((done) => child.on('exit', done))
    try {
        const [address] = await new Promise((done) =>
            readline.createInterface({ input: child.stdout }).once('line', (line) => done([line])))
        await act(address, (text) => fs.writeFileSync(path.join(folder, 'report.md'), text))
    } finally {
        child.kill('SIGINT')
        assert.equal(await ended, 0)
        fs.rmSync(folder, { recursive: true })
    }
}

const state = (page) => page.locator('#state')

async function opened(box, address, options) {
    const page = await box.page(options)
    await page.goto(address)
    await page.waitForSelector('body[data-round]')
    return page
}

/* 50 ways to have a script run, and more places to put them. */
const vectors = [
    '<script>alert(1)</script>', '<ScRiPt src=//evil.example/x.js></ScRiPt>', '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>', '<svg><script>alert(1)</script></svg>', '<body onload=alert(1)>',
    '<iframe src="javascript:alert(1)">', '<iframe srcdoc="<script>alert(1)</script>">',
    '<object data="javascript:alert(1)">', '<embed src="javascript:alert(1)">', '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](java\tscript:alert(1))', '[x](&#106;avascript:alert(1))',
    '[x](javascript&colon;alert(1))', '[x](data:text/html,<script>alert(1)</script>)',
    '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)', '[x](vbscript:msgbox(1))',
    '![x](javascript:alert(1))', '![x](https://evil.example/x.png)', '![x" onerror="alert(1)](x.png)',
    '[x](https://a"onmouseover="alert(1))', '<https://a"onmouseover="alert(1)>', '[x]: javascript:alert(1)\n[x]',
    '<details open ontoggle=alert(1)>', '<video><source onerror=alert(1)>', '<audio src onerror=alert(1)>',
    '<input autofocus onfocus=alert(1)>', '<select autofocus onfocus=alert(1)>', '<marquee onstart=alert(1)>',
    '<form action="javascript:alert(1)"><button>x', '<isindex action=javascript:alert(1)>',
    '<meta http-equiv=refresh content="0;url=https://evil.example/">', '<base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/x.css">', '<style>@import "https://evil.example/x.css";</style>',
    '<div style="background:url(https://evil.example/x)">', '<math><mtext></mtext><script>alert(1)</script></math>',
    '<template><script>alert(1)</script></template>', '</title><script>alert(1)</script>', '</style><script>alert(1)</script>',
    '</textarea><script>alert(1)</script>', '--><script>alert(1)</script>', ']]><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>', "'><img src=x onerror=alert(1)>", '{{=<% %>=}}<%alert(1)%>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', '<svg><animate onbegin=alert(1) attributeName=x>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<xss id=x onfocus=alert(1) tabindex=1>#x',
    '\u2028<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>',
]

await run({
    async 'a save changes the page without loading it again'(box) {
        await previewing({ 'report.md': report }, async (address, save) => {
            const page = await opened(box, address)
            await page.evaluate(() => { window.same = true })
            await page.locator('#pages').evaluate((pages) => { pages.scrollTop = 400 })
            save(report.replace('会议13次', '会议14次'))
            await page.waitForSelector('body[data-round="2"]')
            assert.match(await page.locator('#pages').textContent(), /会议14次/)
            assert.equal(await page.evaluate(() => window.same), true)
            assert.equal(await page.locator('#pages').evaluate((pages) => pages.scrollTop), 400)
            await shoot(page, 'preview-pages')
        })
    },

    async 'errors come over the last good page and go again'(box) {
        await previewing({ 'report.md': report }, async (address, save) => {
            const page = await opened(box, address)
            save('---\ntitle: [\n---\n')
            await page.waitForSelector('#banner:visible')
            assert.match(await page.locator('#banner').textContent(), /没有排成.*上一次/)
            assert.match(await page.locator('#pages').textContent(), /会议13次/)
            assert.ok(await page.locator('#list .error').count() > 0)
            await shoot(page, 'preview-error')
            save(report)
            await page.waitForSelector('#banner', { state: 'hidden' })
            assert.match(await state(page).textContent(), /\d+ 页/)
        })
    },

    async 'a finding, a paragraph and a line lead to each other'(box) {
        await previewing({ 'report.md': report }, async (address) => {
            const page = await opened(box, address)
            await page.locator('#list .finding').first().click()
            await page.waitForSelector('.spot')
            assert.ok(await page.locator('#list .more').isVisible())
            const line = await page.locator('.row.here').getAttribute('data-line')
            assert.match(await page.locator('.row.here code').textContent(), /。。|80万元/)
            await page.locator('#pages text', { hasText: '听取审议' }).first().click()
            assert.match(await page.locator('.row.here code').textContent(), /听取审议/)
            await page.locator(`.row[data-line="${line}"]`).click()
            await page.waitForSelector('.spot')
            await page.locator('#tab-text').click()
            const frame = page.frameLocator('#text iframe')
            await frame.locator('p', { hasText: '听取审议' }).click()
            assert.match(await page.locator('.row.here code').textContent(), /听取审议/)
            assert.equal(await frame.locator('[data-lit]').count(), 1)
            await shoot(page, 'preview-text')
        })
    },

    async 'by keyboard alone'(box) {
        await previewing({ 'report.md': report }, async (address) => {
            const page = await opened(box, address)
            await page.keyboard.press('?')
            assert.ok(await page.locator('#keys').isVisible())
            await shoot(page, 'preview-keys')
            await page.keyboard.press('Escape')
            await page.keyboard.press('n')
            assert.equal(await page.locator('#list li.chosen').count(), 1)
            await page.keyboard.press('ArrowDown')
            await page.keyboard.press('s')
            await page.keyboard.press('Home')
            for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown')
            assert.match(await page.locator('.row.here code').textContent(), /听取审议/)
            await page.keyboard.press('Enter')
            await page.waitForSelector('.spot')
            await page.keyboard.press('v')
            await page.keyboard.press('j')
            assert.doesNotMatch(await page.locator('.row.here code').textContent(), /听取审议/)
            await page.keyboard.press('2')
            assert.ok(await page.locator('#text iframe').isVisible())
            await page.keyboard.press('v')
            await page.keyboard.press('k')
            assert.match(await page.locator('.row.here code').textContent(), /听取审议/)
            await page.keyboard.press('1')
            assert.ok(await page.locator('#pages').isVisible())
        })
    },

    async 'it has no barriers, light and dark, wide and narrow'(box) {
        await previewing({ 'report.md': report }, async (address) => {
            for (const [dark, width] of [[false, 1440], [true, 1440], [false, 400]]) {
                const page = await opened(box, address, { dark, width, bypassCSP: true })
                await page.locator('#list .finding').first().click()
                await page.waitForSelector('.spot')
                assert.deepEqual(await barriers(page), [])
                await shoot(page, `preview-${width}-${dark ? 'dark' : 'light'}`)
            }
        })
    },

    async 'files to be kept'(box) {
        await previewing({ 'report.md': report }, async (address) => {
            const page = await opened(box, address)
            for (const [id, mark] of [['#get-pdf', '%PDF-'], ['#get-html', '<!DOCTYPE html>']]) {
                const [download] = await Promise.all([page.waitForEvent('download'), page.locator(id).click()])
                const bytes = fs.readFileSync(await download.path(), 'latin1')
                assert.equal(bytes.slice(0, mark.length).toLowerCase(), mark.toLowerCase())
            }
        })
    },

    async 'a hostile report runs no script'(box) {
        const quoted = (text) => `'${text.replace(/'/g, "''").replace(/\s/g, ' ')}'`
        const cell = (text) => text.replace(/[|\s]/g, ' ').replace(/"/g, '""')
        const hostile = (written) => `---
title: ${quoted(vectors[2])}
department: ${quoted(vectors[2])}
year: 2023
数据: {表: 表.csv}
---

## 一、${written(vectors[1])}

${vectors.map((v) => written(v.replace(/\{\{/g, '{ {'))).join('\n\n')}

{{#表}}
- {{甲}} {{乙}}
{{/表}}

![图](图.svg)

\`\`\`chart
type: bar
分类: ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>']
系列: [{名称: '<img src=x onerror=alert(1)>', 数值: [25, 50]}]
\`\`\`
`
        const files = {
            'report.md': hostile((text) => text),
            '表.csv': `甲,乙\n${vectors.map((v) => `"${cell(v)}","x"`).join('\n')}\n`,
            '图.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
        }
        await previewing(files, async (address, save) => {
            const page = await box.page()
            page.on('dialog', (dialog) => { throw new Error(`a dialog: ${dialog.message()}`) })
            await page.goto(address)
            await page.waitForSelector('body[data-round]')
            assert.ok(vectors.length >= 50)
            await page.locator('#list .finding').first().click() /* raw HTML is refused, and quoted */
            save(hostile((text) => text.replace(/[<\[&]/g, '\\$&')))
            await page.waitForSelector('.sheet')
            assert.match(await page.locator('#pages').textContent(), /onerror=alert/)
            for (const view of ['1', '2']) {
                await page.keyboard.press(view)
                await page.waitForTimeout(300)
            }
            assert.equal(await page.locator('#pages script, #pages foreignObject').count(), 0)
            for (const link of await page.locator('#pages a, .more a').all())
                assert.match(await link.getAttribute('href'), /^(https?:|mailto:|#)/)
            const inside = page.frameLocator('#text iframe')
            assert.equal(await inside.locator('script').count(), 0)
            await shoot(page, 'preview-hostile')
        })
    },
})
