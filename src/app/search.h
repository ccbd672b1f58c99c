/* search.h: the command “search”: words in the reports of an archive. */
#ifndef ZP_SEARCH_H
#define ZP_SEARCH_H

#include "app/options.h"

extern const zp_command zp_search_command;

#endif
