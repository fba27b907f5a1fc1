import pytest
from typing_clients import TYPING_CLIENTS


@pytest.mark.parametrize("name", TYPING_CLIENTS)
def test_a_client_notices_that_the_server_has_closed(start, listener, name):
    typed, sent = TYPING_CLIENTS[name]
    client = start(name, port=listener.getsockname()[1])
    sock, _ = listener.accept()
    client.type(typed)
    assert sock.recv(1024) == sent
    sock.close()
    assert client.finish() == (0, "Send: The server closed the connection\n")


@pytest.mark.parametrize("last_line", ["", None], ids=["empty line", "Ctrl-D"])
@pytest.mark.parametrize("name", TYPING_CLIENTS)
def test_an_empty_line_and_ctrl_d_end_a_client(start, listener, name, last_line):
    client = start(name, port=listener.getsockname()[1])
    sock, _ = listener.accept()
    if last_line is not None:
        client.type(last_line)
    status, output = client.finish()
    assert (status, output.rstrip("\n")) == (0, "Send: ")
    with sock:
        assert sock.recv(1024) == b""
