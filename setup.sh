#!/bin/sh
# Everything that `make` needs to set up: uv, Python 3.11, the packages of the lock file, and what tests use.
# Usage: sh setup.sh run | test | encoder
set -eu
pytorch=2.13.0
cd "$(dirname "$0")"
# Where a service has no home, or none that it may write to, uv keeps its files here.
HOME=${HOME:-/nonexistent}
[ -w "$HOME" ] || export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/.uv/cache}" UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$PWD/.uv/python}"

say() { printf '%s\n' "instep: $*" >&2; }

# A shim of pyenv answers "command not found" when its version is not selected: only what runs counts.
runs() { "$@" >/dev/null 2>&1; }

# With the standard library alone: uv.lock holds where uv's wheel lies and its SHA-256.
fetch_uv() {
  "$1" - <<'PYTHON'
import hashlib, io, os, re, sys, urllib.request, zipfile
lock = open("uv.lock", encoding="utf-8").read()
block = lock[lock.index('\nname = "uv"\n'):].split("[[package]]")[0]
wheel = re.search(r'url = "([^"]+manylinux[^"]*x86_64[^"]*\.whl)", hash = "sha256:([0-9a-f]{64})"', block)
try:
    data = urllib.request.urlopen(wheel[1], timeout=120).read()
except OSError as error:
    sys.exit(f"instep: uv could not be fetched: {error}")
if hashlib.sha256(data).hexdigest() != wheel[2]:
    sys.exit("instep: uv could not be fetched: the file is not the one that uv.lock names.")
os.makedirs(".uv/bin", exist_ok=True)
with zipfile.ZipFile(io.BytesIO(data)) as archive:
    name = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
    with open(".uv/bin/uv", "wb") as file:
        file.write(archive.read(name))
os.chmod(".uv/bin/uv", 0o755)
PYTHON
}

find_uv() {
  for candidate in "${UV:-}" uv .uv/bin/uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv"; do
    if [ -n "$candidate" ] && runs "$candidate" --version; then command -v "$candidate"; return; fi
  done
  say "fetching uv, the package installer, into .uv"
  for python in python3 /usr/bin/python3 python; do
    runs "$python" --version || continue
    rm -rf .uv
    if runs "$python" -m venv .uv && runs .uv/bin/python -m pip install --quiet uv; then break; fi
    rm -rf .uv
    if runs "$python" -m pip install --quiet --target .uv uv; then break; fi
    # A bare Python has neither venv nor pip.
    if fetch_uv "$python"; then break; fi
  done
  if runs .uv/bin/uv --version; then echo .uv/bin/uv; return; fi
  say "uv is missing and could not be fetched: install it (pip install uv), then run make again."
  exit 1
}

is_python311() {
  runs "$1" -c 'import sys, sqlite3, ssl; sys.exit(sys.version_info[:2] != (3, 11))'
}

# Prints the interpreter itself: given a shim of pyenv, uv would throw .venv away and fill it anew every time.
itself() { "$1" -c 'import sys; print(sys.executable)'; }

find_python() {
  for candidate in "${INSTEP_PYTHON:-}" python3.11 /usr/bin/python3.11 /usr/local/bin/python3.11 \
      "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11*/bin/python3.11 python3; do
    if [ -n "$candidate" ] && is_python311 "$candidate"; then itself "$candidate"; return; fi
  done
  if found=$("$1" python find --no-project 3.11 2>/dev/null) && is_python311 "$found"; then echo "$found"; return; fi
  say "no Python 3.11 here: asking uv to download one"
  if runs "$1" python install 3.11 && found=$("$1" python find --no-project --managed-python 3.11); then echo "$found"; return; fi
  say "Instep needs Python 3.11: install it (for example: apt-get install python3.11, or pyenv install 3.11), then run make again."
  exit 1
}

# $1: run or test. The stamp holds the lock file's sum, so that an unchanged lock costs nothing.
install_packages() {
  stamp=".venv/.instep-$1"
  sum=$(cat uv.lock pyproject.toml | cksum)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && runs .venv/bin/python --version; then return; fi
  uv=$(find_uv)
  python=$(find_python "$uv")
  say "installing the packages of uv.lock with $python (about 2 GB on disk the first time)"
  if [ "$1" = run ]; then group=--no-dev; else group=--dev; fi
  # --compile-bytecode: without it every start compiles, and takes twice as long, where Python may not write caches.
  # --inexact: `make run` does not take away what `make test` installed.
  # Behind a company's proxy only the machine's own certificates are right: the second try uses those.
  "$uv" sync --compile-bytecode --frozen --inexact "$group" --python "$python" ||
    "$uv" sync --compile-bytecode --system-certs --frozen --inexact "$group" --python "$python" || {
    say "the packages could not be installed: uv says why above. They need the network, 3 GB of free disk, and Linux on x86-64."
    exit 1
  }
  printf '%s' "$sum" > "$stamp"
}

install_chromium() {
  for candidate in chromium chromium-browser google-chrome; do
    if command -v "$candidate" >/dev/null 2>&1; then return; fi
  done
  if ! command -v apt-get >/dev/null 2>&1; then
    say "browser tests will be skipped: install Chromium to run them."
    return
  fi
  if [ "$(id -u)" = 0 ]; then as_root=; elif runs sudo -n true; then as_root="sudo -n"; else
    say "browser tests will be skipped: install Chromium (apt-get install chromium) to run them."
    return
  fi
  say "installing Chromium for the browser tests"
  $as_root apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-liberation \
    >/dev/null 2>&1 || say "browser tests will be skipped: apt-get could not install Chromium."
}

# Learning needs PyTorch, serving does not: it has an environment of its own, which sees the packages of .venv too.
install_pytorch() {
  if runs .venv-encoder/bin/python -c 'import torch, rasa'; then return; fi
  say "installing PyTorch into .venv-encoder"
  rm -rf .venv-encoder
  .venv/bin/python -m venv .venv-encoder
  .venv-encoder/bin/python -m pip install --quiet "torch==$pytorch" || {
    say "PyTorch $pytorch could not be installed: pip says why above."
    exit 1
  }
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  echo "$site" > "$(.venv-encoder/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/instep.pth"
}

case "${1:-}" in
  run) install_packages run ;;
  test) install_packages test; install_chromium ;;
  encoder) install_pytorch ;;
  *) say "usage: sh setup.sh run | test | encoder"; exit 2 ;;
esac
