#include "data/form.h"
#include "data/workbook.h"
#include "data/zip.h"
bool zp_form_matches(const zp_sheet *s, const zp_value *f){(void)s;(void)f;return false;}
zp_value *zp_form_read(zp_arena *a,const zp_sheet *s,const zp_value *f,zp_diag *d){(void)a;(void)s;(void)f;(void)d;return NULL;}
bool zp_form_check(const zp_value *f,zp_diag *d){(void)f;(void)d;return true;}
zp_file_kind zp_file_kind_of(zp_str b){(void)b;return ZP_FILE_TEXT;}
const zp_book *zp_workbook_read(zp_arena *a,zp_str n,zp_str b,zp_diag *d){(void)a;(void)n;(void)b;(void)d;return NULL;}
zp_zip *zp_zip_open(zp_arena *a,zp_str n,zp_str b,zp_diag *d){(void)a;(void)n;(void)b;(void)d;return NULL;}
void zp_zip_close(zp_zip *z){(void)z;}
const zp_str *zp_zip_names(const zp_zip *z,size_t *c){(void)z;*c=0;return NULL;}
bool zp_zip_read(zp_zip *z,zp_str n,size_t l,zp_diag *d,zp_str *b){(void)z;(void)n;(void)l;(void)d;(void)b;return false;}
