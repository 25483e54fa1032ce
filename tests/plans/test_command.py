"""``hoga plan``: from saved inputs and from a live account on a real exchange process, with the same digest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hoga.app.plan import main
from hoga.plans.inputs_file import save
from hoga.plans.planner import make_plan
from tests.plans.made import usual
from tests.support.practice_process import practice

CSV = "종목코드,비중\n5930,20\n000660,10\n"


def test_saved_inputs_give_the_plan_that_was_previewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "inputs.json"
    save(usual(), file)
    assert main(["--inputs", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == make_plan(usual()).digest


@pytest.mark.parametrize("connection", ["practice-kis", "practice-kiwoom"])
def test_targets_and_a_live_account_make_a_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], connection: str
) -> None:
    targets, kept = tmp_path / "targets.csv", tmp_path / "inputs.json"
    targets.write_text(CSV, encoding="utf-8-sig")
    with practice(tmp_path / "practice"):
        asked = ["--targets", str(targets), "--connection", connection, "--data", str(tmp_path), "--rounds", "4"]
        assert main([*asked, "--json", "--save", str(kept)]) == 0
        said = json.loads(capsys.readouterr().out)
        assert {leg["code"] for leg in said["plan"]["legs"]} == {"000660", "005930"}
        assert max(round["number"] for round in said["plan"]["rounds"]) == 4
    assert not (tmp_path / "desk").exists(), "the person's own desk is not touched"
    assert main(["--inputs", str(kept), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == said["digest"]


def test_what_cannot_be_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inputs", str(tmp_path / "missing.json")]) == 2
    assert main(["--targets", str(tmp_path / "missing.csv"), "--data", str(tmp_path)]) == 2
    bad = tmp_path / "bad.csv"
    bad.write_text("005930,a lot\n", encoding="utf-8")
    assert main(["--targets", str(bad), "--data", str(tmp_path), "--json", "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out.splitlines()[-1])["approvable"] is False
    assert "Line 1" in said.err
    good = tmp_path / "good.csv"
    good.write_text(CSV, encoding="utf-8")
    assert main(["--targets", str(good), "--connection", "nobody", "--data", str(tmp_path), "--lang", "en"]) == 2
    assert "practice-kis" in capsys.readouterr().err
