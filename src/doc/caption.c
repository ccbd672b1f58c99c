/* caption.c: the top level's blocks in; tables and figures with their captions, units and remarks
 * out.
 *
 * A mark such as 表： is recognised in the first text of a paragraph and cut from it; the paragraph
 * itself then becomes the caption, so the places of its text stay what they were.
 */
#include "doc/caption.h"

#include "base/utf8.h"

enum { WEIGHT_MAX = 1000 }; /* of a column against the others */

typedef struct {
    zp_arena *arena;
    uint32_t tables, figures; /* numbered so far */
} gatherer;

/* The length of `mark`, digits and a colon at the start of the paragraph's text; 0 when it begins
 * otherwise. */
static size_t mark_length(const zp_node *paragraph, zp_str mark)
{
    if (paragraph == NULL || paragraph->kind != ZP_NODE_PARAGRAPH || paragraph->first == NULL ||
        paragraph->first->kind != ZP_NODE_TEXT)
        return 0;
    zp_str text = paragraph->first->text;
    if (!zp_str_starts(text, mark))
        return 0;
    size_t at = mark.n;
    while (at < text.n && ((text.p[at] >= '0' && text.p[at] <= '9') || text.p[at] == '-'))
        at++;
    zp_str rest = zp_str_slice(text, at, text.n);
    if (zp_str_starts(rest, ZP_STR("：")))
        return at + sizeof "：" - 1;
    return zp_str_starts(rest, ZP_STR(":")) ? at + 1 : 0;
}

/* Takes `count` bytes off the front of a text, and the spaces behind them. */
static void cut_front(zp_node *text, size_t count)
{
    while (count < text->text.n && text->text.p[count] == ' ')
        count++;
    bool verbatim = text->span.end - text->span.start == text->text.n;
    text->text = zp_str_slice(text->text, count, text->text.n);
    if (verbatim)
        text->span.start += count;
}

/* Takes a {#id …} off the caption's end. */
static void cut_attributes(zp_node *owner, zp_node *caption)
{
    zp_node *last = caption->last;
    if (last == NULL || last->kind != ZP_NODE_TEXT || !zp_str_ends(last->text, ZP_STR("}")))
        return;
    size_t open = last->text.n;
    while (open > 0 && last->text.p[open - 1] != '{')
        open--;
    if (open == 0)
        return;
    zp_str inside = zp_str_slice(last->text, open, last->text.n - 1);
    if (zp_str_starts(inside, ZP_STR("#"))) {
        size_t end = zp_str_find(inside, ZP_STR(" "), 0);
        owner->id = zp_str_slice(inside, 1, end);
        inside = zp_str_slice(inside, end, inside.n);
    }
    owner->text = zp_str_trim(inside);
    bool verbatim = last->span.end - last->span.start == last->text.n;
    last->text = zp_str_slice(last->text, 0, open - 1);
    while (last->text.n > 0 && last->text.p[last->text.n - 1] == ' ')
        last->text.n--;
    if (verbatim)
        last->span.end = last->span.start + last->text.n;
}

zp_str zp_attribute_find(zp_str attributes, zp_str key)
{
    for (size_t at = 0; at < attributes.n;) {
        size_t end = zp_str_find(attributes, ZP_STR(" "), at);
        zp_str word = zp_str_slice(attributes, at, end);
        if (word.n > key.n && word.p[key.n] == '=' && zp_str_starts(word, key))
            return zp_str_slice(word, key.n + 1, word.n);
        at = end + 1;
    }
    return (zp_str){0};
}

/* A number at *at, and *at behind it and the comma that follows; false when there is none or too
 * large a one. */
static bool read_weight(zp_str text, size_t *at, uint32_t *weight)
{
    size_t start = *at;
    *weight = 0;
    for (; *at < text.n && text.p[*at] >= '0' && text.p[*at] <= '9' && *weight <= WEIGHT_MAX; ++*at)
        *weight = *weight * 10 + (uint32_t)(text.p[*at] - '0');
    if (*at == start || *weight > WEIGHT_MAX)
        return false;
    if (*at == text.n)
        return true;
    size_t comma = zp_str_starts(zp_str_slice(text, *at, text.n), ZP_STR("，")) ? 3 : 1;
    bool good = comma == 3 || text.p[*at] == ',';
    *at += comma;
    return good && *at < text.n;
}

const uint32_t *zp_attribute_weights(zp_arena *arena, zp_str value, uint32_t columns)
{
    if (value.n == 0)
        return NULL;
    uint32_t *weights = zp_new_array(arena, uint32_t, columns);
    uint32_t count = 0, zeros = 0;
    bool good = true;
    for (size_t at = 0; at < value.n && good && count < columns; count++) {
        good = read_weight(value, &at, &weights[count]);
        zeros += weights[count] == 0;
        good = good && (at >= value.n || count + 1 < columns);
    }
    return good && count == columns && zeros < columns ? weights : NULL;
}

/* Makes `paragraph` a part of `owner`, without its mark. */
static zp_node *take(zp_node *paragraph, size_t mark, zp_node_kind kind)
{
    zp_node_unlink(paragraph);
    paragraph->kind = kind;
    cut_front(paragraph->first, mark);
    return paragraph;
}

