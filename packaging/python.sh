# Sourced by packaging/run and packaging/test, which set $root: finds a Python that hoga runs on.
# Sets $base_python (makes the environment) and $venv_python (lives in it).

fits() {
    # The Windows store's stand-in for python prints an advertisement and fails: so only a run tells.
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

base_python=''
for candidate in ${HOGA_PYTHON:+"$HOGA_PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
        base_python=$(command -v "$candidate")
        break
    fi
done

if [ -z "$base_python" ]; then
    {
        printf 'hoga needs Python 3.11, 3.12, 3.13 or 3.14, and there is none here.\n'
        if command -v python3 >/dev/null 2>&1; then
            printf '  found: %s (%s)\n' "$(command -v python3)" "$(python3 --version 2>&1 || true)"
        fi
        case $(uname -s) in
        Darwin) printf '  get it: brew install python@3.13   (or the installer of python.org)\n' ;;
        MINGW* | MSYS* | CYGWIN*) printf '  get it: winget install Python.Python.3.13   (or the installer of python.org)\n' ;;
        *)
            printf '  get it: Debian 12 or newer, Ubuntu 24.04 or newer: sudo apt-get install python3\n'
            printf '          Ubuntu 22.04: sudo apt-get install python3.11 python3.11-venv\n'
            printf '          Fedora: sudo dnf install python3     Arch: sudo pacman -S python\n'
            ;;
        esac
        printf '  one that is not on the path: HOGA_PYTHON=/path/to/python3.12 %s\n' "$0"
    } >&2
    exit 1
fi

case $(uname -s) in
MINGW* | MSYS* | CYGWIN*) venv_python=$root/.venv/Scripts/python.exe ;;
*) venv_python=$root/.venv/bin/python ;;
esac
