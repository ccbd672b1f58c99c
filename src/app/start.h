/* start.h: the commands `new` and `templates`: a folder to begin with, and what there is to choose.
 */
#ifndef ZP_START_H
#define ZP_START_H

#include "app/options.h"
#include "base/str.h"

/* Makes the folder INPUT with the template's report.md, under the unit and year given, and its data
 * files, and says on stdout what is still to fill. An existing folder must be empty. */
extern const zp_command zp_new_command;

/* Makes the folder, which must not be there yet or be empty; what is wrong is said on stderr. */
zp_status zp_folder_new(zp_arena *arena, zp_str folder);

/* Lists the templates with what they are and where they stand. */
extern const zp_command zp_templates_command;

#endif
