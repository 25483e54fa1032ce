"""The button with the named sets: save, load, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from hoga.ui.context import Context, Event
from hoga.ui.plan.asking import ask, ask_name
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.kept import Sets


class SetsButton(QToolButton):
    """``loaded`` (Draft)."""

    loaded = Signal(object)

    def __init__(self, context: Context, now: Callable[[], Draft], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._now = context, now
        self.sets = Sets(context.state)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_of_sets = QMenu(self)
        self.setMenu(self.menu_of_sets)
        self.menu_of_sets.aboutToShow.connect(self.fill)
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self.tr("Named sets"))
        self.setToolTip(self.tr("Targets, rules and rounds under a name: save, load, rename, delete."))
        self.setAccessibleName(self.text())

    def fill(self) -> None:
        menu = self.menu_of_sets
        menu.clear()
        names = self.sets.names()
        save = self._context.actions.action("plan.save_set")
        if save is not None:
            menu.addAction(save)
        menu.addSeparator()
        for name in names:
            menu.addAction(name, partial(self.load, name))
        if names:
            menu.addSeparator()
            renaming, deleting = menu.addMenu(self.tr("Rename")), menu.addMenu(self.tr("Delete"))
            for name in names:
                renaming.addAction(name, partial(self.rename, name))
                deleting.addAction(name, partial(self.delete, name))

    def load(self, name: str) -> None:
        draft = self.sets.load(name)
        if draft is not None:
            self.loaded.emit(draft)

    def save(self) -> None:
        self._context.do("plan: save set", self._save())

    async def _save(self) -> None:
        title = self.tr("Save as a named set")
        name = await ask_name(self._context, self, title, self.tr("Under which name?"))
        if name and (name not in self.sets.names() or await self._may_replace(name)):
            self.sets.save(name, self._now())

    async def _may_replace(self, name: str) -> bool:
        text = self.tr("There is a set “{name}”.").format(name=name)
        return await ask(self._context, self, self.tr("Save as a named set"), text, (self.tr("Replace it"),)) == 0

    def rename(self, name: str) -> None:
        self._context.do("plan: rename set", self._rename(name))

    async def _rename(self, name: str) -> None:
        new = await ask_name(self._context, self, self.tr("Rename"), self.tr("What is it called?"), name)
        if new and new != name and not self.sets.rename(name, new):
            self._context.say(Event.NOTE, self.tr("There is a set “{name}”.").format(name=new), merge="plan.sets")

    def delete(self, name: str) -> None:
        self._context.do("plan: delete set", self._delete(name))

    async def _delete(self, name: str) -> None:
        text = self.tr("Delete the set “{name}”? The targets in the editor stay.").format(name=name)
        if await ask(self._context, self, self.tr("Delete"), text, (self.tr("Delete"),)) == 0:
            self.sets.delete(name)
