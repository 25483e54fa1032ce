"""Keys out of a file: what was found is shown masked, taken over one by one, and then the file can be deleted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from hoga.base.masks import mask_account
from hoga.base.message import Message
from hoga.trading.connections import Field
from hoga.trading.key_files import LARGEST, Found, NoKeys, find_keys
from hoga.ui.check import RadioButton
from hoga.ui.connect.look import Note
from hoga.ui.connect.site import Site
from hoga.ui.connect.words import environment_words, field_words, house_of, own_environment, short_house_words
from hoga.ui.painting import grid


class ImportPage(QWidget):
    """Signals:

    taken (Found): fill these in.
    """

    taken = Signal(object)

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._path: Path | None = None
        self._deleted = False
        self.found: tuple[Found, ...] = ()
        self.saved: set[int] = set()
        self.trouble: Message | None = None
        self.about, self.said, self.after = Note(self, little=False), Note(self, little=False), Note(self, little=False)
        self.choose, self.take, self.delete = QPushButton(self), QPushButton(self), QPushButton(self)
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self.choices: list[QRadioButton] = []
        self._current: int | None = None
        self._lay_out()
        self.choose.clicked.connect(self.ask_file)
        self.take.clicked.connect(self._take)
        self.delete.clicked.connect(self.delete_source)
        site.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        for button in (self.choose, self.take, self.delete):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(grid(self, 3))
        column.addWidget(self.about)
        column.addWidget(self.said)
        column.addLayout(self._list)
        column.addWidget(self.after)
        column.addLayout(foot)
        column.addStretch(1)

    # --- the file ---------------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("A file with keys"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Keys (*.env .env* *.json *.yaml *.yml *.txt *.toml *.ini)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, path: str) -> None:
        """Look for keys in a file and show what was found."""
        self._path, self._deleted, self._current = Path(path), False, None
        self.found, self.saved, self.trouble = (), set(), None
        name = self._path.name
        try:
            with self._path.open("rb") as file:
                content = file.read(LARGEST + 1)
            self.found = find_keys(content, name)
        except OSError as error:
            self.trouble = Message("KEYS_FILE_UNREADABLE", {"file": name, "why": error.strerror or "?"})
        except NoKeys as error:
            self.trouble = error.message
        self._show_choices()
        self.refresh()

    def was_saved(self) -> None:
        """What was taken last is kept now."""
        if self._current is not None:
            self.saved.add(self._current)
            self._current = None
        left = [k for k in range(len(self.found)) if k not in self.saved]
        if left and self.choices:
            self.choices[left[0]].setChecked(True)
        self.refresh()

    def delete_source(self) -> None:
        """The file itself; copies elsewhere are beyond reach, and that is said."""
        if self._path is None:
            return
        try:
            self._path.unlink()
        except OSError as error:
            self.trouble = Message("KEYS_FILE_KEPT", {"file": self._path.name, "why": error.strerror or "?"})
        else:
            self._deleted = True
        self.refresh()

    def forget(self) -> None:
        """Nothing of the file stays in memory."""
        self._path, self.found, self.saved, self.trouble, self._current = None, (), set(), None, None
        self._show_choices()
        self.refresh()

    @property
    def open(self) -> bool:
        """Whether there is still something of a file to deal with."""
        return bool(self.found) and not self._deleted

    def _take(self) -> None:
        chosen = self._group.checkedId()
        if 0 <= chosen < len(self.found):
            self._current = chosen
            self.taken.emit(self.found[chosen])

    # --- how it looks -----------------------------------------------------------------------------------------------

    def _show_choices(self) -> None:
        for button in self.choices:
            self._group.removeButton(button)
            self._list.removeWidget(button)
            button.deleteLater()
        self.choices = [RadioButton(self) for _ in self.found]
        for id, button in enumerate(self.choices):
            self._group.addButton(button, id)
            self._list.addWidget(button)
        if self.choices:
            self.choices[0].setChecked(True)

    def refresh(self) -> None:
        tokens = self._site.tokens
        self.choose.setText(self.tr("Choose a &file…"))
        self.take.setText(self.tr("&Fill these in…"))
        self.delete.setText(self.tr("Delete the &file"))
        self.about.tell(
            self.tr(
                "hoga finds app keys in a .env, a secret file of python-kis and a kis_devlp.yaml. "
                "Choose one, or drag it here. Nothing is shown of a secret."
            ),
            tokens.dim,
        )
        for id, (button, found) in enumerate(zip(self.choices, self.found, strict=True)):
            button.setText(("✓ " if id in self.saved else "") + self._found_words(found))
        self.take.setVisible(bool(self.found))
        self.delete.setVisible(bool(self.saved) and not self._deleted)
        self._show_said()

    def _show_said(self) -> None:
        tokens = self._site.tokens
        name = self._path.name if self._path is not None else ""
        if self.trouble is not None:
            self.said.tell("✕ " + self._site.worded(self.trouble).replace(" · ", "\n"), tokens.bad)
        elif self.found:
            self.said.tell(self.tr("Found in {file}:").format(file=name), tokens.text)
        else:
            self.said.tell("", tokens.text)
        self.after.setVisible(bool(self.saved))
        if self._deleted:
            self.after.tell(self.tr("{file} was deleted.").format(file=name) + " " + self._copies_words(), tokens.good)
        elif self.saved:
            text = self.tr("The keys are kept by hoga now. {file} still holds them for everybody who can read it.")
            self.after.tell(text.format(file=name) + " " + self._copies_words(), tokens.warn)

    def _copies_words(self) -> str:
        if self._path is not None and any((folder / ".git").exists() for folder in self._path.parents):
            return self.tr("It lies in a git repository: if it was ever committed, have new keys issued by the broker.")
        return self.tr("Backups and synchronised folders may still hold copies.")

    def _found_words(self, found: Found) -> str:
        environment = own_environment(found.profile)
        words = [f"{short_house_words(house_of(found.profile))} · {environment_words(environment)}"]
        if found.assumed:
            words[0] += self.tr(" (assumed: the file does not say)")
        for of, secret in found.secrets.items():
            length = len(secret.reveal())
            if of is Field.ACCOUNT:
                words.append(mask_account(secret.reveal()))
            elif of is Field.HTS_ID:
                words.append(field_words(of))
            else:
                words.append(self.tr("{field}: {length} letters").format(field=field_words(of), length=length))
        return " · ".join(words)


def dropped_file(event: QDragEnterEvent | QDropEvent) -> str | None:
    """The one local file that is being dragged; None for anything else."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else None
