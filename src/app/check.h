/* check.h: the command `check`: reports in, what is wrong with them on stdout. */
#ifndef ZP_CHECK_COMMAND_H
#define ZP_CHECK_COMMAND_H

#include "app/options.h"

extern const zp_command zp_check_command;

#endif
