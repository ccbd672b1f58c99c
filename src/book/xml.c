/* xml.c: XML or HTML in, calls to a reader out.
 *
 * libxml2's event interface builds no tree and takes nothing from anywhere. Three of its habits
 * cost the square of a hostile document's size, so they are cut off here: tags with very many
 * attributes are refused before it sees them, namespaces are counted, and depth is. For the first,
 * comments and scripts of HTML are taken out, so that nobody can dispute where in them a tag
 * begins.
 */
#include "book/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"

enum {
    FIRST_ATTRIBUTES = 16,
    LONG_TAG = 4 * ZP_XML_ATTRIBUTES, /* bytes: a shorter one cannot have too many */
};

typedef struct {
    zp_arena *arena;
    zp_span file;
    zp_diag *diag;
    const zp_xml_events *events;
    void *user;
    xmlParserCtxtPtr context;
    bool html;
    size_t depth, namespaces;
    int declared[ZP_XML_DEPTH + 1]; /* namespaces, by depth */
    zp_xml_attribute *attributes;
    size_t capacity;
    bool stopped; /* after an error, or by the reader */
    int line;     /* of the first fault of the document; 0: none */
} reader;

/* --- Stopping -------------------------------------------------------------------------------- */

static void stop(reader *r)
{
    r->stopped = true;
    xmlStopParser(r->context);
}

static void refuse(reader *r, const char *id, const char *hint, const char *message)
{
    if (r->stopped)
        return;
    zp_diag_add(r->diag, ZP_ERROR, id, r->file, hint, "%s", message);
    stop(r);
}

static void refuse_depth(reader *r)
{
    refuse(r, "too-deep", "请用 WPS 或 Excel 打开后另存，再试一次", "文件里的元素套得太深");
}

/* A DTD is refused as soon as its name has been read, before anything in it. */
static void on_dtd(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    reader *r = user;
    (void)name, (void)external, (void)system;
    if (!r->html)
        refuse(r, "xml-dtd", "办公软件存的文件没有这个声明：请用 WPS 或 Excel 另存，再试一次",
               "文件里有 DOCTYPE 声明，为安全起见不读");
}

static xmlEntityPtr on_entity(void *user, const xmlChar *name)
{
    (void)user;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *user, xmlErrorPtr error)
{
    reader *r = user;
    if (!r->line && error && error->level == XML_ERR_FATAL)
        r->line = error->line > 0 ? error->line : 1;
}

static void ignore_error(void *user, xmlErrorPtr error)
{
    (void)user, (void)error;
}

/* --- Events ---------------------------------------------------------------------------------- */

/* HTML lets pass what XML does not: whatever is no UTF-8 is left out. */
static zp_str clean(reader *r, const xmlChar *text, size_t n)
{
    zp_str s = {(const char *)text, n};
    if (!r->html || zp_utf8_fault(s, 0) == n)
        return s;
    zp_buf out = {.arena = r->arena};
    for (size_t at = 0; at < n;) {
        size_t bad = zp_utf8_fault(s, at);
        zp_buf_add(&out, zp_str_slice(s, at, bad));
        at = bad < n ? bad + zp_utf8_fault_length(s, bad) : n;
    }
    return zp_buf_str(&out);
}

static zp_str from_xml(reader *r, const xmlChar *text)
{
    return text ? clean(r, text, strlen((const char *)text)) : ZP_STR("");
}

static void make_room(reader *r, size_t count)
{
    if (count <= r->capacity)
        return;
    r->capacity = count < FIRST_ATTRIBUTES ? FIRST_ATTRIBUTES : count * 2;
    r->attributes = zp_new_array(r->arena, zp_xml_attribute, r->capacity);
}

static void open_element(reader *r, zp_str name, size_t count)
{
    if (r->events->open && !r->events->open(r->user, name, r->attributes, count))
        stop(r);
}

