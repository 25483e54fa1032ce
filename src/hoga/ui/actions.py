"""Every action of the window in one place: what it is called, which key it has, what it does, and why it cannot now.

Menus, buttons, the palette and the list of keys all come from here, so a key is never promised in one place and taken
in another. Two actions that could be meant by one press are refused. A person may change every key; what differs from
the default is kept in the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

import shiboken6
from msgspec import Struct, field
from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from hoga.ui.retelling import Later

Words = Callable[[], str]


class ShortcutTaken(Exception):
    """The key already means something where this action would hear it. ``by`` is that action's id."""

    def __init__(self, keys: str, by: str) -> None:
        super().__init__(f"{keys} already belongs to {by}")
        self.keys = keys
        self.by = by


class _Place(Struct):
    """One QAction: window-wide (``where`` None) or heard only while ``where`` or a child of it has the focus."""

    action: QAction
    where: QWidget | None
    why_not: Words | None


class _Bound(Struct, frozen=True):
    """A button that stands for an action, and how much of it its text tells."""

    button: QAbstractButton
    show_text: bool
    show_key: bool


class Entry(Struct):
    """One action. ``text`` and ``tooltip`` are asked again when the language changes."""

    id: str
    text: Words
    tooltip: Words
    defaults: tuple[str, ...]
    trades: bool
    keys: tuple[str, ...] = ()
    places: list[_Place] = field(default_factory=list)

    def alive(self) -> list[_Place]:
        """Places whose widget still exists; a closed pane takes its actions with it."""
        self.places = [place for place in self.places if shiboken6.isValid(place.action)]
        return self.places


