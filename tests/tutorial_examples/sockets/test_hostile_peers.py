"""Every listing that serves TCP or UDP outlives hostile peers, stops, and starts again."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import server_trial
from server_trial import PROJECT, try_tcp, try_udp
from serving_listings import ARGUMENTS, EXCUSED, FILES, IN_ONE_PIECE, LIMITED, TCP, UDP

LISTENS = re.compile(
    r"\bcreate_server\(|\.listen\(|\.bind\(|\bstart_server\(|\bserve_forever\b|\bmake_server\("
    r"|\bcreate_datagram_endpoint\("
)
# So many servers are tried at a time: most of a trial is waiting.
AT_A_TIME = 6

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Ctrl-C cannot be sent to a single process there"
)


def listings_that_listen():
    """Their names, such as `sockets/tcp/upper_server`."""
    folders = [(PROJECT / "src" / "tutorial_examples", "sockets"), (PROJECT, "examples")]
    for root, folder in folders:
        for path in sorted((root / folder).glob("*/*.py")):
            listens = LISTENS.search(path.read_text(encoding="utf-8"))
            if listens or path.stem.endswith("_server"):
                yield path.relative_to(root).with_suffix("").as_posix()


def test_every_listing_that_listens_is_tried_or_excused():
    known = {*TCP, *UDP, *EXCUSED}
    unknown = [name for name in listings_that_listen() if name not in known]
    assert not unknown, f"add to TCP, UDP or EXCUSED in serving_listings.py: {unknown}"


def test_the_tables_name_each_listing_once_and_no_other():
    listening = set(listings_that_listen())
    left_over = {*TCP, *UDP, *EXCUSED} - listening
    assert not left_over, f"left over in serving_listings.py: {left_over}"
    assert not TCP.keys() & UDP.keys()
    assert not EXCUSED.keys() & {*TCP, *UDP}
    assert {*ARGUMENTS, *FILES, *IN_ONE_PIECE, *LIMITED} <= {*TCP, *UDP}


@pytest.mark.parametrize("name", EXCUSED)
def test_an_excuse_is_a_reason(name):
    assert len(EXCUSED[name].split()) >= 4


@pytest.mark.parametrize("name", [name for name, why in EXCUSED.items() if "test_" in why])
def test_a_test_that_an_excuse_refers_to_starts_the_listing(name):
    test = re.search(r"test_\w+\.py", EXCUSED[name])[0]
    (path,) = (PROJECT / "tests").rglob(test)
    assert name.rpartition("/")[2].removesuffix("_server") in path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def trials(tmp_path_factory, request):
    """What became of the servers that this run asks for; they are tried while others wait."""
    wanted = {item.callspec.params["name"] for item in request.session.items if is_trial(item)}
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        futures = {}
        for attempt, table in ((try_tcp, TCP), (try_udp, UDP)):
            for name, (question, pattern) in table.items():
                if name in wanted:
                    folder = tmp_path_factory.mktemp("server")
                    futures[name] = pool.submit(attempt, name, question, pattern, folder)
        yield futures


def is_trial(item):
    return getattr(item, "originalname", "") == "test_a_server_outlives_hostile_peers"


@pytest.mark.parametrize("name", [*TCP, *UDP])
def test_a_server_outlives_hostile_peers(trials, name):
    trials[name].result()


GOOD_SERVER = """\
import socket

listener = socket.create_server(("127.0.0.1", 9999))
print(f"Listening on 127.0.0.1 port {listener.getsockname()[1]}")
try:
    while True:
        sock, _ = listener.accept()
        try:
            with sock:
                while data := sock.recv(1024):
                    sock.sendall(data.upper())
        except OSError as error:
            print(f"Broken off: {error}")
except KeyboardInterrupt:
    print("Stopped")
"""


def try_source(monkeypatch, tmp_path, source):
    path = tmp_path / "page" / "server.py"
    path.parent.mkdir()
    path.write_text(source, encoding="utf-8")
    monkeypatch.setattr(server_trial, "source_of", lambda name: path)
    (tmp_path / "copy").mkdir()
    try_tcp("page/server", b"hello", rb"HELLO", tmp_path / "copy")


def test_a_good_server_passes(monkeypatch, tmp_path):
    try_source(monkeypatch, tmp_path, GOOD_SERVER)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("OSError as error", "KeyError as error", "after reset|Refused|reset"),
        ("except KeyboardInterrupt", "except KeyError", "KeyboardInterrupt"),
        ('print("Stopped")', "raise SystemExit(3)", "status 3"),
        (
            'socket.create_server(("127.0.0.1", 9999))',
            'socket.socket()\nlistener.bind(("127.0.0.1", 9999))\nlistener.listen(128)',
            "Address already in use",
        ),
        ("data.upper()", "data.upper()[:4]", "b'HELL'"),
    ],
    ids=["reset", "Ctrl-C", "status", "restart", "answer"],
)
def test_a_bad_server_is_caught(monkeypatch, tmp_path, old, new, complaint):
    assert old in GOOD_SERVER
    with pytest.raises((AssertionError, OSError)) as caught:
        try_source(monkeypatch, tmp_path, GOOD_SERVER.replace(old, new))
    assert re.search(complaint, repr(caught.value))