static void put_first(zp_node *owner, zp_node *part)
{
    zp_node *after = owner->first;
    zp_node_append(owner, part);
    if (after == NULL)
        return;
    /* move every older child behind the new one, keeping their order */
    for (zp_node *child = owner->first; child != part;) {
        zp_node *next = child->next;
        zp_node_unlink(child);
        zp_node_append(owner, child);
        child = next;
    }
}

static void settle_caption(zp_node *owner, zp_node *paragraph, size_t mark, uint32_t *counter)
{
    zp_node *caption = take(paragraph, mark, ZP_NODE_CAPTION);
    cut_attributes(owner, caption);
    bool numbered = !zp_str_eq(zp_attribute_find(owner->text, ZP_STR("number")), ZP_STR("off"));
    caption->caption.number = numbered ? ++*counter : 0;
    if (owner->kind == ZP_NODE_TABLE)
        put_first(owner, caption);
    else
        zp_node_append(owner, caption);
}

static void gather_table(gatherer *g, zp_node *table)
{
    size_t mark = mark_length(table->previous, ZP_STR("单位"));
    zp_node *unit = mark ? take(table->previous, mark, ZP_NODE_UNIT) : NULL;
    size_t caption = mark_length(table->previous, ZP_STR("表"));
    zp_node *caption_line = caption ? table->previous : NULL;
    if (unit == NULL && caption && (mark = mark_length(caption_line->previous, ZP_STR("单位"))))
        unit = take(caption_line->previous, mark, ZP_NODE_UNIT);
    if (unit != NULL)
        put_first(table, unit);
    if (caption_line != NULL)
        settle_caption(table, caption_line, caption, &g->tables);
    while ((mark = mark_length(table->next, ZP_STR("注"))))
        zp_node_append(table, take(table->next, mark, ZP_NODE_REMARK));
    if ((mark = mark_length(table->next, ZP_STR("签署"))))
        zp_node_append(table, take(table->next, mark, ZP_NODE_SIGNING));
}

static bool is_picture(const zp_node *node)
{
    return node->kind == ZP_NODE_PARAGRAPH && node->first != NULL &&
           node->first->kind == ZP_NODE_IMAGE && node->first->next == NULL;
}

static bool is_chart(const zp_node *node)
{
    return node->kind == ZP_NODE_CODE && zp_str_eq(node->id, ZP_STR("chart"));
}

static void gather_figure(gatherer *g, zp_node *node)
{
    if (is_chart(node)) { /* the block itself becomes the figure, its text a CHART in it */
        zp_node *chart = zp_node_new(g->arena, ZP_NODE_CHART, node->span);
        chart->text = node->text;
        zp_node_append(node, chart);
        node->text = node->id = (zp_str){0};
    }
    node->kind = ZP_NODE_FIGURE;
    size_t mark = mark_length(node->next, ZP_STR("图"));
    if (mark)
        settle_caption(node, node->next, mark, &g->figures);
}

static bool is_page_break(const zp_node *node)
{
    return node->kind == ZP_NODE_PARAGRAPH && node->first != NULL && node->first->next == NULL &&
           node->first->kind == ZP_NODE_TEXT &&
           (zp_str_eq(node->first->text, ZP_STR("\\newpage")) ||
            zp_str_eq(node->first->text, ZP_STR("\\分页")));
}

void zp_caption_settle(zp_arena *arena, zp_node *root)
{
    gatherer g = {.arena = arena};
    for (zp_node *node = root->first; node != NULL; node = node->next) {
        if (node->kind == ZP_NODE_TABLE) {
            gather_table(&g, node);
        } else if (is_picture(node) || is_chart(node)) {
            gather_figure(&g, node);
        } else if (is_page_break(node)) {
            node->kind = ZP_NODE_PAGEBREAK;
            node->first = node->last = NULL;
        }
    }
}

size_t zp_caption_part_label(zp_str heading)
{
    size_t at = sizeof "附件" - 1;
    if (!zp_str_starts(heading, ZP_STR("附件")) && !zp_str_starts(heading, ZP_STR("附表")))
        return 0;
    while (at < heading.n &&
           ((heading.p[at] >= '0' && heading.p[at] <= '9') || heading.p[at] == '-'))
        at++;
    bool ends = at == heading.n || heading.p[at] == ' ' ||
                zp_str_starts(zp_str_slice(heading, at, heading.n), ZP_STR("：")) ||
                zp_str_starts(zp_str_slice(heading, at, heading.n), ZP_STR("　"));
    return ends ? at : 0;
}

zp_str zp_caption_part_title(zp_str heading, size_t label)
{
    zp_str title = zp_str_slice(heading, label, heading.n);
    while (zp_str_starts(title, ZP_STR("：")) || zp_str_starts(title, ZP_STR("　")))
        title = zp_str_slice(title, sizeof "：" - 1, title.n);
    return zp_str_trim(title);
}

bool zp_caption_begins_part(zp_arena *arena, const zp_node *heading)
{
    if (heading->kind != ZP_NODE_HEADING || heading->heading.level != 1)
        return false;
    return zp_caption_part_label(zp_str_trim(zp_node_text(arena, heading))) > 0 ||
           (heading->previous != NULL && heading->previous->kind == ZP_NODE_PAGEBREAK);
}
