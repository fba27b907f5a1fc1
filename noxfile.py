"""The tasks of this repository.

`nox -s docs` builds the site, `nox -s tests` tests everything; `nox -l` lists the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
OLDEST_PYTHON = tuple(int(part) for part in PYTHONS[0].split("."))
SITE = Path("build", "html")
DOCTREES = f"--doctree-dir={SITE.with_name('doctrees')}"
# A browser runs the same files, whichever Python has built them.
IN_BROWSER = "tests/live_pages/test_in_browser.py"

# The tests of the exercises' checks, and how they are run with a page's Python.
ANSWERS = ("tests/exercise_checks", "tests/tutorial_examples/python")
CHECKED_IN_PAGE = ("-n2", "--in-page", "--timeout=900")

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["docs", "tests"]
# A Python that is not here is skipped, on CI too, but not all of them.
nox.options.error_on_missing_interpreters = not (
    "{}.{}".format(*sys.version_info) in PYTHONS
    or any(shutil.which(f"python{version}") for version in PYTHONS)
)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site and run every example on it; `-- serve` does so whenever a file is saved."""
    if sys.version_info < OLDEST_PYTHON:
        session.error(
            f"The site needs Python {PYTHONS[0]} or newer, and nox runs on "
            f"{sys.version.split()[0]}: start nox with a newer Python"
        )
    if session.posargs == ["serve"]:
        install(session, "serve")
        install_packages(session)
        folders = filter(Path.is_dir, (Path("src"), Path("examples")))
        watched = (f"--watch={folder}" for folder in folders)
        serve = ("sphinx_autobuild", "--host=127.0.0.1", "--port=0", *watched)
        session.run("python", "-m", *serve, DOCTREES, "docs", str(SITE))
    else:
        install(session, "docs")
        install_packages(session)
        built = build(session, *session.posargs)
        if built:  # and not only installed, which is all that `nox --install-only` does
            session.log(f"The site is in {SITE}. To look at it, run")
            session.log(f"    python -m http.server -d {SITE} --bind 127.0.0.1")


@nox.session
def epub(session: nox.Session) -> None:
    """Make a book of the site, one EPUB file, and look whether it can be read."""
    install(session, "docs")
    book = SITE.with_name("epub")
    options = ("--fail-on-warning", "--builder=epub", *session.posargs)
    if session.run("python", "-m", "sphinx", *options, DOCTREES, "docs", str(book)):
        session.log(f"The book is in {book}")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests under every supported Python that is here; what follows `--` goes to pytest."""
    install(session, "tests")
    # Most tests wait for programs that they start, so four keep two processors busy.
    session.run("python", "-m", "pytest", "-n4", "--dist=loadfile", *session.posargs)


@nox.session(venv_backend="none")
def page(session: nox.Session) -> None:
    """Run the examples of one page: `nox -s page -- sockets/udp`."""
    environments = session.cache_dir.parent
    environment = environments / "docs"
    if not is_installed(environment, "docs"):
        folder = f"--envdir={environments}"
        session.run(sys.executable, "-m", "nox", "-s", "docs", "--install-only", folder)
    session.run(str(python_of(environment)), "-m", "tested_pages", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, Markdown, links, spelling, and the files that other services read."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("python", "-m", "mypy")
    # One at a time, since each has modules of its own that may be named alike.
    for program in sorted(filter(Path.is_dir, Path("examples").iterdir())):
        session.run("python", "-m", "mypy", str(program))
    # What runs in the browser does so under the Python that Pyodide has.
    modules = map(str, sorted(Path("src", "live_pages", "process", "python").glob("*.py")))
    session.run("python", "-m", "mypy", "--python-version=3.14", "--platform=emscripten", *modules)
    session.run("rumdl", "check", "--quiet")
    session.run("codespell")
    session.run("python", "-m", "pytest", "--quiet", "tests/workshop")


@nox.session
def site(session: nox.Session) -> None:
    """Look at the built site in Chromium: weights, widths, links, accessibility, live pages."""
    # What `docs` has built is looked at; it builds anew only what is no longer so.
    folder = f"--envdir={session.cache_dir.parent}"
    session.run(sys.executable, "-m", "nox", "-s", "docs", folder, external=True)
    install(session, "site")
    install_packages(session, Path("tests", "site"))
    session.run("python", "-m", "pytest", "-n2", "tests/site", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Check and test what runs the examples in a browser; `-- FILE` runs the tests of one file."""
    install(session, "tests")
    install_packages(session)
    session.run("npx", "--no-install", "tsc")
    session.run("npx", "--no-install", "eslint", ".")
    # What a build of the site tells the browser of each page, without the build.
    session.run("python", "-m", "live_pages", "--out", "build/live_pages")
    tests = session.posargs or ["tests/{live_pages,docs}/**/*.test.js"]
    # Milliseconds, for a whole file: the deadline of what would wait for ever.
    limits = ("--test-concurrency=3", "--test-timeout=1500000")
    session.run("node", "--test", *limits, *tests)
    if not session.posargs:
        session.run("python", "-m", "pytest", "-n2", IN_BROWSER)
        # `answers` tries the wrong answers as well, which takes long.
        session.run("python", "-m", "pytest", *CHECKED_IN_PAGE, "-k", "solution", *ANSWERS)


