"""The core's own sentences, written in English far from any window, in the user's language.

A sentence with a name or number in it stands here with ``%1`` in its place, which may be a sentence itself.
One that is not in the table, as what a library said about a damaged file, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from vcf_desktop.errors import FilmReadError, ModelError, OutputError, PacsError, SessionError
from vcf_desktop.io.parcels import OutboxError
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP

SENTENCES: Final = (
    # What the analysis says of a film and of a vertebra.
    QT_TRANSLATE_NOOP(
        "Sentences", "No lateral spine was found; is it a frontal view or another part of the body?"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Fewer than three vertebrae were found; is it a frontal view or another part of the body?",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film was read inverted: vertebrae were found only with dark and bright exchanged.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The levels are assumed: they could not be counted from a sacrum."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film's header says that it is a frontal view; lateral films only can be measured.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "It is uncertain which side is anterior; check the points."),
    QT_TRANSLATE_NOOP(
        "Sentences", "Metal or cement was seen; heights of the vertebrae under it may be wrong."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The resolution is too low: most vertebrae are too few pixels high to be measured well.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "No vertebra was found where %1 is expected; look at it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A vertebra near column %1, row %2 was detected but could not be outlined; it is left out.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The network's grade and the measured grade differ by more than one; look at it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "This level lies outside T4 to L4, for which the grades were defined."),
    QT_TRANSLATE_NOOP("Sentences", "Metal or cement overlies this vertebra; its heights may be wrong."),
    QT_TRANSLATE_NOOP("Sentences", "This vertebra is too few pixels high to be measured well."),
    QT_TRANSLATE_NOOP("Sentences", "The outline reaches the edge of what was looked at; check it."),
    QT_TRANSLATE_NOOP("Sentences", "Frame %1 of %2, counted from 0, was analysed."),
    # What is odd about a film that can be read.
    QT_TRANSLATE_NOOP("Sentences", "The film is in colour; its luminance is used."),
    QT_TRANSLATE_NOOP("Sentences", "The film brings no window; one was computed from its pixels."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film is raw detector data (for processing), which is not made for reading.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Some of the film's text breaks the rules of DICOM and may be shown wrong: check the patient.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film's magnification factor is below 1, which is impossible; it is not used.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The film's %1 cannot be used and is left out."),
    QT_TRANSLATE_NOOP("Sentences", "The film names windows that cannot be used; they are left out."),
    QT_TRANSLATE_NOOP("Sentences", "The film holds VOI LUTs that cannot be used; they are left out."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film contradicts itself about which values are white: check that bone is bright.",
    ),
    # Why a film cannot be read; the name of the file stands before it.
    QT_TRANSLATE_NOOP("Sentences", "does not exist"),
    QT_TRANSLATE_NOOP("Sentences", "is not a file"),
    QT_TRANSLATE_NOOP("Sentences", "is a folder, not a film"),
    QT_TRANSLATE_NOOP("Sentences", "is empty"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read: %1"),
    QT_TRANSLATE_NOOP("Sentences", "is larger than the limit of %1 GiB"),
    QT_TRANSLATE_NOOP("Sentences", "is too large for the memory of this computer"),
    QT_TRANSLATE_NOOP("Sentences", "is neither DICOM nor a PNG, JPEG or TIFF picture"),
    QT_TRANSLATE_NOOP("Sentences", "holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture"),
    QT_TRANSLATE_NOOP("Sentences", "names no film"),
    QT_TRANSLATE_NOOP("Sentences", "names a file outside its own folder"),
    QT_TRANSLATE_NOOP("Sentences", "names a file that cannot be: %1"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read as a picture: %1"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read as DICOM: %1"),
    QT_TRANSLATE_NOOP("Sentences", "is cut short or damaged: none of its elements can be read"),
    QT_TRANSLATE_NOOP("Sentences", "inflates to more than the limit of %1 GiB"),
    QT_TRANSLATE_NOOP("Sentences", "holds no picture"),
    QT_TRANSLATE_NOOP("Sentences", "holds no picture: it is of the kind %1"),
    QT_TRANSLATE_NOOP("Sentences", "is %1, not a projection film"),
    QT_TRANSLATE_NOOP("Sentences", "does not say how many rows and columns it has"),
    QT_TRANSLATE_NOOP("Sentences", "declares more pixels than the limit of %1 megapixels"),
    QT_TRANSLATE_NOOP("Sentences", "declares %1 x %2 pixels, more than the limit of %3 megapixels"),
    QT_TRANSLATE_NOOP("Sentences", "declares %1 x %2 pixels, more than the limit of %3 a side"),
    QT_TRANSLATE_NOOP("Sentences", "has %1 frames; choose one with --frame, counted from 0 (0 to %2)"),
    QT_TRANSLATE_NOOP("Sentences", "has no frame %1; there is only frame 0"),
    QT_TRANSLATE_NOOP("Sentences", "has no frame %1; there are frames 0 to %2"),
    QT_TRANSLATE_NOOP("Sentences", "its pixels (%1) cannot be decoded: %2"),
    QT_TRANSLATE_NOOP("Sentences", "its modality LUT is damaged, so its pixel values mean nothing"),
    QT_TRANSLATE_NOOP("Sentences", "its rescale slope is 0, so its pixel values mean nothing"),
    QT_TRANSLATE_NOOP("Sentences", "contains no picture: every pixel is padding"),
    QT_TRANSLATE_NOOP("Sentences", "contains no picture: every pixel has the same value"),
    QT_TRANSLATE_NOOP("Sentences", "contains pixels that are not numbers"),
    # Why an archive cannot be unpacked.
    QT_TRANSLATE_NOOP("Sentences", "cannot be unpacked into %1: %2"),
    QT_TRANSLATE_NOOP("Sentences", "is a damaged or incomplete ZIP archive: %1"),
    QT_TRANSLATE_NOOP("Sentences", "is encrypted; unpack it with its password and open the folder"),
    QT_TRANSLATE_NOOP("Sentences", "unpacks to more than the limit of %1 GiB"),
    QT_TRANSLATE_NOOP("Sentences", "holds more than the limit of %1 files"),
    QT_TRANSLATE_NOOP("Sentences", "holds %1, which is a link or a device and no file"),
    QT_TRANSLATE_NOOP("Sentences", "holds %1, a name that no file should have"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "holds %1 compressed in an unusual way (method %2); pack it again as an ordinary ZIP",
    ),
    QT_TRANSLATE_NOOP("Sentences", "holds %1 twice"),
    QT_TRANSLATE_NOOP("Sentences", "holds %1 in a folder that is a file as well"),
    # Why a review or a result cannot be read, written or signed.
    QT_TRANSLATE_NOOP("Sentences", "cannot be read now: %1; try again"),
    QT_TRANSLATE_NOOP("Sentences", "was saved by a newer version of VCF Desktop; install that version"),
    QT_TRANSLATE_NOOP("Sentences", "was signed by another program meanwhile; start VCF Desktop again"),
    QT_TRANSLATE_NOOP("Sentences", "Vertebrae are undecided; decide about each before you sign."),
    QT_TRANSLATE_NOOP("Sentences", "cannot be written: %1"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: %1"),
    QT_TRANSLATE_NOOP("Sentences", "is damaged: it is not valid JSON"),
    QT_TRANSLATE_NOOP("Sentences", "is no review that this version of the program can read"),
    # Why a model cannot be used, and where it runs.
    QT_TRANSLATE_NOOP("Sentences", "%1 is not a valid manifest: %2; reinstall the model"),
    QT_TRANSLATE_NOOP("Sentences", "%1 is not valid JSON; reinstall the model"),
    QT_TRANSLATE_NOOP("Sentences", "%1 cannot be read (%2); reinstall the model"),
    QT_TRANSLATE_NOOP("Sentences", "%1 was changed since it was released; reinstall the model"),
    QT_TRANSLATE_NOOP("Sentences", "there is none in %1; reinstall the models"),
    QT_TRANSLATE_NOOP("Sentences", "%1 holds more than one (%2); leave one of them"),
    QT_TRANSLATE_NOOP("Sentences", "there are no weights for the runtime %1; choose another"),
    QT_TRANSLATE_NOOP("Sentences", "its weights do not fit this version of the program; reinstall the model"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "it was made for crops of %1 px and not of %2; install a fitting model",
    ),
    QT_TRANSLATE_NOOP("Sentences", "no GPU that %1 can use was found; choose the device cpu"),
    QT_TRANSLATE_NOOP("Sentences", "ONNX Runtime could not load its CUDA libraries; choose the device cpu"),
    QT_TRANSLATE_NOOP("Sentences", "ONNX Runtime stopped (%1)"),
    QT_TRANSLATE_NOOP("Sentences", "The GPU ran out of memory: the %1 runs, slower, on the CPU."),
    # Why a report cannot be made, and what is to be known of its files.
    QT_TRANSLATE_NOOP("Sentences", "Vertebrae are undecided; decide about each and sign before you report."),
    QT_TRANSLATE_NOOP("Sentences", "This review is about another film than the one that is there now."),
    QT_TRANSLATE_NOOP("Sentences", "This report is about another film than the one that is there now."),
    QT_TRANSLATE_NOOP("Sentences", "The film's file has changed since the film was read; open it again."),
    QT_TRANSLATE_NOOP("Sentences", "The film's patient or study cannot be copied: %1."),
    QT_TRANSLATE_NOOP("Sentences", "DICOM objects cannot refer to this film: its %1 is missing or invalid."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "DICOM objects cannot refer to this film: it is of the kind %1, "
        "which is no film of today's standard.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The film is a picture and belongs to no study: a new study was made for it, with the picture as its "
        "image.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "No segmentation was made, as the report has no vertebra on the film."),
    QT_TRANSLATE_NOOP("Sentences", "There are no report texts in %1; choose one of %2."),
    QT_TRANSLATE_NOOP("Sentences", "%1: there is no text %2; correct its name or take it out."),
    QT_TRANSLATE_NOOP("Sentences", "%1: name must be a text and lines a list of texts."),
    QT_TRANSLATE_NOOP("Sentences", "%1: the logo is larger than %2 kB; shrink it."),
    QT_TRANSLATE_NOOP("Sentences", "%1: cannot be read: %2"),
    QT_TRANSLATE_NOOP("Sentences", "report texts: %1 must be a table of texts."),
    QT_TRANSLATE_NOOP("Sentences", "report texts: %1.%2 must be a text."),
    # Why an archive cannot be reached.
    QT_TRANSLATE_NOOP("Sentences", "%1 answers that nobody listens; check host and port, or try again later"),
    QT_TRANSLATE_NOOP("Sentences", "%1 is no computer known here; check its name and the network"),
    QT_TRANSLATE_NOOP("Sentences", "%1 cannot be reached: %2; check the network"),
    QT_TRANSLATE_NOOP("Sentences", "%1 stalls; check host, port and network, or try again later"),
    QT_TRANSLATE_NOOP(
        "Sentences", "%1 dropped the line; try again later, or check the use of TLS and its certificates"
    ),
    QT_TRANSLATE_NOOP("Sentences", "%1 does not speak TLS as we do; check the port and whether it uses TLS"),
    QT_TRANSLATE_NOOP("Sentences", "%1 does not speak DICOM; check the port, and TLS"),
    QT_TRANSLATE_NOOP("Sentences", "%1 does not speak DICOM as we do; check the port"),
    QT_TRANSLATE_NOOP("Sentences", "%1 refuses our certificate, or that there is none; choose another"),
    QT_TRANSLATE_NOOP(
        "Sentences", "the certificate of %1 is not trusted; choose the file of the authority that issued it"
    ),
    QT_TRANSLATE_NOOP("Sentences", "the certificate of %1 is not valid yet; check the date of this computer"),
    QT_TRANSLATE_NOOP("Sentences", "the certificate of %1 has expired; have its administrator renew it"),
    QT_TRANSLATE_NOOP("Sentences", "the certificate of %1 is for another computer; check the host"),
    QT_TRANSLATE_NOOP(
        "Sentences", "the file of its certificate authority cannot be used; choose a PEM file of certificates"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "our certificate or its key cannot be used; choose PEM files, the key without a password"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "objects can be received through TLS only with a certificate of our own; choose one, or C-GET",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "we cannot listen at port %1: %2; close what uses it, or choose another port"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "its settings cannot be used: an AE title has 1 to 16 characters without accents"
    ),
    QT_TRANSLATE_NOOP("Sentences", "its address cannot be used; it is like https://host/dicom-web"),
    QT_TRANSLATE_NOOP("Sentences", "has no DICOMweb at this address; correct it"),
    QT_TRANSLATE_NOOP("Sentences", "answers what is no DICOMweb; check its address"),
    QT_TRANSLATE_NOOP("Sentences", "sends us on to %1; enter that address if it is right"),
    QT_TRANSLATE_NOOP("Sentences", "would be sent our password in the clear; use https"),
    QT_TRANSLATE_NOOP("Sentences", "broke off before it listened; check the AE titles"),
    QT_TRANSLATE_NOOP("Sentences", "broke off while we talked; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "stalls; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "stalls: %1 took the connection and said nothing; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "stalls: no answer within %1 s; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "is too busy to listen; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "is too busy; try again later"),
    # Why an archive refuses.
    QT_TRANSLATE_NOOP("Sentences", "is not called %1; correct its AE title"),
    QT_TRANSLATE_NOOP("Sentences", "does not know us as %1; have its administrator enter this AE title"),
    QT_TRANSLATE_NOOP("Sentences", "rejects %1; have its administrator check both AE titles"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "does not know where to send to; have its administrator enter %1, this computer and port %2",
    ),
    QT_TRANSLATE_NOOP("Sentences", "does not offer this service to us; have its administrator allow it"),
    QT_TRANSLATE_NOOP("Sentences", "does not offer C-GET; choose C-MOVE in its settings"),
    QT_TRANSLATE_NOOP("Sentences", "does not accept our user and password or token; correct them"),
    QT_TRANSLATE_NOOP("Sentences", "does not allow us to do this; have its administrator allow it"),
    QT_TRANSLATE_NOOP("Sentences", "does not take objects of this kind; have its administrator allow them"),
    QT_TRANSLATE_NOOP("Sentences", "does not take objects of the kind %1; have its administrator allow them"),
    QT_TRANSLATE_NOOP("Sentences", "does not take files of this kind; have its administrator allow them"),
    QT_TRANSLATE_NOOP("Sentences", "does not take files of this size; have its administrator allow them"),
    QT_TRANSLATE_NOOP("Sentences", "is full; have its administrator make room, or try again later"),
    QT_TRANSLATE_NOOP(
        "Sentences", "is full or out of resources; have its administrator make room, or try again later"
    ),
    QT_TRANSLATE_NOOP("Sentences", "is out of resources; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "failed while it worked on this; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "failed with the status %1; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "refuses with the status %1; have its administrator look into its log"),
    QT_TRANSLATE_NOOP(
        "Sentences", "says that the request does not fit its kind; have its administrator look into its log"
    ),
    QT_TRANSLATE_NOOP("Sentences", "did not answer for the objects within %1 s; try again later"),
    QT_TRANSLATE_NOOP("Sentences", "was not sent %1, which is no DICOM file"),
    QT_TRANSLATE_NOOP("Sentences", "was not sent %1, which cannot be read as DICOM"),
    QT_TRANSLATE_NOOP("Sentences", "was not sent %1, which breaks the rules of DICOM"),
    # Why a search or a fetch failed.
    QT_TRANSLATE_NOOP("Sentences", "cannot be asked for this text; correct it"),
    QT_TRANSLATE_NOOP("Sentences", "answers what is no DICOM; have its administrator look"),
    QT_TRANSLATE_NOOP("Sentences", "finds more than %1 studies; ask for fewer"),
    QT_TRANSLATE_NOOP("Sentences", "has no projection films in this study; choose another"),
    QT_TRANSLATE_NOOP(
        "Sentences", "did not send a film that it has; have its administrator look into its log"
    ),
    QT_TRANSLATE_NOOP("Sentences", "sends a film beyond the limit of %1 GiB"),
    QT_TRANSLATE_NOOP("Sentences", "sends a film that is damaged; nothing was kept"),
    QT_TRANSLATE_NOOP(
        "Sentences", "sends objects that were not asked for; nothing was kept, have its administrator look"
    ),
    QT_TRANSLATE_NOOP("Sentences", "sends more than it should; have its administrator look"),
    QT_TRANSLATE_NOOP(
        "Sentences", "sends more than it should, and was not listened to; have its administrator look"
    ),
    # Passwords of archives, and what is on its way to them.
    QT_TRANSLATE_NOOP("Sentences", "its password is not known; enter it where the archives are set up"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is not set up any more; set it up under this name again, or give up what waits for it",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "its password is not kept, as this computer has no key store; it will be asked for each time",
    ),
    QT_TRANSLATE_NOOP("Sentences", "its password cannot be kept in the key store; unlock it"),
    QT_TRANSLATE_NOOP("Sentences", "its password cannot be read from the key store; unlock it"),
    QT_TRANSLATE_NOOP("Sentences", "is not in the outbox"),
    QT_TRANSLATE_NOOP("Sentences", "another program is sending it; wait until it is done"),
    QT_TRANSLATE_NOOP("Sentences", "has no list; send its files by hand, then discard it"),
    QT_TRANSLATE_NOOP("Sentences", "its list is damaged; send its files by hand, then discard it"),
    QT_TRANSLATE_NOOP(
        "Sentences", "was made by another version of VCF Desktop; send it with that one, or discard it"
    ),
    # What the installation lacks.
    QT_TRANSLATE_NOOP("Sentences", "%1 names %2, which is not a folder; correct the variable or unset it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The folder %1 is missing from this installation of VCF Desktop; please install it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "%1 is not a folder; choose the folder of models again in the settings."),
)

PARTS: Final = (
    QT_TRANSLATE_NOOP("Sentences", "a CT image"),
    QT_TRANSLATE_NOOP("Sentences", "a mammogram"),
    QT_TRANSLATE_NOOP("Sentences", "an MR image"),
    QT_TRANSLATE_NOOP("Sentences", "a nuclear medicine image"),
    QT_TRANSLATE_NOOP("Sentences", "a PET image"),
    QT_TRANSLATE_NOOP("Sentences", "a radiotherapy dose"),
    QT_TRANSLATE_NOOP("Sentences", "a segmentation"),
    QT_TRANSLATE_NOOP("Sentences", "an ultrasound image"),
    QT_TRANSLATE_NOOP("Sentences", "an image of modality %1"),
    QT_TRANSLATE_NOOP("Sentences", "its file meta group has no length"),
    QT_TRANSLATE_NOOP("Sentences", "its files overlap"),
    QT_TRANSLATE_NOOP("Sentences", "its 16-bit colours cannot be decoded"),
    QT_TRANSLATE_NOOP("Sentences", "detector"),
    QT_TRANSLATE_NOOP("Sentences", "segmenter"),
    QT_TRANSLATE_NOOP("Sentences", "classifier"),
    # What a parcel is held for.
    QT_TRANSLATE_NOOP(
        "Sentences",
        "does not answer for what it was sent; have its administrator look, then try again",
    ),
    # What the operating system says most often.
    QT_TRANSLATE_NOOP("Sentences", "Permission denied"),
    QT_TRANSLATE_NOOP("Sentences", "No such file or directory"),
    QT_TRANSLATE_NOOP("Sentences", "No space left on device"),
    QT_TRANSLATE_NOOP("Sentences", "Read-only file system"),
    QT_TRANSLATE_NOOP("Sentences", "Input/output error"),
    QT_TRANSLATE_NOOP("Sentences", "File exists"),
    QT_TRANSLATE_NOOP("Sentences", "Is a directory"),
)
"""What may stand for a ``%1`` above."""


def sentence(text: str) -> str:
    """A sentence of the core in the user's language; unchanged where it is not in the table."""
    return _translated(text, _part)


