"""The listings for mail and files, where things go as the page does not show."""

import asyncio
import ftplib
import importlib
import mailbox
import poplib
import smtplib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace

import pytest
from aiosmtpd.smtp import SMTP
from hostile_peers import MISBEHAVIOURS, connect, receive_until_the_end
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

on_windows = sys.platform == "win32"
FOLDER = "tutorial_examples.sockets.email_and_ftp"


@pytest.fixture
def box(tmp_path):
    """Ann's mailbox below `tmp_path/mail`."""
    (tmp_path / "mail").mkdir()
    return mailbox.Maildir(tmp_path / "mail" / "ann")


@pytest.fixture
def pop3_server(start, tmp_path):
    return lambda: start("email_and_ftp/pop3_server", str(tmp_path / "mail"), "0")


def log_in(server, user="ann", password="secret"):
    client = poplib.POP3("127.0.0.1", server.port, timeout=60)
    client.user(user)
    client.pass_(password)
    return client


def numbers(client):
    return [int(line.split()[0]) for line in client.list()[1]]


def letter(body):
    return f"Subject: test\n\n{body}".encode()


def add_in_order(box, *letters):
    """Add letters a second apart; files made at the same moment have no order."""
    for date, content in enumerate(letters, start=1):
        message = mailbox.MaildirMessage(content)
        message.set_date(date)
        box.add(message)


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_pop3_server_outlives_its_clients(pop3_server, box, misbehave):
    server = pop3_server()
    for _ in range(5):
        misbehave(connect(server))
    log_in(server).quit()
    if not on_windows:
        status, output = server.press_ctrl_c()
        assert "Traceback" not in output
        assert status == 0


def test_a_client_that_breaks_off_leaves_all_mail_where_it_was(pop3_server, box):
    box.add(letter("one"))
    server = pop3_server()
    client = log_in(server)
    client.dele(1)
    assert numbers(client) == []
    client.close()
    client = log_in(server)
    assert numbers(client) == [1]
    client.dele(1)
    client.quit()
    assert numbers(log_in(server)) == []
    assert len(box) == 0


def test_numbers_stay_while_messages_are_deleted(pop3_server, box):
    add_in_order(box, letter("one"), letter("two"), letter("three"))
    client = log_in(pop3_server())
    client.dele(2)
    assert numbers(client) == [1, 3]
    assert client.stat()[0] == 2
    for number in (0, 2, 4, 10**30, "x", "", "1 2", "²"):
        with pytest.raises(poplib.error_proto, match="There is no such message"):
            client.retr(number)
    assert client.retr(3)[1][-1] == b"three"


def test_messages_come_out_as_they_went_in(pop3_server, box):
    bodies = ["", ".", "..\n.\n\n.", ".a\n..b\n", "x" * 2000, "no end of line", "\n\n", "Grüße"]
    for body in bodies:
        box.add(letter(body))
    client = log_in(pop3_server())
    fetched = [client.retr(number)[1] for number in range(1, len(bodies) + 1)]
    assert sorted(fetched) == sorted(letter(body).splitlines() for body in bodies)


def test_only_names_with_their_password_get_in(pop3_server, box):
    server = pop3_server()
    for user, password in [
        ("ann", ""),
        ("ann", "Secret"),
        ("ann", "geheim"),
        ("ann", "sécret"),
        ("zoe", ""),
        ("", ""),
        ("../ann", "secret"),
    ]:
        client = poplib.POP3("127.0.0.1", server.port, timeout=60)
        client.encoding = "UTF-8"
        client.user(user)
        with pytest.raises(poplib.error_proto, match="Wrong name or password"):
            client.pass_(password)
        for forbidden in (
            client.stat,
            client.list,
            partial(client.retr, 1),
            partial(client.dele, 1),
        ):
            with pytest.raises(poplib.error_proto, match="Log in first"):
                forbidden()
        assert client.quit() == b"+OK Bye"


def test_nobody_becomes_somebody_else_on_the_way(pop3_server, box):
    client = log_in(pop3_server())
    for again in (lambda: client.user("bob"), lambda: client.pass_("geheim")):
        with pytest.raises(poplib.error_proto, match="What do you mean"):
            again()


def test_a_message_that_somebody_else_removes_is_said_to_be_gone(pop3_server, box):
    key = box.add(letter("short-lived"))
    client = log_in(pop3_server())
    box.remove(key)
    with pytest.raises(poplib.error_proto, match="Somebody has removed it"):
        client.retr(1)
    client.dele(1)
    assert client.quit() == b"+OK Bye"


def test_commands_may_come_in_pieces_in_one_piece_and_in_any_case(pop3_server, box):
    with connect(pop3_server()) as sock:
        for byte in b"user ann\r\n":
            sock.sendall(bytes([byte]))
        sock.sendall(b"pass secret\nStat\r\nQUIT\r\nSTAT\r\n")
        answers = receive_until_the_end(sock).split(b"\r\n")
    assert answers[2:] == [b"+OK 0 messages", b"+OK 0 0", b"+OK Bye", b""]


def test_all_of_50_clients_at_once_are_served_and_a_silent_one_holds_up_nobody(pop3_server, box):
    box.add(letter("for all"))
    server = pop3_server()
    with connect(server), ThreadPoolExecutor(50) as pool:
        sizes = pool.map(lambda _: log_in(server).stat(), range(50))
        assert {count for count, size in sizes} == {1}


@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_the_pop3_server_starts_again_on_its_port_at_once(pop3_server, box, start, tmp_path):
    server = pop3_server()
    client = log_in(server)
    server.press_ctrl_c()
    with pytest.raises((poplib.error_proto, OSError)):
        client.stat()
    again = start("email_and_ftp/pop3_server", str(tmp_path / "mail"), str(server.port))
    assert log_in(again).stat() == (0, 0)


