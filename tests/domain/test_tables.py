"""Dated tables: what is in force, and what a broken data file does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import msgspec
import pytest

from hoga.domain.tables import RuleUnknown, Strict, in_force, in_order, load


@dataclass(frozen=True)
class Row:
    since: date


ROWS = [Row(date(2020, 1, 1)), Row(date(2023, 1, 25))]


@pytest.mark.parametrize(
    ("day", "row"), [(date(2020, 1, 1), 0), (date(2023, 1, 24), 0), (date(2023, 1, 25), 1), (date(2030, 1, 1), 1)]
)
def test_a_row_holds_from_its_first_day_until_the_next(day: date, row: int) -> None:
    assert in_force(ROWS, day, "a rule") is ROWS[row]


def test_before_the_first_row_nothing_is_known() -> None:
    with pytest.raises(RuleUnknown, match="a rule: no rule on file for 2019-12-31"):
        in_force(ROWS, date(2019, 12, 31), "a rule")


def test_rows_out_of_order_are_refused() -> None:
    assert in_order(ROWS, "a rule") == tuple(ROWS)
    for rows in (ROWS[::-1], [ROWS[0], ROWS[0]]):
        with pytest.raises(ValueError, match="a rule"):
            in_order(rows, "a rule")


class _Wrong(Strict, frozen=True):
    source: str


def test_an_unknown_field_of_a_data_file_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        load("ticks.json", _Wrong)


def test_every_data_file_names_its_source() -> None:
    data = [file for file in files("hoga.domain").joinpath("data").iterdir() if file.name.endswith(".json")]
    assert {file.name for file in data} >= {
        "acceptance.json",
        "calendar_krx.json",
        "calendar_nyse.json",
        "costs.json",
        "limits.json",
        "sessions.json",
        "ticks.json",
    }
    for file in data:
        assert msgspec.json.decode(file.read_bytes())["source"], file.name
