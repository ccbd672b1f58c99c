/* papers.c: a bag's reports in, the papers that lead through it out.
 *
 * The columns of 归档文件目录 are those that 电子档案移交与接收办法 (2012) asks of a 文件目录.XML;
 * behind them stand the items of DA/T 46-2009 that are known of a report when it is archived: M1
 * 聚合层次, M11 年度, M34 文种, M41 组合类型, M43 页数, M44 语种, M45 稿本, M47 格式信息, M49 大小.
 * What an archives office decides stands there where it has said it (record.h), else it is left for
 * it to fill in: M8 档号, M9 全宗号, M12 保管期限, M13 机构, M17 室编件号; and M38 密级. Others
 * stand elsewhere in the bag: M22 题名, M32 责任者, M33 日期 are columns; M26 to M29 and M36 主送
 * are in report.json, M48 文件名 and the hashes in the manifests, M50 创建程序 in bag-info.txt.
 */
#include "archive/papers.h"

#include <stdlib.h>
#include "base/nameset.h"
#include "book/xlsxwrite.h"
#include "book/xmlwrite.h"

/* X(COLUMN, head, width, kind of column) */
#define COLUMNS(X)                                                                                 \
    X(NUMBER, "顺序号", 8, ZP_COLUMN_CENTRE)                                                       \
    X(RECORD, "档号", 24, ZP_COLUMN_TEXT)                                                          \
    X(CREATOR, "责任者", 30, ZP_COLUMN_TEXT)                                                       \
    X(TITLE, "题名", 44, ZP_COLUMN_TEXT)                                                           \
    X(DATE, "日期", 12, ZP_COLUMN_CENTRE)                                                          \
    X(SECRECY, "密级", 8, ZP_COLUMN_CENTRE)                                                        \
    X(NAME, "电子档案名称", 60, ZP_COLUMN_TEXT)                                                    \
    X(REMARK, "备注", 30, ZP_COLUMN_TEXT)                                                          \
    X(LEVEL, "聚合层次", 10, ZP_COLUMN_CENTRE)                                                     \
    X(YEAR, "年度", 8, ZP_COLUMN_CENTRE)                                                           \
    X(FONDS, "全宗号", 10, ZP_COLUMN_CENTRE)                                                       \
    X(RETENTION, "保管期限", 10, ZP_COLUMN_CENTRE)                                                 \
    X(SECTION, "机构或问题", 12, ZP_COLUMN_CENTRE)                                                 \
    X(ITEM, "件号", 8, ZP_COLUMN_CENTRE)                                                           \
    X(GENRE, "文种", 8, ZP_COLUMN_CENTRE)                                                          \
    X(COMPOSITION, "组合类型", 12, ZP_COLUMN_CENTRE)                                               \
    X(PAGES, "页数", 8, ZP_COLUMN_NUMBER)                                                          \
    X(LANGUAGE, "语种", 8, ZP_COLUMN_CENTRE)                                                       \
    X(VERSION, "稿本", 8, ZP_COLUMN_CENTRE)                                                        \
    X(FORMAT, "格式信息", 24, ZP_COLUMN_CENTRE)                                                    \
    X(FILES, "文件数", 8, ZP_COLUMN_NUMBER)                                                        \
    X(BYTES, "大小（字节）", 14, ZP_COLUMN_NUMBER)                                                 \
    X(HASH, "正本的SHA-256", 40, ZP_COLUMN_TEXT)

typedef enum {
#define X(column, head, width, kind) COLUMN_##column,
    COLUMNS(X)
#undef X
        COLUMN_COUNT
} column;

/* --- Numbers ---------------------------------------------------------------------------------- */

/* A report's 档号 in its parts. */
typedef struct {
    zp_record record;
    zp_str prefix, item, whole; /* empty while the office has not said enough */
    size_t place;
} numbered;

static int by_prefix(const void *a, const void *b)
{
    const numbered *one = *(const numbered *const *)a, *other = *(const numbered *const *)b;
    int order = zp_str_compare(one->prefix, other->prefix);
    return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
}