class Actions(QObject):
    """The registry. Signals:

    changed (str): the text, key or readiness of this action is another now.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None, later: Later | None = None) -> None:
        super().__init__(parent)
        self._later = later
        self._entries: dict[str, Entry] = {}
        self._custom: dict[str, tuple[str, ...]] = {}
        self._refused: list[str] = []
        self._window: QWidget | None = None
        self._locked: Words | None = None
        self._look_only: tuple[str, ...] = ()
        self._why_look_only: Words | None = None
        self._bound: dict[str, list[_Bound]] = {}
        self.more: Callable[[], object] = lambda: None
        """Makes what still has actions to add: asked when all are listed, or one is wanted that is not there."""

    def attach(self, window: QWidget) -> None:
        """Window-wide keys are heard by ``window`` from now on."""
        self._window = window
        for entry in self._entries.values():
            for place in entry.alive():
                if place.where is None:
                    window.addAction(place.action)

    def add(
        self,
        id: str,
        text: Words,
        slot: Callable[[], object],
        *,
        shortcut: str | Sequence[str] = (),
        tooltip: Words | None = None,
        why_not: Words | None = None,
        where: QWidget | None = None,
        trades: bool = False,
        checkable: bool = False,
    ) -> QAction:
        """Register an action and return its QAction.

        ``text`` and ``tooltip`` return translated words (``lambda: self.tr("Cancel all")``). ``why_not`` returns an
        empty text while the action can run, else the reason; call ``refresh`` when that may have changed. ``where``
        limits the key to a pane. An action that ``trades`` is off while the account is locked. The same id may be
        added for several panes. Raises ShortcutTaken when the default key is another action's default; a key that
        a person gave to another action stays there, and this one goes without.
        """
        defaults = (shortcut,) if isinstance(shortcut, str) else tuple(shortcut)
        entry = self._entries.get(id)
        if entry is None:
            entry = Entry(id, text, tooltip or (lambda: ""), tuple(map(_normal, defaults)), trades)
            self._check_defaults(entry, where)
            entry.keys = self._first_keys(entry, where)
            self._entries[id] = entry
        action = QAction(where if where is not None else self)
        action.setObjectName(id)
        action.setCheckable(checkable)
        action.triggered.connect(lambda _checked=False: slot())
        if where is None:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if self._window is not None:
                self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            where.addAction(action)
        entry.places.append(_Place(action, where, why_not))
        self._show(entry)
        return action

    # --- asking -----------------------------------------------------------------------------------------------------

    def ids(self) -> tuple[str, ...]:
        """Of all there are, those of tabs that nobody has looked at among them."""
        self.more()
        return tuple(self._entries)

    def has(self, id: str) -> bool:
        """Whether it was added by now."""
        return id in self._entries

    def _entry(self, id: str) -> Entry:
        if id not in self._entries:
            self.more()
        return self._entries[id]

    def ids_within(self, pane: QWidget) -> tuple[str, ...]:
        """Actions whose keys are heard in ``pane`` or a part of it alone."""
        return tuple(
            entry.id
            for entry in self._entries.values()
            if any(p.where is not None and (p.where is pane or pane.isAncestorOf(p.where)) for p in entry.alive())
        )

    def text(self, id: str) -> str:
        return self._entry(id).text()

    def tooltip(self, id: str) -> str:
        return self._entry(id).tooltip()

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys in portable form (``Ctrl+K``)."""
        return self._entry(id).keys

    def defaults(self, id: str) -> tuple[str, ...]:
        return self._entry(id).defaults

    def hint(self, id: str) -> str:
        """The first key as this system writes it, for buttons and menus; empty without one."""
        entry = self._entries.get(id)
        if entry is None or not entry.keys:
            return ""
        return _native(entry.keys[0])

    def action(self, id: str) -> QAction | None:
        """The QAction to show: the first one whose pane is visible, else the first."""
        places = self._entries[id].alive() if id in self._entries else []
        visible = [place for place in places if place.where is None or place.where.isVisible()]
        chosen = visible or places
        return chosen[0].action if chosen else None

    def why_not(self, id: str) -> str:
        """Why it cannot run now; empty when it can."""
        entry, action = self._entry(id), self.action(id)
        place = next((p for p in entry.alive() if p.action is action), None) if action else None
        return self._reason(entry, place) if place is not None else ""

    # --- doing ------------------------------------------------------------------------------------------------------

    def trigger(self, id: str) -> bool:
        """Run it as its key would. False: it cannot run now."""
        if not self.has(id):
            self.more()
        action = self.action(id)
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True

    def press(self, key: QKeyCombination) -> bool:
        """Do what this key means in the whole window. False: nothing, or it cannot be done now."""
        meant = self.meant_by(key)
        return meant is not None and self.trigger(meant)

    def meant_by(self, key: QKeyCombination) -> str | None:
        """The action of the whole window that has this key."""
        found = self._with_key(key)
        if found is None:
            self.more()
            found = self._with_key(key)
        return found

    def _with_key(self, key: QKeyCombination) -> str | None:
        pressed = QKeySequence(key)
        for id, entry in self._entries.items():
            if pressed in _sequences(entry.keys) and any(place.where is None for place in entry.alive()):
                return id
        return None

    def bind(self, button: QAbstractButton, id: str, *, show_text: bool = True, show_key: bool = False) -> None:
        """Let a button stand for an action: text, tooltip, readiness and press follow it."""

        button.setObjectName(id)
        button.clicked.connect(lambda _checked=False: self.trigger(id))
        self._bound.setdefault(id, []).append(_Bound(button, show_text, show_key))
        self._dress(button, id, show_text, show_key)

    def refresh(self, *ids: str) -> None:
        """Ask again whether these actions (none given: all) can run."""
        for id in ids or tuple(self._entries):
            if id in self._entries:
                self._show(self._entries[id])

    def retranslate(self) -> None:
        """What is seen of them at once, the others in pieces where there are frames to be held up."""
        for entry in tuple(self._entries.values()):
            seen = any(
                shiboken6.isValid(one.button) and one.button.isVisible() for one in self._bound.get(entry.id, ())
            )
            if seen or self._later is None or not self._later.going:
                self._show(entry)
            else:
                self._later.add(entry.id, partial(self._show, entry))

    def lock(self, why: Words | None) -> None:
        """Switch everything that trades off, and say why; None switches it on again."""
        self._locked = why
        self.refresh(*(entry.id for entry in self._entries.values() if entry.trades))

    def look_only(self, heads: tuple[str, ...], why: Words) -> None:
        """For good: switch off every action whose id begins with one of these, those that come later too, with
        everything that trades, and say why."""
        self._look_only = heads
        self._why_look_only = why
        self.refresh()

    # --- keys of one's own ------------------------------------------------------------------------------------------

    def remap(self, id: str, keys: Sequence[str]) -> None:
        """Give an action other keys (none: no key). Raises ShortcutTaken and changes nothing when one is taken."""
        entry = self._entry(id)
        wanted = tuple(_normal(key) for key in keys if key)
        for where in [place.where for place in entry.alive()] or [None]:
            taken = self._first_taken(entry, wanted, where)
            if taken is not None:
                raise taken
        entry.keys = wanted
        if wanted == entry.defaults:
            self._custom.pop(id, None)
        else:
            self._custom[id] = wanted
        self._show(entry)

    def custom(self) -> dict[str, tuple[str, ...]]:
        """What differs from the defaults."""
        return dict(self._custom)

    def refused(self) -> tuple[str, ...]:
        """Actions that could not have all their keys, because another one was given the same."""
        return tuple(self._refused)

    def load(self, custom: Mapping[str, Sequence[str]]) -> None:
        """Take over a person's keys, for actions that exist and those to come."""
        for id, keys in custom.items():
            if id not in self._entries:
                self._custom[id] = tuple(map(_normal, keys))
                continue
            try:
                self.remap(id, keys)
            except ShortcutTaken:
                self._refused.append(id)

    def adopt(self, custom: Mapping[str, Sequence[str]]) -> None:
        """Have exactly these keys of a person's own: what they changed in one window holds in all."""
        wanted = {id: tuple(map(_normal, keys)) for id, keys in custom.items()}
        if wanted == self._custom:
            return
        for id in [id for id in self._custom if id not in wanted and id in self._entries]:
            try:
                self.remap(id, self._entries[id].defaults)
            except ShortcutTaken:
                self._refused.append(id)
        self.load({id: keys for id, keys in wanted.items() if self._custom.get(id) != keys})

    # --- inside -----------------------------------------------------------------------------------------------------

    def _check_defaults(self, entry: Entry, where: QWidget | None) -> None:
        for other in self._entries.values():
            shared = set(entry.defaults) & set(other.defaults)
            if shared and any(_overlap(where, place.where) for place in other.alive()):
                raise ShortcutTaken(sorted(shared)[0], other.id)

    def _first_keys(self, entry: Entry, where: QWidget | None) -> tuple[str, ...]:
        """The person's keys, else the defaults, else what of the defaults nobody was given."""
        wanted = self._custom.get(entry.id, entry.defaults)
        if self._first_taken(entry, wanted, where) is None:
            return wanted
        self._refused.append(entry.id)
        self._custom.pop(entry.id, None)
        return tuple(key for key in entry.defaults if self._first_taken(entry, (key,), where) is None)

    def _first_taken(self, entry: Entry, keys: Sequence[str], where: QWidget | None) -> ShortcutTaken | None:
        for other in self._entries.values():
            shared = set(keys) & set(other.keys)
            if other is entry or not shared:
                continue
            if any(_overlap(where, place.where) for place in other.alive()):
                return ShortcutTaken(sorted(shared)[0], other.id)
        return None

    def _reason(self, entry: Entry, place: _Place) -> str:
        if self._why_look_only is not None and (entry.trades or entry.id.startswith(self._look_only)):
            return self._why_look_only()
        if entry.trades and self._locked is not None:
            return self._locked()
        return place.why_not() if place.why_not is not None else ""

    def _show(self, entry: Entry) -> None:
        for place in entry.alive():
            reason = self._reason(entry, place)
            place.action.setText(entry.text())
            place.action.setShortcuts(_sequences(entry.keys))
            place.action.setToolTip(self._tip(entry, reason))
            place.action.setEnabled(not reason)
        bound = [one for one in self._bound.get(entry.id, ()) if shiboken6.isValid(one.button)]
        self._bound[entry.id] = bound
        for one in bound:
            self._dress(one.button, entry.id, one.show_text, one.show_key)
        self.changed.emit(entry.id)

    def _tip(self, entry: Entry, reason: str) -> str:
        keys = self.hint(entry.id)
        head = f"{entry.text()} ({keys})" if keys else entry.text()
        return "\n".join(filter(None, (head, entry.tooltip(), reason)))

    def _dress(self, button: QAbstractButton, id: str, show_text: bool, show_key: bool) -> None:
        action = self.action(id)
        if action is None:
            button.setEnabled(False)
            return
        if show_text:
            key = self.hint(id) if show_key else ""
            button.setText(f"{action.text()}  {key}" if key else action.text())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.setAccessibleDescription(action.toolTip())
        button.setEnabled(action.isEnabled())


@cache
def _native(key: str) -> str:
    """Asked again for every action with every change of readiness, and reading a key is slow."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


@cache
def _sequences(keys: tuple[str, ...]) -> list[QKeySequence]:
    return [QKeySequence(key) for key in keys]


def _normal(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _overlap(one: QWidget | None, other: QWidget | None) -> bool:
    """Whether one press could reach both: one is window-wide, or they are the same pane or lie in each other."""
    if one is None or other is None or one is other:
        return True
    return one.isAncestorOf(other) or other.isAncestorOf(one)