static void close_element(reader *r, zp_str name)
{
    if (r->depth)
        r->depth--;
    if (!r->stopped && r->events->close && !r->events->close(r->user, name))
        stop(r);
}

static void on_open(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                    int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                    const xmlChar **attributes)
{
    reader *r = user;
    (void)prefix, (void)uri, (void)namespaces, (void)defaulted;
    if (r->stopped)
        return;
    if (r->depth >= ZP_XML_DEPTH) {
        refuse_depth(r);
        return;
    }
    r->declared[++r->depth] = namespace_count;
    r->namespaces += (size_t)namespace_count;
    if (r->namespaces > ZP_XML_NAMESPACES) {
        refuse(r, "bad-xml", "请用 WPS 或 Excel 打开后另存，再试一次", "文件里的名字空间太多");
        return;
    }
    make_room(r, (size_t)count);
    for (int i = 0; i < count; i++) { /* name, prefix, URI, value, its end */
        const xmlChar **a = attributes + 5 * i;
        r->attributes[i] = (zp_xml_attribute){
            .name = from_xml(r, a[0]),
            .value = clean(r, a[3], (size_t)(a[4] - a[3])),
            .prefix = from_xml(r, a[1]),
        };
    }
    open_element(r, from_xml(r, name), (size_t)count);
}

static void on_close(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    reader *r = user;
    (void)prefix, (void)uri;
    if (r->stopped)
        return;
    r->namespaces -= (size_t)r->declared[r->depth];
    close_element(r, from_xml(r, name));
}

/* x:num is the attribute num with the prefix x. */
static void set_attribute(reader *r, size_t i, const xmlChar *name, const xmlChar *value)
{
    zp_str whole = from_xml(r, name);
    size_t colon = zp_str_find(whole, ZP_STR(":"), 0);
    bool prefixed = colon < whole.n;
    r->attributes[i] = (zp_xml_attribute){
        .name = zp_str_slice(whole, prefixed ? colon + 1 : 0, whole.n),
        .value = from_xml(r, value),
        .prefix = zp_str_slice(whole, 0, prefixed ? colon : 0),
    };
}

static void on_html_open(void *user, const xmlChar *name, const xmlChar **attributes)
{
    reader *r = user;
    if (r->stopped)
        return;
    if (r->depth++ >= ZP_HTML_DEPTH) {
        refuse_depth(r);
        return;
    }
    size_t count = 0;
    while (attributes && attributes[2 * count])
        count++;
    make_room(r, count);
    for (size_t i = 0; i < count; i++)
        set_attribute(r, i, attributes[2 * i], attributes[2 * i + 1]);
    open_element(r, from_xml(r, name), count);
}

static void on_html_close(void *user, const xmlChar *name)
{
    reader *r = user;
    if (!r->stopped)
        close_element(r, from_xml(r, name));
}

static void on_text(void *user, const xmlChar *text, int n)
{
    reader *r = user;
    if (r->stopped || n <= 0 || !r->events->text)
        return;
    if (!r->events->text(r->user, clean(r, text, (size_t)n)))
        stop(r);
}

static xmlSAXHandler handlers_of(bool html)
{
    return (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_dtd,
        .getEntity = on_entity,
        .startElement = html ? on_html_open : NULL,
        .endElement = html ? on_html_close : NULL,
        .startElementNs = html ? NULL : on_open,
        .endElementNs = html ? NULL : on_close,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .serror = on_error,
    };
}

/* --- Tags that are too long ------------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The end of the quoted value that follows a = at `at`; `at` when none does. */
static size_t skip_value(zp_str s, size_t at)
{
    size_t i = at;
    while (i < s.n && is_blank(s.p[i]))
        i++;
    if (i == s.n || (s.p[i] != '"' && s.p[i] != '\''))
        return at;
    const char *end = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
    return end ? (size_t)(end - s.p) + 1 : s.n;
}

