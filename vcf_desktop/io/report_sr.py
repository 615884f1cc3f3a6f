"""A report as a DICOM structured report by TID 1500 "Measurement Report" (PS3.16 A).

It is an Enhanced SR: all that is said lies on the flat film and refers to nothing said elsewhere in the
document, so the larger classes would add nothing but archives and viewers that do not know them. Coordinates
are those of the film: PS3.3 C.18.6 has the same origin, the outer corner of the first pixel.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from highdicom.coding_schemes import CodingSchemeIdentificationItem
from highdicom.sr import (
    AlgorithmIdentification,
    CodeContentItem,
    CodedConcept,
    ContainerContentItem,
    ContentItem,
    ContentSequence,
    DeviceObserverIdentifyingAttributes,
    EnhancedSR,
    FindingSite,
    ImageContentItem,
    ImageRegion,
    LanguageOfContentItemAndDescendants,
    Measurement,
    MeasurementReport,
    MeasurementsAndQualitativeEvaluations,
    NumContentItem,
    ObservationContext,
    ObserverContext,
    PersonObserverIdentifyingAttributes,
    PlanarROIMeasurementsAndQualitativeEvaluations,
    PnameContentItem,
    QualitativeEvaluation,
    ScoordContentItem,
    SourceImageForMeasurementGroup,
    SourceImageForRegion,
    TextContentItem,
    TrackingIdentifier,
)
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code
from pydicom.uid import generate_uid
from pydicom.valuerep import DT

from vcf_desktop.io import report_codes as code
from vcf_desktop.io.dicom_instances import ObjectKind, arguments, person_name, tracking_uid
from vcf_desktop.io.dicom_source import MANUFACTURER, DicomSource
from vcf_desktop.report import LevelChange, Report, ReportedVertebra
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade


def structured_report(
    report: Report, source: DicomSource, texts: ReportTexts, earlier: Dataset | None = None
) -> EnhancedSR:
    """The report as an SR: a group for each vertebra, rejected ones too, one for the film, and the texts.

    A draft is partial, preliminary and unverified; a signed report is complete, final and verified.

    Args:
        texts: whose language and site the document has.
        earlier: the SR of the version that this one takes the place of, None where there is none or it is not
            known; its UIDs are enough.
    """
    content = MeasurementReport(
        observation_context=_observers(report),
        procedure_reported=code.PLAIN_RADIOGRAPHY,
        imaging_measurements=[*_vertebra_groups(report, source), _film_group(report, source)],
        title=codes.DCM.ImagingMeasurementReport,
        language_of_content_item_and_descendants=LanguageOfContentItemAndDescendants(
            CodedConcept.from_code(code.LANGUAGES[texts.language])
        ),
    )
    items = content[0].ContentSequence
    items.insert(len(items) - 1, _image_library(source))
    items.append(_texts(report, texts))
    signature = report.signature
    document = EnhancedSR(
        evidence=[source.header],
        content=content[0],
        is_complete=signature is not None,
        is_final=signature is not None,
        is_verified=signature is not None,
        verifying_observer_name=person_name(signature.reader) if signature else None,
        verifying_organization=_organization(report, texts),
        previous_versions=None if earlier is None else [earlier],
        coding_schemes=[CodingSchemeIdentificationItem(code.SCHEME, name=code.SCHEME_NAME)],
        **arguments(report, ObjectKind.SR),
    )
    if signature is not None:
        document.VerifyingObserverSequence[0].VerificationDateTime = DT(signature.at)
    return document


def _organization(report: Report, texts: ReportTexts) -> str:
    """Whom the reader answers to, which PS3.3 C.17.2 wants to be told."""
    return (texts.site.name or (report.study.institution if report.study else "") or "Not stated")[:64]


def _observers(report: Report) -> ObservationContext:
    device = DeviceObserverIdentifyingAttributes(
        uid=generate_uid(entropy_srcs=[MANUFACTURER, report.software_version]),
        name=MANUFACTURER,
        manufacturer_name=MANUFACTURER,
        model_name=MANUFACTURER,
        serial_number=report.software_version,
    )
    person = None
    if report.signature is not None:
        reader = PersonObserverIdentifyingAttributes(
            person_name(report.signature.reader), role_in_procedure=codes.NCIt.Reader
        )
        person = ObserverContext(codes.DCM.Person, reader)
    return ObservationContext(person, ObserverContext(codes.DCM.Device, device))


def _image_library(source: DicomSource) -> ContainerContentItem:
    """TID 1600 with the one image; highdicom's own asks for elements that films may lack."""
    group = ContainerContentItem(codes.DCM.ImageLibraryGroup, relationship_type="CONTAINS")
    group.ContentSequence = ContentSequence([_image(source, "CONTAINS")])
    library = ContainerContentItem(codes.DCM.ImageLibrary, template_id="1600", relationship_type="CONTAINS")
    library.ContentSequence = ContentSequence([group])
    return library


