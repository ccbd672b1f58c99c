/* check.h: the command `check`: reports in, what is wrong with them on stdout. */
#ifndef ZP_CHECK_COMMAND_H
#define ZP_CHECK_COMMAND_H

#include "app/options.h"
#include "app/status.h"

zp_status zp_check_run(const zp_options *chosen);

#endif
