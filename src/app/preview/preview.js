/* preview.js: what the server says in, what the reader sees out.
 *
 * Each message of the stream is the whole state of the report (proof.h, preview.c), naming files by
 * their hashes. What is here already is not fetched again; of the pages only those are replaced that
 * have changed. A place is {file, line, column}: from a finding, from a block in a view, or from a
 * line of the source; `go` leads from any of them to the others.
 */
'use strict'

const $ = (id) => document.getElementById(id)
const words = { error: '错误', warning: '警告', hint: '建议' }
const graver = ['hint', 'warning', 'error']

let state = null           /* the latest that is shown */
let view = 'pages'
let findings = []
let rules = new Map()
let chosen = -1            /* of the findings */
let place = null           /* where we are */
let source = { index: -1, hash: '', lines: [] }

/* ---- fetching ---- */

const kept = new Map()

/* The text of a file named by its hash; kept while the state names it. */
function text(kind, hash) {
  const path = `${kind}/${hash}`
  if (!kept.has(path)) {
    const coming = fetch(path).then((answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return answer.text()
    })
    coming.catch(() => kept.delete(path))
    kept.set(path, coming)
  }
  return kept.get(path)
}

function forget(state) {
  const named = new Set([`messages/${state.messages}`, `rules/${state.rules}`, `text/${state.html}`,
    ...state.sources.map((s) => `source/${s.hash}`), ...(state.pages ?? []).map((p) => `page/${p.hash}`)])
  for (const path of kept.keys()) if (!named.has(path)) kept.delete(path)
}

const objects = (lines) => lines.split('\n').filter((line) => line).map((line) => JSON.parse(line))

/* ---- elements ---- */

function element(name, attributes, ...content) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'class') made.className = value
    else made.setAttribute(key, value)
  }
  made.append(...content)
  return made
}

/* ---- the pages ---- */

/* The new fonts are there before the old ones go. */
async function wear(hash) {
  const before = document.querySelector('link[data-style]')
  if (!hash || before?.dataset.style === hash) return
  const link = element('link', { rel: 'stylesheet', href: `style/${hash}`, 'data-style': hash })
  const worn = new Promise((done) => { link.onload = link.onerror = done })
  document.head.append(link)
  await worn
  before?.remove()
}

async function sheetOf(hash) {
  const parsed = new DOMParser().parseFromString(await text('page', hash), 'image/svg+xml')
  const sheet = element('div', { class: 'sheet', 'data-hash': hash })
  sheet.append(document.importNode(parsed.documentElement, true))
  return sheet
}

async function showPages(pages) {
  const before = [...$('pages').children]
  const spare = new Map(before.map((sheet) => [sheet.dataset.hash, sheet]))
  const sheets = await Promise.all(pages.map(async ({ hash }) => {
    const old = spare.get(hash)
    spare.delete(hash)
    return old ?? sheetOf(hash)
  }))
  const top = $('pages').scrollTop
  sheets.forEach((sheet, i) => {
    sheet.dataset.line = pages[i].line
    if ($('pages').children[i] !== sheet) $('pages').insertBefore(sheet, $('pages').children[i] ?? null)
  })
  while ($('pages').children.length > sheets.length) $('pages').lastChild.remove()
  $('pages').scrollTop = top
}

/* ---- the reading view ---- */

const frame = () => $('text').querySelector('iframe:not(.coming)')

async function showText(hash) {
  const before = frame()
  if (!hash || before?.dataset.hash === hash) return
  const next = element('iframe', {
    class: 'coming', title: '网页', sandbox: 'allow-same-origin', src: `text/${hash}`, 'data-hash': hash })
  const loaded = new Promise((done) => { next.onload = done })
  $('text').append(next)
  await loaded
  const inside = next.contentDocument
  inside.documentElement.scrollTop = before?.contentDocument?.documentElement.scrollTop ?? 0
  inside.addEventListener('click', onClick)
  inside.addEventListener('keydown', onKey)
  next.classList.remove('coming')
  before?.remove()
}

