"""The log: one JSON object a line, no secret in it, whatever way it came."""

from __future__ import annotations

import io
import json
import logging
import stat
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hoga.base import logs
from hoga.base.logs import Log, start_logging
from hoga.base.scrub import Scrubber

SECRET = 'q7-"Zk한글/secret'
log = logging.getLogger("hoga.trading.outbox")


@pytest.fixture
def console() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def started(tmp_path: Path, console: io.StringIO) -> Iterator[Log]:
    scrubber = Scrubber(account_names=["CANO"])
    scrubber.learn(SECRET)
    scrubber.learn_account("50123456-01")
    started = start_logging(tmp_path / "logs" / "desk.log", scrubber, console=console)
    yield started
    started.close()


def _lines(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "logs" / "desk.log").read_text("utf-8").splitlines()]


def test_a_line_holds_time_level_logger_text_and_extras(started: Log, tmp_path: Path) -> None:
    log.info("sent %d at %s", 10, "71,200", extra={"order": 7, "text": "다른 값"})
    (line,) = _lines(tmp_path)
    assert line.pop("at").endswith("+09:00")
    assert line == {
        "level": "INFO",
        "logger": "hoga.trading.outbox",
        "text": "sent 10 at 71,200",
        "order": 7,
        "text_": "다른 값",
    }


def test_no_secret_reaches_file_or_console(started: Log, tmp_path: Path, console: io.StringIO) -> None:
    def fail(key: str) -> None:
        raise ValueError(f"bad key {key}", {"key": key}, key.encode())

    log.warning(SECRET)
    log.warning(
        "reply %s", {"CANO": "50998877", "x": [SECRET]}, extra={"reply": {"y": SECRET}, "account": "5099887701"}
    )
    log.warning("json %s", json.dumps({"a": json.dumps({"b": SECRET})}), stack_info=True)
    log.warning("%r of 50123456-01 and 5012345601", SECRET)
    try:
        fail(SECRET)
    except ValueError:
        log.exception("could not use %s", SECRET)
    written = (tmp_path / "logs" / "desk.log").read_text("utf-8")
    assert len(_lines(tmp_path)) == 5
    for shown in (written, console.getvalue()):
        for form in (SECRET, repr(SECRET)[1:-1], json.dumps(SECRET)[1:-1], "Zk", "50998877", "50123456", "5012345601"):
            assert form not in shown
        assert "ValueError" in shown
        assert "in fail" in shown


def test_the_console_shows_plain_lines_from_warning_upwards(started: Log, console: io.StringIO) -> None:
    log.info("quiet")
    log.error("stream lost", extra={"stream": "quotes"})
    (line,) = console.getvalue().splitlines()
    assert line.endswith(" ERROR trading.outbox: stream lost stream=quotes")


def test_requests_of_the_http_library_are_not_logged_below_warning(started: Log, tmp_path: Path) -> None:
    logging.getLogger("httpx").info("GET https://host/x?CANO=50123456")
    logging.getLogger("httpx").warning("odd")
    assert [line["text"] for line in _lines(tmp_path)] == ["odd"]


def test_warnings_and_uncaught_errors_are_logged_and_hooks_put_back(tmp_path: Path) -> None:
    hooks = sys.excepthook, threading.excepthook, logging.getLogger().level
    scrubber = Scrubber()
    scrubber.learn(SECRET)
    started = start_logging(tmp_path / "logs" / "desk.log", scrubber)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(f"old {SECRET}", stacklevel=1)

        def fail() -> None:
            raise RuntimeError(SECRET)

        thread = threading.Thread(target=fail, name="feed")
        thread.start()
        thread.join()
        try:
            fail()
        except RuntimeError as error:
            sys.excepthook(RuntimeError, error, error.__traceback__)
        lines = _lines(tmp_path)
        assert [line["logger"] for line in lines] == ["py.warnings", "hoga.uncaught", "hoga.uncaught"]
        assert "feed" in lines[1]["text"]
        assert all("RuntimeError: ***" in line["error"] for line in lines[1:])
        assert "Zk" not in json.dumps(lines)
    finally:
        started.close()
    assert (sys.excepthook, threading.excepthook, logging.getLogger().level) == hooks


def test_files_rotate_and_belong_to_their_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 500)
    monkeypatch.setattr(logs, "FILES_KEPT", 2)
    started = start_logging(tmp_path / "desk.log", Scrubber())
    for number in range(40):
        log.info("line %d", number)
    started.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["desk.log", "desk.log.1", "desk.log.2"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_line_that_cannot_be_written_is_counted_and_its_arguments_stay_out_of_stderr(
    started: Log, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: object, _record: logging.LogRecord) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logs._PrivateFile, "shouldRollover", full)
    log.info("first %s", SECRET)
    log.info("second %s", SECRET)
    assert started.lost == 2
    assert capsys.readouterr().err == "hoga: the log cannot be written (OSError)\n"
