#!/usr/bin/env -S python3 -B
"""Pictures of known colours, written from the formats' own descriptions: every kind of PNG, and JPEG.

    pictures.py FOLDER     writes one of each into FOLDER

All show the same: four fields, red and green above, blue and black below.
"""

import struct
import sys
import zlib
from pathlib import Path

RED, GREEN, BLUE, BLACK, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)
FIELDS = [[RED, GREEN], [BLUE, BLACK]]
CLEAR = None  # a field that lets the paper through

GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def field(fields, x, y, width, height):
    return fields[2 * y // height][2 * x // width]


def luma(colour):
    return round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])


# ---- PNG ----


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def samples(colour, kind, depth, palette):
    """One pixel's samples, in the range of its depth."""
    most = (1 << depth) - 1
    shown = WHITE if colour is CLEAR else colour
    alpha = [] if kind < GRAY_ALPHA else [0 if colour is CLEAR else most]
    if kind == PALETTE:
        return [palette.index(colour)]
    values = [luma(shown)] if kind in (GRAY, GRAY_ALPHA) else shown
    return [value * most // 255 for value in values] + alpha


def pack_row(values, depth):
    if depth == 16:
        return struct.pack(f">{len(values)}H", *values)
    packed = bytearray((len(values) * depth + 7) // 8)
    for i, value in enumerate(values):
        packed[i * depth // 8] |= value << (8 - depth - i * depth % 8)
    return bytes(packed)


def png(kind, depth, width=48, height=32, fields=FIELDS, interlaced=False, ppm=2835, header=None):
    palette = list(dict.fromkeys(c for row in fields for c in row))
    rows = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        for y in range(y0, height, dy):
            pixels = [field(fields, x, y, width, height) for x in range(x0, width, dx)]
            values = [v for c in pixels for v in samples(c, kind, depth, palette)]
            rows += b"\0" + pack_row(values, depth) if values else b""
    made = b"\x89PNG\r\n\x1a\n"
    made += chunk(b"IHDR", header or struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced))
    if ppm:
        made += chunk(b"pHYs", struct.pack(">IIB", ppm, ppm, 1))
    if kind == PALETTE:
        made += chunk(b"PLTE", b"".join(bytes(WHITE if c is CLEAR else c) for c in palette))
        if CLEAR in palette:
            made += chunk(b"tRNS", bytes(0 if c is CLEAR else 255 for c in palette))
    return made + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


# ---- JPEG: every block is of one colour, so that nothing but its mean is coded ----

DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]


def segment(mark, data):
    return struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data


def dc_codes():
    codes, code, symbol = {}, 0, 0
    for length, count in enumerate(DC_LENGTHS, 1):
        for _ in range(count):
            codes[symbol] = f"{code:0{length}b}"
            code, symbol = code + 1, symbol + 1
        code <<= 1
    return codes


def components(colour, count):
    red, green, blue = WHITE if colour is CLEAR else colour
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    if count == 4:
        return [255 - red, 255 - green, 255 - blue, 0]
    return [round(v) for v in (y, 128 + 0.564 * (blue - y), 128 + 0.713 * (red - y))][:count]


def scan(width, height, fields, count):
    codes, bits, before = dc_codes(), "", [0] * count
    for y in range(0, height, 8):
        for x in range(0, width, 8):
            for i, value in enumerate(components(field(fields, x, y, width, height), count)):
                mean = 8 * (value - 128)
                step, before[i] = mean - before[i], mean
                size = abs(step).bit_length()
                bits += codes[size]
                if size:
                    bits += f"{step if step > 0 else step + (1 << size) - 1:0{size}b}"
                bits += "0"  # no other coefficient
    bits += "1" * (-len(bits) % 8)
    packed = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
    return packed.replace(b"\xff", b"\xff\0")


def exif(orientation, order=">"):
    mark = b"MM" if order == ">" else b"II"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = mark + struct.pack(order + "HIH", 42, 8, 1) + entry + bytes(4)
    return segment(0xE1, b"Exif\0\0" + tiff)


def jpeg(count=3, width=48, height=32, fields=FIELDS, orientation=None, order=">", dpi=72, frame=0xC0):
    made = b"\xff\xd8"
    if dpi:
        made += segment(0xE0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0101, 1, dpi, dpi, 0, 0))
    if orientation:
        made += exif(orientation, order)
    made += segment(0xDB, b"\0" + b"\1" * 64)
    parts = b"".join(bytes([i + 1, 0x11, 0]) for i in range(count))
    made += segment(frame, struct.pack(">BHHB", 8, height, width, count) + parts)
    made += segment(0xC4, b"\0" + bytes(DC_LENGTHS) + bytes(range(sum(DC_LENGTHS))))
    made += segment(0xC4, b"\x10" + b"\1" + bytes(15) + b"\0")
    heads = b"".join(bytes([i + 1, 0]) for i in range(count))
    made += segment(0xDA, bytes([count]) + heads + b"\0\x3f\0")
    return made + scan(width, height, fields, count) + b"\xff\xd9"


# ---- how a picture lies when a camera was held so (EXIF 2.3, 4.6.4 A) ----


def stored(fields, orientation):
    """The fields as they are stored, so that they are seen as `fields`."""
    (a, b), (c, d) = fields
    return {
        1: [[a, b], [c, d]],
        2: [[b, a], [d, c]],
        3: [[d, c], [b, a]],
        4: [[c, d], [a, b]],
        5: [[a, c], [b, d]],
        6: [[b, d], [a, c]],
        7: [[d, b], [c, a]],
        8: [[c, a], [d, b]],
    }[orientation]


def turned_jpeg(orientation, order=">"):
    width, height = (48, 32) if orientation < 5 else (32, 48)
    return jpeg(3, width, height, stored(FIELDS, orientation), orientation, order)


HOLED = [[RED, CLEAR], [BLUE, BLACK]]

PNGS = {
    "rgb": png(RGB, 8),
    "rgb-16": png(RGB, 16),
    "rgb-interlaced": png(RGB, 8, interlaced=True),
    "rgb-alpha": png(RGB_ALPHA, 8, fields=HOLED),
    "rgb-alpha-16": png(RGB_ALPHA, 16, fields=HOLED, interlaced=True),
    "palette-2": png(PALETTE, 2),
    "palette-4": png(PALETTE, 4, interlaced=True),
    "palette-8": png(PALETTE, 8),
    "palette-holed": png(PALETTE, 8, fields=HOLED),
    "gray-1": png(GRAY, 1),
    "gray-2": png(GRAY, 2),
    "gray-4": png(GRAY, 4),
    "gray": png(GRAY, 8),
    "gray-16": png(GRAY, 16),
    "gray-alpha": png(GRAY_ALPHA, 8, fields=HOLED),
    "gray-alpha-16": png(GRAY_ALPHA, 16, fields=HOLED),
}


def main():
    folder = Path(sys.argv[1])
    (folder / "fields.png").write_bytes(PNGS["rgb"])
    (folder / "holed.png").write_bytes(PNGS["rgb-alpha"])
    (folder / "turned.jpg").write_bytes(turned_jpeg(6))
    (folder / "cmyk.jpg").write_bytes(jpeg(4))
    (folder / "high.png").write_bytes(png(RGB, 8, 16, 1600))
    (folder / "cut.png").write_bytes(PNGS["rgb"][:-20])
    (folder / "huge.png").write_bytes(png(RGB, 8, 8, 8, header=struct.pack(">IIBBBBB", 50000, 50000, 8, RGB, 0, 0, 0)))
    (folder / "words.png").write_text("这不是图片\n", "utf-8")


if __name__ == "__main__":
    main()