/* ---- places ---- */

const reportName = () => state.sources[0]?.name ?? ''

/* The blocks of the view that is seen, as places in order. */
function blocks() {
  const found = []
  if (view === 'pages') {
    for (const sheet of $('pages').children)
      for (const block of sheet.querySelectorAll('svg [data-line]')) found.push(placeOf(block))
  } else {
    for (const block of frame()?.contentDocument?.querySelectorAll('[data-line]') ?? [])
      found.push(placeOf(block))
  }
  return found
}

function placeOf(block) {
  const { file, sheet, line, column } = block.dataset
  const base = file === undefined && view === 'pages' ? Number(block.closest('.sheet').dataset.line) : 0
  return { block, file: file ?? reportName(), sheet: sheet ?? '', line: Number(line) + base,
    column: Number(column ?? 1) }
}

/* The block that a place is in: the last that begins at or before it. */
function blockAt({ file, line, column }) {
  let best = null
  for (const b of blocks()) {
    if (b.file !== file || b.line > line || (b.line === line && b.column > (column || Infinity))) continue
    if (!best || b.line > best.line || (b.line === best.line && b.column >= best.column)) best = b
  }
  return best?.block ?? null
}

/* ---- light ---- */

function boxIn(sheet, block) {
  const outer = sheet.getBoundingClientRect(), inner = block.getBoundingClientRect()
  const share = (value, whole) => `${(100 * value / whole).toFixed(3)}%`
  return { left: share(inner.left - outer.left, outer.width), top: share(inner.top - outer.top, outer.height),
    width: share(inner.width, outer.width), height: share(inner.height, outer.height) }
}

function light(block, scroll) {
  for (const spot of document.querySelectorAll('.spot')) spot.remove()
  for (const lit of frame()?.contentDocument?.querySelectorAll('[data-lit]') ?? []) {
    lit.style.outline = lit.style.outlineOffset = lit.style.background = ''
    delete lit.dataset.lit
  }
  if (!block) return
  const sheet = block.closest('.sheet')
  if (sheet) {
    const spot = element('div', { class: 'spot' })
    Object.assign(spot.style, boxIn(sheet, block))
    sheet.append(spot)
  } else {
    Object.assign(block.style, { outline: '3px solid #e0a100', outlineOffset: '3px', background: 'rgb(255 200 40 / .25)' })
    block.dataset.lit = ''
  }
  if (scroll) block.scrollIntoView({ block: 'center' })
}

/* A bar beside each block that something is wrong with, of the gravest. */
function flag() {
  for (const old of document.querySelectorAll('.flag')) old.remove()
  if (view !== 'pages') return
  const worst = new Map()
  findings.forEach((finding, i) => {
    const block = finding.line && shown(finding) ? blockAt(finding) : null
    const known = worst.get(block)
    if (block && (known === undefined ||
      graver.indexOf(finding.severity) > graver.indexOf(findings[known].severity))) worst.set(block, i)
  })
  for (const [block, i] of worst) {
    const sheet = block.closest('.sheet'), { top, height } = boxIn(sheet, block)
    const bar = element('div', { class: `flag ${findings[i].severity}`, title: findings[i].message, 'aria-hidden': 'true' })
    Object.assign(bar.style, { top, height })
    bar.onclick = (event) => { event.stopPropagation(); choose(i, true) }
    sheet.append(bar)
  }
}

/* ---- the source ---- */

function indexOf({ file, sheet }) {
  return state.sources.findIndex((s) => s.name === file && s.sheet === (sheet ?? ''))
}

async function showSource(at, scroll = true) {
  const index = Math.max(indexOf(at), 0), known = state.sources[index]
  if (!known) return
  if (source.hash !== known.hash || source.index !== index) {
    const lines = (await text('source', known.hash)).split('\n')
    source = { index, hash: known.hash, lines }
    $('file').textContent = known.sheet ? `${known.name} ${known.sheet}` : known.name
    fillSource()
  }
  markSource(indexOf(at) < 0 ? 0 : at.line, scroll)
}

