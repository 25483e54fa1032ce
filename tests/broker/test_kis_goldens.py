"""Every recorded KIS message that the adapter can meet decodes to the right values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hoga.broker.kis import master
from hoga.broker.kis.answers import judge
from hoga.broker.kis.notices import NoticeDecoder
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.kis.socket_messages import read_control
from hoga.broker.port import (
    Drift,
)
from tests.broker.golden_checks import NOT_MET, NOW, body_of, check_of, is_met, records


def test_every_recorded_message_decodes_to_its_values(
    goldens: Path, record_property: Callable[[str, object], None]
) -> None:
    every = records(goldens, "kis_ws.jsonl") + records(goldens, "kis_rest.jsonl")
    met = [record for record in every if is_met(record)]
    read = 0
    for record in met:
        try:
            check_of(record)(record)
        except KeyError as error:
            raise AssertionError(f"{record['id']} was not read: nothing knows {record['kind']}") from error
        except AssertionError as error:
            raise AssertionError(f"{record['id']} ({record['tr']}) decodes wrongly: {error}") from error
        read += 1
    line = f"read {read} of {len(met)} KIS records that the adapter can meet ({len(every) - len(met)} others left out)"
    record_property("goldens", line)
    assert read == len(met) >= 60


def test_every_record_left_out_has_a_reason(goldens: Path) -> None:
    for record in records(goldens, "kis_rest.jsonl"):
        if not is_met(record):
            reasons = [reason for name, reason in NOT_MET.items() if record["kind"].startswith(name)]
            assert reasons, record["id"]


def test_doubtful_records_do_no_harm(goldens: Path) -> None:
    doubtful = [record for record in records(goldens, "doubtful.jsonl") if record["for"].startswith("kis")]
    assert doubtful
    for record in doubtful:
        raw = record["raw"]
        judge(500 if record["tr"].startswith("EGW") else 200, raw.encode(), NOW)
        if record["kind"] == "ws-control":
            read_control(raw)
        if record["kind"] == "ws-notice-plain":
            NoticeDecoder("1234567801").read(raw, 1, NOW)


def test_no_recorded_body_looks_drifted(goldens: Path) -> None:
    operations = {
        "price": "price",
        "asking-price": "book",
        "daily-chart": "period chart",
        "minute-chart": "minutes today",
        "minute-chart-by-day": "minutes of a past day",
        "balance": "balance",
        "buyable": "orderable",
        "sellable": "sellable",
        "daily-fills": "orders",
    }
    seen: list[Drift] = []
    sentinel = Sentinel(seen.append, lambda: NOW)
    for record in records(goldens, "kis_rest.jsonl"):
        if record["kind"] in operations:
            sentinel.body(operations[record["kind"]], body_of(record))
    assert seen == []


def test_master_files_decode(goldens: Path) -> None:
    folder = goldens / "data" / "kis_master"
    found = {}
    for layout, name in zip(master.LAYOUTS, ("kospi", "kosdaq"), strict=False):
        text = (folder / f"{name}_code_2rows.mst").read_bytes().decode("cp949")
        found[name] = master.instruments(text, layout)
    kospi, kosdaq = found["kospi"], found["kosdaq"]
    assert [(each.code, each.name_ko, each.isin) for each in kospi] == [
        ("000020", "동화약품", "KR7000020008"),
        ("000040", "KR모터스", "KR7000040006"),
    ]
    assert [(each.code, each.name_ko) for each in kosdaq] == [("000250", "삼천당제약"), ("000440", "중앙에너비스")]
    assert all(one.market_cap is not None and one.market_cap.units > 10**10 for one in (*kospi, *kosdaq))
    assert kospi[0].listed_shares == 27_931_000 and kosdaq[0].lot == 1
    assert not any(each.flags.halted or each.flags.managed for each in (*kospi, *kosdaq))
