"""The selected vertebra: what the machine says of it, and every decision as a button, for those who point."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from vcf_desktop.grading import Morphometry
from vcf_desktop.review import Cause, Measured, ReaderGrade, Verdict, Vertebra
from vcf_desktop.spine import Deformity
from vcf_desktop.ui.sentences import sentence
from vcf_desktop.ui.wording import number, percent, word


class VertebraPanel(QWidget):
    """Buttons that trigger the window's actions by name, and a summary above them."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._said = QLabel(self), QLabel(self)
        for label in (self._head, self._said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._head.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        self._head.setFont(font)
        self._said.setMinimumHeight(self._said.fontMetrics().lineSpacing() * 3)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons: dict[str, _ActionButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        for texts in self._texts():
            layout.addLayout(self._row(texts, actions))
        self.show_vertebra(None, None)

    def _texts(self) -> tuple[Mapping[str, str], ...]:
        """Rows of buttons: the name of a command and what its button says."""
        causes = tuple(Cause)
        return (
            {
                "accept": self.tr("Accept"),
                **{f"grade_{grade}": word(grade) for grade in ReaderGrade},
                "reject": self.tr("Reject"),
            },
            {
                **{f"type_{shape}": word(shape) for shape in Deformity if shape is not Deformity.NONE},
                "type_none": self.tr("as measured"),
            },
            {f"cause_{cause}": word(cause) for cause in causes[:3]},
            {
                **{f"cause_{cause}": word(cause) for cause in causes[3:]},
                "cause_none": self.tr("no cause"),
            },
            {"rename": self.tr("Level…"), "note": self.tr("Note…"), "undecide": self.tr("Undecided")},
        )

    def _row(self, texts: Mapping[str, str], actions: Mapping[str, QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3)
        for name, text in texts.items():
            self._buttons[name] = _ActionButton(text, actions[name], self)
            row.addWidget(self._buttons[name])
        return row

    def show_vertebra(self, vertebra: Vertebra | None, measured: Measured | None) -> None:
        """Show one vertebra, or how to choose one."""
        if vertebra is None:
            self._head.setText(self.tr("No vertebra selected"))
            self._said.setText(self.tr("Click one on the film, or press Space for the next undecided one."))
        else:
            self._head.setText(self._title(vertebra))
            self._said.setText("\n".join(self._lines(vertebra, measured)))
        chosen = set() if vertebra is None else _chosen(vertebra)
        for name, button in self._buttons.items():
            button.setChecked(name in chosen)

    def _title(self, vertebra: Vertebra) -> str:
        decision = vertebra.decision
        if decision is None:
            return self.tr("%1: undecided").replace("%1", vertebra.level.label)
        grade = word(decision.grade) if decision.grade else ""
        parts = filter(None, (grade, word(decision.verdict), word(vertebra.cause) if vertebra.cause else ""))
        return f"{vertebra.level.label}: {', '.join(parts)}"

    def _lines(self, vertebra: Vertebra, measured: Measured | None) -> list[str]:
        machine = vertebra.machine
        lines = []
        if machine is None:
            lines.append(self.tr("The machine says nothing about this vertebra."))
        else:
            chances = "  ".join(
                f"{grade}: {percent(float(chance))}"
                for grade, chance in enumerate(machine.grade_probabilities)
            )
            lines.append(
                self.tr("Machine: grade %1   (%2)")
                .replace("%1", str(int(machine.grade)))
                .replace("%2", chances)
            )
        if measured is not None:
            lines.append(self._measured_line(measured.morphometry))
        lines += [f"⚠ {sentence(warning)}" for warning in (machine.warnings if machine else ())]
        if vertebra.note:
            lines.append(f"✎ {vertebra.note}")
        return lines

    def _measured_line(self, shape: Morphometry) -> str:
        text = self.tr("Measured: grade %1, loss %2, Ha/Hp %3, Hm/Hp %4")
        parts = (
            str(int(shape.grade)),
            percent(max(0.0, shape.loss)),
            number(shape.ratios.wedge, 2),
            number(shape.ratios.biconcave, 2),
        )
        for place, part in enumerate(parts, start=1):
            text = text.replace(f"%{place}", part, 1)
        return text if shape.deformity is Deformity.NONE else f"{text}, {word(shape.deformity)}"


def _chosen(vertebra: Vertebra) -> set[str]:
    """Names of the commands that made the vertebra what it is."""
    names = {f"type_{vertebra.deformity}" if vertebra.deformity else "type_none"}
    names.add(f"cause_{vertebra.cause}" if vertebra.cause else "cause_none")
    decision = vertebra.decision
    if decision is None:
        return names
    if decision.verdict is Verdict.REJECTED:
        names.add("reject")
    else:
        names.add(f"grade_{decision.grade}")
        if decision.verdict is Verdict.ACCEPTED:
            names.add("accept")
    return names


class _ActionButton(QToolButton):
    """A button with a short text of its own that does what an action does and tells its key."""

    def __init__(self, text: str, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _trigger(self) -> None:
        self.setChecked(not self.isChecked())  # what the action did decides, not the click
        self._action.trigger()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        key = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{self._action.text()}  ({key})" if key else self._action.text())