function fillSource() {
  const { name, sheet } = state.sources[source.index]
  const wrong = new Map()
  for (const f of findings)
    if (f.file === name && (f.sheet ?? '') === sheet && f.line && graver.indexOf(f.severity) > graver.indexOf(wrong.get(f.line)))
      wrong.set(f.line, f.severity)
  $('source').replaceChildren(...source.lines.map((line, i) => element(
    'div', { class: `row ${wrong.get(i + 1) ?? ''}`, 'data-line': i + 1 },
    element('span', { class: 'no' }, String(i + 1)), element('code', {}, line))))
}

function markSource(line, scroll) {
  $('source').querySelector('.here')?.classList.remove('here')
  const row = $('source').children[line - 1]
  if (!row) return
  row.classList.add('here')
  if (scroll) {
    const pane = $('source')
    pane.scrollTop = row.offsetTop - pane.offsetTop - pane.clientHeight / 2
  }
}

/* Leads everything to a place; `from` is where the reader is: there nothing moves. */
async function go(at, from) {
  place = at
  await showSource(at, from !== 'source')
  light(at.block ?? blockAt(at), from !== 'view')
}

/* ---- the findings ---- */

const shown = ({ severity }) =>
  document.querySelector(`.filter[data-kind=${severity}]`).getAttribute('aria-pressed') === 'true'

function whereOf(f) {
  const line = f.cell ? `${f.sheet}!${f.cell}` : f.line ? `第 ${f.line} 行` : ''
  const file = f.file && f.file !== reportName() ? f.file : ''
  return [f.place, f.page ? `PDF 第 ${f.page} 页` : '', file, line].filter((s) => s).join('　')
}

function labelled(label, value) {
  return value ? [element('p', {}, element('span', { class: 'label' }, label), value)] : []
}

function example(label, value) {
  return value ? [element('p', {}, element('span', { class: 'label' }, label)), element('pre', {}, value)] : []
}

function moreOf(f) {
  const rule = rules.get(f.id)
  const others = (f.places ?? []).map((p) => `${p.file === f.file ? '' : `${p.file} `}${p.cell ?? `第 ${p.line} 行`}`)
  return element('div', { class: 'more' },
    ...labelled('原文', f.excerpt), ...labelled('现为', f.found), ...labelled('应为', f.expected),
    ...labelled('另见', others.join('、')), ...labelled('改法', f.hint),
    ...labelled('依据', f.basis || rule?.basis), ...labelled('规则', rule?.about),
    ...example('例如', rule?.wrong), ...example('应写', rule?.right))
}

function itemOf(f, i) {
  const button = element('button', { class: 'finding', 'data-index': i, 'aria-expanded': 'false', tabindex: '-1' },
    element('span', { class: 'kind' }, words[f.severity]), ' ', f.message)
  const where = whereOf(f)
  if (where) button.append(element('br', {}), element('span', { class: 'where' }, where))
  return element('li', { class: f.severity }, button)
}

const buttons = () => [...$('list').querySelectorAll('.finding')]

function listFindings() {
  const focused = document.activeElement?.classList.contains('finding')
  const items = findings.map((f, i) => [f, i]).filter(([f]) => shown(f)).map(([f, i]) => itemOf(f, i))
  $('list').replaceChildren(...items)
  $('list').hidden = items.length === 0
  $('none').hidden = items.length > 0
  $('none').textContent = findings.length > 0 ? '没有列出的问题。' : '没有发现问题。'
  for (const kind of graver)
    document.querySelector(`.filter[data-kind=${kind}] b`).textContent =
      findings.filter((f) => f.severity === kind).length
  const all = buttons(), same = all.find((b) => Number(b.dataset.index) === chosen)
  const first = same ?? all[0]
  if (first) first.tabIndex = 0
  if (same) open(same)
  if (focused) first?.focus()
}

function close(button) {
  button.setAttribute('aria-expanded', 'false')
  button.parentElement.classList.remove('chosen')
  button.parentElement.querySelector('.more')?.remove()
}

