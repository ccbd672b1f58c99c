/* node_test.c: joining, walking and printing the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "doc/node.h"

static const zp_span nowhere = {NULL, 0, 0};

static int set_up(void **state)
{
    *state = zp_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(*state);
    return 0;
}

static zp_node *add(zp_arena *arena, zp_node *parent, zp_node_kind kind, const char *text)
{
    zp_node *node = zp_node_new(arena, kind, nowhere);
    node->text = zp_str_from(text);
    if (parent != NULL)
        zp_node_append(parent, node);
    return node;
}

static void assert_dump(zp_arena *arena, const zp_node *root, const char *expected)
{
    zp_buf out = {.arena = arena};
    zp_node_dump(root, &out);
    zp_buf_byte(&out, '\0');
    assert_string_equal(out.p, expected);
}

static void children_keep_their_order(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_PARAGRAPH, "");
    zp_node *a = add(*state, root, ZP_NODE_TEXT, "a");
    add(*state, root, ZP_NODE_TEXT, "c");
    zp_node_insert_after(a, add(*state, NULL, ZP_NODE_TEXT, "b"));
    zp_node_insert_after(root->last, add(*state, NULL, ZP_NODE_TEXT, "d"));
    assert_dump(*state, root,
                "paragraph\n  text \"a\"\n  text \"b\"\n  text \"c\"\n  text \"d\"\n");
    assert_ptr_equal(root->last->previous->previous->previous, a);
    assert_ptr_equal(root->last->parent, root);
}

static void unlinking_takes_a_node_out_wherever_it_is(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_PARAGRAPH, "");
    zp_node *a = add(*state, root, ZP_NODE_EMPH, ""), *b = add(*state, root, ZP_NODE_BREAK, "");
    zp_node *c = add(*state, root, ZP_NODE_TEXT, "c");
    add(*state, a, ZP_NODE_TEXT, "in a");
    zp_node_unlink(b);
    assert_ptr_equal(a->next, c);
    assert_ptr_equal(c->previous, a);
    zp_node_unlink(a);
    assert_ptr_equal(root->first, c);
    assert_null(a->parent);
    assert_null(a->next);
    assert_non_null(a->first);
    zp_node_unlink(c);
    assert_null(root->first);
    assert_null(root->last);
    zp_node_unlink(c);
}

static void blocks_come_before_inlines(void **state)
{
    (void)state;
    for (int kind = ZP_NODE_DOCUMENT; kind <= ZP_NODE_NOTEREF; kind++)
        assert_int_equal(zp_node_is_block((zp_node_kind)kind), kind < ZP_NODE_TEXT);
    assert_string_equal(zp_node_name(ZP_NODE_DOCUMENT), "document");
    assert_string_equal(zp_node_name(ZP_NODE_NOTEREF), "noteref");
}

static void a_walk_enters_and_leaves_each_node_once(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_PARAGRAPH, "1");
    zp_node *emph = add(*state, root, ZP_NODE_EMPH, "2");
    add(*state, emph, ZP_NODE_TEXT, "3");
    add(*state, root, ZP_NODE_TEXT, "4");
    zp_buf seen = {.arena = *state};
    zp_walk walk = {root, true};
    do {
        zp_buf_add(&seen, walk.node->text);
        zp_buf_byte(&seen, walk.entering ? '+' : '-');
    } while (zp_walk_next(&walk, root));
    assert_true(zp_str_eq(zp_buf_str(&seen), ZP_STR("1+2+3+3-2-4+4-1-")));
}

static void a_walk_stays_below_its_root(void **state)
{
    zp_node *top = add(*state, NULL, ZP_NODE_PARAGRAPH, "");
    zp_node *root = add(*state, top, ZP_NODE_EMPH, "");
    add(*state, top, ZP_NODE_TEXT, "outside");
    zp_walk walk = {root, true};
    assert_true(zp_walk_next(&walk, root));
    assert_false(walk.entering);
    assert_false(zp_walk_next(&walk, root));
}

static void depth_costs_no_stack(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_QUOTE, ""), *deep = root;
    for (int i = 0; i < 300000; i++)
        deep = add(*state, deep, ZP_NODE_QUOTE, "");
    add(*state, deep, ZP_NODE_TEXT, "x");
    assert_true(zp_str_eq(zp_node_text(*state, root), ZP_STR("x")));
}

static void text_is_joined_and_a_break_is_a_space(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_PARAGRAPH, "");
    add(*state, root, ZP_NODE_TEXT, "一");
    add(*state, add(*state, root, ZP_NODE_LINK, "http://a"), ZP_NODE_TEXT, "二");
    add(*state, root, ZP_NODE_BREAK, "");
    add(*state, root, ZP_NODE_MONO, "三");
    assert_true(zp_str_eq(zp_node_text(*state, root), ZP_STR("一二 三")));
}

static void a_dump_says_place_attributes_and_text(void **state)
{
    const zp_source *source = zp_source_new(*state, ZP_STR("x"), ZP_STR("一\n二三"));
    zp_node *heading = zp_node_new(*state, ZP_NODE_HEADING, zp_span_of(source, 4, 10));
    heading->heading.level = 3;
    heading->heading.run_in = true;
    heading->id = ZP_STR("x");
    zp_node *text = zp_node_new(*state, ZP_NODE_TEXT, zp_span_of(source, 7, 10));
    text->text = ZP_STR("\"三\\\n");
    zp_node_append(heading, text);
    assert_dump(*state, heading, "heading 2:1 level=3 run_in id=x\n  text 2:2 \"\\\"三\\\\\\n\"\n");
}

static void a_dump_shows_tables_lists_and_notes(void **state)
{
    zp_node *root = add(*state, NULL, ZP_NODE_DOCUMENT, "");
    zp_node *table = add(*state, root, ZP_NODE_TABLE, ""),
            *row = add(*state, table, ZP_NODE_ROW, "");
    zp_node *cell = add(*state, row, ZP_NODE_CELL, "");
    zp_node *list = add(*state, root, ZP_NODE_LIST, ""),
            *note = add(*state, root, ZP_NODE_NOTE, "");
    zp_node *code = add(*state, root, ZP_NODE_CODE, "x\n");
    table->table.columns = 3;
    row->row.head = true;
    cell->cell.column = 1;
    cell->cell.columns = 2;
    cell->cell.rows = 4;
    cell->cell.align = ZP_ALIGN_RIGHT;
    list->list.ordered = list->list.tight = true;
    list->list.start = 7;
    note->note.number = 2;
    code->id = ZP_STR("c");
    add(*state, cell, ZP_NODE_NOTEREF, "")->noteref.note = note;
    assert_dump(*state, root,
                "document\n  table columns=3\n    row head\n"
                "      cell column=1 columns=2 rows=4 align=right\n        noteref note=2\n"
                "  list start=7 tight\n  note number=2\n  code info=\"c\" \"x\\n\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(children_keep_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unlinking_takes_a_node_out_wherever_it_is, set_up,
                                        tear_down),
        cmocka_unit_test(blocks_come_before_inlines),
        cmocka_unit_test_setup_teardown(a_walk_enters_and_leaves_each_node_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_stays_below_its_root, set_up, tear_down),
        cmocka_unit_test_setup_teardown(depth_costs_no_stack, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_joined_and_a_break_is_a_space, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dump_says_place_attributes_and_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dump_shows_tables_lists_and_notes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
