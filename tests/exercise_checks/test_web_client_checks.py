"""What readers are told of their answers to the exercises on web clients and on mail."""

import pytest
from answers import listing, replaced

UPPER = listing("sockets/urllib/upper_web_client")
LINKS = listing("sockets/urllib/links")
SUBJECTS = listing("sockets/email_and_ftp/subjects")
UPLOAD = listing("sockets/email_and_ftp/upload")


def test_the_solutions_pass(check_answer):
    assert check_answer("sockets/urllib", "upper", UPPER).outcome == "solved"
    assert check_answer("sockets/urllib", "links", LINKS).outcome == "solved"
    assert check_answer("sockets/email_and_ftp", "subjects", SUBJECTS).outcome == "solved"
    assert check_answer("sockets/email_and_ftp", "upload", UPLOAD).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'urllib.parse.urlencode({"text": text})',
            'f"text={text}"',
            (
                "when 'Straße & Co=1' is typed, your client should have sent a form with the field"
                " text"
            ),
        ),
        ("form, timeout=5", "timeout=5", "have asked for POST /upper; it asked for GET /upper"),
        (".read().decode()", ".read()", "(these are bytes; decode them before you print them)"),
        (
            "except urllib.error.HTTPError",
            "except ZeroDivisionError",
            (
                "'The server refused: 503 Service Unavailable'; it printed 'Send: No answer: HTTP"
                " Error"
            ),
        ),
        (
            "except OSError",
            "except ValueError",
            "'No answer: ...'; it printed 'Send: '; your client",
        ),
        ("8000", "8001", "'hello' was typed; your client should connect to 127.0.0.1 port 8000;"),
    ],
)
def test_wrong_upper_clients(expect_failure, old, new, message):
    expect_failure("sockets/urllib", "upper", replaced(UPPER, (old, new)), message, patience=2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (', method="HEAD"', "", "should have asked for HEAD /here; it asked for GET /here"),
        (
            "return urljoin(base, target)",
            "return base[: base.index('/', 8)] + '/' + target.lstrip('/')",
            (
                "asked for HEAD /folder/missing?page=2; it asked for HEAD /missing?page=2 (a link"
                " counts from the page that it is on: see urllib.parse.urljoin)"
            ),
        ),
        ('tag == "a"', 'tag != "b"', "asked for HEAD /gone; it asked for HEAD /folder/style.css"),
        (
            "    except urllib.error.HTTPError as error:\n        error.close()\n",
            "    except ZeroDivisionError as error:\n        print()\n",
            "when http://127.0.0.1: ... /folder/missing?page=2 was answered with 404 Not Found",
        ),
        ("print(outcome(url), url)", "print(outcome(url), target)", "it printed '200 /here'"),
        ("urlopen(sys.argv[1], timeout=5)", "urlopen('http://' + input())", "should connect to"),
    ],
)
def test_wrong_links(expect_failure, old, new, message):
    expect_failure("sockets/urllib", "links", replaced(LINKS, (old, new)), message, patience=2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("range(count, 0, -1)", "range(1, count + 1)", "(the newest comes first, and it has the"),
        (", policy=policy.default", "", "(policy.default decodes what a header has encoded)"),
        ("error.args[0].decode()", "error.args[0]", "in the error's args, as bytes: decode them)"),
        (
            "            print(f",
            "            box.dele(number)\n            print(f",
            "should leave the",
        ),
        (
            "except poplib.error_proto",
            "except ZeroDivisionError",
            "it printed nothing; your client",
        ),
        ("box.user(sys.argv[1])", "box.user('bob')", "when the mailbox held two messages"),
    ],
)
def test_wrong_subjects(expect_failure, old, new, message):
    expect_failure("sockets/email_and_ftp", "subjects", replaced(SUBJECTS, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ftp.storbinary(", "ftp.storlines(", "(storlines changes the ends of lines; use storb"),
        (
            'f"STOR {path.name}"',
            'f"STOR {path}"',
            "notes.bin' (its name, without the folders that lead to it)",
        ),
        (
            "{ftp.size(path.name)}",
            "{path.stat().st_size}",
            "(ask the server how long the file is there)",
        ),
        (
            'ftp.storbinary(f"STOR {path.name}", file)',
            "pass",
            "should have stored a file; it has left without",
        ),
        ("{error}", "no", "it printed 'The server says no'"),
        ('path.open("rb")', "__import__('io').BytesIO(b'x')", "the bytes of the file, "),
        (
            "except ftplib.error_perm",
            "except ZeroDivisionError",
            "when the server refused the file, your client should have printed",
        ),
        ("2121", "2122", "should connect to"),
    ],
)
def test_wrong_uploads(expect_failure, old, new, message):
    expect_failure("sockets/email_and_ftp", "upload", replaced(UPLOAD, (old, new)), message)
