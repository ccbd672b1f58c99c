/* diff.h: the command “diff”: two years of an archive side by side. */
#ifndef ZP_DIFF_H
#define ZP_DIFF_H

#include "app/options.h"

extern const zp_command zp_diff_command;

#endif