def _image(source: DicomSource, relationship: str) -> ImageContentItem:
    return ImageContentItem(code.SOURCE, *_reference(source), relationship_type=relationship)


def _reference(source: DicomSource) -> tuple[str, str, list[int] | None]:
    header = source.header
    return header.SOPClassUID, header.SOPInstanceUID, None if source.frame is None else [source.frame]


def _vertebra_groups(
    report: Report, source: DicomSource
) -> Iterator[PlanarROIMeasurementsAndQualitativeEvaluations]:
    changes = {change.level: change for change in report.changes}
    for vertebra in (*report.vertebrae, *report.rejected):
        yield _vertebra_group(report, vertebra, source, changes.get(vertebra.level))


def _vertebra_group(
    report: Report, vertebra: ReportedVertebra, source: DicomSource, change: LevelChange | None
) -> PlanarROIMeasurementsAndQualitativeEvaluations:
    """TID 1410: the outline as the region, then what was found in it and measured of it."""
    outline = np.vstack([vertebra.contour_xy, vertebra.contour_xy[:1]])
    region = ImageRegion("POLYLINE", _within(outline, source), SourceImageForRegion(*_reference(source)))
    label = vertebra.level.label
    if vertebra.is_rejected:
        label += " (rejected)"
    algorithm = AlgorithmIdentification(MANUFACTURER, report.software_version)
    group = PlanarROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=TrackingIdentifier(tracking_uid(report, vertebra), label),
        referenced_region=region,
        finding_type=_finding(vertebra),
        finding_category=code.ANATOMICAL_STRUCTURE,
        # Whoever looks for a vertebra must not find it twice.
        finding_sites=None if vertebra.is_rejected else [FindingSite(code.VERTEBRAE[vertebra.level])],
        algorithm_id=algorithm if vertebra.machine else None,
        measurements=list(_measurements(report, vertebra)),
        qualitative_evaluations=[
            QualitativeEvaluation(name, value) for name, value in _evaluations(vertebra, change)
        ],
    )
    group[0].ContentSequence.extend(_details(report, vertebra, source))
    return group


def _finding(vertebra: ReportedVertebra) -> Code:
    if vertebra.is_rejected:
        return code.NO_VERTEBRA
    return code.COMPRESSION_FRACTURE if vertebra.is_fracture else code.VERTEBRA


def _evaluations(vertebra: ReportedVertebra, change: LevelChange | None) -> Iterator[tuple[Code, Code]]:
    """What is said of a vertebra in codes: question and answer."""
    if vertebra.grade is not None:
        yield code.GRADE, code.GRADES[vertebra.grade]
        if vertebra.grade in code.SEVERITIES:
            yield code.SEVERITY, code.SEVERITIES[vertebra.grade]
    if vertebra.deformity in code.DEFORMITIES:
        yield code.DEFORMITY, code.DEFORMITIES[vertebra.deformity]
    if vertebra.cause is not None:
        yield code.CAUSE, code.CAUSES[vertebra.cause]
    if vertebra.level_is_doubtful:
        yield code.LEVEL_CERTAINTY, code.DOUBTFUL
    if change is not None and not vertebra.is_rejected:
        yield code.CHANGE, code.CHANGES[change.trend]


def _measurements(report: Report, vertebra: ReportedVertebra) -> Iterator[Measurement]:
    """Heights in mm where the film has any, ratios and loss.

    Heights in pixels are left out: UCUM has no pixel, and the six points say them.
    """
    if vertebra.heights_mm is not None:
        for name, place in code.PLACES.items():
            yield Measurement(
                code.HEIGHT,
                round(getattr(vertebra.heights_mm, name), 2),
                code.MILLIMETRE,
                method=code.SPACINGS[report.film.spacing_source],
                finding_sites=[FindingSite(code.VERTEBRAE[vertebra.level], topographical_modifier=place)],
            )
    if vertebra.ratios is not None:
        for name, concept in code.RATIOS.items():
            ratio = getattr(vertebra.ratios, name)
            if ratio is not None:
                yield Measurement(concept, round(ratio, 3), code.RATIO)
    if vertebra.loss is not None:
        yield Measurement(code.LOSS, round(100.0 * vertebra.loss, 1), code.PERCENT)


