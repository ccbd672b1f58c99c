/* xml_test.c: XML and HTML as events; declarations, depth and tags that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "book/xml.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_buf heard;
    const char *stop_at; /* the element at which the reader has had enough */
    size_t opened;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    f->arena = f->heard.arena = arena;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static bool hear_open(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    fixture *f = user;
    f->opened++;
    zp_buf_format(&f->heard, "<%.*s", ZP_ARG(name));
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&f->heard, " %.*s|%.*s=%.*s", ZP_ARG(attributes[i].prefix),
                      ZP_ARG(attributes[i].name), ZP_ARG(attributes[i].value));
    zp_buf_byte(&f->heard, '>');
    return !f->stop_at || !zp_str_eq(name, zp_str_from(f->stop_at));
}

static bool hear_close(void *user, zp_str name)
{
    zp_buf_format(&((fixture *)user)->heard, "</%.*s>", ZP_ARG(name));
    return true;
}

static bool hear_text(void *user, zp_str text)
{
    zp_buf_add(&((fixture *)user)->heard, text);
    return true;
}

static bool read_str(fixture *f, zp_str bytes, bool html)
{
    static const zp_xml_events events = {hear_open, hear_close, hear_text};
    f->diag = zp_diag_new(f->arena);
    f->heard.n = f->opened = 0;
    zp_span file = zp_span_file(zp_source_new(f->arena, ZP_STR("a.xml"), ZP_STR("")));
    return zp_xml_read(f->arena, file, bytes, html, &events, f, f->diag);
}

static void assert_heard(fixture *f, const char *text, bool html, const char *expected)
{
    if (!read_str(f, zp_str_from(text), html))
        fail_msg("not read: %s", text);
    if (!zp_str_eq(zp_buf_str(&f->heard), zp_str_from(expected)))
        fail_msg("heard: %.*s", ZP_ARG(zp_buf_str(&f->heard)));
}

static void assert_refused(fixture *f, zp_str bytes, bool html, const char *id)
{
    if (read_str(f, bytes, html))
        fail_msg("read: %.60s", bytes.p);
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    if (count != 1 || strcmp(messages[0].id, id) != 0)
        fail_msg("%s instead of %s: %.60s", count ? messages[0].id : "nothing", id, bytes.p);
    assert_true(zp_str_eq(messages[0].span.source->name, ZP_STR("a.xml")));
}

static void events(void **state)
{
    fixture *f = *state;
    assert_heard(f, "<a x='1'><b>甲&amp;&#x4E59;</b><c/><![CDATA[<丙>]]></a>", false,
                 "<a |x=1><b>甲&乙</b><c></c><丙></a>");
    assert_heard(f, "<?xml version='1.0'?><x:a xmlns:x='u' x:b='&lt;&amp;&#38;&quot;' c=\"2\"/>",
                 false, "<a x|b=<&&\" |c=2></a>");
    assert_heard(f, "\xEF\xBB\xBF<a><!-- <b> --> </a>", false, "<a> </a>");
    assert_heard(f, "<p:a p:b='1'/>", false, "<a p|b=1></a>"); /* nobody declared p */
}

static void html(void **state)
{
    fixture *f = *state;
    assert_heard(
        f, "<TABLE><TR><TD X:NUM=1 nowrap>甲&nbsp;<br>乙<td>&copy;&#20013;</table>", true,
        "<table><tr><td x|num=1 |nowrap=>甲\xC2\xA0<br></br>乙</td><td>©中</td></tr></table>");
    assert_heard(f, "<p>a<!-- <td> --><script>if (a<b) '<td'</script><style>x<y</style>b</p>", true,
                 "<p>ab</p>");
    assert_heard(f, "<!DOCTYPE html><meta charset=gb2312><p>甲", true,
                 "<meta |charset=gb2312></meta><p>甲</p>");
    assert_true(read_str(f, ZP_STR(""), true));
}

/* What the document says of its encoding is not asked: the bytes are. */
static void encodings(void **state)
{
    fixture *f = *state;
    assert_heard(f, "<?xml version='1.0' encoding='gb2312'?><a>\xBC\xD7\xD2\xD2\x95\x99</a>", false,
                 "<a>甲乙暀</a>");
    assert_heard(f, "<?xml version='1.0' encoding='gb2312'?><a>甲</a>", false, "<a>甲</a>");
    assert_heard(f, "<?xml version='1.0' encoding='no-such'?><a>甲</a>", false, "<a>甲</a>");
    assert_true(read_str(f, (zp_str){"\xFF\xFE<\0a\0>\0\x32\x75<\0/\0a\0>\0", 18}, false));
    assert_true(zp_str_eq(zp_buf_str(&f->heard), ZP_STR("<a>甲</a>")));
    assert_true(read_str(f, (zp_str){"<\0a\0/\0>\0", 8}, false));
    assert_false(read_str(f, ZP_STR("<a>\xFF</a>"), false));
}

