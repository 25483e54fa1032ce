"""Both languages whole: every text of the window has its Korean, and what is compiled is what was translated."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from hoga.base.message import Language
from hoga.ui.i18n import Translators
from hoga.ui.tabs import Page, page_text

ROOT = Path(__file__).resolve().parents[3]
AREAS = ("quote", "chart", "order", "connect", "accounts", "safety", "limits", "plan", "tables", "frame")


@pytest.fixture
def translate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    module = importlib.import_module("translate")
    monkeypatch.delitem(sys.modules, "translate")
    return module


def test_every_text_is_translated_and_what_is_compiled_is_current(translate: ModuleType) -> None:
    assert translate.problems() == []


def test_the_areas_are_all_there_are(translate: ModuleType) -> None:
    assert {*translate.AREAS, translate.REST} == set(AREAS)
    assert sum(len(texts) for texts in translate.collect().values()) > 300


def test_texts_are_collected_by_the_class_they_stand_in(translate: ModuleType) -> None:
    source = """
class One(QObject):
    def say(self):
        tr = QCoreApplication.translate
        return self.tr("mine"), tr("Other", "given"), lambda: self.tr("inside")
"""
    assert list(translate.texts_of(source, "x.py")) == [("One", "mine"), ("Other", "given"), ("One", "inside")]


@pytest.mark.parametrize("line", ['self.tr(f"{x}")', "self.tr(text)", 'other.tr("x")', 'self.tr("")'])
def test_a_text_that_cannot_be_collected_is_refused(translate: ModuleType, line: str) -> None:
    with pytest.raises(translate.Untranslatable):
        list(translate.texts_of(f"class A:\n    def b(self):\n        {line}\n", "x.py"))


def test_a_missing_stale_or_unlike_translation_is_found(
    translate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ui = tmp_path / "ui"
    (ui / "i18n").mkdir(parents=True)
    (ui / "one.py").write_text('class A:\n    def b(self):\n        self.tr("Sent {count}")\n', encoding="utf-8")
    monkeypatch.setattr(translate, "ROOT", tmp_path)
    monkeypatch.setattr(translate, "UI", ui)
    monkeypatch.setattr(translate, "I18N", ui / "i18n")
    ts = ui / "i18n" / "frame_ko.ts"
    translate.update(["frame"])
    assert translate.problems() == ["frame_ko.ts: not translated: A: Sent {count}"]
    ts.write_text(translate.ts_text([("A", "Sent {count}")], {("A", "Sent {count}"): "보냄 {n}"}), encoding="utf-8")
    found = translate.problems()
    assert "frame_ko.qm is out of date: run packaging/translate.py" in found
    assert "frame_ko.ts: values differ: 'Sent {count}'" in found
    ts.write_text(translate.ts_text([("A", "Sent {count}")], {("A", "Sent {count}"): "보냄 {count}"}), encoding="utf-8")
    translate.update(["frame"])
    assert translate.problems() == []


def test_the_language_can_be_switched_there_and_back(qapp: QApplication) -> None:
    translators = Translators()
    assert page_text(Page.PENDING).title == "Pending"
    translators.use(Language.KO)
    assert page_text(Page.PENDING).title == "미체결"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    translators.close()
    assert page_text(Page.PENDING).title == "Pending"


def test_what_qt_leaves_out_in_korean_is_filled_in(qapp: QApplication) -> None:
    translators = Translators()
    translators.use(Language.KO)
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "찾는 위치(&L):"
    assert QCoreApplication.translate("QFileDialog", "&Open") == "열기(&O)"
    translators.close()
