/* status.h: how the program ends, and its one way to say why a command could not be carried out. */
#ifndef ZP_STATUS_H
#define ZP_STATUS_H

typedef enum {
    ZP_DONE = 0,        /* the files asked for are written */
    ZP_REPORT = 1,      /* nothing written, or written with a part missing, each named */
    ZP_USAGE = 2,       /* wrong usage */
    ZP_ENVIRONMENT = 3, /* INPUT, OUT, fonts, disk, memory */
} zp_status;

/* A line on stderr: what is wrong, with which thing, and a way out. */
void zp_complain(const char *what, const char *which, const char *way_out);

#endif
