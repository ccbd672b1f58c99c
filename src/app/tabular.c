/* tabular.c: tables in, a report's text and data made of them, files out. */
#include "app/tabular.h"

static void add_text(zp_arena *arena, zp_value *map, zp_str key, zp_str text)
{
    zp_value *cell = zp_value_new(arena, ZP_VALUE_TEXT, (zp_span){0});
    cell->text = text;
    cell->quoted = true;
    cell->key = key;
    zp_value_append(map, cell);
}

/* --- The text --------------------------------------------------------------------------------- */

static void add_rule(const char *aligned, zp_buf *text)
{
    for (const char *c = aligned; *c; c++)
        zp_buf_add(text, *c == 'r' ? ZP_STR("|--:") : *c == 'c' ? ZP_STR("|:-:") : ZP_STR("|:--"));
    zp_buf_lit(text, "|\n");
}

static void add_table(const zp_tabular *table, size_t index, zp_buf *text)
{
    if (table->unit.n > 0)
        zp_buf_format(text, "单位：%.*s\n\n", ZP_ARG(table->unit));
    zp_buf_format(text, "表：%.*s {#t%zu number=off %.*s}\n\n|", ZP_ARG(table->caption), index,
                  ZP_ARG(table->attributes));
    for (size_t c = 0; c < table->rows->columns; c++)
        zp_buf_format(text, " %.*s |", ZP_ARG(table->heads[c]));
    zp_buf_lit(text, "\n");
    add_rule(table->aligned, text);
    zp_buf_format(text, "{{#t%zu}}\n|", index);
    for (size_t c = 0; c < table->rows->columns; c++)
        zp_buf_format(text, " {{c%zu}} |", c);
    zp_buf_format(text, "\n{{/t%zu}}\n\n", index);
    if (table->remark.n > 0)
        zp_buf_format(text, "注：%.*s\n\n", ZP_ARG(table->remark));
}

/* --- The data --------------------------------------------------------------------------------- */

static void add_rows(zp_arena *arena, const zp_rows *rows, size_t index, zp_value *data)
{
    zp_value *list = zp_value_new(arena, ZP_VALUE_LIST, (zp_span){0});
    zp_str *keys = zp_new_array(arena, zp_str, rows->columns);
    list->key = zp_str_format(arena, "t%zu", index);
    for (size_t c = 0; c < rows->columns; c++)
        keys[c] = zp_str_format(arena, "c%zu", c);
    for (size_t i = 0; i < rows->rows; i++) {
        zp_value *row = zp_value_new(arena, ZP_VALUE_MAP, (zp_span){0});
        for (size_t c = 0; c < rows->columns; c++)
            add_text(arena, row, keys[c], zp_rows_at(rows, i, c));
        zp_value_append(list, row);
    }
    zp_value_append(data, list);
}

/* --- The report ------------------------------------------------------------------------------- */

zp_status zp_tabular_write(zp_arena *arena, zp_engine *engine, zp_str name, zp_str title,
                           const zp_tabular *tables, size_t count, const zp_format *const *formats,
                           size_t format_count, zp_output *outputs, zp_diag *diag)
{
    zp_buf text = {.arena = arena};
    zp_value *data = zp_value_new(arena, ZP_VALUE_MAP, (zp_span){0});
    add_text(arena, data, ZP_STR("title"), title);
    zp_buf_lit(&text, "---\ntemplate: base\n---\n\n");
    for (size_t i = 0; i < count; i++) {
        if (tables[i].rows->rows == 0)
            zp_buf_format(&text, "%.*s：没有。\n\n", ZP_ARG(tables[i].caption));
        else
            add_table(&tables[i], i, &text);
        add_rows(arena, tables[i].rows, i, data);
    }
    zp_front front = zp_front_read(arena, zp_source_new(arena, name, zp_buf_str(&text)), diag);
    const zp_facts_options facts = {.row = data};
    zp_job job;
    zp_status status = zp_job_make(arena, engine, &front, &facts, diag, &job);
    if (status != ZP_DONE)
        return status;
    job.name = name;
    return zp_job_write(&job, formats, format_count, outputs) ? ZP_DONE : ZP_REPORT;
}
