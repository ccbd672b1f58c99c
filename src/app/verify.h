/* verify.h: the command `verify`: whether an archive is still what it says of itself. */
#ifndef ZP_VERIFY_COMMAND_H
#define ZP_VERIFY_COMMAND_H

#include "app/options.h"

extern const zp_command zp_verify_command;

#endif
