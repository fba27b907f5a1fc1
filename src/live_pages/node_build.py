"""Bundles the scripts of live pages with esbuild, from what npm has installed.

Nothing is fetched here: `npm ci`, which `nox -s docs` runs, has put esbuild, Pyodide and the
editor into `node_modules` beside `package.json`. Node.js gives Pyodide its bytecode.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import exercise_checks
from live_pages.exercise_files import write_exercise_files

PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parents[1]
STAMP = "bundled.sha256"
# Of a digest in a name; more would tell no more apart.
DIGITS = 16
COMPILED_PYTHON = PACKAGE / "compiled" / "compiled_python.js"
LIVE = Path("_static", "live")
# Classic scripts, since browsers refuse modules to a page that is opened from a file.
PAGE_SCRIPT = PACKAGE / "page" / "live.js"
SERVICE_WORKER = PACKAGE / "page" / "service_worker.js"
MODULES = ("page/page_run.js", "process/worker.js")
OPTIONS = (
    "--bundle",
    "--minify",
    "--target=es2022",
    "--legal-comments=none",
    "--log-level=warning",
)


class NotBundled(Exception):
    """There are no scripts.

    Attributes:
        is_failure: Whether the build must not go on without them.
    """

    def __init__(self, message: str, *, is_failure: bool) -> None:
        super().__init__(message)
        self.is_failure = is_failure


def bundle(site: Path) -> None:
    """Puts all that live pages load into a site, unless it is there already.

    What every page loads is in `_static/live`; what it loads from there at the first press is in a
    folder whose name changes with the content, so that nothing old is ever used beside it. The
    service worker is at the root, since it may serve only what is below it.

    Args:
        site: The folder of the site, which need not exist.

    Raises:
        NotBundled: npm's packages or Node.js are not installed (a failure on CI only), or esbuild
            found a mistake.
    """
    esbuild = find_esbuild()
    digest = digest_of_sources()
    target = site / LIVE
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text() == digest:
        return
    shutil.rmtree(target, ignore_errors=True)
    folder = target / digest[:DIGITS]
    folder.mkdir(parents=True)
    modules = [f"{Path(name).stem}={PACKAGE / name}" for name in MODULES]
    run_esbuild(esbuild, "--format=esm", "--splitting", f"--outdir={folder}", *modules)
    shutil.copytree(compiled_python(), folder, dirs_exist_ok=True)
    write_exercise_files(folder)
    known = [f"--define:LIVE_BUILD={json.dumps(folder.name)}", "--format=iife"]
    run_esbuild(esbuild, *known, f"--outdir={target}", str(PAGE_SCRIPT))
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    known.append(f"--define:LIVE_FILES={json.dumps(files)}")
    run_esbuild(esbuild, *known, f"--outdir={site}", str(SERVICE_WORKER))
    run_esbuild(esbuild, f"--outdir={target}", str(PACKAGE / "page" / "live.css"))
    stamp.write_text(digest)


def esbuild_program() -> Path | None:
    """The program itself, which needs no Node.js; npm installs the one for this system."""
    pattern = "*/esbuild.exe" if os.name == "nt" else "*/bin/esbuild"
    return next((ROOT / "node_modules" / "@esbuild").glob(pattern), None)


def find_esbuild() -> Path:
    """The bundler, where all that it needs is installed.

    Raises:
        NotBundled: npm's packages are not installed.
    """
    esbuild = esbuild_program()
    if esbuild is None or not (ROOT / "node_modules" / "pyodide").is_dir():
        message = "npm's packages are not installed; `nox -s docs` installs them, or run npm ci"
        raise NotBundled(message, is_failure="CI" in os.environ)
    return esbuild


def compiled_python() -> Path:
    """The folder of Pyodide with bytecode, and Python's side of a process.

    Raises:
        NotBundled: There is no Node.js, or it failed.
    """
    # An environment that was not activated has one, too.
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    node = shutil.which("node", path=places)
    if node is None:
        message = "Node.js is not installed; `nox -s docs` installs it"
        raise NotBundled(message, is_failure="CI" in os.environ)
    command = [node, str(COMPILED_PYTHON)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        # An error in Pyodide comes after Pyodide itself, in one line of a megabyte.
        message = f"Node.js cannot compile Python's modules:\n{done.stderr[-2000:].strip()}"
        raise NotBundled(message, is_failure=True)
    return Path(done.stdout.strip())


def run_esbuild(esbuild: Path, *arguments: str) -> None:
    """Runs esbuild.

    Raises:
        NotBundled: It found a mistake.
    """
    command = [str(esbuild), *OPTIONS, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBundled(f"esbuild refuses the scripts:\n{done.stderr}", is_failure=True)


def digest_of_sources() -> str:
    """A digest that changes with the scripts, the checks, and what npm has installed."""
    digest = hashlib.sha256()
    checks = Path(exercise_checks.__file__).parent
    sources = [path for path in (*PACKAGE.rglob("*"), *checks.rglob("*")) if path.is_file()]
    installed = ROOT / "node_modules" / ".package-lock.json"
    for path in (*sorted(sources), installed):
        if "__pycache__" not in path.parts and path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