/* Whether the tag at *at has more words than it may, and *at behind it. */
static bool is_long_tag(zp_str s, size_t *at)
{
    size_t words = 0;
    bool blank = true;
    while (*at < s.n && s.p[*at] != '>' && words <= ZP_XML_ATTRIBUTES) {
        char c = s.p[(*at)++];
        words += c == '=' || (blank && !is_blank(c));
        blank = is_blank(c) || c == '/';
        if (c == '=') {
            size_t end = skip_value(s, *at);
            blank = end > *at;
            *at = end;
        }
    }
    return words > ZP_XML_ATTRIBUTES;
}

/* The offset behind the next `mark` at or after `at`, or the text's end. */
static size_t skip_past(zp_str s, size_t at, zp_str mark)
{
    if (at >= s.n)
        return s.n;
    const char *found = memmem(s.p + at, s.n - at, mark.p, mark.n);
    return found ? (size_t)(found - s.p) + mark.n : s.n;
}

/* Whether `s` has `word`, in small letters, at `at`. */
static bool has_word(zp_str s, size_t at, zp_str word)
{
    return s.n - at >= word.n && strncasecmp(s.p + at, word.p, word.n) == 0;
}

/* The offset behind the element of raw text that opens at `at`; `at` when none does. */
static size_t skip_raw(zp_str s, size_t at)
{
    static const zp_str ends[] = {ZP_STR("</script"), ZP_STR("</style")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!has_word(s, at + 1, zp_str_slice(ends[i], 2, ends[i].n)))
            continue;
        size_t end = at + 1;
        do
            end = skip_past(s, end, ZP_STR("</"));
        while (end < s.n && !has_word(s, end - 2, ends[i]));
        return skip_past(s, end, ZP_STR(">"));
    }
    return at;
}

static bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           (unsigned char)c >= 0x80;
}

/* XML: no value holds a <, so a tag of many words is a long stretch without one. */
static bool has_long_tag(zp_str s)
{
    const char *end = s.p + s.n, *open = s.n ? memchr(s.p, '<', s.n) : NULL;
    while (open) {
        const char *next = memchr(open + 1, '<', (size_t)(end - open) - 1);
        size_t stretch = (size_t)((next ? next : end) - open), at = 0;
        if (stretch > LONG_TAG && starts_name(open[1]) && is_long_tag((zp_str){open, stretch}, &at))
            return true;
        open = next;
    }
    return false;
}

/* Looks at each tag of HTML; *text becomes what is left of it without comments, scripts and styles.
 * What is a tag is decided here as libxml2 will: so none can hide. */
static bool strip_html(zp_arena *arena, zp_str *text)
{
    zp_str s = *text;
    zp_buf out = {.arena = arena};
    size_t copied = 0;
    for (size_t at = 0; at < s.n;) {
        const char *open = memchr(s.p + at, '<', s.n - at);
        if (!open || open + 1 == s.p + s.n)
            break;
        at = (size_t)(open - s.p);
        bool comment = zp_str_starts(zp_str_slice(s, at, s.n), ZP_STR("<!--"));
        size_t behind = comment ? skip_past(s, at + 2, ZP_STR("-->")) : skip_raw(s, at);
        if (behind > at) { /* <!--> is a comment */
            zp_buf_add(&out, zp_str_slice(s, copied, at));
            copied = behind;
        } else if (starts_name(open[1])) {
            if (is_long_tag(s, &behind))
                return false;
        } else if (strchr("!?/", open[1])) {
            behind = skip_past(s, at, ZP_STR(">"));
        }
        at = behind > at ? behind : at + 1;
    }
    zp_buf_add(&out, zp_str_slice(s, copied, s.n));
    *text = zp_buf_str(&out);
    return true;
}

/* --- Reading --------------------------------------------------------------------------------- */

