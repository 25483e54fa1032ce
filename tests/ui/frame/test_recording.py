"""Recording is switched on from the menu, is seen in the status bar, and is kept as a setting."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoga.storage.recordings.bounds import segments
from hoga.trading.market_recorder import MarketRecorder
from hoga.ui.context import Toast
from hoga.ui.tone import Tone
from tests.support import made_up
from tests.ui.frame.conftest import Frame


def test_it_is_switched_on_and_off_and_shown(frame: Frame, tmp_path: Path) -> None:
    desk, part = frame.desk, frame.window.status.recording
    assert frame.context.actions.why_not("record") != ""
    desk.market_recorder = MarketRecorder(desk.board, tmp_path, "korea", desk.instrument)
    frame.context.actions.refresh("record")
    frame.context.actions.trigger("record")
    frame.context.second.emit()
    assert desk.market_recorder.state.on and frame.window.preferences.now.record_market
    assert (part.shown.text, part.shown.tone, part.isHidden()) == ("REC", Tone.GOOD, False)
    desk.feed(made_up.trade(made_up.SAMSUNG))
    frame.context.actions.trigger("record")
    frame.context.second.emit()
    assert not desk.market_recorder.state.on and part.isHidden()
    asyncio.run(desk.market_recorder.aclose())
    assert len(segments(tmp_path)) == 1


def test_a_recording_is_opened_in_a_window_of_its_own(frame: Frame, tmp_path: Path) -> None:
    recordings, asked = frame.window.recordings, list[list[str]]()
    entry = frame.context.actions.action("replay.open")
    assert entry is not None and entry in frame.window.menu.actions()
    recordings.start = lambda arguments: not asked.append(list(arguments))
    toasts: list[Toast] = []
    frame.context.toast.connect(toasts.append)
    frame.desk.market_recorder = MarketRecorder(frame.desk.board, tmp_path, "korea", frame.desk.instrument)
    dialog = recordings.ask()
    assert dialog.isVisible() and Path(dialog.directory().absolutePath()) == tmp_path
    dialog.fileSelected.emit(str(tmp_path / "a.hogarec"))
    dialog.close()
    assert asked[0][:3] == ["desk", "--replay", str(tmp_path / "a.hogarec")] and "a.hogarec" in toasts[-1].text
    recordings.start = lambda arguments: False
    recordings.play("b.csv")
    assert "could not be opened" in toasts[-1].text
