"""Sounds: told apart by rhythm, real from practice by fullness, heard when they should be and once."""

from __future__ import annotations

import sys
import wave
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from hoga.domain.accounts import Stakes
from hoga.ui.context import Event
from hoga.ui.settings_file import When
from hoga.ui.sounds import RATE, RHYTHMS, samples, system_player, write_wav
from tests.ui.frame.conftest import Frame


def _beats(rhythm: tuple[int, ...]) -> tuple[bool, ...]:
    """Long and short, which is what an ear keeps of it."""
    return tuple(length >= 150 for length in rhythm[::2])


def test_every_two_events_differ_in_rhythm_alone() -> None:
    for (one, first), (other, second) in combinations(RHYTHMS.items(), 2):
        alike = _beats(first) == _beats(second)
        assert not alike or sum(first) != sum(second), (one, other)


@pytest.mark.parametrize("event", list(Event))
def test_the_sound_of_real_money_is_another_than_that_of_practice(event: Event) -> None:
    made = {stakes: samples(RHYTHMS[event], stakes) for stakes in Stakes}
    assert len({one.tobytes() for one in made.values()}) == 3
    length = sum(RATE * part // 1000 for part in RHYTHMS[event])
    for one in made.values():
        assert len(one) == length
        assert max(map(abs, one)) < 2**15 - 1
        assert abs(one[0]) < 100  # no click at the edge
        assert abs(one[-1]) < 2_000


def test_a_wav_file_of_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "filled.wav"
    write_wav(path, RHYTHMS[Event.FILLED], Stakes.REAL)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.getnframes() == sum(RATE * part // 1000 for part in RHYTHMS[Event.FILLED])


def test_many_at_once_are_heard_once(frame: Frame) -> None:
    for _ in range(10):
        frame.context.say(Event.FILLED, "filled")
    assert frame.heard == ["filled"]
    frame.now += 1
    frame.context.say(Event.FILLED, "filled")
    assert frame.heard == ["filled", "filled"]


def test_off_means_off_and_background_only_while_another_program_is_in_front(frame: Frame) -> None:
    sounds = frame.window.sounds
    frame.preferences.file.change(sounds=When.OFF)
    assert not sounds.wanted(Event.FILLED, in_background=True)
    frame.preferences.file.change(sounds=When.BACKGROUND)
    assert sounds.wanted(Event.FILLED, in_background=True)
    assert not sounds.wanted(Event.FILLED, in_background=False)
    frame.preferences.file.change(sounds=When.ALWAYS, muted=frozenset({Event.FILLED}))
    assert not sounds.wanted(Event.FILLED, in_background=True)
    frame.context.sound_wanted.emit(Event.FILLED)
    assert frame.heard == ["filled"]


@pytest.mark.skipif(sys.platform != "linux", reason="the players of Linux")
def test_without_a_player_the_system_beeps(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: beeps.append(1)))
    monkeypatch.setenv("PATH", str(tmp_path))
    system_player()(tmp_path / "x.wav")
    assert beeps == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="the players of Linux")
def test_a_player_of_the_system_gets_the_file(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: object
) -> None:
    said = tmp_path / "said"
    player = tmp_path / "paplay"
    player.write_text(f'#!/bin/sh\necho "$1" > "{said}.new" && mv "{said}.new" "{said}"\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("shutil.which", lambda name: str(player) if name == "paplay" else None)
    system_player()(tmp_path / "x.wav")
    qtbot.waitUntil(said.exists, timeout=5_000)  # type: ignore[attr-defined]
    assert said.read_text().strip() == str(tmp_path / "x.wav")
