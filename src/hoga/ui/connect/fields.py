"""The fields of an account's keys: each with what it is, what is wrong with it, and what was mended on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hoga.base.secret_store import Secret
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Field
from hoga.trading.key_fields import Finding, account_text, fields_of, finding, missing
from hoga.ui.connect.key_edit import SecretLine
from hoga.ui.connect.look import Note
from hoga.ui.connect.site import Site
from hoga.ui.connect.words import field_about, field_words, removed_words
from hoga.ui.painting import grid

_SECRETS = (Field.APP_KEY, Field.APP_SECRET)


class KeyFields(QWidget):
    """Signals:

    edited: something in them is another.
    """

    edited = Signal()

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._profile = WireProfile.KIS_REAL
        self.kept = ""
        """The masked account number of a connection whose keys are kept: empty fields leave them as they are."""
        self.lines: dict[Field, SecretLine] = {}
        self._labels: dict[Field, QLabel] = {}
        self.notes: dict[Field, Note] = {}
        self.rows = rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(grid(self, 3))
        rows.setVerticalSpacing(grid(self))
        rows.setColumnStretch(1, 1)
        for place, of in enumerate(Field):
            line, label, note = SecretLine(site.tokens, of in _SECRETS, self), QLabel(self), Note(self)
            label.setBuddy(line)
            line.edit.edited.connect(partial(self._edited, of))
            if of is Field.ACCOUNT:
                line.edit.editingFinished.connect(self._finish_account)
            rows.addWidget(label, 2 * place, 0)
            rows.addWidget(line, 2 * place, 1)
            rows.addWidget(note, 2 * place + 1, 1)
            self.lines[of], self._labels[of], self.notes[of] = line, label, note
        self._mended: dict[Field, str] = {}
        self.refresh()

    # --- what is in them --------------------------------------------------------------------------------------------

    def use(self, profile: WireProfile, kept: str | None = None) -> None:
        """From now on they are the fields of this host; what was typed stays. ``kept``: see the attribute."""
        self._profile = profile
        if kept is not None:
            self.kept = kept
        self.refresh()

    def fill(self, secrets: Mapping[Field, Secret]) -> None:
        """Put in what was found in a file."""
        for of, line in self.lines.items():
            line.edit.setText(secrets[of].reveal() if of in secrets else "")
        self._mended.clear()
        self.refresh()

    def clear(self) -> None:
        """Nothing of what was typed stays in any widget."""
        for line in self.lines.values():
            line.hide_again()
            line.edit.setText("")  # unlike clear(), this cannot be undone
        self._mended.clear()

    def secrets(self) -> dict[Field, Secret]:
        """What was typed. An HTS id that was emptied is not told apart from one that was left alone."""
        typed = {of: self._text(of) for of in fields_of(self._profile)}
        return {of: Secret(text) for of, text in typed.items() if text}

    def problem(self) -> tuple[Field, Finding] | None:
        """The first thing that forbids to go on with what is here."""
        for of in fields_of(self._profile):
            found = self._finding(of)
            if found is not None and found.fatal:
                return of, found
        return None

    def _text(self, of: Field) -> str:
        text = self.lines[of].edit.text()
        return account_text(text) if of is Field.ACCOUNT else text

    def _finding(self, of: Field) -> Finding | None:
        text = self._text(of)
        if text or self.kept:
            return finding(self._profile, of, text)
        return missing(self._profile, of)

    def _edited(self, of: Field) -> None:
        edit = self.lines[of].edit
        self._mended[of] = removed_words(edit.removed) if edit.removed else ""
        self._show(of)
        self.edited.emit()

    def _finish_account(self) -> None:
        """The usual form, once a person has gone on to the next field."""
        edit = self.lines[Field.ACCOUNT].edit
        form = account_text(edit.text())
        if form != edit.text():
            edit.setText(form)

    # --- how it looks -----------------------------------------------------------------------------------------------

    @property
    def widest_label(self) -> int:
        return max(label.sizeHint().width() for label in self._labels.values())

    def refresh(self) -> None:
        shown = fields_of(self._profile)
        for of, line in self.lines.items():
            for widget in (line, self._labels[of], self.notes[of]):
                widget.setVisible(of in shown)
            self._labels[of].setText(field_words(of))
            line.retranslate(field_words(of), self._site.tokens)
            line.edit.setAccessibleDescription(field_about(self._profile, of))
            self._show(of)

    def _show(self, of: Field) -> None:
        """What is wrong, else what was mended, else what the field is."""
        tokens, edit = self._site.tokens, self.lines[of].edit
        edit.setPlaceholderText(self._kept_words(of))
        found = finding(self._profile, of, self._text(of))
        if found is not None:
            mark, colour = ("✕ ", tokens.bad) if found.fatal else ("! ", tokens.warn)
            self.notes[of].tell(mark + self._site.worded(found.message).replace(" · ", " "), colour)
        elif self._mended.get(of):
            self.notes[of].tell("✓ " + self._mended[of], tokens.good)
        else:
            self.notes[of].tell(field_about(self._profile, of), tokens.dim)

    def _kept_words(self, of: Field) -> str:
        if not self.kept:
            return ""
        kept = self.kept if of is Field.ACCOUNT else self.tr("kept")
        return self.tr("{kept} (leave it empty to keep it)").format(kept=kept)
