/* xmlwrite_test.c: elements, attributes and text, escaped, without what XML cannot hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "book/xmlwrite.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static void a_document_is_written(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "w:p");
    zp_xml_set(x, "名", ZP_STR("\"<&甲"));
    zp_xml_set_int(x, "n", -3);
    zp_xml_text(x, ZP_STR("a<b & 中\x01\xEF\xBF\xBE文"));
    zp_xml_leaf(x, "w:b", "w:val", "0", NULL);
    zp_str made = zp_xml_end(x);
    zp_str want = ZP_STR(HEAD "<w:p 名=\"&quot;&lt;&amp;甲\" n=\"-3\">a&lt;b &amp; 中文"
                              "<w:b w:val=\"0\"/></w:p>\n");
    assert_int_equal(made.n, want.n);
    assert_memory_equal(made.p, want.p, want.n);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