static void declarations(void **state)
{
    fixture *f = *state;
    assert_refused(f, ZP_STR("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), false, "xml-dtd");
    assert_refused(f, ZP_STR("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
                   false, "xml-dtd");
    assert_refused(f,
                   ZP_STR("<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b "
                          "'&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><l>&c;</l>"),
                   false, "xml-dtd");
    assert_int_equal(f->opened, 0);
    assert_refused(f, ZP_STR("<a>&x;</a>"), false, "bad-xml");
}

static void broken(void **state)
{
    fixture *f = *state;
    static const char *const cases[] = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a b='1' b='2'/>",
        "<a/><b/>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a b=1/>",
        "<a",
        "<a><!-- </a>",
        "<a>\x01</a>",
        "<a><![CDATA[",
        "<a>]]></a",
        "<a b='<'/>",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(f, zp_str_from(cases[i]), false, "bad-xml");
}

static zp_str repeat(zp_arena *arena, const char *before, const char *piece, size_t count,
                     const char *after)
{
    zp_buf out = {.arena = arena};
    zp_buf_add(&out, zp_str_from(before));
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&out, zp_str_from(piece));
    zp_buf_add(&out, zp_str_from(after));
    return zp_buf_str(&out);
}

static void depth(void **state)
{
    fixture *f = *state;
    assert_refused(f, repeat(f->arena, "", "<a>", 1000000, ""), false, "too-deep");
    assert_refused(f, repeat(f->arena, "", "<b>", 1000000, ""), true, "too-deep");
    zp_str inner = repeat(f->arena, "", "<a>", 249, "");
    assert_true(read_str(f, repeat(f->arena, inner.p, "</a>", 249, ""), false));
}

/* Names of attributes are compared with each other: very many of them are refused unseen, wherever
 * they hide. */
static void tags_without_end(void **state)
{
    fixture *f = *state;
    static const char *const starts[] = {
        "<a ",
        "<a b='>' ",
        "<a b='x' c=\"'>\" ",
        "<x><!-- <y z=\" --><a ",
        "<x><![CDATA[ <y z=\" ]]><a ",
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        assert_refused(f, repeat(f->arena, starts[i], "a='' ", 1000000, "/>"), false, "bad-xml");
        assert_refused(f, repeat(f->arena, starts[i], "a ", 1000000, "/>"), true, "bad-xml");
        assert_refused(f, repeat(f->arena, starts[i], "a='<'", 1000000, "/>"), true, "bad-xml");
    }
    static const char *const pages[] = {
        "<script><!--</script><td ", "<!--><td ",      "<!x <y z=\" ><td ",
        "<style><a b='</style><td ", "</x y=\" ><td ", "<?x <y z=' ><td ",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_refused(f, repeat(f->arena, pages[i], "a ", 1000000, "/>"), true, "bad-xml");
    assert_true(read_str(f, repeat(f->arena, "<a>", "a = 'b' ", 1000, "</a>"), false));
    zp_buf out = {.arena = f->arena}; /* nothing else is wrong with this one */
    zp_buf_lit(&out, "<a");
    for (int i = 0; i < 3000; i++)
        zp_buf_format(&out, " a%d='>'", i);
    zp_buf_lit(&out, "/>");
    assert_refused(f, zp_buf_str(&out), false, "bad-xml");
}

static void namespaces(void **state)
{
    fixture *f = *state;
    zp_buf out = {.arena = f->arena};
    for (int i = 0; i < 100; i++) {
        zp_buf_format(&out, "<a");
        for (int j = 0; j < 40; j++)
            zp_buf_format(&out, " xmlns:n%d_%d='u'", i, j);
        zp_buf_byte(&out, '>');
    }
    assert_refused(f, zp_buf_str(&out), false, "bad-xml");
    /* one after the other they go away again */
    assert_true(
        read_str(f, repeat(f->arena, "<r>", "<b xmlns='u' xmlns:x='v'/>", 5000, "</r>"), false));
}

static void reader_stops(void **state)
{
    fixture *f = *state;
    f->stop_at = "b";
    for (int page = 0; page < 2; page++) {
        assert_false(read_str(f, ZP_STR("<a><b><c>text</c></b></a>"), page));
        assert_true(zp_str_eq(zp_buf_str(&f->heard), ZP_STR("<a><b>")));
        assert_int_equal(zp_diag_count(f->diag, ZP_ERROR), 0);
    }
}

static void values(void **state)
{
    (void)state;
    const zp_xml_attribute attributes[] = {{ZP_STR("a"), ZP_STR("1"), ZP_STR("")},
                                           {ZP_STR("b"), ZP_STR("2"), ZP_STR("x")}};
    assert_true(zp_str_eq(zp_xml_value(attributes, 2, ZP_STR("b")), ZP_STR("2")));
    assert_int_equal(zp_xml_value(attributes, 2, ZP_STR("c")).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html, set_up, tear_down),
        cmocka_unit_test_setup_teardown(encodings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(declarations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(depth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tags_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(namespaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reader_stops, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
