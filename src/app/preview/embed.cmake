# embed.cmake: the three files of the preview as C (asset.h).
#     cmake -D FOLDER=… -D OUT=… -P embed.cmake
set(text "/* Made by embed.cmake. */\n#include \"app/asset.h\"\n")
foreach(asset page:page.html style:preview.css script:preview.js)
    string(REPLACE ":" ";" pair ${asset})
    list(GET pair 0 name)
    list(GET pair 1 file)
    file(READ ${FOLDER}/${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(APPEND text "\nstatic const unsigned char ${name}[] = {${bytes}};\n"
        "const zp_str zp_asset_${name} = {(const char *)${name}, sizeof ${name}};\n")
endforeach()
file(WRITE ${OUT} "${text}")
