/* plot.h: a chart as a sketch. */
#ifndef ZP_PLOT_H
#define ZP_PLOT_H

#include "layout/chart.h"

zp_sketch *zp_plot_draw(zp_arena *arena, const zp_chart *chart);

/* The slices of a pie below `top`. */
void zp_pie_draw(zp_sketch *sketch, const zp_chart *chart, zp_len top);

#endif