function open(button) {
  for (const other of buttons()) if (other !== button) close(other)
  if (button.getAttribute('aria-expanded') === 'true') return
  button.setAttribute('aria-expanded', 'true')
  button.parentElement.classList.add('chosen')
  button.parentElement.append(moreOf(findings[button.dataset.index]))
}

function choose(index, focus) {
  const button = buttons().find((b) => Number(b.dataset.index) === index)
  if (!button) return
  chosen = index
  for (const b of buttons()) b.tabIndex = b === button ? 0 : -1
  open(button)
  if (focus) button.focus()
  button.scrollIntoView({ block: 'nearest' })
  if (findings[index].file) go(findings[index], 'list')
}

/* The finding `step` further among those listed. */
function step(by, focus) {
  const all = buttons()
  if (all.length === 0) return
  const now = all.findIndex((b) => Number(b.dataset.index) === chosen)
  const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1)
  choose(Number(all[next].dataset.index), focus)
}

/* ---- the views ---- */

function look(which) {
  view = which
  for (const id of ['pages', 'text']) {
    $(id).hidden = id !== which
    $(`tab-${id}`).setAttribute('aria-selected', String(id === which))
    $(`tab-${id}`).tabIndex = id === which ? 0 : -1
  }
  sessionStorage.setItem('view', which)
  flag()
  if (place) light(blockAt(place), true)
}

/* The block `by` further than the place where we are. */
function walk(by) {
  const all = blocks(), here = place && (all.find((b) => b.block === place.block)?.block ?? blockAt(place))
  const lit = all.findIndex((b) => b.block === here)
  const next = all[lit < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(lit + by, 0), all.length - 1)]
  if (next) go(next, 'walk')
}

/* ---- what the reader does ---- */

function onClick(event) {
  const link = event.target.closest?.('a')
  if (link) {
    const address = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? ''
    event.preventDefault()
    if (address.startsWith('#'))
      link.ownerDocument.getElementById(decodeURIComponent(address.slice(1)))?.scrollIntoView()
    else if (/^https?:\/\//.test(address)) window.open(address, '_blank', 'noopener,noreferrer')
    return
  }
  const block = event.target.closest?.('[data-line]')
  if (!block || block.classList.contains('sheet') || String(block.ownerDocument.getSelection())) return
  go(placeOf(block), 'view')
}

const keys = {
  1: () => look('pages'), 2: () => look('text'),
  n: () => step(1, true), p: () => step(-1, true),
  j: () => walk(1), k: () => walk(-1),
  l: () => (buttons().find((b) => b.tabIndex === 0) ?? $('list')).focus(),
  s: () => $('source').focus(),
  v: () => (view === 'pages' ? $('pages') : frame()?.contentWindow)?.focus(),
  '?': () => $('keys').showModal(),
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || $('keys').open) return
  const action = keys[event.key.toLowerCase()]
  if (!action || !state) return
  event.preventDefault()
  action()
}

function onListKey(event) {
  const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]
  if (by === undefined) return
  event.preventDefault()
  if (Number.isFinite(by)) step(by, true)
  else choose(Number(buttons().at(by < 0 ? 0 : -1)?.dataset.index), true)
}

function onSourceKey(event) {
  const row = $('source').querySelector('.here')
  const line = Number(row?.dataset.line ?? 0), last = $('source').children.length
  const next = { ArrowDown: line + 1, ArrowUp: line - 1, PageDown: line + 15, PageUp: line - 15, Home: 1, End: last }[event.key]
  const { name, sheet } = state?.sources[source.index] ?? {}
  if (event.key === 'Enter' && row) go({ file: name, sheet, line, column: 0 }, 'source')
  if (next === undefined) return
  event.preventDefault()
  markSource(Math.min(Math.max(next, 1), last), true)
}

/* ---- what the server says ---- */

