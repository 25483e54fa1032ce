"""A disk that is full, and a folder that cannot be used: said in words, and no order is taken that is not written."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from hoga.practice.main import main
from tests.practice.process.clients import ControlClient, RestClient, wait_for
from tests.support.practice_process import PracticeProcess, practice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")

OPTIONS = ("--start", "2026-11-20T09:10:00", "--settings", "rate_limits=false")
CODE = "005930"
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from hoga.practice.main import main
sys.exit(main(sys.argv[2:]))
"""


def fill_the_disk(process: PracticeProcess) -> None:
    """From now on no file of the process grows any more: every write fails, as on a full disk."""
    import resource

    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))


def test_an_order_that_cannot_be_written_is_never_taken(tmp_path: Path) -> None:
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control, RestClient(process) as rest:
        lower = control.get(f"/market/{CODE}")["state"]["lower"]
        assert rest.order("buy", CODE, 1, lower).json()["rt_cd"] == "0"
        fill_the_disk(process)
        # The market goes on for longer than it lets its bars wait to be written.
        until = datetime.fromisoformat(control.get("/time")["now"]) + timedelta(seconds=2.5)
        wait_for(lambda: datetime.fromisoformat(control.get("/time")["now"]) > until)
        assert rest.price(CODE).json()["rt_cd"] == "0"
        with pytest.raises(httpx.TransportError):
            rest.order("buy", CODE, 2, lower)
        assert process.ended_by_itself() == 70
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control:
        assert [row["quantity"] for row in control.get("/orders")] == [1]


@pytest.mark.parametrize("most_bytes", [0, 4_096])
def test_a_start_without_room_says_so(tmp_path: Path, most_bytes: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(most_bytes), "--data", str(tmp_path)],
        capture_output=True, timeout=30, check=False, text=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    assert "디스크" in ended.stderr and str(tmp_path) in ended.stderr


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--data", str(tmp_path / "file" / "practice")]) == 1
    told = capsys.readouterr().err
    assert str(tmp_path / "file" / "practice") in told and "--data" in told