/* Four digits (DA/T 22), of a number that a report gives itself; empty: it gives none. */
static zp_str own_item(zp_arena *arena, zp_str said)
{
    size_t value = 0;
    for (size_t i = 0; i < said.n; i++) {
        if (said.p[i] < '0' || said.p[i] > '9' || said.n > 6)
            return ZP_STR("");
        value = value * 10 + (size_t)(said.p[i] - '0');
    }
    return value > 0 ? zp_str_format(arena, "%04zu", value) : ZP_STR("");
}

/* False when the number is another's already. */
static bool take(zp_arena *arena, numbered *n, zp_str item, zp_nameset *taken)
{
    zp_str whole = zp_str_format(arena, "%.*s-%.*s", ZP_ARG(n->prefix), ZP_ARG(item));
    bool is_free = zp_nameset_take(taken, whole);
    n->item = item;
    n->whole = is_free ? whole : ZP_STR("");
    return is_free;
}

/* Who gives no 件号 of its own gets the next that is free in its class, in the order of the list;
 * behind those of earlier bags of the year. */
static void number_rest(zp_arena *arena, numbered **sorted, size_t count, size_t before,
                        zp_nameset *taken)
{
    size_t next = before;
    for (size_t i = 0; i < count; i++) {
        numbered *n = sorted[i];
        if (i == 0 || !zp_str_eq(n->prefix, sorted[i - 1]->prefix))
            next = before;
        if (n->prefix.n == 0 || n->item.n > 0)
            continue;
        while (!take(arena, n, zp_str_format(arena, "%04zu", ++next), taken))
            continue;
    }
}

static const numbered *number_all(zp_arena *arena, const zp_bag *bag, const zp_card *cards,
                                  size_t count)
{
    numbered *all = zp_new_array(arena, numbered, count);
    numbered **sorted = zp_new_array(arena, numbered *, count);
    zp_nameset taken = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        const zp_card *card = &cards[i];
        const zp_record own = {card->fonds, card->category, card->retention, card->section};
        numbered *n = sorted[i] = &all[i];
        n->place = i;
        n->record = zp_record_join(&own, &bag->record);
        n->prefix = zp_record_prefix(arena, &n->record, bag->year);
        zp_str item = own_item(arena, card->item);
        if (n->prefix.n > 0 && item.n > 0)
            (void)take(arena, n, item, &taken); /* what stands there twice numbers one only */
    }
    if (count > 0)
        qsort(sorted, count, sizeof(numbered *), by_prefix);
    number_rest(arena, sorted, count, bag->before, &taken);
    return all;
}

size_t zp_papers_unnumbered(zp_arena *arena, const zp_bag *bag, const zp_card *cards, size_t count)
{
    const numbered *numbers = number_all(arena, bag, cards, count);
    size_t unnumbered = 0;
    for (size_t i = 0; i < count; i++)
        unnumbered += numbers[i].whole.n == 0;
    return unnumbered;
}

/* --- The list --------------------------------------------------------------------------------- */

static zp_str format_of(const zp_stored_file *original, bool ours)
{
    if (!original)
        return ZP_STR("");
    return ours ? ZP_STR("PDF/A-2a，PDF/UA-1") : ZP_STR("PDF（盖章件）");
}

