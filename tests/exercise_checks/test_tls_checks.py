"""What readers are told of their answers to the exercises on TLS."""

import subprocess
import sys

import pytest
from answers import listing, replaced

PAGE = "sockets/tls"
EXPIRY = listing("sockets/tls/expiry")
MUTUAL = listing("sockets/tls/mutual_server")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A folder with the files that the page makes."""
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "ann").mkdir()
    for arguments in ([], ["-d", "ann", "-i", "ann.example"]):
        command = [sys.executable, "-m", "trustme", *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(autouse=True)
def here(certificates, monkeypatch):
    monkeypatch.chdir(certificates)


def test_the_solutions_pass(check_answer):
    assert check_answer(PAGE, "expiry", EXPIRY).outcome == "solved"
    assert check_answer(PAGE, "mutual", MUTUAL).outcome == "solved"


@pytest.mark.parametrize("exercise", ["expiry", "mutual"])
def test_without_certificates_nothing_is_tried(check_answer, tmp_path, monkeypatch, exercise):
    monkeypatch.chdir(tmp_path)
    verdict = check_answer(PAGE, exercise, EXPIRY)
    assert verdict.outcome == "not tried"
    assert verdict.message == (
        "there is no client.pem in this folder; make it with python -m trustme"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "%Y-%m-%d",
            "%d.%m.%Y",
            "when it had the server's certificate, your client should have printed 'Valid until ",
        ),
        (
            "cafile=AUTHORITY",
            "",
            "the handshake failed: ... your client has ended with SSLCertVerificationError: ",
        ),
        (", server_hostname=NAME", "", "ValueError: check_hostname requires server_hostname"),
        ("'notAfter'", "'notBefore'", "should have printed 'Valid until "),
        ('SERVER = ("127.0.0.1", 9999)', 'SERVER = ("127.0.0.1", 9998)', "it has not called it"),
    ],
)
def test_wrong_clients(expect_failure, old, new, message):
    expect_failure(PAGE, "expiry", replaced(EXPIRY, (old, new)), message, patience=3)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "ssl.CERT_REQUIRED",
            "ssl.CERT_OPTIONAL",
            (
                "a client without a certificate was connected, and should have been refused;"
                " your server answered b'HELLO' (verify_mode = ssl.CERT_REQUIRED)"
            ),
        ),
        (
            'cafile="ann/client.pem"',
            'cafile="client.pem"',
            "after b'hello' from Ann, your server should have answered b'HELLO'; it answered b''",
        ),
        (
            "except OSError",
            "except ConnectionResetError",
            "a client closed its connection at once;",
        ),
        ('"Connection from"', '"connection from"', "have printed 'Connection from ann.example'"),
        ("data.upper()", "data", "it answered b'hello'"),
    ],
)
def test_wrong_servers(expect_failure, old, new, message):
    expect_failure(PAGE, "mutual", replaced(MUTUAL, (old, new)), message, patience=3)
