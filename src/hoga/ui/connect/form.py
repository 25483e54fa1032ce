"""One connection to fill in: broker and environment, keys, where they are kept, and for experts another address."""

from __future__ import annotations

import itertools

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from hoga.domain.accounts import Stakes
from hoga.trading.connections import Addresses, Details, Draft, Keep, Key
from hoga.trading.key_fields import OTHER_HOST
from hoga.trading.key_files import Found
from hoga.ui.check import CheckBox
from hoga.ui.connect.fields import KeyFields
from hoga.ui.connect.look import Note, StakesChip
from hoga.ui.connect.site import Site
from hoga.ui.connect.words import (
    Environment,
    House,
    environment_of,
    environment_words,
    field_words,
    house_of,
    house_words,
    issued_at,
    own_environment,
    profile_of,
    usual_name,
)
from hoga.ui.painting import bold, grid

_PRACTICE = (Environment.PRACTICE, Environment.PRACTICE_PAPER)
_SWAPPED = {
    Environment.REAL: Environment.PAPER,
    Environment.PAPER: Environment.REAL,
}


class ConnectionForm(QWidget):
    """Holds what a person fills in until it is saved or dropped. Sends nothing itself. Signals:

    edited: something is another; ask ``why_not`` and ``draft`` anew.
    """

    edited = Signal()

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._before: Details | None = None
        self._named = False
        self.house, self.environment, self.keep = QComboBox(self), QComboBox(self), QComboBox(self)
        self.name = QLineEdit(self)
        self.chip = StakesChip(self)
        self.where = Note(self)
        self.fields = KeyFields(site, self)
        self.kept_where = Note(self)
        self.advanced = CheckBox(self)
        self.rest, self.ws = QLineEdit(self), QLineEdit(self)
        self.elsewhere = Note(self, little=False)
        self._labels = {one: QLabel(self) for one in ("house", "environment", "name", "keep", "rest", "ws")}
        self._lay_out()
        self._order_keys()
        self._connect()
        self.retranslate()
        site.changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        self.elsewhere.setFont(bold(self.font()))
        self._upper = rows = QGridLayout()
        rows.setHorizontalSpacing(grid(self, 3))
        rows.setVerticalSpacing(grid(self, 2))
        rows.setColumnStretch(1, 1)
        for line, (one, box) in enumerate((("house", self.house), ("environment", self.environment))):
            self._labels[one].setBuddy(box)
            rows.addWidget(self._labels[one], line, 0)
            rows.addWidget(box, line, 1)
        self._labels["name"].setBuddy(self.name)
        rows.addWidget(self._labels["name"], 2, 0)
        named = QHBoxLayout()
        named.addWidget(self.name, 1)
        named.addWidget(self.chip)
        rows.addLayout(named, 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(grid(self, 3))
        column.addLayout(rows)
        column.addWidget(self.where)
        column.addWidget(self.fields)
        self._lower = self._lower_rows()
        column.addLayout(self._lower)
        column.addStretch(1)

    def _lower_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setHorizontalSpacing(grid(self, 3))
        rows.setVerticalSpacing(grid(self))
        rows.setColumnStretch(1, 1)
        self._labels["keep"].setBuddy(self.keep)
        rows.addWidget(self._labels["keep"], 0, 0)
        rows.addWidget(self.keep, 0, 1)
        rows.addWidget(self.kept_where, 1, 1)
        rows.addWidget(self.advanced, 2, 0, 1, 2)
        for line, (one, edit) in enumerate((("rest", self.rest), ("ws", self.ws)), start=3):
            self._labels[one].setBuddy(edit)
            rows.addWidget(self._labels[one], line, 0)
            rows.addWidget(edit, line, 1)
        rows.addWidget(self.elsewhere, 5, 0, 1, 2)
        return rows

    def _order_keys(self) -> None:
        """Tab goes through everything as it stands, from top to bottom."""
        keys = [part for line in self.fields.lines.values() for part in (line.edit, line.eye)]
        order: list[QWidget] = [self.house, self.environment, self.name, *keys]
        order += [self.keep, self.advanced, self.rest, self.ws]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for box in (self.house, self.environment, self.keep):
            box.currentIndexChanged.connect(self._changed)
        self.name.textEdited.connect(self._name_given)
        self.advanced.toggled.connect(self._changed)
        for edit in (self.name, self.rest, self.ws):
            edit.textChanged.connect(self._changed)
        self.fields.edited.connect(self.edited)

    # --- what is in it ----------------------------------------------------------------------------------------------

    def begin(self, details: Details | None = None, found: Found | None = None) -> None:
        """Start anew: empty, with a connection that exists, or with what was found in a file."""
        self._before = details
        self.fields.clear()
        self._named = details is not None
        profile = details.profile if details is not None else found.profile if found is not None else None
        environment = Environment.REAL
        if details is not None:
            environment = environment_of(details)
        elif found is not None:
            environment = own_environment(found.profile)
        self._choose(self.house, House.KIS if profile is None else house_of(profile))
        self._choose(self.environment, environment)
        self._choose(self.keep, Keep.KEYRING if details is None else details.keep)
        at = details.addresses if details is not None else None
        self.advanced.setChecked(at is not None)
        self.rest.setText(at.rest if at is not None else "")
        self.ws.setText(at.ws if at is not None else "")
        self.name.setText(details.name if details is not None else "")
        if found is not None:
            self.fields.fill(found.secrets)
        self._changed()

    def to_other_environment(self) -> None:
        """Real instead of paper or back, with the same keys."""
        here = self.environment.currentData()
        if here in _SWAPPED:
            self._choose(self.environment, _SWAPPED[here])

    def keep_for_this_run(self) -> None:
        self._choose(self.keep, Keep.THIS_RUN)

    def draft(self) -> Draft:
        house, environment = self.house.currentData(), self.environment.currentData()
        at = None
        if self.advanced.isChecked() and self._other_address():
            at = Addresses(self.rest.text().strip(), self.ws.text().strip())
        practice = environment in _PRACTICE
        before = self._before or Details(Key(""), "", profile_of(house, environment))
        details = replace(
            before,
            name=self.name.text().strip() or usual_name(house, environment),
            profile=profile_of(house, environment),
            practice=practice,
            addresses=None if practice else at,
            keep=self.keep.currentData(),
        )
        return Draft(details, {} if practice else self.fields.secrets())

    def why_not(self) -> str:
        """Why it can be neither tested nor saved as it is; empty when it can."""
        if self.environment.currentData() in _PRACTICE:
            return ""
        found = self.fields.problem()
        if found is not None:
            of, what = found
            return f"{field_words(of)}: {self._site.worded(what.message).replace(' · ', ' ')}"
        if self.advanced.isChecked() and self._other_address() and not (self.rest.text() and self.ws.text()):
            return self.tr("Another host needs both addresses, or none.")
        return ""

    @property
    def stakes(self) -> Stakes:
        return self.draft().details.stakes

    def forget(self) -> None:
        """Nothing of what was typed stays."""
        self.fields.clear()

    def _other_address(self) -> bool:
        return bool(self.rest.text().strip() or self.ws.text().strip())

    # --- how it looks -----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        words = {
            "house": self.tr("Broker"),
            "environment": self.tr("Environment"),
            "name": self.tr("Name"),
            "keep": self.tr("Keep the keys"),
            "rest": self.tr("REST address"),
            "ws": self.tr("Live address"),
        }
        for one, label in self._labels.items():
            label.setText(words[one])
        for one, box in (("house", self.house), ("environment", self.environment), ("keep", self.keep)):
            box.setAccessibleName(words[one])
        for one, edit in (("name", self.name), ("rest", self.rest), ("ws", self.ws)):
            edit.setAccessibleName(words[one])
        self._refill(self.house, {house: house_words(house) for house in House})
        self._refill(self.environment, {one: environment_words(one) for one in Environment})
        self._refill(
            self.keep,
            {
                Keep.KEYRING: self.tr("In this system's keyring"),
                Keep.THIS_RUN: self.tr("For this run only, in memory"),
            },
        )
        self.advanced.setText(self.tr("Advanced: another host than the broker's own"))
        self.fields.refresh()
        widest = max(self.fields.widest_label, *(label.sizeHint().width() for label in self._labels.values()))
        for rows in (self._upper, self.fields.rows, self._lower):
            rows.setColumnMinimumWidth(0, widest)
        self._changed()

    def _refill(self, box: QComboBox, items: dict[object, str]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        for value, words in items.items():
            box.addItem(words, value)
        box.blockSignals(False)
        self._choose(box, chosen)

    @staticmethod
    def _choose(box: QComboBox, value: object) -> None:
        place = next((k for k in range(box.count()) if box.itemData(k) == value), 0)
        box.setCurrentIndex(place)

    def _name_given(self) -> None:
        self._named = bool(self.name.text())

    def _changed(self) -> None:
        house, environment = self.house.currentData(), self.environment.currentData()
        if house is None or environment is None:
            return
        profile, practice = profile_of(house, environment), environment in _PRACTICE
        existing = self._before is not None
        same = self._before is not None and self._before.profile in (profile, OTHER_HOST[profile])
        kept = self._before.label if self._before is not None and same and not self._before.practice else ""
        self.house.setEnabled(not existing)
        self.fields.use(profile, kept)
        self.chip.show_stakes(self.stakes)
        self.name.setPlaceholderText(usual_name(house, environment))
        self.where.tell(self._where_words(practice) or issued_at(profile), self._site.tokens.dim)
        _show(not practice, self.fields, self.keep, self._labels["keep"], self.kept_where, self.advanced)
        open_ = self.advanced.isChecked() and not practice
        _show(open_, self.rest, self.ws, self._labels["rest"], self._labels["ws"], self.elsewhere)
        self._show_notes()
        self.edited.emit()

    def _where_words(self, practice: bool) -> str:
        if not practice:
            return ""
        return self.tr(
            "Made-up money at the exchange on this machine. It needs no keys, and nothing leaves this machine."
        )

    def _show_notes(self) -> None:
        tokens = self._site.tokens
        if self.keep.currentData() is Keep.THIS_RUN:
            text = self.tr("Gone when hoga ends: you enter them again next time. Never written to a file.")
        else:
            text = self.tr("One entry for each key in the keyring of this system; never in a file.")
        self.kept_where.tell(text, tokens.dim)
        self.rest.setPlaceholderText("https://…")
        self.ws.setPlaceholderText("wss://…")
        if self._other_address():
            text = self.tr(
                "PRACTICE: whatever answers at this address is not the broker's own host. Your keys are sent there. "
                "Enter it only if you run it yourself."
            )
            self.elsewhere.tell(text, tokens.warn)
        else:
            self.elsewhere.tell(self.tr("Empty: the broker's own host."), tokens.dim)


def _show(visible: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(visible)
