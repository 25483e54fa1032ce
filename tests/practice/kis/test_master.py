"""Master files read back by a reader written from kis.md 6.1 alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from hoga.domain.instruments import Market
from hoga.domain.tickets import Side
from hoga.practice.api import Environment
from hoga.practice.kis.master_layout import KOSDAQ, KOSPI, head, tail
from hoga.practice.wire import WireRequest
from tests.practice.kis.bench import CODE, ETN, HALTED, Bench

TAILS = {"kospi_code.mst": 227, "kosdaq_code.mst": 221, "konex_code.mst": 184}
# Offset and width within the tail, from the lists of kis.md 6.1.
FIELDS = {
    "kospi_code.mst": {
        "group": (0, 2),
        "base": (41, 9),
        "lot": (50, 5),
        "halted": (60, 1),
        "managed": (62, 1),
        "warning": (63, 2),
        "previous": (81, 12),
        "shares": (113, 15),
        "cap": (212, 9),
    },
    "kosdaq_code.mst": {
        "group": (0, 2),
        "base": (36, 9),
        "lot": (45, 5),
        "halted": (55, 1),
        "managed": (57, 1),
        "warning": (58, 2),
        "previous": (76, 12),
        "shares": (108, 15),
        "cap": (206, 9),
    },
}


@dataclass(frozen=True)
class Line:
    code: str
    isin: str
    name: str
    fields: dict[str, str]


def unpack(bench: Bench, name: str) -> bytes:
    raw = bench.door.handle(Environment.REAL, WireRequest("GET", f"/common/master/{name}.zip"))
    assert raw.status == 200
    with zipfile.ZipFile(io.BytesIO(raw.body)) as archive:
        assert archive.namelist() == [name]
        return archive.read(name)


def read(bench: Bench, name: str) -> list[Line]:
    lines = []
    for raw in unpack(bench, name).decode("cp949").splitlines():
        width = TAILS[name]
        front, tail_text = raw[:-width], raw[-width:]
        fields = {field: tail_text[o : o + w] for field, (o, w) in FIELDS[name].items()}
        lines.append(Line(front[:9].strip(), front[9:21], front[21:].strip(), fields))
    return lines


def test_lines_are_as_wide_as_the_brokers(bench: Bench) -> None:
    for name, width in (("kospi_code.mst", 288), ("kosdaq_code.mst", 282)):
        raw = unpack(bench, name)
        assert raw.endswith(b"\n")
        assert {len(line) for line in raw[:-1].split(b"\n")} == {width}


def test_every_instrument_stands_in_its_markets_file(bench: Bench) -> None:
    files = {"kospi_code.mst": Market.KOSPI, "kosdaq_code.mst": Market.KOSDAQ}
    seen = 0
    for name, market in files.items():
        for line in read(bench, name):
            instrument = bench.exchange.instruments()[line.code.removeprefix("Q")]
            state = bench.exchange.state(instrument.code)
            assert state is not None
            assert instrument.market is market
            assert (line.isin, line.name) == (instrument.isin, instrument.name_ko)
            assert int(line.fields["base"]) == state.base
            assert int(line.fields["lot"]) == 1
            assert line.fields["halted"] == ("Y" if instrument.flags.halted else "N")
            assert line.fields["managed"] == ("Y" if instrument.flags.managed else "N")
            assert line.fields["warning"] == "00"
            assert int(line.fields["previous"]) == state.previous_volume
            assert int(line.fields["shares"]) == (instrument.listed_shares or 0) // 1000
            assert int(line.fields["cap"]) == (instrument.listed_shares or 0) * state.base // 100_000_000
            seen += 1
    assert seen == len(bench.exchange.instruments())


def test_the_kinds_that_clients_trip_over_are_there(bench: Bench) -> None:
    lines = {line.code: line for name in ("kospi_code.mst", "kosdaq_code.mst") for line in read(bench, name)}
    assert lines[CODE].fields["group"] == "ST"
    assert lines["069500"].fields["group"] == "EF"
    assert lines[f"Q{ETN}"].fields["group"] == "EN"
    assert lines["0126Z0"].name == "삼성에피스홀딩스"
    assert lines["035900"].name == "JYP Ent."
    assert lines[HALTED].fields["halted"] == "Y"
    assert lines["180400"].fields["managed"] == "Y"


def test_offsets_agree_with_recorded_lines(goldens: Path) -> None:
    for name, layout in (("kospi", KOSPI), ("kosdaq", KOSDAQ)):
        file = f"{name}_code.mst"
        for raw in (goldens / "data" / "kis_master" / f"{name}_code_2rows.mst").read_bytes().splitlines():
            recorded = raw.decode("cp949")[-TAILS[file] :]
            values, at = {}, 0
            for field, width in layout:
                values[field] = recorded[at : at + width].rstrip()
                at += width
            made = tail(layout, values).decode("cp949")
            assert made == recorded
            for offset, width in FIELDS[file].values():
                assert made[offset : offset + width] == recorded[offset : offset + width]
            assert values["fiscal_month"] == "12"
            assert int(values["base"]) > 0


def test_a_name_is_cut_between_characters() -> None:
    front = head("005930", "KR7005930003", "가" * 19 + "AB나")
    assert len(front) == 9 + 12 + 40
    assert front[21:].decode("cp949") == "가" * 19 + "AB"
    short = head("005930", "KR7005930003", "가나 AB")
    assert short[21:].decode("cp949") == "가나 AB".ljust(40 - 2)


def test_a_value_that_does_not_fit_is_not_cut_silently() -> None:
    with pytest.raises(ValueError, match="base"):
        tail(KOSPI, {"base": "1" * 10})


def test_markets_that_are_not_here_are_empty_files(bench: Bench) -> None:
    for name in ("konex_code.mst", "nasmst.cod", "nysmst.cod", "amsmst.cod"):
        assert unpack(bench, name) == b""


def test_files_need_no_keys_on_either_host_and_come_out_the_same(bench: Bench) -> None:
    request = WireRequest("GET", "//common/master/kospi_code.mst.zip")
    real, paper = (bench.door.handle(environment, request) for environment in Environment)
    assert real == paper
    assert real.header("content-type") == "application/zip"
    for path in ("kospi_code.mst", "nothing.zip", "../kospi_code.mst.zip", ""):
        assert bench.door.handle(Environment.REAL, WireRequest("GET", f"/common/master/{path}")).status == 404
    assert bench.door.handle(Environment.REAL, WireRequest("POST", "/common/master/kospi_code.mst.zip")).status == 404


def test_a_new_trading_date_brings_new_base_prices(bench: Bench) -> None:
    before = {line.code: line.fields["base"] for line in read(bench, "kospi_code.mst")}
    middle = bench.lay_book()
    bench.take(Side.BUY, 1)
    bench.pass_time(14 * 3600)
    after = {line.code: line.fields["base"] for line in read(bench, "kospi_code.mst")}
    assert int(before[CODE]) == middle
    assert int(after[CODE]) > middle
