"""The set-up: what it finds missing, what it says of it, and when it has nothing to do."""

from __future__ import annotations

import importlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fakes of the system's commands are shell programs")


@pytest.fixture
def needs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module("system_needs")


@pytest.fixture
def prepare(needs: ModuleType) -> ModuleType:
    return importlib.import_module("prepare")


class System:
    """A system of fake commands: ``ldconfig`` lists what there is, and each command's calls are written down."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = monkeypatch
        self.calls_file = folder / "calls"
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr("sys.platform", "linux")

    def command(self, name: str, does: str = "exit 0") -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.calls_file}"\n{does}\n')
        path.chmod(0o755)

    def libraries(self, *names: str) -> None:
        self._list("libraries", names)
        self.command("ldconfig", f'/bin/cat "{self.folder}/libraries"')

    def apt_get_brings(self, *names: str) -> None:
        """From its next install on these are the libraries there are."""
        self._list("then", names)
        moves = f'/bin/mv "{self.folder}/then" "{self.folder}/libraries"'
        self.command("env", 'shift; exec "$@"')
        self.command("apt-get", f'case "$*" in *install*) {moves};; esac')

    def _list(self, file: str, names: tuple[str, ...]) -> None:
        lines = "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in names)
        (self.folder / file).write_text(f"{len(names)} libs found in cache\n{lines}")

    def user(self, uid: int) -> None:
        self._patch.setattr(os, "geteuid", lambda: uid)

    @property
    def calls(self) -> str:
        return self.calls_file.read_text() if self.calls_file.exists() else ""


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: ModuleType) -> System:
    folder = tmp_path / "bin"
    folder.mkdir()
    fonts = tmp_path / "fonts" / "truetype"
    fonts.mkdir(parents=True)
    (fonts / "NanumGothic.ttf").touch()
    monkeypatch.setattr(needs, "_FONT_FOLDERS", (str(tmp_path / "fonts"),))
    monkeypatch.setattr(needs, "_has_venv", lambda: True)
    built = System(folder, monkeypatch)
    built.user(1000)
    built.libraries(*needs.LIBRARIES)
    return built


# --- what the system lacks --------------------------------------------------------------------------------------------


def test_a_complete_system_is_left_alone(system: System, needs: ModuleType) -> None:
    system.command("apt-get")
    needs.provide()
    assert "apt-get" not in system.calls


def test_root_on_debian_gets_exactly_what_is_missing(system: System, needs: ModuleType) -> None:
    system.user(0)
    system.libraries(*[name for name in needs.LIBRARIES if name not in ("libxcb-icccm.so.4", "libEGL.so.1")])
    system.apt_get_brings(*needs.LIBRARIES)
    needs.provide()
    installs = [line for line in system.calls.splitlines() if line.startswith("apt-get") and "install" in line]
    assert len(installs) == 1
    assert installs[0].endswith("install -y --no-install-recommends libegl1 libxcb-icccm4")


def test_a_failed_install_shows_why_and_what_to_do(system: System, needs: ModuleType) -> None:
    system.user(0)
    system.libraries()
    system.command("apt-get")
    system.command("env", "echo 'E: Temporary failure resolving the mirror' >&2; exit 100")
    with pytest.raises(needs.Problem) as caught:
        needs.provide()
    assert "Temporary failure resolving" in str(caught.value)
    assert "sudo apt-get install" in str(caught.value)
    assert "libxcb-keysyms1" in str(caught.value)


def test_without_root_and_sudo_everything_missing_is_named_with_the_command(system: System, needs: ModuleType) -> None:
    system.libraries(*[name for name in needs.LIBRARIES if name != "libxcb-icccm.so.4"])
    system.command("apt-get")
    with pytest.raises(needs.Problem) as caught:
        needs.provide()
    text = str(caught.value)
    assert "libxcb-icccm.so.4" in text
    assert text.endswith("apt-get install -y --no-install-recommends libxcb-icccm4")
    assert "apt-get" not in system.calls


def test_sudo_is_used_when_it_needs_no_password(system: System, needs: ModuleType) -> None:
    system.libraries()
    system.command("apt-get")
    system.command("sudo")
    with pytest.raises(needs.Problem):  # the fake installs nothing, so all is still missing
        needs.provide()
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get" in system.calls


def test_sudo_that_asks_for_a_password_is_not_tried_without_a_terminal(
    system: System, needs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.libraries()
    system.command("apt-get")
    system.command("sudo", "exit 1")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(needs.Problem, match="this system lacks"):
        needs.provide()
    assert "env" not in system.calls


@pytest.mark.parametrize(
    ("manager", "words"), [("dnf", "'libEGL.so.1()(64bit)'"), ("pacman", "xcb-util-wm"), ("", "libegl1")]
)
def test_other_systems_are_told_in_their_own_words(system: System, needs: ModuleType, manager: str, words: str) -> None:
    system.libraries()
    if manager:
        system.command(manager)
    with pytest.raises(needs.Problem) as caught:
        needs.provide()
    assert words in str(caught.value)
    assert not manager or manager not in system.calls


def test_a_missing_font_is_told_but_holds_nothing_up(
    system: System, needs: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(tmp_path / "fonts")
    needs.provide()
    assert "Korean font" in capsys.readouterr().out


def test_a_lesser_thing_that_cannot_be_installed_holds_nothing_up(
    system: System, needs: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    system.user(0)
    system.command("apt-get")
    system.command("env", "echo 'E: Unable to locate package gnome-keyring' >&2; exit 100")
    needs.provide("test")
    said = capsys.readouterr().out
    assert "Unable to locate" in said
    assert "its tests are skipped" in said


def test_only_the_tests_are_given_a_keyring(system: System, needs: ModuleType) -> None:
    system.user(0)
    system.apt_get_brings(*needs.LIBRARIES)
    needs.provide()
    assert "apt-get" not in system.calls
    needs.provide("test")
    assert "install -y --no-install-recommends gnome-keyring dbus" in system.calls


def test_a_system_that_keeps_no_list_of_libraries_is_not_blamed(system: System, needs: ModuleType) -> None:
    (system.folder / "ldconfig").unlink()
    system.command("ldconfig", "exit 1")
    needs.provide()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_qt_brings_its_own_elsewhere(
    platform: str, system: System, needs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.libraries()
    monkeypatch.setattr("sys.platform", platform)
    assert needs.missing() == []


# --- Python -----------------------------------------------------------------------------------------------------------


def test_a_python_that_is_too_old_is_named_with_how_to_get_one(tmp_path: Path) -> None:
    folder = tmp_path / "only this on the path"
    folder.mkdir()
    for name in ("dirname", "uname", "sh"):
        real = shutil.which(name)
        assert real
        (folder / name).symlink_to(real)
    old = folder / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    said = subprocess.run(
        [str(ROOT / "packaging" / "run")], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert said.stdout == ""
    assert "3.11" in said.stderr
    assert "Python 3.9.2" in said.stderr
    assert "get it:" in said.stderr


# --- the environment --------------------------------------------------------------------------------------------------


class Recorded:
    """Stands in for pip, venv and Qt: what the set-up asked of them, in order. ``fail`` makes one of them fail."""

    def __init__(self, prepare: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.fail = ""
        self._prepare = prepare
        monkeypatch.setattr(prepare.Environment, "_pip", lambda _self, *arguments: self._note(f"pip {arguments[-1]}"))
        monkeypatch.setattr(prepare.Environment, "_check_qt", lambda _self: self._note("qt"))
        monkeypatch.setattr(prepare.subprocess, "run", self._venv)
        self.environment = prepare.Environment(root)

    def _note(self, what: str) -> None:
        what = what.replace(str(self.environment.root), "hoga").replace("hoga/packaging/", "")
        self.asked.append(what)
        if self.fail and self.fail in what:
            raise self._prepare.Problem(what)

    def _venv(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.asked.append("venv")
        self.environment.python.parent.mkdir(parents=True)
        self.environment.python.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    def made_ready(self, purpose: str) -> list[str]:
        self.asked.clear()
        if not self.environment.is_ready(purpose):
            self.environment.make_ready(purpose)
        return self.asked


@pytest.fixture
def recorded(prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    (tmp_path / "packaging").mkdir()
    for name in prepare.LOCKS.values():
        (tmp_path / "packaging" / name).write_text("a==1")
    (tmp_path / "pyproject.toml").write_text("[project]")
    return Recorded(prepare, tmp_path, monkeypatch)


ALL_RUN = ["venv", "pip requirements.lock", "pip hoga", "qt"]
ALL_TEST = ["venv", "pip requirements-test.lock", "pip hoga", "qt"]


def test_the_first_start_makes_everything_and_the_second_nothing(recorded: Recorded) -> None:
    assert recorded.made_ready("run") == ALL_RUN
    assert recorded.made_ready("run") == []


def test_tests_add_to_what_the_desk_has_and_hold_all_that_it_needs(recorded: Recorded) -> None:
    recorded.made_ready("run")
    assert recorded.made_ready("test") == ALL_TEST[1:]
    assert recorded.made_ready("run") == []
    shutil.rmtree(recorded.environment.folder)
    assert recorded.made_ready("test") == ALL_TEST
    assert recorded.made_ready("run") == []


def test_a_new_lock_builds_anew_and_a_new_project_file_only_installs_hoga_again(recorded: Recorded) -> None:
    recorded.made_ready("test")
    (recorded.environment.root / "pyproject.toml").write_text("[project]\n")
    assert recorded.made_ready("test") == ["pip hoga", "qt"]
    (recorded.environment.root / "packaging" / "requirements.lock").write_text("a==2")
    assert recorded.made_ready("test") == ALL_TEST


@pytest.mark.parametrize("step", ["requirements.lock", "pip hoga", "qt"])
def test_an_interrupted_set_up_is_never_taken_for_a_finished_one(
    recorded: Recorded, prepare: ModuleType, step: str
) -> None:
    recorded.fail = step
    with pytest.raises(prepare.Problem):
        recorded.made_ready("run")
    recorded.fail = ""
    assert recorded.made_ready("run") == ALL_RUN
    (recorded.environment.root / "pyproject.toml").write_text("[project]\n")
    recorded.fail = "pip hoga"
    with pytest.raises(prepare.Problem):
        recorded.made_ready("run")
    recorded.fail = ""
    assert "pip hoga" in recorded.made_ready("run")


def test_a_moved_or_broken_environment_is_built_anew(recorded: Recorded, prepare: ModuleType, tmp_path: Path) -> None:
    recorded.made_ready("run")
    recorded.environment.python.unlink()
    recorded.environment.python.parent.rmdir()
    assert recorded.made_ready("run") == ALL_RUN
    moved = tmp_path.with_name(tmp_path.name + " moved")
    tmp_path.rename(moved)
    assert not prepare.Environment(moved).is_ready("run")
    (moved / ".venv" / "hoga-setup.json").write_text("{")
    assert not prepare.Environment(moved).is_ready("run")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that the lock names"),
        ("WARNING: Retrying after NewConnectionError(...)\nERROR: No matching distribution found for a==1", "network"),
        ("ERROR: No matching distribution found for a==1", "hoga runs on Linux"),
        ("something else", "pip failed"),
    ],
)
def test_pips_failures_are_explained(words: str, why: str, prepare: ModuleType) -> None:
    assert why in prepare._explain_pip(words.splitlines())
