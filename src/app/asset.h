/* asset.h: the files of src/app/preview as bytes; CMake makes them. */
#ifndef ZP_ASSET_H
#define ZP_ASSET_H

#include "base/str.h"

extern const zp_str zp_asset_page, zp_asset_style, zp_asset_script;

#endif
