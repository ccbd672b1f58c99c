'use strict';
(function () {
    /* A row, as indexpage.c writes it. */
    const YEAR = 0, CODE = 1, NAME = 2, TITLE = 3, BUDGET = 4, SPENT = 5, RATE = 6, SCORE = 7,
        GRADE = 8, ERRORS = 9, WARNINGS = 10, HTML = 11, ORIGINAL = 12, LAYOUT = 13;
    const PIECE = 200; /* rows put on the page at a time */
    const rows = JSON.parse(document.getElementById('data').textContent);
    const $ = id => document.getElementById(id);
    const body = $('rows'), more = $('more');
    const fold = text => text.normalize('NFKC').toLowerCase(); /* full width or half, capital or not */
    const words = rows.map(r => fold([r[NAME], r[CODE], r[TITLE]].join('\n')));
    const collator = new Intl.Collator('zh-CN', { numeric: true });
    const ranks = ['优', '良', '中', '差'];
    let shown = [], placed = 0, order = { column: YEAR, down: true };

    const rank = grade => {
        const at = ranks.findIndex(r => grade.startsWith(r));
        return at < 0 ? ranks.length : at;
    };
    const money = value => value === null ? '' :
        (value / 10000).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const percent = value => value === null ? '' : (value * 100).toFixed(2) + '%';

    function cell(tag, name, text) {
        const made = document.createElement(tag);
        if (name) made.className = name;
        if (text !== undefined && text !== null) made.textContent = text;
        return made;
    }

    function link(path, text, row) {
        const made = document.createElement('a');
        made.href = './' + path.split('/').map(encodeURIComponent).join('/');
        made.textContent = text;
        made.setAttribute('aria-label', text + '：' + row[YEAR] + '年度' + row[NAME]);
        return made;
    }

    function draw(row) {
        const line = document.createElement('tr');
        const name = cell('th', '', row[NAME]);
        name.scope = 'row';
        name.append(cell('small', '', row[TITLE]));
        const files = cell('td', 'files');
        if (row[HTML]) files.append(link(row[HTML], '网页', row));
        if (row[ORIGINAL]) files.append(link(row[ORIGINAL], row[LAYOUT] ? '盖章件' : 'PDF', row));
        if (row[LAYOUT]) files.append(link(row[LAYOUT], 'PDF', row));
        line.append(cell('td', '', row[YEAR]), cell('td', '', row[CODE]), name,
            cell('td', 'n', row[SCORE] === null ? '' : row[SCORE].toFixed(2)), cell('td', 'g' + rank(row[GRADE]), row[GRADE]),
            cell('td', 'n', percent(row[RATE])), cell('td', 'n', money(row[BUDGET])),
            cell('td', 'n', money(row[SPENT])));
        if (row[ERRORS] !== null)
            line.append(cell('td', 'n', row[ERRORS] + ' / ' + row[WARNINGS]));
        line.append(files);
        return line;
    }

    function place() {
        const piece = document.createDocumentFragment();
        const end = Math.min(placed + PIECE, shown.length);
        for (; placed < end; placed++) piece.append(draw(rows[shown[placed]]));
        body.append(piece);
        more.hidden = placed === shown.length;
        $('rest').textContent = '再显示一些（还有 ' + (shown.length - placed) + ' 份）';
    }

    const limit = id => $(id).value === '' ? null : Number($(id).value);
    const within = (value, low, high) => (low === null || (value !== null && value >= low)) &&
        (high === null || (value !== null && value <= high));

    function compare(a, b) {
        const x = rows[a][order.column], y = rows[b][order.column], sign = order.down ? -1 : 1;
        if (x === y) return a - b;
        if (x === null || x === '') return 1; /* what is not known comes last, either way */
        if (y === null || y === '') return -1;
        if (order.column === GRADE) return sign * (rank(y) - rank(x)) || collator.compare(x, y);
        return sign * (typeof x === 'number' ? x - y : collator.compare(x, y)) || a - b;
    }

    /* As in summary.h: where a unit has a report on all that it spends, its projects' money is there. */
    const overall = row => row[TITLE].includes('整体');
    const unit = row => row[YEAR] + '\n' + (row[CODE] || row[NAME]);

    function summarise() {
        let budget = 0, spent = 0, problems = 0;
        const grades = new Map();
        const whole = new Set(shown.map(i => rows[i]).filter(overall).map(unit));
        for (const i of shown) {
            const row = rows[i];
            if (row[BUDGET] !== null && row[SPENT] !== null && (overall(row) || !whole.has(unit(row)))) {
                budget += row[BUDGET];
                spent += row[SPENT];
            }
            problems += row[ERRORS] > 0;
            grades.set(row[GRADE] || '未评', (grades.get(row[GRADE] || '未评') || 0) + 1);
        }
        const sum = $('sum');
        sum.textContent = '';
        const add = (label, value) => {
            const part = cell('span', '', label + ' ');
            part.append(cell('b', '', value));
            sum.append(part);
        };
        add('报告', shown.length + ' 份');
        add('预算', money(budget) + ' 万元');
        add('支出', money(spent) + ' 万元');
        if (budget > 0) add('执行率', percent(spent / budget));
        for (const [grade, count] of [...grades].sort((a, b) => rank(a[0]) - rank(b[0])))
            add(grade, String(count));
        if (rows.length > 0 && rows[0][ERRORS] !== null) add('有错误的', problems + ' 份');
    }

    function update() {
        const typed = fold($('words').value).split(/\s+/u).filter(Boolean);
        const year = $('year').value, grade = $('grade').value;
        const low = limit('score-low'), high = limit('score-high');
        const least = limit('rate-low'), most = limit('rate-high');
        shown = [];
        for (let i = 0; i < rows.length; i++) {
            const row = rows[i];
            const rate = row[RATE] === null ? null : Math.round(row[RATE] * 10000) / 100;
            if ((!year || row[YEAR] === year) && (!grade || (row[GRADE] || '未评') === grade) &&
                within(row[SCORE], low, high) && within(rate, least, most) &&
                typed.every(word => words[i].includes(word)))
                shown.push(i);
        }
        shown.sort(compare);
        body.textContent = '';
        placed = 0;
        place();
        $('none').hidden = shown.length > 0;
        summarise();
    }

    function sortBy(button) {
        const column = Number(button.dataset.column);
        order = { column, down: order.column === column ? !order.down : column >= BUDGET };
        for (const head of document.querySelectorAll('thead th'))
            head.removeAttribute('aria-sort');
        button.closest('th').setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
        update();
    }

    function offer(select, values) {
        for (const value of values) {
            const option = document.createElement('option');
            option.value = option.textContent = value;
            select.append(option);
        }
    }

    offer($('year'), [...new Set(rows.map(r => r[YEAR]))].sort().reverse());
    offer($('grade'), [...new Set(rows.map(r => r[GRADE] || '未评'))]
        .sort((a, b) => rank(a) - rank(b) || collator.compare(a, b)));
    for (const button of document.querySelectorAll('thead button'))
        button.addEventListener('click', () => sortBy(button));
    let waiting = 0;
    $('filter').addEventListener('input', () => {
        cancelAnimationFrame(waiting);
        waiting = requestAnimationFrame(update);
    });
    $('filter').addEventListener('submit', event => event.preventDefault());
    $('filter').addEventListener('reset', () => setTimeout(update));
    $('rest').addEventListener('click', place);
    addEventListener('beforeprint', () => {
        while (placed < shown.length) place();
    });
    new IntersectionObserver(seen => {
        if (seen.some(s => s.isIntersecting) && placed < shown.length) place();
    }, { rootMargin: '600px' }).observe(more);
    update();
}());
