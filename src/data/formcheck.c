/* formcheck.c: the description of a form in, what is wrong with it out. form.c reads by
 * descriptions that passed here, and asks no more.
 */
#include "data/form.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "data/label.h"

enum { ENTRIES_MAX = 500 }; /* of one map or list */

typedef struct {
    zp_diag *diag;
    bool good;
} check;

static void complain(check *c, zp_span span, const char *hint, const char *message)
{
    c->good = false;
    zp_diag_add(c->diag, ZP_ERROR, "bad-form", span, hint, "%s", message);
}

static bool is_text(const zp_value *value)
{
    return value->kind == ZP_VALUE_TEXT && !zp_utf8_is_blank(value->text);
}

/* A text, or where `many` a list of texts. */
static bool check_texts(check *c, const zp_value *value, bool many)
{
    bool good = is_text(value);
    if (many && value->kind == ZP_VALUE_LIST && value->count && value->count <= ENTRIES_MAX) {
        good = true;
        for (const zp_value *text = value->first; text; text = text->next)
            good = good && is_text(text);
    }
    if (!good)
        complain(c, value->span, "例如 全年预算数(A)，或几种写法 [当年财政拨款, 财政拨款]",
                 "这里应是表上的一段文字，或几段文字的列表");
    return good;
}

static bool check_map(check *c, const zp_value *value)
{
    if (value->kind == ZP_VALUE_MAP && value->count && value->count <= ENTRIES_MAX)
        return true;
    complain(c, value->span, "每行写一个“键: 值”", "这里应是 1 到 500 个键和值");
    return false;
}

static void check_keys(check *c, const zp_value *map, const zp_str *keys, size_t count,
                       const char *hint)
{
    for (const zp_value *entry = map->first; entry; entry = entry->next) {
        bool known = false;
        for (size_t i = 0; i < count; i++)
            known = known || zp_str_eq(entry->key, keys[i]);
        if (!known)
            complain(c, entry->key_span, hint, "没有这个键");
    }
}

#define KEY(text)                                                                                  \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define COUNT(table) (sizeof(table) / sizeof *(table))

/* A dotted path without empty parts; where `plain`, one part. */
static void check_path(check *c, const zp_value *entry, bool plain)
{
    zp_str path = entry->key;
    bool good = path.n && path.p[0] != '.' && path.p[path.n - 1] != '.' &&
                zp_str_find(path, ZP_STR(".."), 0) == path.n &&
                !(plain && zp_str_find(path, ZP_STR("."), 0) < path.n);
    if (!good)
        complain(c, entry->key_span, plain ? "例如 total" : "例如 department.name",
                 plain ? "这里应是一个不带点的名称" : "这里应是一个用点分开的名称");
}

static void check_field(check *c, const zp_value *entry)
{
    static const zp_str keys[] = {KEY("label"), KEY("at")};
    static const zp_str places[] = {KEY("right"), KEY("below"), KEY("inside")};
    if (entry->kind != ZP_VALUE_MAP) {
        check_texts(c, entry, true);
        return;
    }
    check_keys(c, entry, keys, COUNT(keys), "可以写 label 和 at");
    const zp_value *label = zp_value_find(entry, keys[0]), *at = zp_value_find(entry, keys[1]);
    if (label)
        check_texts(c, label, true);
    else
        complain(c, entry->span, "例如 {label: 预期目标, at: below}", "缺少 label");
    bool known = !at;
    for (size_t i = 0; at && i < COUNT(places); i++)
        known = known || zp_str_eq(zp_value_text(at), places[i]);
    if (!known)
        complain(c, at->span, "可以写 right（右边）、below（下面）、inside（本格里的数字）",
                 "没有这种位置");
}

