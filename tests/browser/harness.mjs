/* Drives Chromium for the tests beside this one.
 *
 * A test file calls `run` with its tests, each an async function (box) with a name that says what is
 * true. All of a file share one browser; a test asks its box for pages, each in a context of its own
 * (nothing is kept from one to the next), and the box closes them. What is always true is looked at
 * here: no page asks for anything outside this machine, none has an error in its console.
 *
 *     run X PROGRAM [NAME...]    the tests of X_test.mjs, all or those whose names hold one of NAME
 *
 * Screenshots and files that tests make are kept in tests/browser/ beside PROGRAM. Chromium is the
 * system's, playwright-core and axe-core are fetched by ./setup test; where one of them is not there
 * the file says so and exits 77, skipped.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const program = path.resolve(process.argv[2] ?? path.join(root, 'build/ziping'))
export const results = path.join(path.dirname(program), 'tests/browser')

fs.mkdirSync(results, { recursive: true })

const chromium = '/usr/bin/chromium'
const require = createRequire(import.meta.url)

/* No outside service of the browser's own, none of its first-run pages; as root there is no sandbox
 * that Chromium would start in. */
const flags = [
    '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
]

function skip(reason) {
    console.log(`跳过：${reason}`)
    process.exit(77)
}

/* The path of an npm package's file, or skips. */
function resolve(name) {
    try {
        return require.resolve(name)
    } catch {
        skip(`没有 ${name}，它由 ./setup test 取得`)
    }
}

async function launch() {
    const { chromium: driver } = require(resolve('playwright-core'))
    if (!fs.existsSync(chromium)) skip(`没有 ${chromium}`)
    try {
        return await driver.launch({ executablePath: chromium, args: flags })
    } catch (error) {
        if (/No usable sandbox/.test(error.message)) skip('Chromium 在这里没有沙箱可用')
        throw error
    }
}

/* Runs the program; its standard output. `allowed` are further statuses than 0. */
export function ziping(args, { allowed = [], ...options } = {}) {
    try {
        return execFileSync(program, args, {
            encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...process.env, SOURCE_DATE_EPOCH: '0' }, ...options,
        })
    } catch (error) {
        if (allowed.includes(error.status)) return error.stdout
        throw new Error(`ziping ${args.join(' ')}: ${error.status}\n${error.stderr}`)
    }
}

/* The address of a file. */
export function url(file) {
    return pathToFileURL(file).href
}

function isOutside(address) {
    const { protocol, hostname } = new URL(address)
    return !['file:', 'data:', 'blob:', 'about:'].includes(protocol) && hostname !== '127.0.0.1'
}

/* What a test has: pages, and what was seen in them that must not be. */
class Box {
    #browser
    #contexts = []
    #faults = []

    constructor(browser) {
        this.#browser = browser
    }

    /* A page as wide and high as asked; `dark`: the reader prefers it; `zoom` 2: at 200 %, which
     * leaves half of the width for the text. Further options are newContext's of playwright. */
    async page({ width = 1280, height = 900, dark = false, zoom = 1, ...options } = {}) {
        const context = await this.#browser.newContext({
            viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
            deviceScaleFactor: zoom, colorScheme: dark ? 'dark' : 'light', bypassCSP: false,
            locale: 'zh-CN', ...options,
        })
        this.#contexts.push(context)
        context.setDefaultTimeout(10_000)
        await context.route(isOutside, (route) => {
            this.#faults.push(`a request to ${route.request().url()}`)
            return route.abort()
        })
        const page = await context.newPage()
        page.on('pageerror', (error) => this.#faults.push(`an error: ${error.message}`))
        page.on('console', (message) => {
            if (message.type() === 'error') this.#faults.push(`in the console: ${message.text()}`)
        })
        return page
    }

    /* Forgets what has been seen and gives it, for a test that provokes it. */
    takeFaults() {
        return this.#faults.splice(0)
    }

    async close() {
        for (const context of this.#contexts) await context.close()
        assert.deepEqual(this.#faults, [])
    }
}

/* Keeps what the page looks like as NAME.png; `full`: all of it. */
export async function shoot(page, name, { full = false } = {}) {
    const file = path.join(results, `${name}.png`)
    await page.screenshot({ path: file, fullPage: full, animations: 'disabled' })
    return file
}

/* axe-core's violations of WCAG 2.1 A and AA in the page, a line each. The page's context must be
 * one with `bypassCSP: true`, or a strict policy keeps axe out. */
export async function barriers(page) {
    await page.addScriptTag({ path: resolve('axe-core') })
    const found = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
        resultTypes: ['violations'],
    }))
    return found.violations.flatMap(({ id, nodes }) => nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 120)}\n  ${failureSummary}`))
}

/* Runs a file's tests, {name: async (box) => …}, and exits. */
export async function run(tests) {
    const wanted = process.argv.slice(3)
    const names = Object.keys(tests).filter(
        (name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
    const browser = await launch()
    let failed = 0
    for (const name of names) {
        const box = new Box(browser)
        const begun = performance.now()
        let fault = null
        try {
            await tests[name](box)
        } catch (error) {
            fault = error
        }
        await box.close().catch((error) => { fault ??= error })
        const seconds = ((performance.now() - begun) / 1000).toFixed(1)
        console.log(`${fault ? '失败' : '通过'} ${name} (${seconds} s)`)
        if (fault) console.log(fault.stack)
        failed += fault !== null
    }
    await browser.close()
    console.log(`${names.length} 项，${failed} 项失败`)
    process.exit(failed > 0 || names.length === 0 ? 1 : 0)
}
