"""Pictures of the film for a report: pixels as JPEG, with everything that is drawn over them as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.io.grey_values import apply_voi, computed_window
from vcf_desktop.io.report_diagram import anterior_is_left, draw_spine, short_grade
from vcf_desktop.io.report_sheet import BODY_PT, LABEL_PT, MARGIN_MM, QUIET, Colour, Sheet, line_mm
from vcf_desktop.report import Report, ReportedVertebra
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import Deformity

ON_FILM: Final[dict[ReaderGrade | None, Colour]] = {
    ReaderGrade.NON: (150, 190, 215),
    ReaderGrade.EQUIVOCAL: (200, 200, 170),
    ReaderGrade.MILD: (240, 228, 66),
    ReaderGrade.MODERATE: (240, 170, 30),
    ReaderGrade.SEVERE: (255, 100, 40),
    ReaderGrade.NOT_EVALUABLE: (170, 175, 180),
    None: (170, 175, 180),
}
"""As in the window: quiet to loud, of the palette of Okabe and Ito."""

LINES_MM: Final = {ReaderGrade.MILD: 0.28, ReaderGrade.MODERATE: 0.38, ReaderGrade.SEVERE: 0.5}
"""Width of an outline; the others have that of :data:`_THIN_MM`."""
_THIN_MM: Final = 0.25
_DASH_MM: Final = 0.9
_POINT_MM: Final = 0.34
_LABEL_PT: Final = 6.5
_STRIP: Final[Colour] = (15, 16, 18)

_QUALITY: Final = 85
_FILM_MM: Final = 68.0
"""Widest picture of the film."""
_DIAGRAM_MM: Final = 48.0
_FILM_PX: Final = 1600

_CELL_MM: Final = 34.0
"""Widest picture of an enlarged fracture."""
_CELL_SHAPE: Final = 0.83
"""Its height by its width."""
_CELL_GAP_MM: Final = 3.0
_CELL_PX: Final = 420
_CAPTION_MM: Final = 10.6
_FACT_GAP_MM: Final = 1.6
_BELOW_MM: Final = 3.2
_CELLS_BELOW: Final = 5
_BESIDE: Final = 4
"""So many fractures have room beside the film; more stand below it."""

_MARGIN_DEPTHS: Final = 1.1
"""Shown on both sides of the spine, by the depth of a body."""
_MARGIN_HEIGHTS: Final = 0.9
"""Shown above and below, by the height of a body."""
_NARROWEST: Final = 0.42
"""Width of a picture by its height, where the film is wide enough."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A part of a film.

    Attributes:
        jpeg: grey pixels, square ones.
        region_xyxy: (4,) what it shows, in film pixels.
        row_to_column: height of a film pixel by its width.
    """

    jpeg: bytes
    region_xyxy: NDArray[np.float64]
    row_to_column: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in film columns."""
        left, top, right, bottom = self.region_xyxy
        return float(right - left), float(bottom - top) * self.row_to_column


@dataclass(frozen=True, eq=False)
class Pictures:
    """What is cut out of the film: the spine, and the fractures of the report in their order."""

    spine: Picture
    fractures: tuple[Picture, ...]


@dataclass(frozen=True, eq=False)
class _Placed:
    """A picture on the page: its upper left corner, and mm of paper a film column."""

    picture: Picture
    x: float
    y: float
    scale: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.scale * self.picture.size[0]

    def on_paper(self, points_xy: NDArray[np.float64]) -> list[tuple[float, float]]:
        """Film points (N, 2) in mm on the page."""
        square = (points_xy - self.picture.region_xyxy[:2]) * (1.0, self.picture.row_to_column)
        return [(float(x), float(y)) for x, y in square * self.scale + (self.x, self.y)]


def cut_out(film: Film, report: Report) -> Pictures:
    """The pictures that a report shows."""
    return Pictures(
        _picture_of(film, _spine_region(film, report.vertebrae), _FILM_PX),
        tuple(
            _picture_of(film, region, _CELL_PX)
            for region in _fracture_regions(film, report.fractures, _CELL_SHAPE)
        ),
    )


def tallest_mm(pictures: Pictures) -> float:
    """How high the picture of the film is where it is as wide as it may be."""
    wide, high = pictures.spine.size
    return _FILM_MM * high / wide


