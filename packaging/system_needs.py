"""What hoga needs of the system beneath Python: Qt's libraries, a Korean font, and on Debian the venv module.

On Debian and its children (apt-get) what is missing is installed, as root or through sudo. Anywhere else nothing is
touched: the missing things are named, with the command that brings them. Standard library only: this runs before
anything is installed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIBRARIES = {
    # What Qt's core, its offscreen platform and its fonts link to.
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    # What its X11 platform links to besides; without one of them a window does not open at all.
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    # What its Wayland platform links to besides.
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Shared library -> Debian's package of it. Asked for by name of the library: package names differ by release."""

FONT_PACKAGE = "fonts-nanum"
KEYRING = {"gnome-keyring-daemon": "gnome-keyring", "dbus-run-session": "dbus"}
"""Program -> package of it: a Secret Service for the tests, which keep secrets in a real one. Nobody else gets it."""
_KOREAN_FONTS = ("nanum", "notosanscjk", "notosanskr", "notoserifcjk", "pretendard", "undotum", "malgun", "baekmuk")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


class Problem(Exception):
    """The set-up cannot go on; the text says what is missing and how to get it."""


@dataclass(frozen=True)
class Missing:
    """What is not there. ``fatal`` is False when hoga runs without all the same."""

    what: str
    package: str
    fatal: bool = True


def missing(purpose: str = "run") -> list[Missing]:
    """Everything that this system lacks to ``run`` or to ``test``, nothing on macOS and Windows: there Qt brings its
    own."""
    found = [] if _has_venv() else [Missing("Python's venv module", f"python3.{sys.version_info[1]}-venv")]
    if sys.platform != "linux":
        return found
    present = _libraries_present()
    if present is not None:
        found += [Missing(name, package) for name, package in LIBRARIES.items() if name not in present]
    if not _has_korean_font():
        found.append(Missing("a Korean font (without one, Hangul shows as boxes)", FONT_PACKAGE, fatal=False))
    if purpose == "test":
        absent = [(name, package) for name, package in KEYRING.items() if shutil.which(name) is None]
        found += [Missing(f"{name} (its tests are skipped)", package, fatal=False) for name, package in absent]
    return found


def provide(purpose: str = "run") -> None:
    """Bring what is missing, where this is Debian and there is a way to be root. Raises Problem when something vital is
    missing and cannot be brought; a lesser thing that is missing is only told."""
    lacking = missing(purpose)
    if not lacking:
        return
    if shutil.which("apt-get") is None or not (prefix := _way_to_root()):
        _tell(lacking)
        return
    packages = [each.package for each in lacking]
    print(f"Installing from Debian's packages: {' '.join(packages)}", flush=True)
    try:
        _apt_get(prefix, packages)
    except Problem as problem:
        if any(each.fatal for each in lacking):
            raise
        print(problem, flush=True)
    if still := missing(purpose):
        _tell(still)


def _has_venv() -> bool:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _libraries_present() -> set[str] | None:
    """Names of the shared libraries that the loader knows; None where nobody keeps a list of them."""
    ldconfig = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    if ldconfig is None:
        return None
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        return None
    return {line.split()[0] for line in listing.stdout.splitlines()[1:] if line.split()}


def _has_korean_font() -> bool:
    for folder in _FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(name.lower().replace("-", "").startswith(_KOREAN_FONTS) for name in names):
                return True
    return False


def _way_to_root() -> list[str]:
    """The words to put before a command that root must run; empty when there is no way."""
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") is None:
        return []
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", "env"]
    # A person at a terminal can type the password; nobody else can.
    return ["sudo", "env"] if sys.stdin.isatty() else []


def _apt_get(prefix: list[str], packages: list[str]) -> None:
    apt = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    # A stale foreign source makes update fail though Debian's own lists are fine: the install decides.
    update = subprocess.run([*apt, "update"], capture_output=True, text=True, check=False)
    install = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages], capture_output=True, text=True, check=False
    )
    if install.returncode == 0:
        return
    words = (update.stdout + update.stderr + install.stdout + install.stderr).strip().splitlines()[-12:]
    raise Problem(
        "apt-get could not install them:\n  "
        + "\n  ".join(words)
        + "\nIs there a network, and are apt's sources right? Once there is:\n  "
        + f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    )


def _tell(lacking: list[Missing]) -> None:
    text = (
        "hoga needs, and this system lacks:\n" + "".join(f"  {each.what}\n" for each in lacking) + _how_to_get(lacking)
    )
    if any(each.fatal for each in lacking):
        raise Problem(text)
    print(text, flush=True)


def _how_to_get(lacking: list[Missing]) -> str:
    packages = " ".join(each.package for each in lacking)
    names = [each.what for each in lacking if each.what in LIBRARIES]
    provided = " ".join(f"'{name}()(64bit)'" for name in names)
    if shutil.which("apt-get"):
        return f"Get them (as root):\n  apt-get update && apt-get install -y --no-install-recommends {packages}"
    if shutil.which("dnf"):
        return f"Get them:\n  sudo dnf install {provided} google-noto-sans-cjk-fonts"
    if shutil.which("zypper"):
        return f"Get them:\n  sudo zypper install {provided} google-noto-sans-cjk-fonts"
    if shutil.which("pacman"):
        return (
            "Get them:\n  sudo pacman -S --needed libglvnd libxkbcommon-x11 xcb-util-cursor xcb-util-image "
            "xcb-util-keysyms xcb-util-renderutil xcb-util-wm fontconfig glib2 dbus noto-fonts-cjk"
        )
    return f"Get the packages of your system that bring them; Debian calls them:\n  {packages}"
