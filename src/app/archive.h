/* archive.h: the command `archive`: report folders to one BagIt bag a year. */
#ifndef ZP_ARCHIVE_H
#define ZP_ARCHIVE_H

#include "app/options.h"

extern const zp_command zp_archive_command;

#endif
