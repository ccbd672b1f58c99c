/* recipe.h: what a chart block says, read and checked (chart.h has its form and its errors). */
#ifndef ZP_RECIPE_H
#define ZP_RECIPE_H

#include "layout/chart.h"

/* The chart in a CHART node, no wider than `width`; NULL after an error. */
const zp_chart *zp_recipe_read(zp_arena *arena, const zp_node *node, zp_len width, zp_diag *diag);

#endif