/* Parses with libxml2; whether it got to the end of a document without a fault. */
static bool parse(reader *r, zp_str text)
{
    xmlSAXHandler handlers = handlers_of(r->html);
    xmlInitParser(); /* once in effect, behind a lock */
    /* What has no context would be printed: the handler for that belongs to this thread. */
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *handler_user = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, ignore_error);
    r->context = r->html ? htmlNewParserCtxt() : xmlNewParserCtxt();
    bool well = r->context != NULL;
    if (well) {
        *r->context->sax = handlers;
        r->context->userData = r;
        int n = (int)text.n;
        /* NOENT: &amp; in a value is handed over as &, not as &#38;. No other entity is known. */
        xmlDocPtr none =
            r->html ? htmlCtxtReadMemory(r->context, text.p, n, NULL, "UTF-8",
                                         HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                             HTML_PARSE_NOIMPLIED)
                    : xmlCtxtReadMemory(r->context, text.p, n, NULL, "UTF-8",
                                        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
        xmlFreeDoc(none); /* the events build none */
        well = r->html || r->context->wellFormed;
        if (r->context->myDoc && r->context->myDoc != none)
            xmlFreeDoc(r->context->myDoc);
        r->context->myDoc = NULL;
        xmlFreeParserCtxt(r->context);
    }
    xmlSetStructuredErrorFunc(handler_user, handler);
    return well;
}

/* The text in UTF-8, without BOM; false after an error. */
static bool decode(zp_arena *arena, zp_span file, zp_str bytes, zp_str *text, zp_diag *diag)
{
    bool marked = zp_str_starts(bytes, ZP_STR("\xEF\xBB\xBF"));
    *text = zp_str_slice(bytes, marked ? 3 : 0, bytes.n);
    bool plain = zp_utf8_fault(*text, 0) == text->n;
    if (plain && (text->n == 0 || !memchr(text->p, '\0', text->n)))
        return true;
    zp_str name = file.source ? file.source->name : ZP_STR("");
    const char *encoding = NULL; /* UTF-16 of letters alone is UTF-8 with NULs */
    if (bytes.n > 1 && bytes.p[0] == '<' && bytes.p[1] == '\0')
        encoding = "UTF-16LE";
    else if (bytes.n > 1 && bytes.p[0] == '\0' && bytes.p[1] == '<')
        encoding = "UTF-16BE";
    size_t before = zp_diag_count(diag, ZP_ERROR);
    const zp_source *source = zp_source_read(arena, name, bytes, encoding, diag);
    if (!source || zp_diag_count(diag, ZP_ERROR) > before)
        return false;
    *text = source->text;
    return true;
}

bool zp_xml_read(zp_arena *arena, zp_span file, zp_str bytes, bool html,
                 const zp_xml_events *events, void *user, zp_diag *diag)
{
    zp_str text;
    if (!decode(arena, file, bytes, &text, diag))
        return false;
    const char *hint = "文件可能没有下载完或已损坏：请重新取得，或用 WPS 或 Excel 打开后另存";
    if (text.n > INT_MAX || (html ? !strip_html(arena, &text) : has_long_tag(text))) {
        zp_diag_add(diag, ZP_ERROR, "bad-xml", file, hint, "文件里有一个元素的属性太多");
        return false;
    }
    reader *r = zp_new(arena, reader);
    *r = (reader){
        .arena = arena, .file = file, .diag = diag, .events = events, .user = user, .html = html};
    if (text.n && parse(r, text))
        return !r->stopped;
    if (html && !r->stopped)
        return true; /* an empty page */
    if (!r->stopped)
        zp_diag_add(diag, ZP_ERROR, "bad-xml", file, hint,
                    "内容不是完整的 XML：第 %d 行附近读不下去", r->line ? r->line : 1);
    return false;
}

zp_str zp_xml_value(const zp_xml_attribute *attributes, size_t count, zp_str name)
{
    for (size_t i = 0; i < count; i++)
        if (zp_str_eq(attributes[i].name, name))
            return attributes[i].value;
    return ZP_STR("");
}