function sayState() {
  const { errors, warnings, took, time, pages } = state
  const found = errors + warnings > 0 ? `，${errors} 处错误，${warnings} 处警告` : '，没有发现问题'
  const what = { good: `${pages?.length} 页`, draft: '还排不成，先按草稿排', kept: '没有排成，页面是上一次的', none: '没有排成' }
  const line = `${time} ${what[state.state]}${found}（${took} ms）`
  $('state').textContent = line
  $('state').className = `state ${state.state === 'good' ? 'good' : 'bad'}`
  $('live').textContent = line
  $('title').textContent = state.title ?? state.name
  document.title = `${state.title ?? state.name} – 预览`
}

/* What keeps the report from being laid out, over what was laid out last. */
function sayBanner() {
  const first = findings.find((f) => f.severity === 'error')
  const what = { draft: '还排不成正式的稿子，下面是草稿。', kept: '没有排成，下面是上一次的页面。', none: '没有排成。' }[state.state]
  $('banner').hidden = !what
  if (what) $('banner').textContent = what + (first ? `${whereOf(first)}：${first.message}` : '')
}

async function show(news) {
  const messages = objects(await text('messages', news.messages))
  const explained = objects(await text('rules', news.rules))
  await wear(news.style)
  state = news
  findings = messages.sort((a, b) => graver.indexOf(b.severity) - graver.indexOf(a.severity))
  rules = new Map(explained.map((rule) => [rule.id, rule]))
  chosen = -1
  if (news.pages) await showPages(news.pages)
  await showText(news.html)
  sayState()
  sayBanner()
  listFindings()
  source.hash = ''
  await showSource(place ?? { file: reportName(), line: 1 }, !place)
  flag()
  light(place ? blockAt(place) : null, false)
  for (const [id, ending] of [['get-pdf', 'pdf'], ['get-html', 'html']]) {
    $(id).hidden = news.state === 'none' || news.state === 'draft'
    $(id).download = `${news.name}.${ending}`
  }
  forget(news)
  document.body.dataset.round = news.round
}

/* One after the other; of those that come meanwhile only the last is shown. */
let coming = null
let busy = false

async function receive(news) {
  coming = news
  if (busy) return
  busy = true
  while (coming) {
    const next = coming
    coming = null
    try {
      await show(next)
    } catch (error) {
      /* A file that is gone: newer news are on their way. */
      $('state').textContent = `正在更新（${error.message}）`
    }
  }
  busy = false
}

function begin() {
  const stream = new EventSource('events')
  stream.onmessage = (event) => receive(JSON.parse(event.data))
  stream.onerror = () => {
    $('state').textContent = stream.readyState === EventSource.CLOSED ? '预览已经结束' : '连接断了，正在重连'
    $('state').className = 'state bad'
  }
  $('pages').addEventListener('click', onClick)
  document.addEventListener('keydown', onKey)
  $('list').addEventListener('keydown', onListKey)
  $('list').addEventListener('click', (event) => {
    const button = event.target.closest('.finding')
    if (!button) return
    if (button.getAttribute('aria-expanded') === 'true' && Number(button.dataset.index) === chosen) close(button)
    else choose(Number(button.dataset.index), false)
  })
  $('source').addEventListener('keydown', onSourceKey)
  $('source').addEventListener('click', (event) => {
    const row = event.target.closest('.row'), known = state?.sources[source.index]
    if (row && known) go({ file: known.name, sheet: known.sheet, line: Number(row.dataset.line), column: 0 }, 'source')
  })
  for (const filter of document.querySelectorAll('.filter'))
    filter.addEventListener('click', () => {
      filter.setAttribute('aria-pressed', String(filter.getAttribute('aria-pressed') !== 'true'))
      listFindings()
      flag()
    })
  for (const id of ['pages', 'text']) {
    $(`tab-${id}`).addEventListener('click', () => look(id))
    $(`tab-${id}`).addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
      look(view === 'pages' ? 'text' : 'pages')
      $(`tab-${view}`).focus()
    })
  }
  $('help').addEventListener('click', () => $('keys').showModal())
  look(sessionStorage.getItem('view') === 'text' ? 'text' : 'pages')
}

begin()
