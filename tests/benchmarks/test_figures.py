"""The measuring programs run and give ratios. How large they are depends on the machine and is never asserted."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.benchmarks import __main__ as program
from tests.benchmarks import decode, frames
from tests.benchmarks.day import Sample, slope
from tests.benchmarks.figures import Figure, alternate, late, report


def test_a_cost_must_stay_under_its_target_and_a_speed_must_reach_it() -> None:
    cost = Figure("a", 2.0, "us", "bound", 1.0, target=3)
    speed = Figure("b", 2.0, "us", "peer", 10.0, target=6, faster=True)
    assert (cost.ratio, cost.holds) == (2.0, True)
    assert (speed.ratio, speed.holds) == (5.0, False)
    assert Figure("c", 2.0, "ms", target=1.5).holds is False, "a target without a peer is for the figure itself"
    assert Figure("d", 2.0, "us", "peer", None, 6, why="peer is not installed").holds is None


def test_a_missing_peer_is_named_in_the_table() -> None:
    text = report([Figure("d", 2.0, "us", "peer", None, 6, why="peer is not installed")])
    assert "peer is not installed" in text


def test_contenders_take_turns_and_the_first_turn_does_not_count() -> None:
    turns: list[str] = []
    moments = iter([0.0, 100.0, 400.0, 404.0, 500.0, 502.0])
    contenders = {"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}
    found = alternate(contenders, 1, each=2, clock=lambda: next(moments))
    assert turns == ["a", "b", "a", "b"]
    assert found == {"a": 2.0, "b": 1.0}


def test_the_slope_of_memory_is_what_an_hour_adds() -> None:
    assert slope([Sample(0.5 * n, 100.0 + n, 0) for n in range(9)]) == pytest.approx(2.0)
    assert slope([Sample(0.5 * n, 100.0 + n % 2, 0) for n in range(13)]) == pytest.approx(0.0, abs=0.01)
    assert slope([Sample(1.0, 100.0, 0)]) == 0.0


def test_the_late_part_of_values() -> None:
    assert late([float(n) for n in range(100, 0, -1)], 0.99) == 100.0
    with pytest.raises(ValueError, match="nothing"):
        late([], 0.5)


def test_the_recorded_frames_are_read_whole_by_both_decoders() -> None:
    kis_trade, kis_book = decode.kis_reader(False), decode.kis_reader(True)
    kiwoom_trade, kiwoom_book = decode.kiwoom_reader(False), decode.kiwoom_reader(True)
    kinds: Counter[str] = Counter()
    for text in frames.kis_trades(30, decode.AT):
        kinds.update(type(one).__name__ for one in kis_trade(text))  # type: ignore[attr-defined]
    for text in frames.kis_books(30, decode.AT):
        books = kis_book(text)
        assert all(len(one.asks) == len(one.bids) == 10 for one in books)  # type: ignore[attr-defined]
        kinds.update(type(one).__name__ for one in books)  # type: ignore[attr-defined]
    for text in frames.kiwoom_trades(30, decode.AT):
        kinds.update(type(one).__name__ for one in kiwoom_trade(text))  # type: ignore[attr-defined]
    for text in frames.kiwoom_books(30, decode.AT):
        kinds.update(type(one).__name__ for one in kiwoom_book(text))  # type: ignore[attr-defined]
    assert kinds == {"Trade": 60, "Book": 60}
    assert frames.kis_trades(5, decode.AT) == frames.kis_trades(5, decode.AT), "the same recording every time"


@pytest.mark.parametrize("name", ["decode", "journal", "plan", "chart", "table", "scale", "day"])
def test_a_program_runs_and_ends_with_a_line_of_ratios(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main([name, "--quick"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["figures"]
    assert all(one["ratio"] is None or one["ratio"] > 0 for one in told["figures"])
    assert any(one["ratio"] or one["why"] for one in told["figures"]), "a peer that is not here is said"


def test_a_name_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["nothing"])
    assert "decode" in capsys.readouterr().err
