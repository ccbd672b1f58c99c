/* The HTML page in a browser. */
import assert from 'node:assert/strict'
import path from 'node:path'

import { barriers, results, root, run, shoot, url, ziping } from './harness.mjs'

const sample = path.join(results, 'tianhe.html')
ziping(['build', path.join(root, 'samples/tianhe-renda-2023'), '--to', 'html', '-o', sample])

await run({
    async 'the sample has no barriers'(box) {
        for (const dark of [false, true]) {
            const page = await box.page({ dark, bypassCSP: true })
            await page.goto(url(sample))
            assert.deepEqual(await barriers(page), [])
            await shoot(page, `tianhe-1280-${dark ? 'dark' : 'light'}`, { full: true })
        }
    },
})
