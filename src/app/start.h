/* start.h: the commands `new` and `templates`: a folder to begin with, and what there is to choose.
 */
#ifndef ZP_START_H
#define ZP_START_H

#include "app/options.h"
#include "app/status.h"

/* Makes the folder chosen->input with the template's report.md, under the unit and year given, and
 * its data files, and says on stdout what is still to fill. An existing folder must be empty. */
zp_status zp_start_new(const zp_options *chosen);

/* Lists the templates with what they are and where they stand. */
zp_status zp_start_templates(const zp_options *chosen);

#endif
