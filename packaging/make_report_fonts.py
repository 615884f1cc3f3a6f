"""Make the fonts of the reports in resources/fonts anew, from those of Debian's fonts-noto-core and -cjk.

    .venv/bin/python packaging/make_report_fonts.py

A report embeds only the glyphs that it shows, but the program carries the whole font and reads it at every
report, so each is cut down to the characters that names and reports are written with.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

DEBIAN = Path("/usr/share/fonts")
SIMPLIFIED_CHINESE = 2
"""Place of the face within Debian's collection, whose faces differ in the forms of some characters."""


CURVE_ERROR = 2.0
"""How far a curve may lie from the font's own, in thousandths of the size of the letters."""
NO_INSTRUCTIONS = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
    *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
)


def of_codec(codec: str, leads: Iterable[int]) -> set[int]:
    """What a two-byte character set of these first bytes can write."""
    codes = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return {ord(text) for code in codes if len(text := code.decode(codec, "ignore")) == 1}


ALPHABETS = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x0600),  # Latin with its accents, Greek, Cyrillic
    *range(0x1E00, 0x2000),  # Vietnamese, polytonic Greek
    *range(0x2010, 0x2028),
    *range(0x2030, 0x205F),
    *range(0x2070, 0x20D0),
    *range(0x2100, 0x2300),
    *(0x25A1, 0x25CC, 0xFB01, 0xFB02, 0xFFFD),
}
EAST_ASIA = (
    set(range(0x3000, 0x3100))  # punctuation and kana
    | set(
        range(0x4E00, 0x9FA6)
    )  # all of GB 2312, GBK, Big5 and JIS X 0208: names are full of rare characters
    | of_codec("euc_kr", range(0xB0, 0xC9))  # Hangul in use
    | set(range(0x2190, 0x2194))
    | {0x25A1, *range(0xFF01, 0xFF5F)}
)


def cut(source: Path, target: Path, characters: set[int], number: int = -1) -> None:
    """Write what a report needs of a font: outlines, widths, characters and the notice of its licence."""
    options = subset.Options(
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        drop_tables=["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "MATH", "STAT", "VORG", "vhea", "vmtx"],
    )
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "CFF " in font:
        to_truetype(font)
    font.save(target)


def to_truetype(font: TTFont) -> None:
    """Outlines of quadratic curves in place of cubic ones.

    A PDF shows those of this font's kind by a table of codes of their own, which not every program reads.
    """
    shapes, names = font.getGlyphSet(), font.getGlyphOrder()
    glyphs, widths = newTable("glyf"), font["hmtx"].metrics
    glyphs.glyphOrder, glyphs.glyphs = names, {}
    for name in names:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        glyph = glyphs.glyphs[name] = pen.glyph()
        glyph.recalcBounds(glyphs)
        widths[name] = widths[name][0], glyph.xMin if glyph.numberOfContours else 0
    font["glyf"], font["loca"] = glyphs, newTable("loca")
    del font["CFF "]
    font["post"].formatType = 3.0
    limits = font["maxp"]
    limits.tableVersion, limits.maxZones = 0x00010000, 1
    for field in NO_INSTRUCTIONS:
        setattr(limits, field, 0)
    font.sfntVersion = "\0\1\0\0"


def main(folder: Path) -> None:
    """Write the three fonts into ``folder``."""
    for weight in ("Regular", "Bold"):
        name = f"NotoSans-{weight}.ttf"
        cut(DEBIAN / "truetype/noto" / name, folder / name, ALPHABETS)
    cjk = DEBIAN / "opentype/noto/NotoSansCJK-Regular.ttc"
    cut(cjk, folder / "NotoSansCJKsc-Regular.ttf", EAST_ASIA, SIMPLIFIED_CHINESE)


if __name__ == "__main__":
    main(Path(__file__).parent.parent / "resources" / "fonts")