@nox.session
def answers(session: nox.Session) -> None:
    """Run the tests of the exercises' checks with a page's Python instead of the computer's."""
    install(session, "tests")
    install_packages(session)
    session.run("python", "-m", "pytest", *CHECKED_IN_PAGE, *(session.posargs or ANSWERS))


@nox.session
def mutants(session: nox.Session) -> None:
    """Break every example of the pages, one at a time, and expect the build to notice each."""
    install(session, "tests")
    # A mutant mostly waits for a program that does not answer, so eight keep two processors busy.
    session.run("python", "-m", "pytest", "-n8", "tests/mutants", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what running the examples costs; `-- --race` the servers, `-- --live` live pages."""
    if "--live" in session.posargs:
        install(session, "site")
        install_packages(session)
        build(session)
        options = [option for option in session.posargs if option != "--live"]
        session.run("python", "benchmarks/live_speed.py", *options)
        return
    install(session, "bench")
    session.run("python", "benchmarks/bench.py", f"--nox={sys.executable}", *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Run three pages 200 times, and look for what they leave; `-- --live` runs live pages."""
    if "--live" in session.posargs:
        install(session, "site")
        install_packages(session)
        build(session)
        options = [option for option in session.posargs if option != "--live"]
        session.run("node", "benchmarks/live_soak.js")
        session.run("python", "benchmarks/live_soak.py", *options)
        return
    install(session, "docs")
    session.run("python", "benchmarks/soak.py", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Pin the dependency groups in requirements/; `-- --upgrade` takes newer releases too."""
    session.install("--require-hashes", "-r", requirements("lock"))
    # All groups together come first, so that no two files pin different releases of a package.
    for group in ("dev", *sorted(PROJECT["dependency-groups"].keys() - {"dev"})):
        session.run(
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            f"--python-version={PYTHONS[0]}",
            "--fork-strategy=fewest",
            "--generate-hashes",
            "--custom-compile-command=nox -s lock",
            f"--group={group}",
            f"--output-file={requirements(group)}",
            *(() if group == "dev" else (f"--constraints={requirements('dev')}",)),
            *session.posargs,
        )


def build(session: nox.Session, *options: str) -> Any:
    """Build the site; a warning is an error."""
    command = ("python", "-m", "sphinx", "--fail-on-warning", *options, DOCTREES)
    return session.run(*command, "docs", str(SITE))


def install(session: nox.Session, group: str) -> None:
    """Install a dependency group and this project, unless the session's environment has them."""
    environment = Path(session.virtualenv.location)
    if is_installed(environment, group):
        return
    session.install("--require-hashes", "-r", requirements(group))
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp = (str(stamp_file(environment, group)), digest(environment, group))
    # `nox -R` installs nothing, and then nothing may be stamped as installed: hence run_install.
    write = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])"
    session.run_install("python", "-c", write, *stamp, log=False)


def install_packages(session: nox.Session, folder: Path = Path()) -> None:
    """Install Node.js, and what npm's files in the folder ask for, unless both are there."""
    install(session, "live")
    stamp = folder / "node_modules" / "installed.sha256"
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    # Where npm gets nothing, what needs it says so: pages will not be live, tests are skipped.
    session.run_install("npm", "ci", f"--prefix={folder}", success_codes=[0, 1])
    if (folder / "node_modules" / ".package-lock.json").is_file():
        stamp.write_text(wanted)


def is_installed(environment: Path, group: str) -> bool:
    """Whether the environment holds what the group and this project ask for today."""
    stamp = stamp_file(environment, group)
    return stamp.is_file() and stamp.read_text() == digest(environment, group)


def digest(environment: Path, group: str) -> str:
    """What an installation depends on: pins, packaging, interpreter, place of the checkout."""
    depends_on = [
        Path(requirements(group)).read_text(),
        PROJECT["project"],
        PROJECT["build-system"],
        PROJECT["tool"]["setuptools"],
        str(python_of(environment).resolve()),
        str(Path.cwd()),
    ]
    return hashlib.sha256(json.dumps(depends_on).encode()).hexdigest()


def requirements(group: str) -> str:
    """The file of the group's pins."""
    return f"requirements/{group}.txt"


def stamp_file(environment: Path, group: str) -> Path:
    """The file that tells what was last installed for the group."""
    return environment / f"installed-{group}.sha256"


def python_of(environment: Path) -> Path:
    """The environment's interpreter."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
