"""The classes of the page on classes, used in ways that the page does not show."""

from pathlib import Path

import pytest

import tutorial_examples
from tutorial_examples.python.classes.account import Account
from tutorial_examples.python.classes.links import LinkParser
from tutorial_examples.python.classes.players import Player
from tutorial_examples.python.classes.tiny_server import Handler, serve

FOLDER = Path(tutorial_examples.__file__).parent / "python" / "classes"
PAGE = "python/classes"


def test_players_do_not_share_their_scores():
    ann, bob = Player("Ann"), Player("Bob")
    ann.add(3)
    assert (ann.total(), bob.total()) == (3, 0)


def test_an_empty_list_of_scores_is_kept():
    scores = []
    Player("Ann", scores).add(3)
    assert scores == [3]


def test_a_player_can_be_made_of_what_it_shows():
    player = Player("O'Hara", [1, 2])
    again = eval(repr(player))
    assert (again.name, again.scores) == ("O'Hara", [1, 2])


def test_each_request_has_a_handler_of_its_own():
    made = []

    class Keeper(Handler):
        def handle(self):
            made.append(self)

    serve(["one", "two"], Keeper)
    assert [handler.request for handler in made] == ["one", "two"]
    assert made[0] is not made[1]


def test_the_handler_of_the_library_does_nothing(capsys):
    serve(["one"], Handler)
    assert capsys.readouterr().out == ""


def test_an_account_can_be_emptied_but_no_further():
    account = Account("Ann")
    account.deposit(10)
    account.withdraw(10)
    with pytest.raises(ValueError, match="Ann has only 0"):
        account.withdraw(1)
    assert account.balance == 0


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ("", []),
        ("<A HREF='x'>", ["x"]),
        ('<a href="">', [""]),
        ("<a href>", []),
        ('<a href="one"><b href="two"></b></a>', ["one"]),
        ('<!-- <a href="hidden"> -->', []),
    ],
)
def test_links(page, links):
    parser = LinkParser()
    parser.feed(page)
    assert parser.links == links


def test_a_page_may_come_in_pieces():
    parser = LinkParser()
    parser.feed("<a hr")
    parser.feed('ef="news.html">')
    assert parser.links == ["news.html"]


@pytest.mark.parametrize(
    ("exercise", "solution"), [("account", "account.py"), ("links", "links.py")]
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


ACCOUNT = (FOLDER / "account.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "def deposit(self, amount)",
            "def deposit(amount)",
            "the parameters of deposit begin with",
        ),
        ("self.balance += amount", "balance += amount", "deposit(30) raised UnboundLocalError"),
        (
            "self.balance = 0",
            "balance = 0",
            "a new account has no balance (give it one in __init__",
        ),
        ("self.balance = 0", "self.balance = 0.0", "has balance 0.0; expected 0"),
        ("if amount > self.balance", "if amount >= self.balance", "withdraw(40) raised ValueError"),
        (
            "raise ValueError(",
            "print(",
            "withdraw(41) from 40 raised nothing; expected a ValueError",
        ),
        ("raise ValueError", "raise KeyError", "withdraw(41) from 40 raised KeyError"),
        ("__repr__", "show", "write a method __repr__ that returns the text"),
        ("owner!r}", "owner}", "the quotes are missing"),
        ("__init__", "_init_", "Account('Ann') raised TypeError: Account() takes no arguments"),
        ("+= amount", "+= amount; return self.balance", "deposit(30) returned 30; expected None"),
    ],
)
def test_wrong_accounts(check_answer, right, wrong, message):
    assert right in ACCOUNT
    verdict = check_answer(PAGE, "account", ACCOUNT.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_an_account_whose_balance_is_the_class_s(check_answer):
    source = ACCOUNT.replace("self.balance", "Account.balance").replace(
        "        Account.balance = 0\n", ""
    )
    source = source.replace("    def __init__", "    balance = 0\n\n    def __init__")
    verdict = check_answer(PAGE, "account", source)
    assert "a second account, made after the first got money, has balance 42" in verdict.message


LINKS = (FOLDER / "links.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("        super().__init__()\n", "", "has to call super().__init__()"),
        (
            "self.links = []",
            "links = []",
            "no attribute 'links' (attributes are made in __init__, with self.",
        ),
        ("LinkParser(HTMLParser)", "LinkParser", "inherit it: class LinkParser(HTMLParser)"),
        ('tag == "a" and ', "", "['style.css', 'z']; expected ['z'] (does every parser"),
        (" and address is not None", "", "[None, None]; expected []"),
        ("handle_starttag", "handle_start_tag", "links []; expected ['news.html', '/']"),
        ('.get("href")', '["href"]', "raised KeyError: 'href'"),
        ("attrs).get", "[attrs[0]]).get", "links []; expected ['y']"),
        ("self.links.append", "links.append", "attributes are written with self. in front"),
    ],
)
def test_wrong_link_parsers(check_answer, right, wrong, message):
    assert right in LINKS
    verdict = check_answer(PAGE, "links", LINKS.replace(right, wrong))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


def test_link_parsers_that_share_their_list(check_answer):
    source = LINKS.replace("        self.links = []\n", "").replace(
        "    def __init__", "    links = []\n\n    def __init__"
    )
    verdict = check_answer(PAGE, "links", source)
    assert "does every parser have its own list?" in verdict.message
