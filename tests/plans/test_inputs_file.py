"""Saved inputs give the same plan with the same digest, through the file and through the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from hoga.cli import main
from hoga.plans.inputs import canonical
from hoga.plans.inputs_file import InputsUnreadable, from_json, load, save, to_json
from hoga.plans.planner import make_plan
from tests.plans.made import NOW, usual


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    given = replace(usual(), timing=replace(usual().timing, sell=replace(usual().timing.sell, start=NOW)))
    save(given, tmp_path / "plan.json")
    again = load(tmp_path / "plan.json")
    assert again == canonical(given)
    assert make_plan(again).digest == make_plan(given).digest
    assert to_json(again) == to_json(given) == (tmp_path / "plan.json").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_saving_again_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("x" * 100_000)
    save(usual(), path)
    assert load(path) == canonical(usual())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema": 1', '"schema": 2'),
        ('"schema": 1', '"schema": "one"'),
        ('"price": 70000', '"price": 70000.5'),
        ('"price": 70000', '"price": "70000"'),
        ('"price": 70000', '"prise": 70000'),
        ("+09:00", ""),
        ('"role": "managed"', '"role": "mangled"'),
        ("{", ""),
    ],
)
def test_a_damaged_file_is_refused_with_a_reason(old: str, new: str, tmp_path: Path) -> None:
    text = to_json(usual()).decode()
    assert old in text
    with pytest.raises(InputsUnreadable) as caught:
        from_json(text.replace(old, new, 1).encode())
    assert caught.value.message.code in ("PLAN_FILE_UNREADABLE", "PLAN_FILE_VERSION")
    with pytest.raises(InputsUnreadable):
        load(tmp_path / "no such file")


def test_bytes_that_are_no_text_are_refused() -> None:
    for data in (b"", b"\xff\xfe", b"null", b"[]", b'{"schema": 1}', b'{"schema": 1, "schema": 2}'):
        with pytest.raises(InputsUnreadable):
            from_json(data)


def test_the_command_prints_the_same_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    save(usual(), path)
    assert main(["plan", "--inputs", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    plan = make_plan(usual())
    assert answer["digest"] == answer["plan"]["digest"] == plan.digest
    assert answer["approvable"] is True
    assert [leg["shares"] for leg in answer["plan"]["legs"]] == [leg.shares for leg in plan.legs]
    assert main(["plan", "--inputs", str(path), "--lang", "en"]) == 0
    assert plan.digest in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    rows = tuple(replace(row, weight=400_000) for row in usual().targets)
    save(replace(usual(), targets=rows), path)
    assert main(["plan", "--inputs", str(path), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["issues"][0]["message"]["code"] == "PLAN_WEIGHTS_OVER"
    assert "160 %" in told.err
    save(replace(usual(), account=replace(usual().account, connected=False)), path)
    assert main(["plan", "--inputs", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["approvable"] is False
    path.write_text("{")
    assert main(["plan", "--inputs", str(path), "--json", "--lang", "en"]) == 2
    assert "cannot be read" in capsys.readouterr().err
