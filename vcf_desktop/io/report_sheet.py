"""The paper of a report: fonts, lines of text, and what stands on every page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from string import Template
from typing import Any, Final
from xml.sax.saxutils import escape

from fpdf import FPDF

from vcf_desktop.paths import resources_folder
from vcf_desktop.report import Paper

Colour = tuple[int, int, int]

NOTHING: Final = "–"  # noqa: RUF001
"""Where a value is missing."""

INK: Final[Colour] = (20, 22, 26)
QUIET: Final[Colour] = (105, 110, 118)
RULE: Final[Colour] = (190, 194, 200)
SHADE: Final[Colour] = (241, 243, 245)
WHITE: Final[Colour] = (255, 255, 255)

MARGIN_MM: Final = 14.0
TOP_MM: Final = 11.0
FOOT_MM: Final = 15.0
"""Left free at the lower edge for the foot of the page."""

BODY_PT: Final = 8.5
SMALL_PT: Final = 7.0
LABEL_PT: Final = 6.2
HEADING_PT: Final = 7.5
_MM_PER_PT: Final = 25.4 / 72
_BOLDER: Final = 0.025
"""Width of the strokes that make a font bold, by its size."""
_LINE: Final = 1.28
"""Distance of lines by size of letters."""

_LATIN: Final = "latin"
_EAST_ASIAN: Final = "cjk"
_BOX: Final = "□"
"""What stands for a character that no font has: PDF/A forbids the empty glyph (ISO 19005-2, 6.2.11.8)."""

_WIDE: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_UNITS: Final = re.compile(
    rf"\s+|[（《【「『〔]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。、；：！？）》】」』〕％]*"  # noqa: RUF001
)
"""What a line is not broken within: words, and characters of East Asia with their punctuation."""

_PATIENT_PART_MM: Final = 55.0
"""Room for the name, and for the id, at the foot."""
_WATERMARK_OPACITY: Final = 0.1
_WATERMARK_DEG: Final = 54.0


@dataclass(frozen=True)
class Marks:
    """What stands on every page.

    Attributes:
        title: of the report, at the head of all pages but the first.
        patient: name and id, empty where they are not known.
        status: of the report.
        notices: for what it may be used.
        page: where ``$page`` and ``$count`` stand for the number of the page and of all pages.
        watermark: across each page, empty where there is none.
    """

    title: str
    patient: tuple[str, str]
    status: str
    notices: str
    page: str
    watermark: str


class Sheet(FPDF):
    """Pages with a cursor ``y`` from the top; lengths are in mm, sizes of letters in points."""

    def __init__(self, paper: Paper, marks: Marks, page_count: int) -> None:
        super().__init__("portrait", "mm", paper.value, enforce_compliance="PDF/A-2B")
        self._marks = marks
        self._page_count = page_count
        self.spare_mm = 0.0
        """What is left free on the first page."""
        # What a patient or a reader is called must never be taken for fpdf's sign of the number of pages.
        self.str_alias_nb_pages = ""
        self.c_margin = 0.0
        self.set_auto_page_break(False)
        self.set_margins(MARGIN_MM, TOP_MM)
        fonts = resources_folder() / "fonts"
        self._east_asian_file = fonts / "NotoSansCJKsc-Regular.ttf"
        self.add_font(_LATIN, "", fonts / "NotoSans-Regular.ttf")
        self.add_font(_LATIN, "B", fonts / "NotoSans-Bold.ttf")
        self.add_page()

    def close_fonts(self) -> None:
        """Close the files of the fonts, after which nothing can be written any more."""
        for font in self.fonts.values():
            font.close()  # type: ignore[union-attr]  # those of fpdf2 itself have no file; none is used

    @property
    def bottom(self) -> float:
        """Where the foot of the page begins."""
        return float(self.h) - FOOT_MM

    def require(self, height: float) -> bool:
        """Go to the next page where this one has not so much room left; whether that was so."""
        if self.y + height <= self.bottom or self.y <= TOP_MM:
            return False
        self.note_spare()
        self.add_page()
        return True

    def note_spare(self) -> None:
        """Remember how much of the first page is free."""
        if self.page == 1:
            self.spare_mm = self.bottom - self.y

    def header(self) -> None:
        """The report's title on all pages but the first, which has a head of its own."""
        self.y = TOP_MM
        if self.page == 1:
            return
        self.put(MARGIN_MM, self.y, self._marks.title, SMALL_PT, bold=True)
        self.rule(self.y + 4.4)
        self.y += 7.0

    def footer(self) -> None:
        """Whose report it is and for what it may be used, and the watermark over all."""
        top = self.bottom + 2.6
        self.rule(top)
        page = Template(self._marks.page).safe_substitute(page=self.page, count=self._page_count)
        # A name of any length leaves room for the id and the status.
        patient = (self.shortened(part, _PATIENT_PART_MM, LABEL_PT) for part in self._marks.patient)
        identity = "  ·  ".join(filter(None, (*patient, self._marks.status)))
        self.put(MARGIN_MM, top + 1.2, identity, LABEL_PT)
        self.put(MARGIN_MM, top + 1.2, page, LABEL_PT, align="R", width=self.epw)
        notices = self.shortened(self._marks.notices, self.epw, LABEL_PT, bold=True)
        self.put(MARGIN_MM, top + 4.4, notices, LABEL_PT, bold=True)
        if self._marks.watermark:
            self._draw_watermark()

    def _draw_watermark(self) -> None:
        text = self._marks.watermark
        size = min(0.92 * float(self.h) / self.width(text, 1.0), 96.0)
        height = line_mm(size)
        middle_x, middle_y = self.w / 2, self.h / 2
        with (
            self.local_context(fill_opacity=_WATERMARK_OPACITY),
            self.rotation(_WATERMARK_DEG, middle_x, middle_y),
        ):
            self.put(0, middle_y - height / 2, text, size, align="C", width=float(self.w))

    def rule(self, y: float) -> None:
        """A thin line from margin to margin."""
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(MARGIN_MM, y, MARGIN_MM + self.epw, y)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide a line of text is."""
        latin = self._font(bold)
        per_mille = sum(self._advance(char, latin) for char in text)
        return per_mille * size * _MM_PER_PT / 1000

    def lines(self, text: str, width: float, size: float, bold: bool = False) -> list[str]:
        """A text in lines of this width, broken between words, and within those longer than a line."""
        return [
            line for part in self.shown(text).split("\n") for line in self._broken(part, width, size, bold)
        ]

    def shortened(self, text: str, width: float, size: float, bold: bool = False) -> str:
        """A text cut to one line of this width."""
        line = self.shown(text).replace("\n", " ")
        if self.width(line, size, bold) <= width:
            return line
        while line and self.width(line + "…", size, bold) > width:
            line = line[:-1]
        return line + "…"

    def put(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        ink: Colour = INK,
        align: str = "L",
        width: float = 0.0,
    ) -> None:
        """One line of text with its upper edge at ``y``."""
        text = self.shown(text)
        if not text:
            return
        taken = self.width(text, size, bold)
        x += {"L": 0.0, "C": (width - taken) / 2, "R": width - taken}[align]
        self.set_text_color(*ink)
        for is_latin, run in groupby(text, lambda char: ord(char) in self._font(bold).cmap):
            part = "".join(run)
            self.x, self.y = x, y  # set_xy counts what is negative from the other edge
            if is_latin:
                self.set_font(_LATIN, "B" if bold else "", size)
                self._cell(part, size)
            else:
                self.set_font(_EAST_ASIAN, "", size)
                self._put_east_asian(part, size, bold, ink)
            x += self.width(part, size, bold)

    def _put_east_asian(self, text: str, size: float, bold: bool, ink: Colour) -> None:
        """The font comes in one weight: where it is to be bold, its strokes are drawn a little thicker."""
        if not bold or size < BODY_PT:
            self._cell(text, size)
            return
        self.set_draw_color(*ink)
        with self.local_context(text_mode="FILL_STROKE", line_width=size * _MM_PER_PT * _BOLDER):
            self._cell(text, size)

    def _cell(self, text: str, size: float) -> None:
        # A font that was set within a local context is forgotten with it, and fpdf2 does not know that.
        self.current_font_is_set_on_page = False
        self.cell(0, line_mm(size), text)

    def flow(
        self,
        text: str,
        size: float,
        *,
        x: float = MARGIN_MM,
        width: float | None = None,
        bold: bool = False,
        ink: Colour = INK,
    ) -> None:
        """A text from the cursor on, over as many pages as it takes; without a width up to the margin."""
        room = MARGIN_MM + self.epw - x if width is None else width
        for line in self.lines(text, room, size, bold):
            self.require(line_mm(size))
            y = self.y
            self.put(x, y, line, size, bold=bold, ink=ink)
            self.y = y + line_mm(size)

    def heading(self, text: str, needed: float = 8.0) -> None:
        """A heading at the cursor, on a page where ``needed`` fits below it."""
        self.require(line_mm(HEADING_PT) + needed)
        y = self.y
        self.put(MARGIN_MM, y, text, HEADING_PT, bold=True, ink=QUIET)
        self.y = y + line_mm(HEADING_PT) + 0.6

    def shown(self, text: str) -> str:
        """A text in characters that the fonts have, without those that steer a terminal or a page."""
        composed = unicodedata.normalize("NFC", text)
        lines = (" ".join(line.split()) for line in composed.splitlines())
        return "".join(self._shown(char) for char in "\n".join(filter(None, lines)))

    def _shown(self, char: str) -> str:
        if char == "\n" or ord(char) in self._font(False).cmap:
            return char
        if unicodedata.category(char).startswith("C"):
            return ""
        return char if ord(char) in self._east_asian().cmap else _BOX

    def _font(self, bold: bool) -> Any:
        return self.fonts[_LATIN + ("B" if bold else "")]

    def _east_asian(self) -> Any:
        """The font of Chinese, Japanese and Korean, read when it is needed first: it is large."""
        if _EAST_ASIAN not in self.fonts:
            self.add_font(_EAST_ASIAN, "", self._east_asian_file)
        return self.fonts[_EAST_ASIAN]

    def _advance(self, char: str, latin: Any) -> float:
        font = latin if ord(char) in latin.cmap else self._east_asian()
        return float(font.cw[ord(char)])

    def _broken(self, text: str, width: float, size: float, bold: bool) -> Iterator[str]:
        line, used = "", 0.0
        for unit in self._units(text, width, size, bold):
            wide = self.width(unit, size, bold)
            if line and used + wide > width and not unit.isspace():
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + unit, used + wide
        if line:
            yield line.rstrip()

    def _units(self, text: str, width: float, size: float, bold: bool) -> Iterator[str]:
        for unit in _UNITS.findall(text):
            yield from unit if self.width(unit, size, bold) > width else (unit,)


def line_mm(size: float) -> float:
    """Distance of lines in letters of this size."""
    return size * _MM_PER_PT * _LINE


def metadata(sheet: Sheet, title: str, author: str, language: str, made: datetime) -> None:
    """What the file says of itself; no patient is named, and the time is the report's."""
    sheet.set_creation_date(made)
    tag = language.replace("_", "-")
    sheet.set_lang(tag)
    sheet.set_display_mode("fullpage")
    moment = made.isoformat(timespec="seconds")
    title, author = (escape(sheet.shown(text).replace("\n", " ")) for text in (title, author))
    sheet.set_xmp_metadata(
        f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{tag}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>VCF Desktop</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""
    )
