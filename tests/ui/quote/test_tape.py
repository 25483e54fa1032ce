"""The tape loses nothing it promised to keep, shows the newest first, and counts what it could not keep."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.market_data import Trade
from hoga.ui.quote.tape import ANY, Gap, Measure, Size, Tape
from tests.support import made_up

S, START = made_up.SAMSUNG, made_up.START
PLAIN = made_up.trade(S)


def trade(serial: int, quantity: int = 10) -> Trade:
    return replace(PLAIN, day_volume=serial, quantity=quantity)


def shown(tape: Tape) -> list[int]:
    return [row.day_volume for at in range(len(tape)) if isinstance(row := tape.row(at), Trade)]


_steps = st.one_of(
    st.tuples(st.just("add"), st.lists(st.integers(1, 40), max_size=6)),
    st.tuples(st.just("pause"), st.booleans()),
    st.tuples(st.just("filter"), st.integers(0, 40)),
)


@given(st.lists(_steps, max_size=40), st.integers(1, 25))
def test_like_a_plain_list(steps: list[tuple[str, object]], most: int) -> None:
    tape, serial = Tape(most), 0
    kept: list[Trade] = []
    waiting: list[Trade] = []
    dropped = 0
    for name, value in steps:
        if name == "add":
            assert isinstance(value, list)
            for quantity in value:
                serial += 1
                tape.add([trade(serial, quantity)])
                (waiting if tape.paused else kept).append(trade(serial, quantity))
            dropped += max(len(waiting) - most, 0)
            waiting = waiting[-most:]
        elif name == "pause":
            tape.pause(bool(value))
            if not value:
                kept, waiting = kept + waiting, []
        else:
            assert isinstance(value, int)
            tape.set_filter(Size(Measure.SHARES, value))
        newest = [t for t in kept if tape.filter.fits(t)][::-1]
        assert shown(tape)[: len(newest)] == [t.day_volume for t in newest][: len(tape)]
        assert len(tape) >= len([t for t in kept[-most:] if tape.filter.fits(t)]), "the newest are all there"
        assert tape.waiting == len([t for t in waiting if tape.filter.fits(t)])
        assert tape.dropped == dropped


def test_sizes_by_shares_and_by_money() -> None:
    assert Size(Measure.SHARES, 10).fits(trade(1, 10)) and not Size(Measure.SHARES, 11).fits(trade(1, 10))
    assert Size(Measure.UNITS, 715_000).fits(trade(1, 10)), "10 shares at 71,500"
    assert not Size(Measure.UNITS, 715_001).fits(trade(1, 10))


def test_gaps_are_shown_whatever_the_filter() -> None:
    tape = Tape()
    tape.set_filter(Size(Measure.SHARES, 1_000))
    tape.add([trade(1), Gap(START + timedelta(seconds=9), 9.0)])
    assert len(tape) == 1 and isinstance(tape.row(0), Gap)


def test_another_instrument_ends_a_pause_and_keeps_the_filter() -> None:
    tape = Tape()
    tape.set_filter(Size(Measure.SHARES, 5))
    tape.pause(True)
    tape.add([trade(1)])
    tape.clear()
    assert (len(tape), tape.waiting, tape.paused, tape.filter.least) == (0, 0, False, 5)


def test_rows_outside_are_refused() -> None:
    tape = Tape()
    tape.add([trade(1)])
    for index in (-1, 1):
        with pytest.raises(IndexError):
            tape.row(index)
    assert tape.filter == ANY
