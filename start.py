"""Starts the club from a fresh clone: makes the environment, then hands over to ``club.serving``.

    python3 start.py                 the site, on http://127.0.0.1:8000 (PORT=, DEMO=0)
    python3 start.py environment     only .venv, with everything that development needs

Needs nothing but Python 3.11 or newer. An older one must be able to read this file, so that
it can say so.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
SITE = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
OLDEST = (3, 11)


def main() -> None:
    use_a_new_enough_python()
    os.chdir(str(ROOT))
    if sys.argv[1:] == ["environment"]:
        prepare(DEVELOPMENT)
        return
    prepare(SITE)
    sys.stdout.flush()
    command = [str(PYTHON), "-m", "club.serving"]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def use_a_new_enough_python() -> None:
    """Go on in the newest Python that can be found, if this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, str(ROOT / "start.py"), *sys.argv[1:]])
    sys.exit(
        f"Cần Python 3.11 trở lên; máy này đang dùng {sys.version.split()[0]}.\n"
        f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}."
    )


def prepare(lock: str) -> None:
    """Make .venv hold exactly what ``lock`` names, unless it does already."""
    wanted = digest(lock)
    installed = read_stamp()
    if installed.get(lock) == wanted and PYTHON.exists():
        return
    sys.stdout.write("Đang cài đặt (chỉ lần đầu)…\nInstalling (the first time only)…\n")
    sys.stdout.flush()
    if not PYTHON.exists():
        make_venv()
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([str(PYTHON), *install, "--require-hashes", "-r", lock]):
        sys.exit(
            "Không cài được thư viện: xem lỗi ở trên, kiểm tra mạng rồi chạy lại.\n"
            "The libraries could not be installed: see above, check the network, try again."
        )
    installed[lock] = wanted
    if lock == DEVELOPMENT:  # it was compiled on top of the other, so it holds both
        installed[SITE] = digest(SITE)
    STAMP.write_text(json.dumps(installed), encoding="ascii")


def make_venv() -> None:
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        shutil.rmtree(str(VENV), ignore_errors=True)
        sys.exit(
            "Python này thiếu mô-đun venv (trên Debian, Ubuntu: apt-get install python3-venv).\n"
            "This Python lacks its venv module (Debian, Ubuntu: apt-get install python3-venv)."
        )


def read_stamp() -> "dict[str, str]":
    try:
        stamp = json.loads(STAMP.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in stamp.items()}


def digest(lock: str) -> str:
    """Of the lock file, and of the Python that it was installed for."""
    locked = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"{locked} {sys.version_info[0]}.{sys.version_info[1]}"


if __name__ == "__main__":
    main()
