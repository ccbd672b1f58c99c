/* assets.h: files of src/archive/page that go into pages as they stand; made by CMake. */
#ifndef ZP_ASSETS_H
#define ZP_ASSETS_H

#include "base/str.h"

extern const zp_str zp_asset_index_css, zp_asset_index_js;

#endif
