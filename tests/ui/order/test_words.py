"""Every reason is shown, in both languages, as a sentence: no bare code, no empty place, no brace."""

from __future__ import annotations

import ast
import inspect
import re
import xml.etree.ElementTree as ET
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from hoga.base.message import Language, Message
from hoga.domain.known import Unknown
from hoga.domain.sessions import Phase
from hoga.domain.tickets import Side
from hoga.trading.views import Preview
from hoga.trading.wording_gate import GATE
from hoga.ui.order import reasons
from hoga.ui.order.reasons import in_words, phase_word
from tests.support.fake_desk import FakeDesk, make_context
from tests.ui.order.conftest import Bench, MakeBench

OURS = sorted(
    key.value
    for node in ast.walk(ast.parse(inspect.getsource(reasons._ours)))
    if isinstance(node, ast.Dict)
    for key in node.keys
    if isinstance(key, ast.Constant) and isinstance(key.value, str)
)
VALUES = {
    "seconds": 12, "phase": "closed", "until": "09:00", "percent": "+4.20%", "last": "71,500", "amount": 6_000_000,
    "most": 5_000_000, "rest": 300, "price": "71,530",
}  # fmt: skip
NONE = Unknown(Message("NO_DATA_YET"))
_HANGUL = re.compile("[가-힣]")


@pytest.mark.parametrize("code", OURS)
@pytest.mark.usefixtures("korean")
def test_our_reasons_in_korean(code: str) -> None:
    context = make_context(FakeDesk(), Language.KO)
    text = in_words(context, Message(code, VALUES))
    context.stop()
    assert _HANGUL.search(text)
    assert "{" not in text
    assert code not in text


@pytest.mark.parametrize("code", OURS)
def test_our_reasons_in_english(code: str) -> None:
    context = make_context(FakeDesk(), Language.EN)
    text = in_words(context, Message(code, VALUES))
    context.stop()
    assert text.endswith((".", "?", ":")) or "choose one" in text
    assert "{" not in text
    assert code not in text


@pytest.mark.usefixtures("korean")
def test_every_phase_has_a_word() -> None:
    assert all(_HANGUL.search(phase_word(phase.value)) for phase in Phase)


def show(bench: Bench, code: str) -> str:
    bench.desk.answers["preview"] = Preview((Message(code, {}),), (), NONE, NONE, NONE, NONE)
    bench.page.model.type_size("10")
    return bench.page.ticket.why_not.text()


def test_every_refusal_of_the_gate_is_shown_in_both_languages(make_bench: MakeBench) -> None:
    english = make_bench(Language.EN)
    korean = make_bench(Language.KO)
    for code, wording in GATE.items():
        said = show(english, code)
        assert said, code
        assert code not in said
        assert wording.action(Message(code, {}), Language.EN) in said, "what to do about it is said too"
        assert not english.page.ticket.send.isEnabled()
        assert _HANGUL.search(show(korean, code)), code


@pytest.mark.usefixtures("korean")
def test_a_language_is_switched_while_open(bench: Bench) -> None:
    bench.page.model.type_size("10")
    bench.context.set_language(Language.KO)
    assert bench.page.ticket.price.label.text() == "가격"
    assert "삼성전자" in bench.page.ticket.head.name.text()
    assert "지정가" in bench.page.ladder.mode.text()
    assert bench.page.working.cancel_side[Side.BUY].text() == "매수 취소"


def test_translations_keep_their_places() -> None:
    """What stands in braces in English stands in the Korean too, and nothing else does."""
    with resources.as_file(resources.files("hoga.ui.i18n") / "order_ko.ts") as path:
        messages = ET.fromstring(Path(path).read_text("utf-8")).iter("message")  # noqa: S314 our own file
    places = re.compile(r"{\w+}")
    for message in messages:
        source, korean = message.findtext("source", ""), message.findtext("translation", "")
        assert sorted(places.findall(source)) == sorted(places.findall(korean)), source


def test_every_control_has_a_name(bench: Bench) -> None:
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for control in bench.page.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or getattr(control, "text", str)(), control
