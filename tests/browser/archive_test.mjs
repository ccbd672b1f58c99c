/* index.html of an archive: ten thousand reports, read from the disk. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

import { barriers, results, root, run, shoot, url, ziping } from './harness.mjs'

const archive = path.join(results, 'archive')

/* The index of an archive made by `script` in Python. */
function make(folder, script) {
    fs.rmSync(folder, { recursive: true, force: true })
    execFileSync('python3', ['-B', '-c', script, folder], { cwd: path.join(root, 'tests/cli') })
    ziping(['catalog', folder])
    return path.join(folder, 'index.html')
}

/* A page of ten thousand reports: the rows of one of two hundred (示例数据) over and over, each
 * with its own number. */
function multiply(file) {
    const [before, data, after] = fs.readFileSync(file, 'utf8')
        .split(/(?<=id="data">)([^<]*)(?=<\/script>)/)
    const rows = JSON.parse(data)
    const all = Array.from({ length: 10000 }, (_, i) => {
        const row = [...rows[i % rows.length]]
        row[1] = String(i + 1).padStart(5, '0')
        row[2] = row[3] = `示例市第${i + 1}局`
        return row
    })
    const made = path.join(path.dirname(file), 'large.html')
    fs.writeFileSync(made, before + JSON.stringify(all) + after)
    return made
}

const large = multiply(make(archive, `
import sys, bags
bags.make(sys.argv[1], 200, ["2024"])`))
const strange = make(`${archive}-strange`, `
import sys, bags
names = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "𠮷田\\"'&局",
         "<!--<script>", "\\u2028行", "{{标题}}"]
reports = {}
for n, name in enumerate(names, 1):
    reports[f"{n:03}"] = bags.report(n, "2024")
    reports[f"{n:03}"]["department"]["name"] = name
bags.write_bag(sys.argv[1], "2024", reports)`)

const twice = make(`${archive}-twice`, `
import sys, bags
whole, project, other = (bags.report(n, "2024") for n in (1, 1, 2))
whole["department"]["name"] = project["department"]["name"] = "第３中学（ＡＢＣ）"
whole["budget"] = other["budget"] = {"unit": "万元", "adjusted": "150万元", "spent": "90万元"}
project["budget"] = {"unit": "万元", "adjusted": "50万元", "spent": "40万元"}
project["title"] = "2024年度设备项目绩效自评报告"
bags.write_bag(sys.argv[1], "2024", {"001": whole, "001/设备项目绩效自评报告": project, "002": other})`)

const count = (page) => page.locator('#rows tr').count()
const sum = (page) => page.locator('#sum').innerText()

async function open(box, file, options) {
    const page = await box.page(options)
    await page.goto(url(file))
    await page.waitForSelector('#rows tr')
    return page
}

await run({
    async 'ten thousand reports come a piece at a time'(box) {
        const page = await open(box, large)
        assert.match(await sum(page), /报告 10000 份/)
        assert.ok(await count(page) < 1000)
        const before = await count(page)
        await page.locator('#more').scrollIntoViewIfNeeded()
        await page.waitForFunction((n) => document.querySelectorAll('#rows tr').length > n, before)
        await shoot(page, 'archive-1280-light')
    },

    async 'searched by name and code, filtered, sorted'(box) {
        const page = await open(box, large)
        await page.getByLabel('单位、编码或标题').fill('第777')
        await page.waitForFunction(() => /报告 11 份/.test(document.querySelector('#sum').innerText))
        await page.getByLabel('单位、编码或标题').fill('')
        await page.getByLabel('等级').selectOption('差')
        await page.waitForFunction(() => !/优/.test(document.querySelector('#sum').innerText))
        const grades = await page.locator('#rows tr td:nth-child(5)').allInnerTexts()
        assert.ok(grades.length > 100 && grades.every((grade) => grade === '差'))
        await page.getByRole('button', { name: '清空' }).click()
        await page.getByLabel('执行率最低').fill('99')
        await page.getByRole('button', { name: '得分' }).click()
        const scores = (await page.locator('#rows tr td:nth-child(4)').allInnerTexts()).map(Number)
        assert.deepEqual(scores, [...scores].sort((a, b) => b - a))
        const rates = await page.locator('#rows tr td:nth-child(6)').allInnerTexts()
        assert.ok(rates.length > 100 && rates.every((rate) => parseFloat(rate) >= 99))
        await page.getByRole('button', { name: '得分' }).press('Enter')
        assert.equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'ascending')
    },

    async 'a total of rates is weighed by money'(box) {
        const page = await open(box, large)
        const text = await sum(page)
        const [, budget] = text.match(/预算 ([\d,.]+) 万元/)
        const [, spent] = text.match(/支出 ([\d,.]+) 万元/)
        const [, rate] = text.match(/执行率 ([\d.]+)%/)
        const number = (words) => Number(words.replaceAll(',', ''))
        assert.equal(rate, (number(spent) / number(budget) * 100).toFixed(2))
    },

    async 'a unit has its money once, and full width is half width'(box) {
        const page = await open(box, twice)
        assert.match(await sum(page), /报告 3 份\s+预算 300\.00 万元/)
        await page.getByLabel('单位、编码或标题').fill('第3中学(abc')
        await page.waitForFunction(() => /报告 2 份/.test(document.querySelector('#sum').innerText))
        await page.getByLabel('单位、编码或标题').fill('项目')
        await page.waitForFunction(() => /报告 1 份\s+预算 50\.00 万元/.test(document.querySelector('#sum').innerText))
    },

    async 'no barriers, light and dark, wide and narrow'(box) {
        for (const [width, dark] of [[1280, false], [1280, true], [320, false]]) {
            const page = await open(box, strange, { width, dark, bypassCSP: true })
            assert.deepEqual(await barriers(page), [])
            assert.ok(await page.evaluate(() =>
                document.documentElement.scrollWidth <= document.documentElement.clientWidth))
            await shoot(page, `archive-strange-${width}-${dark ? 'dark' : 'light'}`)
        }
    },

    async 'names are shown as they are, and none of them runs'(box) {
        const page = await open(box, strange)
        const names = await page.locator('#rows tr th').allInnerTexts()
        assert.equal(names.length, 6)
        for (const name of ['</script><script>alert(1)</script>', '<img src=x onerror=alert(2)>',
            '𠮷田"\'&局', '<!--<script>', '{{标题}}'])
            assert.ok(names.some((shown) => shown.startsWith(name)), name)
        assert.equal(await page.locator('#rows img, #rows script').count(), 0)
    },

    async 'links lead to the files'(box) {
        const page = await open(box, strange)
        await page.locator('#rows a').first().click()
        await page.waitForURL(/\.html$/)
        assert.match(decodeURIComponent(page.url()), /2024\/data\/001\/整体支出绩效自评报告\//)
    },

    async 'the keyboard alone is enough'(box) {
        const page = await open(box, large)
        await page.keyboard.press('Tab')
        await page.keyboard.press('Tab')
        await page.keyboard.type('第777')
        await page.waitForFunction(() => /报告 11 份/.test(document.querySelector('#sum').innerText))
        assert.equal(await page.evaluate(() => document.activeElement.id), 'words')
    },
})
