/* preview.h: the command `preview`: a report in a browser, made again with every save. */
#ifndef ZP_PREVIEW_H
#define ZP_PREVIEW_H

#include "app/options.h"

/* Serves the page of src/app/preview on the loopback (http.h) and says its address in the first
 * line on stdout; all else goes to stderr. Ends with ZP_DONE on Ctrl-C. */
extern const zp_command zp_preview_command;

#endif