def error_text(error: Exception) -> str:
    """An error as one sentence for the user: what it is about, and why."""
    if isinstance(error, ModelError):
        return _filled(
            QT_TRANSLATE_NOOP("Sentences", "model %1: %2"), _part(error.name), sentence(error.reason)
        )
    if isinstance(error, PacsError):
        return _filled(
            QT_TRANSLATE_NOOP("Sentences", "archive %1: %2"), error.archive, sentence(error.reason)
        )
    if isinstance(error, OutboxError):
        return _filled(QT_TRANSLATE_NOOP("Sentences", "parcel %1: %2"), error.name, sentence(error.reason))
    if isinstance(error, FilmReadError | SessionError):
        return _filled(QT_TRANSLATE_NOOP("Sentences", "%1: %2"), error.path.name, sentence(error.reason))
    if isinstance(error, OutputError):
        return _filled(QT_TRANSLATE_NOOP("Sentences", "%1: %2"), str(error.path), sentence(error.reason))
    return sentence(str(error))


def _part(text: str) -> str:
    # No further parts: a file that brings nested sentences by the thousand shall not end the recursion.
    return _translated(text, str)


def _translated(text: str, translate_part: Callable[[str], str]) -> str:
    plain, templates = _table()
    if text in plain:
        return _filled(text)
    for template, pattern in templates.items():
        if found := pattern.fullmatch(text):
            return _filled(template, *map(translate_part, found.groups()))
    return text


def _filled(template: str, *parts: str) -> str:
    """The template in the user's language; all at once, as a part may itself hold a %1."""
    translation = QCoreApplication.translate("Sentences", template)
    return re.sub(r"%([1-9])", lambda place: parts[int(place[1]) - 1], translation) if parts else translation


@cache
def _table() -> tuple[frozenset[str], dict[str, re.Pattern[str]]]:
    """The sentences without a varying part, and the patterns of the others, most specific first."""
    entries = [*SENTENCES, *PARTS]
    plain = frozenset(entry for entry in entries if "%" not in entry)
    fixed = {entry: re.split(r"%[1-9]", entry) for entry in entries if "%" in entry}
    specific_first = sorted(fixed, key=lambda entry: -sum(map(len, fixed[entry])))
    return plain, {
        entry: re.compile("(.*?)".join(map(re.escape, fixed[entry])), re.DOTALL) for entry in specific_first
    }
