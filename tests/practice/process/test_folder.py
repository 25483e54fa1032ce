"""The data folder: one process at a time, an endpoint file that is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoga.practice.folder import DataFolder, FolderInUse, read_endpoint


def test_only_one_at_a_time_and_the_second_learns_of_the_first(tmp_path: Path) -> None:
    first = DataFolder.open(tmp_path / "new" / "folder")
    with pytest.raises(FolderInUse) as starting:
        DataFolder.open(first.path)
    assert starting.value.endpoint == {}
    first.publish_endpoint({"control": "http://127.0.0.1:1"})
    with pytest.raises(FolderInUse) as running:
        DataFolder.open(first.path)
    assert running.value.endpoint == {"control": "http://127.0.0.1:1"}
    first.close()
    first.close()
    DataFolder.open(first.path).close()


def test_the_endpoint_is_there_only_while_the_exchange_is(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    folder.publish_endpoint({"a": 1})
    folder.publish_endpoint({"a": 2})
    assert read_endpoint(tmp_path) == {"a": 2}
    folder.withdraw_endpoint()
    folder.withdraw_endpoint()
    assert read_endpoint(tmp_path) == {}
    folder.publish_endpoint({"a": 3})
    folder.close()
    assert read_endpoint(tmp_path) == {}


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "endpoint.json").write_text('{"control": "http://127.0.0.1:9"}')
    folder = DataFolder.open(tmp_path)
    assert read_endpoint(tmp_path) == {}
    folder.close()


@pytest.mark.parametrize("content", ["", "{", "[1]", "nothing"])
def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "endpoint.json").write_text(content)
    assert read_endpoint(tmp_path) == {}
