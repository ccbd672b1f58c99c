/* import.h: the command `import`: a Word document as a report folder.
 */
#ifndef ZP_IMPORT_H
#define ZP_IMPORT_H

#include "app/options.h"

/* Writes report.md (front matter that was guessed and says so, then the document as manuscript.h
 * has it) and the pictures into the folder OUT, which must not be there yet or be empty, and lists
 * what could not be taken over. */
extern const zp_command zp_import_command;

#endif