def _details(report: Report, vertebra: ReportedVertebra, source: DicomSource) -> Iterator[ContentItem]:
    """What TID 1410 leaves to its users: decision, the machine's word, the six points, name and note."""
    signer = report.signature.reader if report.signature else ""
    if vertebra.reader and vertebra.reader != signer:
        yield PnameContentItem(
            codes.DCM.PersonObserverName, person_name(vertebra.reader), relationship_type="HAS OBS CONTEXT"
        )
    verdict = CodeContentItem(code.VERDICT, _verdict(vertebra), "CONTAINS")
    if vertebra.decided is not None:
        verdict.add_new("ObservationDateTime", "DT", vertebra.decided)
    yield verdict
    if vertebra.machine is not None:
        machine = vertebra.machine
        said = CodeContentItem(code.MACHINE_GRADE, code.GRADES[ReaderGrade.of(machine.grade)], "CONTAINS")
        certainty = round(100.0 * float(machine.grade_probabilities[machine.grade]), 1)
        said.ContentSequence = ContentSequence(
            [NumContentItem(code.CERTAINTY, certainty, code.PERCENT, relationship_type="HAS PROPERTIES")]
        )
        yield said
    for concept, point in zip(code.POINTS.values(), vertebra.points_xy, strict=True):
        where = _within(point[None], source)
        place = ScoordContentItem(concept, "POINT", where, relationship_type="CONTAINS")
        place.ContentSequence = ContentSequence([_image(source, "SELECTED FROM")])
        yield place
    if vertebra.level in code.UNCODED_LEVELS:
        yield TextContentItem(code.LEVEL, vertebra.level.label, "CONTAINS")
    if vertebra.note:
        yield TextContentItem(codes.DCM.Comment, vertebra.note, "CONTAINS")


def _verdict(vertebra: ReportedVertebra) -> Code:
    if vertebra.verdict is None:
        return code.UNDECIDED
    if vertebra.added and not vertebra.is_rejected:
        return code.ADDED
    return code.VERDICTS[vertebra.verdict]


def _film_group(report: Report, source: DicomSource) -> MeasurementsAndQualitativeEvaluations:
    """TID 1501 for the film as a whole: deformity index, quality, and the networks that ran."""
    index, film = report.deformity_index, report.film
    quality = [report.statement.quality] if report.statement.quality else []
    algorithm = None
    if report.models:
        parameters = [
            f"{model.name} {model.version}, sha256 {model.sha256}, {model.runtime} on {model.device}"
            for model in report.models
        ]
        algorithm = AlgorithmIdentification(MANUFACTURER, report.software_version, parameters)
    return MeasurementsAndQualitativeEvaluations(
        tracking_identifier=TrackingIdentifier(
            generate_uid(entropy_srcs=[MANUFACTURER, film.sha256, str(film.frame)]), "Spine"
        ),
        finding_sites=[FindingSite(codes.SCT.Spine)],
        algorithm_id=algorithm,
        measurements=[
            Measurement(code.DEFORMITY_INDEX, index.total, code.ONE),
            Measurement(code.EVALUABLE_LEVELS, index.evaluable, code.ONE),
        ],
        qualitative_evaluations=[QualitativeEvaluation(code.QUALITY, code.QUALITIES[q]) for q in quality],
        source_images=[SourceImageForMeasurementGroup(*_reference(source))],
    )


def _texts(report: Report, texts: ReportTexts) -> ContainerContentItem:
    """The words of the report, in the place that TID 1500 has for evaluations of the whole."""
    statement = report.statement
    said: list[tuple[Code, str]] = [
        *((code.NOTICE, notice) for notice in texts.notices(report)),
        (codes.DCM.IndicationsForProcedure, report.indication),
        *((codes.DCM.Impression, sentence) for sentence in texts.impression(report)),
        (code.COMPARISON, _comparison(report, texts)),
        *((codes.DCM.Recommendation, sentence) for sentence in texts.recommendation(report)),
        (code.QUALITY, statement.quality_note),
        (codes.DCM.Comment, statement.comment),
        *((code.REMARK, remark) for remark in report.remarks),
    ]
    container = ContainerContentItem(code.QUALITATIVE_EVALUATIONS, relationship_type="CONTAINS")
    container.ContentSequence = ContentSequence(
        [TextContentItem(name, text, "CONTAINS") for name, text in said if text]
    )
    return container


def _comparison(report: Report, texts: ReportTexts) -> str:
    """Which earlier film, and each level on both."""
    prior = report.statement.prior
    if prior is None:
        return ""
    day = texts.day(prior.study_date) if prior.study_date else ""
    which = ", ".join(part for part in (day, prior.accession_number, prior.reader) if part)
    levels = (
        f"{c.level.label}: {_number(c.before, texts)} \N{RIGHTWARDS ARROW} {_number(c.after, texts)}, "
        f"{texts.word(c.trend)}"
        for c in report.changes
    )
    return "\n".join((which, *levels))


def _number(grade: float | None, texts: ReportTexts) -> str:
    if grade is None:
        return "\N{EN DASH}"
    return texts.number(grade, 0 if grade.is_integer() else 1)


def _within(points_xy: NDArray[np.float64], source: DicomSource) -> NDArray[np.float64]:
    """Points (N, 2) moved onto the film where they lie outside, as PS3.3 C.18.6 wants them."""
    return np.clip(points_xy, 0.0, (source.header.Columns, source.header.Rows))