static void fill_row(zp_arena *arena, const zp_bag *bag, const zp_stored_report *report,
                     const zp_card *card, const numbered *number, size_t place, zp_str *row)
{
    const zp_stored_file *original = zp_stored_find(report, ZP_STORED_ORIGINAL);
    bool ours = zp_stored_find(report, ZP_STORED_LAYOUT) == NULL;
    row[COLUMN_NUMBER] = zp_str_format(arena, "%zu", place + 1);
    row[COLUMN_RECORD] = number->whole;
    row[COLUMN_CREATOR] = card->department.n > 0 ? card->department : report->unit;
    row[COLUMN_TITLE] = card->title;
    row[COLUMN_DATE] = card->date;
    row[COLUMN_SECRECY] = card->secrecy;
    row[COLUMN_NAME] = original ? original->path : report->folder;
    row[COLUMN_REMARK] = ours ? ZP_STR("") : ZP_STR("正本是盖章件，另有版式文件");
    row[COLUMN_LEVEL] = ZP_STR("件");
    row[COLUMN_YEAR] = bag->year;
    row[COLUMN_FONDS] = number->record.fonds;
    row[COLUMN_RETENTION] = number->record.retention;
    row[COLUMN_SECTION] = number->record.section;
    row[COLUMN_ITEM] = number->item;
    row[COLUMN_GENRE] = ZP_STR("报告");
    row[COLUMN_COMPOSITION] = ZP_STR("组合文件");
    row[COLUMN_PAGES] = ours ? card->pages : ZP_STR("");
    row[COLUMN_LANGUAGE] = ZP_STR("汉语");
    row[COLUMN_VERSION] = ZP_STR("正本");
    row[COLUMN_FORMAT] = format_of(original, ours);
    row[COLUMN_FILES] = card->files;
    row[COLUMN_BYTES] = card->bytes;
    row[COLUMN_HASH] = original ? original->sha256 : ZP_STR("");
}

static const zp_str *make_rows(zp_arena *arena, const zp_bag *bag, const zp_stored_report *reports,
                               const zp_card *cards, size_t count)
{
    zp_str *cells = zp_new_array(arena, zp_str, count * COLUMN_COUNT);
    const numbered *numbers = number_all(arena, bag, cards, count);
    for (size_t i = 0; i < count; i++)
        fill_row(arena, bag, &reports[i], &cards[i], &numbers[i], i, cells + i * COLUMN_COUNT);
    return cells;
}

/* An element a cell, named by its head without the brackets, which no name of XML may have. */
static zp_str as_xml(zp_arena *arena, const zp_bag *bag, const zp_str *cells, size_t count)
{
    static const char *const names[] = {
#define X(column, head, width, kind) head,
        COLUMNS(X)
#undef X
    };
    zp_xml_writer *xml = zp_xml_begin(arena);
    zp_xml_open(xml, "归档文件目录");
    zp_xml_set(xml, "年度", bag->year);
    zp_xml_set(xml, "包", bag->name);
    zp_xml_set_int(xml, "件数", (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        zp_xml_text(xml, ZP_STR("\n")); /* a line each, for who opens it as text */
        zp_xml_open(xml, "文件");
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            zp_xml_open(xml, c == COLUMN_BYTES ? "大小" : names[c]);
            zp_xml_text(xml, cells[i * COLUMN_COUNT + c]);
            zp_xml_close(xml);
        }
        zp_xml_close(xml);
    }
    zp_xml_text(xml, ZP_STR("\n"));
    return zp_xml_end(xml);
}

/* The first second after the year, for want of a clock: same bag, same bytes. Days are counted from
 * the year 1 (719162 of them before 1970). */
static int64_t end_of(zp_str year)
{
    int64_t y = 0;
    for (size_t i = 0; i < year.n; i++)
        y = y * 10 + (year.p[i] - '0');
    return (y * 365 + y / 4 - y / 100 + y / 400 - 719162) * 86400;
}

static bool as_xlsx(zp_arena *arena, const zp_bag *bag, const zp_str *cells, size_t count,
                    zp_str *bytes)
{
    static const zp_out_column columns[] = {
#define X(column, head, width, kind) {ZP_STR(head), width, kind, NULL},
        COLUMNS(X)
#undef X
    };
    zp_buf out = {.arena = arena};
    zp_str why;
    const zp_out_sheet sheet = {
        .name = ZP_STR("归档文件目录"),
        .title = zp_str_format(arena, "%.*s年度绩效自评报告归档文件目录", ZP_ARG(bag->year)),
        .columns = columns,
        .column_count = COLUMN_COUNT,
        .cells = cells,
        .row_count = count,
        .printed = COLUMN_LEVEL, /* what a paper 文件目录 has; the rest is for looking into */
        .landscape = true,
    };
    bool good = zp_xlsx_write(arena, &sheet, 1, end_of(bag->year), &out, &why);
    *bytes = zp_buf_str(&out);
    return good;
}

