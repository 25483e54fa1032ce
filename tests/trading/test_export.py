"""Orders, fills and activity as files for a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hoga.base.message import Language, Message
from hoga.trading.export import export
from tests.trading.rig import Rig, rest, virtual


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("language", list(Language))
def test_everything_is_there_and_opens_in_korean(tmp_path: Path, language: Language) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            (number,) = rig.exchange.rows
            rig.exchange.fill(number, 4, 69_900)
            await rest(5)
            files = await export(
                rig.database, rig.desk.account.connection, tmp_path / "out", language, lambda m: f"=가 {m.code}"
            )
            orders, fills, activity = map(read, files)
            assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in files)
            assert len(orders) == len(fills) == 2
            assert orders[1][1:] == [
                id, "005930", "buy", "limit", "70000", "10", "4", "279600", "6", "partially filled", str(number.number),
            ]  # fmt: skip
            assert fills[1][2:] == ["005930", "buy", "4", "279600", str(number.number)]
            shown = [line.message for line in rig.desk.activity()]
            assert [row[-1] for row in activity[1:]] == [f"'=가 {message.code}" for message in shown]
            assert any(isinstance(message, Message) and message.code == "ORDER_TAKEN" for message in shown)

    virtual(main())