static void check_labels(check *c, const zp_value *grid, zp_str key)
{
    const zp_value *labels = zp_value_find(grid, key);
    if (!labels) {
        complain(c, grid->span, "行写在 rows 里，列写在 columns 里", "缺少 rows 或 columns");
        return;
    }
    if (!check_map(c, labels))
        return;
    for (const zp_value *entry = labels->first; entry; entry = entry->next) {
        check_path(c, entry, true);
        check_texts(c, entry, true);
    }
}

static void check_grid(check *c, const zp_value *entry)
{
    static const zp_str keys[] = {KEY("rows"), KEY("columns")};
    if (!check_map(c, entry))
        return;
    check_keys(c, entry, keys, COUNT(keys), "可以写 rows 和 columns");
    check_labels(c, entry, keys[0]);
    check_labels(c, entry, keys[1]);
}

static void check_list(check *c, const zp_value *entry)
{
    static const zp_str keys[] = {KEY("head"), KEY("until"), KEY("fill")};
    if (!check_map(c, entry))
        return;
    check_keys(c, entry, keys, COUNT(keys), "可以写 head、until 和 fill");
    const zp_value *head = zp_value_find(entry, keys[0]);
    if (!head || head->kind != ZP_VALUE_LIST)
        complain(c, head ? head->span : entry->span, "例如 head: [一级指标, 三级指标]",
                 "head 应是表头上几列的名称");
    else
        check_texts(c, head, true);
    for (size_t i = 1; i < COUNT(keys); i++) {
        const zp_value *texts = zp_value_find(entry, keys[i]);
        if (texts)
            check_texts(c, texts, true);
    }
}

/* --- Paths ----------------------------------------------------------------------------------- */

/* By bytes, the point before all others: so the paths that lead through one follow it. */
static int compare_paths(const void *a, const void *b)
{
    zp_str left = (*(const zp_value *const *)a)->key, right = (*(const zp_value *const *)b)->key;
    for (size_t i = 0; i < left.n && i < right.n; i++) {
        int x = left.p[i] == '.' ? -1 : (unsigned char)left.p[i];
        int y = right.p[i] == '.' ? -1 : (unsigned char)right.p[i];
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (left.n > right.n) - (left.n < right.n);
}

static bool leads_through(zp_str path, zp_str other)
{
    return zp_str_starts(path, other) && (path.n == other.n || path.p[other.n] == '.');
}

static void check_paths(check *c, const zp_value **entries, size_t count)
{
    if (count)
        qsort(entries, count, sizeof *entries, compare_paths);
    for (size_t i = 1; i < count; i++)
        if (leads_through(entries[i]->key, entries[i - 1]->key))
            complain(c, entries[i]->key_span, "给它另起一个名称",
                     "这个名称已经用了，或要放进一个不是分组的名称里");
}

bool zp_form_check(const zp_value *form, zp_diag *diag)
{
    static const zp_str keys[] = {KEY("title"), KEY("fields"), KEY("grids"), KEY("lists")};
    static void (*const checks[])(check *, const zp_value *) = {NULL, check_field, check_grid,
                                                                check_list};
    check c = {.diag = diag, .good = true};
    if (form->kind != ZP_VALUE_MAP) {
        complain(&c, form->span, "例如 title: 项目支出绩效自评表", "表的说明应是若干键和值");
        return false;
    }
    check_keys(&c, form, keys, COUNT(keys), "可以写 title、fields、grids 和 lists");
    const zp_value *title = zp_value_find(form, keys[0]);
    if (title)
        check_texts(&c, title, true);
    const zp_value *entries[COUNT(keys) * ENTRIES_MAX];
    size_t count = 0;
    for (size_t i = 1; i < COUNT(keys); i++) {
        const zp_value *part = zp_value_find(form, keys[i]);
        if (!part || !check_map(&c, part))
            continue;
        for (const zp_value *entry = part->first; entry; entry = entry->next) {
            check_path(&c, entry, false);
            checks[i](&c, entry);
            entries[count++] = entry;
        }
    }
    check_paths(&c, entries, count);
    return c.good;
}
