"""The report on paper, read back by another library."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from tests.reports import NOW, SIGNATURE, a_draft, a_film, a_review, an_analysis, signed_report
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.io.report_pdf import person, report_pdf
from vcf_desktop.io.report_sheet import Marks, Sheet
from vcf_desktop.report import Paper, Report
from vcf_desktop.report_building import draft_report, prior_reading
from vcf_desktop.report_texts import LANGUAGES, Site
from vcf_desktop.review import Cause, ReaderGrade, Review
from vcf_desktop.spine import REGULAR_LEVELS, Grade, VertebraLevel
from vcf_desktop.statement import Quality, Statement

CHINESE_NAME = "Wang^Xiaoming=王^小明"
SIZES_PT = {Paper.A4: (595.28, 841.89), Paper.LETTER: (612.0, 792.0)}
L1, L2, L3 = VertebraLevel.L1, VertebraLevel.L2, VertebraLevel.L3


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film()


def pages_of(report: Report, film: Film, language: str = "en", paper: Paper = Paper.A4) -> list[PageObject]:
    return list(PdfReader(BytesIO(report_pdf(report, film, load_texts(language), paper))).pages)


def words_of(page: PageObject) -> str:
    """Text of a page with all space made one, as lines may be broken anywhere."""
    return " ".join(page.extract_text().split())


def joined(text: str) -> str:
    return "".join(text.split())


def written(report: Report, film: Film, language: str = "en", paper: Paper = Paper.A4) -> str:
    return " ".join(words_of(page) for page in pages_of(report, film, language, paper))


def with_study(report: Report, **values: Any) -> Report:
    return replace(report, study=replace(report.study or StudyInfo(), **values))


def told(review: Review, key: int, note: str, cause: Cause | None = None) -> Review:
    return review.with_vertebra(replace(review.vertebra(key), note=note, cause=cause))


def whole_spine(film: Film, grades: dict[VertebraLevel, Grade] | None = None) -> Review:
    """T1 to L5, all accepted."""
    review = Review().with_analysis(an_analysis(film, REGULAR_LEVELS, grades))
    for vertebra in review.vertebrae:
        review = review.accepted(vertebra.key, SIGNATURE.reader, NOW)
    return review


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_all_that_matters_can_be_read_in_every_language(film: Film, language: str) -> None:
    texts = load_texts(language)
    report = with_study(signed_report(film), patient_name=CHINESE_NAME, patient_id="4711")
    text = joined(written(report, film, language))
    said = [
        *texts.impression(report),
        *texts.recommendation(report),
        *texts.notices(report),
        texts.text("title.report"),
        texts.word(ReaderGrade.SEVERE),
        "Wang,Xiaoming(王小明)",
        "4711",
        "Dr.Müller",
        texts.moment(NOW),
    ]
    assert [line for line in said if joined(line) not in text] == []


def test_that_the_table_holds_what_was_measured_and_both_opinions(film: Film) -> None:
    text = written(signed_report(film), film)
    texts = load_texts("en")
    for vertebra in signed_report(film).vertebrae:
        assert vertebra.heights_mm
        assert vertebra.ratios
        assert vertebra.loss is not None
        row = " ".join(
            [
                *(texts.number(h, 1) for h in vars(vertebra.heights_mm).values()),
                *(texts.number(vertebra.ratios.wedge, 2), texts.number(vertebra.ratios.biconcave, 2)),
                texts.number(vertebra.ratios.crush or 0.0, 2),
                texts.number(100 * vertebra.loss, 0),
            ]
        )
        assert row in text
    assert "L2 2 (moderate) 0 * -" in text  # the software saw no fracture
    assert "L1 3 (severe) 3 wedge" in text
    assert "estimated from geometry" in text


def test_that_the_prior_and_what_changed_are_told(film: Film) -> None:
    old = replace(film, study=replace(film.study or StudyInfo(), study_date=date(2024, 11, 3)))
    prior = prior_reading(old, a_review(film, {L3: Grade.MILD}), SIGNATURE)
    review = replace(a_review(film), statement=Statement(prior=prior))
    text = written(signed_report(film, review), film)
    assert "New: L1" in text
    assert "Film of 2024-11-03" in text
    assert "New or worse: a grade higher by one or more" in text


def test_that_what_the_reader_said_of_the_film_is_told(film: Film) -> None:
    review = a_review(film)
    key = next(v.key for v in review.vertebrae if v.level is L2)
    review = told(review, key, "lytic pedicle", Cause.PATHOLOGICAL)
    statement = Statement(
        indication="Fall from a ladder",
        quality=Quality.LIMITED,
        quality_note="Shoulders overlie T4.",
        comment="Aortic calcification.",
        recommendation="MRI within two weeks.",
    )
    text = written(signed_report(film, replace(review, statement=statement)), film)
    for said in (
        "Fall from a ladder",
        "Limited: Shoulders overlie T4.",
        "Aortic calcification.",
        "MRI within two weeks.",
        "pathological. lytic pedicle",
    ):
        assert said in text


@pytest.mark.parametrize("paper", Paper)
def test_that_pages_have_the_size_of_the_paper(film: Film, paper: Paper) -> None:
    for page in pages_of(signed_report(film), film, paper=paper):
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(SIZES_PT[paper], abs=0.1)


@pytest.mark.parametrize("paper", Paper)
def test_that_a_film_without_fractures_takes_one_page(film: Film, paper: Paper) -> None:
    report = signed_report(film, whole_spine(film))
    assert len(pages_of(report, film, paper=paper)) == 1


def test_that_every_page_says_whose_it_is_and_what_for(film: Film) -> None:
    review = replace(a_review(film), statement=Statement(comment="A line of a long comment.\n" * 120))
    report = with_study(signed_report(film, review, version=2), patient_name="Doe^Jane", patient_id="77-A")
    pages = pages_of(report, film)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = words_of(page)
        assert "Doe, Jane · 77-A · Amended · Version 2" in text
        assert "Research use only. Not a medical device." in text
        assert f"{number} of {len(pages)}" in text
        assert "UNVERIFIED" not in text
    assert "".join(map(words_of, pages)).count("A line of a long comment.") == 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_draft_is_marked_across_every_page(film: Film, language: str) -> None:
    review = Review().with_analysis(
        an_analysis(film, REGULAR_LEVELS, dict.fromkeys(REGULAR_LEVELS, Grade.SEVERE))
    )
    report = draft_report(film, review, "1", NOW)
    texts = load_texts(language)
    pages = pages_of(report, film, language)
    assert len(pages) > 1
    for page in pages:
        turned: list[str] = []

        def note(
            text: str, _cm: Any, tm: list[float], _font: Any, _size: Any, to: list[str] = turned
        ) -> None:
            to.append(text)

        page.extract_text(visitor_text=note)
        rotated = rb"0\.58\d* 0\.80\d* -0\.80\d* 0\.58\d*"
        assert re.search(rotated, page.get_contents().get_data())  # type: ignore[union-attr]
        text = joined(page.extract_text())
        assert joined(texts.word(report.status)) in text
        assert all(joined(notice) in text for notice in texts.notices(report))


def test_that_fonts_are_embedded_and_the_file_claims_pdf_a(film: Film) -> None:
    report = with_study(signed_report(film), patient_name=CHINESE_NAME)
    reader = PdfReader(BytesIO(report_pdf(report, film, load_texts("en"))))
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert len(fonts) == 3
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert re.match(r"/[A-Z]{6}\+", font.get_object()["/BaseFont"])
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert catalogue["/Lang"] == "en"
    assert "/Names" not in catalogue
    assert "/OpenAction" not in catalogue or "/JS" not in catalogue["/OpenAction"]
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert metadata.dc_title == {"x-default": "Vertebral fracture assessment, lateral spine film"}
    assert metadata.dc_creator == ["Dr. Müller"]
    assert metadata.xmp_create_date == NOW.replace(tzinfo=None)
    xml = catalogue["/Metadata"].get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in xml
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in xml


def test_that_a_large_film_with_all_vertebrae_makes_a_small_file(film: Film) -> None:
    noise = np.random.default_rng(1).random((3000, 3000)).astype(np.float32)
    large = replace(film, pixels=noise, padding=None)
    review = whole_spine(large, dict.fromkeys((L1, L2, L3), Grade.MODERATE))
    for vertebra in review.vertebrae:
        review = told(review, vertebra.key, "A note of the usual length about this vertebra.")
    assert len(report_pdf(signed_report(large, review), large, load_texts("zh_CN"))) < 2_000_000


def test_that_the_same_report_gives_the_same_bytes(film: Film) -> None:
    texts = load_texts("zh_CN")
    assert report_pdf(signed_report(film), film, texts) == report_pdf(signed_report(film), film, texts)


def test_that_a_note_longer_than_a_page_goes_on_on_the_next(film: Film) -> None:
    review = a_review(film)
    review = told(review, review.vertebrae[2].key, " ".join(f"w{number:04}" for number in range(1500)))
    pages = pages_of(signed_report(film, review), film)
    found = re.findall(r"w\d{4}", " ".join(map(words_of, pages)))
    assert sorted(found) == [f"w{number:04}" for number in range(1500)]


HOSTILE = {
    "controls": "A\x00\x1b[31mB\x07\u202eC\u200b\ud800D",
    "markdown": "**bold** __under__ --line-- {nb} {page}",
    "html": "<b>no</b><script>alert(1)</script> & (a) \\(b\\) %PDF",
    "templates": "$name ${level} $$",
    "long": "Supercalifragilistic" * 15,
    "scripts": "שלום مرحبا नमस्ते Ωμέγα Щукин Nguyễn 홍길동 やまだ 喆堃",
    "emoji": "🦴 bone",
    "lines": "one\r\ntwo\u2028three\n\n\n\nfour\tfive",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_no_text_breaks_the_page_or_is_interpreted(film: Film, text: str) -> None:
    review = a_review(film)
    for vertebra in review.vertebrae:
        review = told(review, vertebra.key, text)
    statement = Statement(text, Quality.LIMITED, text, text, text)
    report = signed_report(film, replace(review, statement=statement))
    assert report.signature
    report = replace(report, signature=replace(report.signature, reader=text))
    names = ("patient_name", "patient_id", "accession_number", "institution", "referring_physician")
    report = with_study(report, **dict.fromkeys(names, text))
    pages = pages_of(report, film)
    shown = "".join(joined(page.extract_text()) for page in pages)
    for page in pages:
        xs = [x for x in _starts_of_text(page) if x > SIZES_PT[Paper.A4][0] - 30]
        assert not xs, "text goes beyond the margin"
        assert "Final · Version 1" in words_of(page)
    if text in (HOSTILE["markdown"], HOSTILE["html"], HOSTILE["templates"], HOSTILE["long"]):
        assert joined(text) in shown
    assert not re.search(r"[\x00-\x08\x1b\u202e\u200b\ud800]", shown)


@given(st.text(max_size=200), st.sampled_from([5.0, 20.0, 120.0]), st.booleans())
def test_that_lines_fit_their_width_and_lose_nothing(text: str, width: float, bold: bool) -> None:
    sheet = Sheet(Paper.A4, Marks("", ("", ""), "", "", "", ""), 1)
    try:
        lines = sheet.lines(text, width, 8.0, bold)
        assert joined("".join(lines)) == joined(sheet.shown(text))
        assert all(sheet.width(line, 8.0, bold) <= width + 1e-6 for line in lines if len(line) > 1)
    finally:
        sheet.close_fonts()


def _starts_of_text(page: PageObject) -> list[float]:
    starts: list[float] = []

    def note(text: str, _cm: Any, tm: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            starts.append(tm[4])

    page.extract_text(visitor_text=note)
    return starts


def test_that_letters_of_many_scripts_are_shown_and_others_as_boxes(film: Film) -> None:
    name = "Ωμέγα Щукин Nguyễn 홍길동 やまだ 喆堃 🦴 ש"
    text = written(with_study(signed_report(film), patient_id=name), film)
    assert joined("Ωμέγα Щукин Nguyễn 홍길동 やまだ 喆堃 □ □") in joined(text)


def test_that_a_film_without_any_vertebra_is_reported(film: Film) -> None:
    report = signed_report(film, Review())
    text = written(report, film)
    assert "No vertebra could be evaluated. A vertebral fracture is not excluded." in text
    assert text.count("not seen") == 14


def test_that_a_picture_without_a_patient_says_so(tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (1000, 500)).astype(np.uint8))
    picture = a_film(path)
    text = written(signed_report(picture, whole_spine(picture)), picture)
    assert "No patient data: the film came from a picture." in text
    assert "Heights in film columns; the film has no spacing." in text


def test_that_pixels_that_are_no_squares_are_shown_as_the_patient_is(film: Film) -> None:
    flat = replace(film, row_to_column=0.5)
    sizes = {}
    for name, one in (("square", film), ("flat", flat)):
        reader = PdfReader(BytesIO(report_pdf(signed_report(one, Review()), one, load_texts("en"))))
        sizes[name] = reader.pages[0].images[0].image.size  # type: ignore[union-attr]
    assert sizes["flat"][1] / sizes["flat"][0] == pytest.approx(
        0.5 * sizes["square"][1] / sizes["square"][0], rel=0.01
    )


def test_that_many_fractures_are_all_enlarged(film: Film) -> None:
    broken = REGULAR_LEVELS[3:16]
    report = signed_report(film, whole_spine(film, dict.fromkeys(broken, Grade.SEVERE)))
    reader = PdfReader(BytesIO(report_pdf(report, film, load_texts("en"))))
    assert sum(len(page.images) for page in reader.pages) == len(broken) + 1
    text = " ".join(map(words_of, reader.pages))
    assert all(f"{level.label} · 3 · wedge" in text for level in broken)


def test_that_the_site_and_its_logo_stand_at_the_head(film: Film) -> None:
    _, logo = cv2.imencode(".png", np.full((40, 120, 3), 90, np.uint8))
    site = Site("Sankt Elsewhere", ("1 Long Lane", "Springfield"), logo.tobytes())
    report = signed_report(film)
    pdf = report_pdf(report, film, replace(load_texts("en"), site=site))
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert words_of(page).startswith("Sankt Elsewhere 1 Long Lane Springfield Vertebral fracture assessment")
    assert [image.image.size for image in page.images][0] == (120, 40)  # type: ignore[union-attr]  # noqa: RUF015


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Doe^Jane^Mary^Dr^PhD", "Doe, Jane Mary"),
        ("Wang^XiaoDong=王^小东", "Wang, XiaoDong (王小东)"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou (山田太郎)"),
        ("王^小明", "王小明"),
        ("Plain Name", "Plain Name"),
        ("^Jane", "Jane"),
        ("=王^小东", "王小东"),
        ("", ""),
    ],
)
def test_that_names_are_written_as_one_reads_them(name: str, read: str) -> None:
    assert person(name) == read


def test_that_a_draft_of_the_demo_film_takes_one_page(film: Film) -> None:
    assert len(pages_of(a_draft(film), film)) == 1
