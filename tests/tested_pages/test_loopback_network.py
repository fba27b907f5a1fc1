"""A page's own network: its own ports, nothing outside, no more rights than a reader has."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from written_pages import failures, needs_forks, needs_own_network

from tested_pages import loopback_network
from tested_pages.loopback_network import own_network_refusal


def session(lines):
    return "```python\n" + "".join(f"{line}\n" for line in lines) + "```\n"


TRACEBACK = ["Traceback (most recent call last):", "  ..."]

IN_OWN_NETWORK = """\
import sys
from tested_pages.loopback_network import enter_own_network
enter_own_network()
"""


def run_in_own_network(code):
    """What a program prints that has a network of its own."""
    done = subprocess.run(
        [sys.executable, "-c", IN_OWN_NETWORK + code], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


@needs_own_network
def test_only_the_loopback_interface_is_there():
    code = "import socket; print(*[name for _, name in socket.if_nameindex()])"
    assert run_in_own_network(code).split()[0] == "lo"
    up = "print(open('/sys/class/net/lo/flags').read())"
    assert int(run_in_own_network(up), 16) & 1


@needs_own_network
@pytest.mark.parametrize(("family", "host"), [("AF_INET", "127.0.0.1"), ("AF_INET6", "::1")])
def test_one_can_talk_over_loopback(family, host):
    if family == "AF_INET6" and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this Linux has no IPv6")
    code = f"""
import socket
server = socket.create_server(({host!r}, 11111), family=socket.{family})
client = socket.create_connection(({host!r}, 11111))
client.sendall(b"hello")
print(server.accept()[0].recv(10))
"""
    assert run_in_own_network(code) == "b'hello'\n"


@needs_own_network
@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_server(('127.0.0.1', 80))",
        "socket.create_server(('127.0.0.1', 1023))",
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    ],
)
def test_what_an_ordinary_user_may_not_do_is_refused(attempt):
    code = f"""
import socket
try:
    {attempt}
except PermissionError:
    print("refused")
"""
    assert run_in_own_network(code) == "refused\n"


@needs_own_network
def test_port_1024_is_everybody_s():
    code = "import socket; print(socket.create_server(('127.0.0.1', 1024)).getsockname())"
    assert run_in_own_network(code) == "('127.0.0.1', 1024)\n"


@needs_own_network
def test_nothing_outside_is_reached():
    # An address for documentation, which nobody has; a machine with a network would try.
    code = """
import socket
try:
    socket.create_connection(("192.0.2.1", 53), timeout=60)
except OSError as error:
    print(error.strerror)
"""
    assert run_in_own_network(code) == "Network is unreachable\n"


@needs_own_network
def test_the_user_is_an_ordinary_one():
    assert run_in_own_network("import os; print(os.getuid(), os.getgid())") == "1000 1000\n"


def connect_to(port):
    return session(
        [
            ">>> import socket",
            f">>> connection = socket.create_connection(('127.0.0.1', {port}))",
        ]
    )


@needs_own_network
def test_a_page_does_not_reach_what_listens_on_this_machine(pages, monkeypatch):
    monkeypatch.delenv("TESTED_PAGES_NETWORK", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        [result] = pages.run_together([(connect_to(server.getsockname()[1]), {})], deadline=60.0)
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    [failure] = failures(result)
    assert failure.line == 3
    assert "ConnectionRefusedError" in failure.message
    assert result.network == "own"


@needs_forks
def test_without_a_network_of_its_own_it_does(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    with socket.create_server(("127.0.0.1", 0)) as server:
        [result] = pages.run_together([(connect_to(server.getsockname()[1]), {})], deadline=60.0)
        server.settimeout(60)
        server.accept()[0].close()
    assert failures(result) == []
    assert result.network == "shared"


@needs_own_network
def test_a_page_s_programs_are_in_its_network_too(pages):
    pages.passes("""\
        ```python
        >>> import socket
        >>> server = socket.create_server(("127.0.0.1", 11111))
        ```

        ```{terminal} one
        $ python -c 'import socket; socket.create_connection(("127.0.0.1", 11111)); print("there")'
        there
        ```
        """)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse before they try")
# The machine asks in a process without threads, pytest need not be one.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
class TestRefusal:
    """Why there is no network of one's own."""

    def test_says_what_the_system_said(self, monkeypatch):
        def refuse():
            raise PermissionError(1, "unshare: not here")

        monkeypatch.setattr(loopback_network, "enter_own_network", refuse)
        assert own_network_refusal() == "[Errno 1] unshare: not here"

    def test_is_not_taken_for_permission_when_something_else_goes_wrong(self, monkeypatch):
        def fail():
            raise RuntimeError

        monkeypatch.setattr(loopback_network, "enter_own_network", fail)
        assert own_network_refusal() == "no reason given"

    def test_is_not_taken_for_permission_when_the_attempt_is_killed(self, monkeypatch):
        monkeypatch.setattr(loopback_network, "enter_own_network", lambda: os._exit(3))
        assert own_network_refusal() == "a process that tried ended with status 3"

    def test_leaves_this_process_where_it_is(self):
        before = Path("/proc/self/ns/net").readlink(), os.getuid()
        own_network_refusal()
        assert (Path("/proc/self/ns/net").readlink(), os.getuid()) == before


def test_other_systems_say_why_not(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert own_network_refusal() == "only Linux has network namespaces"
    with pytest.raises(OSError, match="only Linux has network namespaces"):
        loopback_network.enter_own_network()