/* --- How to read it --------------------------------------------------------------------------- */

static const char readme_text[] =
    "一、这里是什么\n"
    "\n"
    "每份报告一个文件夹：data/单位编码或名称/报告名称/。里面有：\n"
    "  *.pdf            报告的版式文件。PDF/A-2a（GB/T 23286.2），字体都嵌在文件里，\n"
    "                   任何 PDF 阅读器都能打开、打印、检索。\n"
    "  *.html           同一份报告的网页，任何浏览器都能打开，不联网。\n"
    "  report.json      报告的全部数据、算出的数、正文和检查结果。文本文件，UTF-8，JSON 格式。\n"
    "  source/          报告的原稿（Markdown 文本）和它用的数据、图片（CSV、XLSX、YAML 等）。\n"
    "  template/        生成时用的模板，都是文本文件。\n"
    "  附件/            单位报送的盖章件、佐证材料、评审意见等，原样保存。\n"
    "有盖章件的，盖章件是正本，*.pdf 是与它对应的版式文件；没有盖章件的，*.pdf 是正本。\n"
    "\n"
    "归档文件目录.xlsx、归档文件目录.xml 列出每一份报告和它的正本，两个文件内容相同。\n"
    "档号是 全宗号-门类·年度-保管期限-机构（问题）-件号（DA/T 22）；空着的，由档案部门编写。\n"
    "\n"
    "二、怎样核对\n"
    "\n"
    "这个文件夹是一个 BagIt 包（RFC 8493）。manifest-sha512.txt、manifest-sha256.txt 每行是一个\n"
    "文件的校验值和路径，一个不少、一个不多。在这个文件夹里运行：\n"
    "  sha512sum -c manifest-sha512.txt        （Linux、macOS 的 shasum -a 512 -c 相同）\n"
    "  certutil -hashfile 文件 SHA512          （Windows，逐个文件）\n"
    "全部是 OK（“成功”）即为完好。tagmanifest-*.txt 用同样的办法核对清单本身。\n"
    "清单里的 %25、%0A、%0D 是文件名里的 %、换行、回车（RFC 8493）；文件名有这些字的，\n"
    "sha512sum 说找不到，改用认得 BagIt 的程序核对。\n"
    "任何认得 BagIt 的程序也能核对整个包。bag-info.txt 是这个包的说明：年度、日期、件数和字节数。\n"
    "名字带 -2、-3 的包是对同一年度的更正，同一份报告以数字大的为准，原因写在它的 bag-info.txt "
    "里。\n"
    "\n"
    "三、只有一台普通的电脑怎样看\n"
    "\n"
    "打开归档文件目录.xlsx（或用浏览器、记事本打开 .xml），按“电子档案名称”找到 PDF 打开即可。\n"
    "不需要生成这些文件的程序，不需要网络。文件名和文本文件的编码都是 UTF-8。\n";

static zp_str as_text(zp_arena *arena, const zp_bag *bag, size_t count)
{
    return zp_str_format(arena, "%.*s年度绩效自评报告归档文件说明\n\n共 %zu 份报告。\n\n%s",
                         ZP_ARG(bag->year), count, readme_text);
}

size_t zp_papers_make(zp_arena *arena, const zp_bag *bag, const zp_stored_report *reports,
                      const zp_card *cards, size_t count, zp_paper papers[ZP_PAPERS_MOST])
{
    const zp_str *cells = make_rows(arena, bag, reports, cards, count);
    size_t made = 0;
    zp_str book;
    papers[made++] = (zp_paper){ZP_STR("说明文件.txt"), as_text(arena, bag, count)};
    papers[made++] = (zp_paper){ZP_STR("归档文件目录.xml"), as_xml(arena, bag, cells, count)};
    if (as_xlsx(arena, bag, cells, count, &book))
        papers[made++] = (zp_paper){ZP_STR("归档文件目录.xlsx"), book};
    return made;
}
