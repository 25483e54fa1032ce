"""What the next start asks for before its window is there."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from hoga.app.foresight import foreseen
from hoga.broker.port import Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.ui.state import StateStore

_OUTLINE = {"width": 900, "height": 600, "boxes": {}, "account": "", "names": ["가", "나"]}


def test_the_shown_instrument_comes_first_then_the_watch_list(qapp: QApplication) -> None:
    state = StateStore()
    state.put("selected", "KR:000660")
    state.put("outline", {**_OUTLINE, "watched": ["KR:005930", "KR:000660", "moon"]}, 1)
    hynix, samsung = InstrumentId("000660"), InstrumentId("005930")
    assert foreseen(state) == (
        Topic(TopicKind.TRADES, hynix),
        Topic(TopicKind.BOOK, hynix),
        Topic(TopicKind.TRADES, samsung),
    )


def test_nothing_is_foreseen_at_the_first_start_or_from_an_older_one(qapp: QApplication) -> None:
    state = StateStore()
    assert foreseen(state) == ()
    state.put("outline", _OUTLINE, 1)
    assert foreseen(state) == ()