@pytest.fixture
def module(monkeypatch):
    """A function that imports a listing of this page and sets its command line."""

    def import_it(name, *arguments):
        monkeypatch.setattr(sys, "argv", [f"{name}.py", *arguments])
        return importlib.import_module(f"{FOLDER}.{name}")

    return import_it


@pytest.fixture
def mail_server(monkeypatch, tmp_path, module):
    """Start aiosmtpd with the post office's rules; smtplib goes there."""
    post_office = module("post_office")
    monkeypatch.setattr(post_office, "MAIL", tmp_path / "post")
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(post_office.PostOffice(), loop=loop), "127.0.0.1", 0)
    )
    port = server.sockets[0].getsockname()[1]

    class LocalSMTP(smtplib.SMTP):
        def __init__(self, host, _, **options):
            super().__init__(host, port, **options)

    monkeypatch.setattr(smtplib, "SMTP", LocalSMTP)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_who_is_taken_and_who_is_refused(mail_server, module, capsys, tmp_path):
    people = ["Ann@Example.COM", "ann@example.com", "ann@example.net", "ann", "zoe@example.com"]
    module("send_mail", *people).main()
    output = capsys.readouterr().out
    assert output.count(": sent\n") == 2
    assert "ann@example.net: refused, 550 We take no mail for other domains\n" in output
    assert "zoe@example.com: refused, 550 Nobody here is called zoe\n" in output
    (message,) = mailbox.Maildir(tmp_path / "post" / "ann")
    assert message["Message-ID"].endswith("@example.org>")
    assert ".profile is attached.\n" in message.get_payload(0).get_payload()


def test_a_letter_that_all_refuse_is_no_error_of_the_program(mail_server, module, capsys):
    module("send_mail", "zoe@example.com").main()
    assert capsys.readouterr().out == "zoe@example.com: refused, 550 Nobody here is called zoe\n"


def test_an_address_cannot_lead_out_of_the_folder(tmp_path, monkeypatch, module):
    office = module("post_office").PostOffice()
    envelope = SimpleNamespace(rcpt_tos=[])
    for address in (
        "../ann@example.com",
        "@example.com",
        "",
        "ann@",
        "ann@example.com@example.com",
    ):
        answer = asyncio.run(office.handle_RCPT(None, None, envelope, address, []))
        assert answer.startswith("550 ")
    assert envelope.rcpt_tos == []


def test_subjects_are_listed_newest_first_and_decoded(
    pop3_server, box, module, monkeypatch, capsys
):
    subjects = (b"one", b"=?utf-8?q?zw=C3=B6lf?=")
    add_in_order(box, *(b"Subject: %s\nFrom: a@b.c\n\nText\n" % subject for subject in subjects))
    server = pop3_server()

    class LocalPOP3(poplib.POP3):
        def __init__(self, host, _, **options):
            super().__init__(host, server.port, **options)

    monkeypatch.setattr(poplib, "POP3", LocalPOP3)
    subjects = module("subjects", "ann", "secret")
    subjects.main()
    assert capsys.readouterr().out == "2: zwölf (a@b.c)\n1: one (a@b.c)\n"
    monkeypatch.setattr(sys, "argv", ["subjects.py", "ann", "wrong"])
    subjects.main()
    assert capsys.readouterr().out == "The server says -ERR Wrong name or password\n"
    assert len(box) == 2


@pytest.fixture
def ftp_folder(tmp_path, monkeypatch):
    """Start pyftpdlib on this folder, which Ann may read and write; ftplib goes there."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    authorizer = DummyAuthorizer()
    authorizer.add_user("ann", "secret", str(folder), perm="elrw")
    loop = IOLoop()
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer})
    server = FTPServer(("127.0.0.1", 0), handler, ioloop=loop)
    port = server.address[1]
    real_connect = ftplib.FTP.connect
    monkeypatch.setattr(ftplib.FTP, "connect", lambda ftp, host, _: real_connect(ftp, host, port))
    stopped = threading.Event()

    def serve():
        while not stopped.is_set():
            loop.loop(timeout=0.05, blocking=False)

    thread = threading.Thread(target=serve)
    thread.start()
    yield folder
    stopped.set()
    thread.join()
    server.close_all()


def test_a_file_goes_up_byte_for_byte_and_comes_back(ftp_folder, tmp_path, module, capsys):
    content = b"lines\nand\r\nothers\xff\x00" * 10_000
    (tmp_path / "data.bin").write_bytes(content)
    module("upload", str(tmp_path / "data.bin")).main()
    assert capsys.readouterr().out == f"data.bin: {len(content)} bytes\n"
    assert (ftp_folder / "data.bin").read_bytes() == content


def test_an_empty_file_and_one_that_is_not_there(ftp_folder, tmp_path, module, capsys):
    (ftp_folder / "empty.txt").touch()
    module("fetch_file", "empty.txt").main()
    assert capsys.readouterr().out == ""
    with pytest.raises(ftplib.error_perm, match="550 No such file"):
        module("fetch_file", "missing.txt").main()
    with pytest.raises(FileNotFoundError):
        module("upload", str(tmp_path / "missing.txt")).main()


def test_what_the_server_refuses_is_reported(ftp_folder, tmp_path, module, capsys):
    (ftp_folder / "taken").mkdir()
    (tmp_path / "taken").write_text("hello")
    module("upload", str(tmp_path / "taken")).main()
    assert capsys.readouterr().out.startswith("The server says 550 ")
