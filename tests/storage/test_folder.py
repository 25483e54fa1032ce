"""One data folder = one desk: the lock belongs to the process and dies with it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hoga.storage.errors import FolderLocked, Unwritable
from hoga.storage.folder import DataFolder

HOLDER = (
    "import sys, time; from pathlib import Path; from hoga.storage.folder import DataFolder; "
    "folder = DataFolder(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)


def test_a_second_desk_is_refused_and_told_who_has_the_folder(tmp_path: Path) -> None:
    with DataFolder(tmp_path / "desk") as folder:
        with pytest.raises(FolderLocked) as raised:
            DataFolder(tmp_path / "desk")
        assert raised.value.message.code == "FOLDER_LOCKED"
        assert raised.value.message.values["pid"] == str(os.getpid())
        assert folder.journal.parent == folder.path
    with DataFolder(tmp_path / "desk"):
        pass  # free again


def test_a_killed_desk_leaves_no_lock_behind(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(FolderLocked) as raised:
        DataFolder(tmp_path)
    assert raised.value.message.values["pid"] == str(child.pid)
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=20)
    child.stdout.close()
    with DataFolder(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_nobody_else_may_look_into_the_folder(tmp_path: Path) -> None:
    with DataFolder(tmp_path / "new" / "desk") as folder:
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_a_path_that_cannot_be_a_folder_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(Unwritable) as raised:
        DataFolder(tmp_path / "file" / "desk")
    assert raised.value.message.code == "FOLDER_UNUSABLE"
    assert raised.value.message.values["why"]


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.close()
    folder.close()
