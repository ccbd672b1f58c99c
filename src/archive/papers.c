/* papers.c: a bag's reports in, the papers that lead through it out. */
#include "archive/papers.h"

size_t zp_papers_make(zp_arena *arena, const zp_bag *bag, const zp_stored_report *reports,
                      const zp_card *cards, size_t count, zp_paper papers[ZP_PAPERS_MOST])
{
    zp_buf readme = {.arena = arena};
    (void)cards;
    (void)reports;
    zp_buf_format(&readme, "%.*s年度绩效自评报告归档文件，共 %zu 份。\n", ZP_ARG(bag->year), count);
    papers[0] = (zp_paper){ZP_STR("说明文件.txt"), zp_buf_str(&readme)};
    return 1;
}