def draw_figure(
    sheet: Sheet,
    report: Report,
    texts: ReportTexts,
    pictures: Pictures,
    facts: Iterable[tuple[str, str]],
    height: float,
) -> float:
    """Film, drawing of the spine, and a column of facts with the enlarged fractures, from the cursor on.

    Args:
        facts: labels with what stands below them.
        height: that film and drawing are to have.

    Returns:
        The height that it took, which is more where the column is longer; many fractures stand below it.
    """
    said = list(facts)
    wide, high = pictures.spine.size
    scale = min(_FILM_MM / wide, height / high)
    diagram_left = MARGIN_MM + wide * scale + 5.0
    left = diagram_left + _DIAGRAM_MM + 4.0
    column = MARGIN_MM + sheet.epw - left
    cells = 2 if len(pictures.fractures) <= _BESIDE else 0
    cell = min(_CELL_MM, (column - _CELL_GAP_MM) / 2)
    rows = -(-len(pictures.fractures) // cells) if cells else 0
    needed = sum(_fact_height(sheet, *fact, column) for fact in said)
    height = max(height, needed + rows * (cell * _CELL_SHAPE + _CAPTION_MM))
    sheet.require(height)
    top = sheet.y
    _draw_film(sheet, report, texts, _place(sheet, pictures.spine, MARGIN_MM, top, scale))
    draw_spine(sheet, report, texts, diagram_left, top, _DIAGRAM_MM, height)
    sheet.y = top
    for label, text in said:
        sheet.flow(label, LABEL_PT, x=left, width=column, ink=QUIET)
        sheet.flow(text, BODY_PT, x=left, width=column)
        sheet.y += _FACT_GAP_MM
    if cells:
        _draw_strip(sheet, report, texts, pictures, left, cells, cell)
    sheet.y = top + height + _BELOW_MM
    if not cells:
        _draw_strip(sheet, report, texts, pictures, MARGIN_MM, _CELLS_BELOW, _CELL_MM)
    return height


def _spine_region(film: Film, vertebrae: Sequence[ReportedVertebra]) -> NDArray[np.float64]:
    """(4,) the part of a film that shows these vertebrae and what is around; all of it without any."""
    whole = np.array([0.0, 0.0, film.width_px, film.height_px])
    if not vertebrae:
        return whole
    boxes = np.array([_box(vertebra) for vertebra in vertebrae])
    depth, height = np.median(boxes[:, 2:] - boxes[:, :2], axis=0)
    margin = np.array([_MARGIN_DEPTHS * depth, _MARGIN_HEIGHTS * height])
    low, high = boxes[:, :2].min(axis=0) - margin, boxes[:, 2:].max(axis=0) + margin
    missing = _NARROWEST * (high[1] - low[1]) * film.row_to_column - (high[0] - low[0])
    if missing > 0:
        low[0], high[0] = low[0] - missing / 2, high[0] + missing / 2
    return _within(np.concatenate([low, high]), film)


def _fracture_regions(
    film: Film, fractures: Sequence[ReportedVertebra], shape: float
) -> list[NDArray[np.float64]]:
    """(4,) around each fracture, all of one size whose height by its width is ``shape`` on paper."""
    boxes = [_box(vertebra) for vertebra in fractures]
    widths = [(box[2] - box[0]) * 1.7 for box in boxes]
    heights = [(box[3] - box[1]) * 2.0 * film.row_to_column for box in boxes]
    width = max([*widths, *(height / shape for height in heights)], default=0.0)
    half = np.array([width, width * shape / film.row_to_column]) / 2
    middles = [(box[:2] + box[2:]) / 2 for box in boxes]
    return [_within(np.concatenate([middle - half, middle + half]), film) for middle in middles]


def _picture_of(film: Film, region_xyxy: NDArray[np.float64], longest_px: int) -> Picture:
    """A part of a film, bone bright, in the contrast that its own grey values ask for.

    Args:
        region_xyxy: (4,) film pixels, whole ones.
        longest_px: of the longer side; a smaller part keeps its own pixels.
    """
    left, top, right, bottom = (int(end) for end in region_xyxy)
    part = film.pixels[top:bottom, left:right]
    padding = None if film.padding is None else film.padding[top:bottom, left:right]
    wide, high = right - left, (bottom - top) * film.row_to_column
    factor = min(1.0, longest_px / max(wide, high))
    size_wh = max(1, round(wide * factor)), max(1, round(high * factor))
    small = np.asarray(cv2.resize(part, size_wh, interpolation=cv2.INTER_AREA))
    if padding is None or not padding.all():
        small = apply_voi(small, computed_window(part, padding))
    grey = np.rint(small * np.float32(255)).astype(np.uint8)
    _, encoded = cv2.imencode(".jpg", grey, (cv2.IMWRITE_JPEG_QUALITY, _QUALITY))
    return Picture(encoded.tobytes(), region_xyxy, film.row_to_column)


def _place(sheet: Sheet, picture: Picture, x: float, y: float, scale: float) -> _Placed:
    """Put a picture on the page."""
    width, height = picture.size
    sheet.image(BytesIO(picture.jpeg), x, y, width * scale, height * scale)
    return _Placed(picture, x, y, scale)


def _draw_outline(sheet: Sheet, placed: _Placed, vertebra: ReportedVertebra, enlarged: bool = False) -> None:
    """Outline and six points of a vertebra; dashed where its name is doubtful or nobody has decided."""
    colour = ON_FILM[vertebra.grade]
    sheet.set_draw_color(*colour)
    sheet.set_line_width(LINES_MM.get(vertebra.grade or ReaderGrade.NON, _THIN_MM))
    if vertebra.level_is_doubtful or vertebra.verdict is None:
        sheet.set_dash_pattern(_DASH_MM, _DASH_MM / 2)
    sheet.polygon(placed.on_paper(vertebra.contour_xy), style="D")
    sheet.set_dash_pattern()
    sheet.set_fill_color(*colour)
    sheet.set_draw_color(*_STRIP)
    sheet.set_line_width(0.1)
    radius = _POINT_MM * (2.0 if enlarged else 1.0)
    for x, y in placed.on_paper(vertebra.points_xy):
        sheet.circle(x, y, radius, style="DF")


def _draw_label(sheet: Sheet, placed: _Placed, vertebra: ReportedVertebra, text: str, to_right: bool) -> None:
    """A text on a dark strip beside a vertebra, within the picture."""
    size = _LABEL_PT
    width, height = sheet.width(text, size, bold=True) + 1.2, line_mm(size) * 0.95
    ends = np.array(placed.on_paper(vertebra.contour_xy))
    x = ends[:, 0].max() + 1.2 if to_right else ends[:, 0].min() - 1.2 - width
    x = min(max(float(x), placed.x), placed.right - width)
    y = float(ends[:, 1].mean()) - height / 2
    sheet.set_fill_color(*_STRIP)
    sheet.rect(x, y, width, height, style="F")
    sheet.put(x + 0.6, y - line_mm(size) * 0.025, text, size, bold=True, ink=ON_FILM[vertebra.grade])


def _box(vertebra: ReportedVertebra) -> NDArray[np.float64]:
    return np.concatenate([vertebra.contour_xy.min(axis=0), vertebra.contour_xy.max(axis=0)])


def _within(region_xyxy: NDArray[np.float64], film: Film) -> NDArray[np.float64]:
    """A region in whole pixels and on the film, of one pixel at least."""
    ends = np.array([film.width_px, film.height_px])
    low = np.clip(np.floor(region_xyxy[:2]), 0, ends - 1)
    high = np.clip(np.ceil(region_xyxy[2:]), low + 1, ends)
    return np.concatenate([low, high])


def _fact_height(sheet: Sheet, label: str, text: str, width: float) -> float:
    labels, lines = (sheet.lines(part, width, size) for part, size in ((label, LABEL_PT), (text, BODY_PT)))
    return len(labels) * line_mm(LABEL_PT) + len(lines) * line_mm(BODY_PT) + _FACT_GAP_MM


def _draw_film(sheet: Sheet, report: Report, texts: ReportTexts, placed: _Placed) -> None:
    to_right = anterior_is_left(report.vertebrae)
    for vertebra in report.vertebrae:
        _draw_outline(sheet, placed, vertebra)
    for vertebra in report.vertebrae:
        text = vertebra.level.label + "?" * vertebra.level_is_doubtful
        if vertebra.grade is not ReaderGrade.NON:
            text += f" · {short_grade(vertebra.grade, texts)}"
        _draw_label(sheet, placed, vertebra, text, to_right)


def _draw_strip(
    sheet: Sheet,
    report: Report,
    texts: ReportTexts,
    pictures: Pictures,
    left: float,
    cells: int,
    cell: float,
) -> None:
    """Each fracture enlarged, so many in a row, all at one scale."""
    scale = min((cell / picture.size[0] for picture in pictures.fractures), default=1.0)
    pairs = list(zip(report.fractures, pictures.fractures, strict=True))
    for first in range(0, len(pairs), cells):
        sheet.require(cell * _CELL_SHAPE + _CAPTION_MM)
        top = sheet.y
        for column, (vertebra, picture) in enumerate(pairs[first : first + cells]):
            x = left + column * (cell + _CELL_GAP_MM)
            placed = _place(sheet, picture, x, top, scale)
            _draw_outline(sheet, placed, vertebra, enlarged=True)
            for row, line in enumerate(_captions(vertebra, texts)):
                y = top + cell * _CELL_SHAPE + 0.5 + row * line_mm(LABEL_PT)
                sheet.put(x, y, sheet.shortened(line, cell, LABEL_PT), LABEL_PT, bold=row == 0)
        sheet.y = top + cell * _CELL_SHAPE + _CAPTION_MM


def _captions(vertebra: ReportedVertebra, texts: ReportTexts) -> Iterator[str]:
    words = [vertebra.level.label, short_grade(vertebra.grade, texts)]
    if vertebra.deformity is not Deformity.NONE:
        words.append(texts.word(vertebra.deformity))
    yield " · ".join(words)
    ratios = vertebra.ratios
    if ratios is not None and vertebra.loss is not None:
        wedge, biconcave = texts.number(ratios.wedge, 2), texts.number(ratios.biconcave, 2)
        yield f"{texts.text('title.wedge')} {wedge}   {texts.text('title.biconcave')} {biconcave}"
        yield f"{texts.text('title.loss')} {texts.number(100 * vertebra.loss, 0)} %"
