"""Pages as slides: that all fit, that the keys lead through them, and that the page comes back."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from conftest import SITE
from test_reading import AXE, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PROJECTOR = {"width": 1280, "height": 720}
# How large the scripts and the style may be, together, as gzip -6 makes them.
MOST_BYTES = 14_000
WITHOUT_SLIDES = {"404.html", "search.html"}
# Python has to be loaded and started, on a busy machine.
MILLISECONDS = 120_000

KINDS = [
    *("h1", ".gp", ".terminals", "figure.wire", "table", "dl", ".literal-block-wrapper"),
    *(".slide-crumb", ".references", ".check-command", ".sd-tab-set", "[rel=next]"),
]

STATE = """() => {
  const article = document.querySelector("article");
  const place = (one) => [...article.querySelectorAll("*")].indexOf(one);
  return {
    text: article.textContent,
    elements: article.querySelectorAll("*").length,
    live: [...article.querySelectorAll("[data-live]")].map(place),
  };
}"""
# Each slide is looked at as when it is shown.
OVERFLOWS = """() => [...document.querySelectorAll(".slide")].flatMap((slide) => {
  document.querySelector(".slide.is-current").classList.remove("is-current");
  slide.classList.add("is-current");
  const body = slide.querySelector(".slide-body");
  const isHigh = body.scrollHeight > body.clientHeight + 1;
  const isWide = body.scrollWidth > body.clientWidth + 1;
  const mayScroll = slide.classList.contains("slide-scrolls");
  return (isHigh && !mayScroll) || isWide ? [slide.getAttribute("aria-label")] : [];
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page as large as a projector, on which nothing may go wrong."""
    opened = browser.new_page(viewport=PROJECTOR)
    opened.set_default_timeout(MILLISECONDS)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    yield opened
    opened.close()
    assert not errors


def show(page: Page, address: str) -> None:
    """Opens an address, and waits until there is a slide."""
    page.goto(address)
    page.locator(".slide.is-current").wait_for()


def current(page: Page) -> str:
    """The current slide's name, as a screen reader says it."""
    return page.locator(".slide.is-current").get_attribute("aria-label")


def first_of_each_kind(page: Page) -> set[int]:
    """Indices of slides that together hold one of each kind of thing."""
    return set(
        page.evaluate(
            """kinds => kinds.map((kind) =>
              [...document.querySelectorAll(".slide")].findIndex((one) => one.querySelector(kind)))
              .filter((index) => index !== -1)""",
            KINDS,
        )
    )


def hidden(page: Page) -> int:
    """How much of the current slide is still to be shown."""
    return page.locator(".slide.is-current .slide-later").count()


def test_every_page_fits_on_slides_and_comes_back(page_name: str, page: Page, address: str) -> None:
    page.goto(address + page_name)
    if page_name in WITHOUT_SLIDES:
        assert page.locator(".light-slides").count() == 0
        return
    before = page.evaluate(STATE)
    page.get_by_role("link", name="Slides", exact=True).click()
    page.locator(".slide.is-current").wait_for()
    assert page.locator(".slide [data-live]").count() == len(before["live"])
    assert page.evaluate(OVERFLOWS) == []
    page.keyboard.press("Escape")
    page.locator(".slides").wait_for(state="detached")
    assert page.evaluate(STATE) == before


def test_nothing_of_it_is_loaded_before_it_is_asked_for(page: Page, address: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + "python/lists.html", wait_until="networkidle")
    assert not [url for url in requests if "slides" in url]
    page.get_by_role("link", name="Slides", exact=True).click()
    page.locator(".slide.is-current").wait_for()
    loaded = [url.removeprefix(address) for url in requests if "slides" in url]
    assert sorted(loaded) == ["_static/slides/slides.css", "_static/slides/slides.js"]
    assert sum(len(gzip.compress((SITE / one).read_bytes(), 6)) for one in loaded) <= MOST_BYTES


def test_without_javascript_there_is_no_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "python/lists.html?slides")
    assert not page.locator(".light-slides").is_visible()
    assert page.locator("article").is_visible()
    context.close()


def test_a_site_in_a_folder_has_slides_too(page: Page) -> None:
    show(page, (SITE / "python/lists.html").as_uri() + "?slides")
    assert page.locator(".slide").count() > 10


def test_the_keys_lead_through_all_of_it(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    count = page.locator(".slide").count()
    assert current(page) == f"1 of {count}: Lists"
    seen = []
    for _ in range(20 * count):
        seen.append((current(page), hidden(page)))
        if current(page).startswith(f"{count} of"):
            break
        page.keyboard.press("ArrowRight")
    names = list(dict.fromkeys(name for name, _ in seen))
    assert [int(name.split()[0]) for name in names] == list(range(1, count + 1))
    # Every output was hidden at first, and none at the end.
    last = dict(seen)
    assert sum(left > 0 for _, left in seen) > count
    assert set(last.values()) == {0}
    for _ in range(len(seen)):
        page.keyboard.press("PageUp")
    assert current(page) == names[0]
    page.keyboard.press("End")
    assert current(page) == names[-1]
    page.keyboard.press("ArrowUp")
    assert current(page) == names[-2]
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    assert current(page) == names[1]


def test_what_is_typed_comes_before_what_is_printed(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides#making-a-list-and-reading-it")
    session = page.locator(".slide.is-current pre").first
    assert session.inner_text().split("\n")[:3] == [">>> x = [1, 'hello', 3 + 2j]", ">>> x", ""]
    page.keyboard.press("ArrowRight")
    assert session.inner_text().split("\n")[2:4] == ["[1, 'hello', (3+2j)]", ">>> len(x)"]
    page.keyboard.press("ArrowLeft")
    assert session.inner_text().split("\n")[2] == ""
    page.keyboard.press("a")
    assert hidden(page) == 0


def test_terminals_take_turns_as_on_the_page(page: Page, address: str) -> None:
    show(page, address + "sockets/udp.html?slides#a-service-in-two-terminals")
    server, client = page.locator(".slide.is-current figure.terminal").all()
    assert server.is_visible()
    assert not client.is_visible()
    page.keyboard.press("ArrowRight")
    # The server is ready; it has not heard of a client that has not spoken.
    assert "Listening" in server.inner_text()
    assert "5 bytes" not in server.inner_text()
    assert "Send: Hello" in client.inner_text()
    assert "HELLO" not in client.inner_text()
    page.keyboard.press("ArrowRight")
    assert "HELLO" in client.inner_text()
    page.keyboard.press("a")
    assert "Stopped" in server.inner_text()


def test_solutions_come_with_the_press_behind_the_exercise(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides#python-lists-queue")
    assert "Exercise" in current(page)
    page.keyboard.press("PageDown")
    assert "Solution" in current(page)
    assert page.locator(".slide.is-current pre").first.is_visible()
    page.keyboard.press("Escape")
    assert page.locator("details.solution").first.get_attribute("open") is not None


def test_the_address_keeps_the_slide(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    name, link = current(page), page.url
    page.reload()
    page.locator(".slide.is-current").wait_for()
    assert current(page) == name
    # On a screen of another shape the slide has other neighbours, but shows the same place.
    page.set_viewport_size({"width": 1024, "height": 768})
    show(page, link)
    assert current(page).split(": ")[1].split("  ")[0].startswith(name.split(": ")[1][:10])


def test_the_page_is_left_at_the_section_and_entered_there_again(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides#one-list-two-names")
    assert current(page).endswith(": One list, two names")
    page.keyboard.press("Escape")
    assert page.url == address + "python/lists.html#one-list-two-names"
    heading = page.get_by_role("heading", name="One list, two names")
    box = heading.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PROJECTOR["height"] / 3
    page.get_by_role("link", name="Slides", exact=True).click()
    assert current(page).endswith(": One list, two names")
    # The browser's own way back leads to the page, too.
    page.go_back()
    page.locator(".slides").wait_for(state="detached")
    assert heading.is_visible()


def test_links_within_the_page_lead_to_slides(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    page.evaluate("location.hash = 'lists-in-lists'")
    page.wait_for_function("document.querySelector('.is-current').ariaLabel.includes('Lists in')")
    page.keyboard.press("End")
    page.get_by_role("link", name="Tuples").click()
    page.wait_for_url("**/python/tuples.html?slides#*")
    assert current(page).endswith(": Tuples")


def test_the_overview_leads_to_any_slide(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    page.keyboard.press("o")
    assert page.locator(".slide").nth(4).is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert current(page).startswith("6 of")
    assert not page.locator(".slide").nth(4).is_visible()
    page.keyboard.press("o")
    page.locator(".slide").nth(2).click()
    assert current(page).startswith("3 of")
    # What was not shown before is not shown there.
    assert hidden(page) > 0


def test_a_click_and_a_finger_go_on(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PROJECTOR, has_touch=True)
    page = context.new_page()
    show(page, address + "python/lists.html?slides")
    page.locator(".slide.is-current h1").click()
    assert current(page).startswith("2 of")
    page.get_by_role("button", name="Next", exact=True).click()
    assert page.locator(".slide.is-current").get_by_text("[1, 'hello', (3+2j)]").is_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Back", exact=True).click()
    assert current(page).startswith("1 of")
    devtools = context.new_cdp_session(page)
    for begin, end, expected in ((900, 300, "2 of"), (300, 900, "1 of")):
        for kind, points in (
            ("touchStart", [{"x": begin, "y": 600}]),
            ("touchMove", [{"x": end, "y": 590}]),
            ("touchEnd", []),
        ):
            devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_function(
            "begins => document.querySelector('.is-current').ariaLabel.startsWith(begins)",
            arg=expected,
        )
    context.close()


def test_the_list_of_keys(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert current(page).startswith("1 of")


def test_the_text_of_the_page_is_for_the_speaker(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides#one-list-two-names")
    whole = "The assignment y = x did not copy the list. It made y a second name"
    assert not page.get_by_text(whole).filter(visible=True).count()
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    window = opened.value
    assert "Take your time" in window.locator(".presenter-notes").inner_text()
    before = current(page)
    for _ in range(10):
        window.keyboard.press("ArrowRight")
        if current(page) != before:
            break
    assert current(page) != before
    assert current(page).split(": ")[1][:8] in window.locator(".presenter-place").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert window.is_closed()


def test_larger_type_is_kept(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PROJECTOR)
    page = context.new_page()
    show(page, address + "python/lists.html?slides")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    usual, count = page.evaluate(size), page.locator(".slide").count()
    page.keyboard.press("+")
    page.keyboard.press("+")
    larger = page.evaluate(size)
    assert larger == pytest.approx(1.2 * usual, rel=0.01)
    assert page.locator(".slide").count() > count
    page.reload()
    page.locator(".slide.is-current").wait_for()
    assert page.evaluate(size) == larger
    assert page.evaluate(OVERFLOWS) == []
    context.close()


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (800, 600), (360, 740)])
@pytest.mark.parametrize("name", ["python/lists.html", "sockets/udp.html", "appendix/deck.html"])
def test_screens_of_other_shapes(
    name: str, size: tuple[int, int], browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(MILLISECONDS)
    show(page, address + name + "?slides")
    assert page.evaluate(OVERFLOWS) == []
    page.close()


def test_paper_has_one_slide_on_each_sheet(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides")
    count = page.locator(".slide").count()
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == count
    page.emulate_media(media="print")
    assert page.locator(".slide").last.is_visible()
    assert not page.locator(".slides-bar").is_visible()
    later = page.locator(".slide-later").first
    assert later.evaluate("one => getComputedStyle(one).visibility") == "visible"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["python/lists.html", "sockets/udp.html", "sockets/layers.html"])
def test_axe_finds_nothing_on_slides(
    name: str, scheme: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=PROJECTOR)
    page = context.new_page()
    show(page, address + name + "?slides")
    page.evaluate(AXE)
    found = []
    for index in sorted(first_of_each_kind(page)):
        page.keyboard.press("Home")
        for _ in range(index):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("a")
        result = page.evaluate("axe.run()")
        found += [
            f"{current(page)}: {one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in result["violations"]
            for node in one["nodes"][:3]
        ]
    context.close()
    assert not found, "\n".join(found)


def test_a_session_runs_in_its_slide(page: Page, address: str) -> None:
    show(page, address + "python/lists.html?slides#making-a-list-and-reading-it")
    slide = page.locator(".slide.is-current")
    slide.get_by_role("button", name="Run", exact=True).first.click()
    said = slide.get_by_text("It printed the same as on the page.")
    said.first.wait_for(timeout=MILLISECONDS)
    page.keyboard.press("Escape")
    # What ran is on the page as well.
    assert page.locator("article").get_by_text("It printed the same as on the page.").is_visible()


def test_a_server_and_its_client_run_in_their_slide(page: Page, address: str) -> None:
    show(page, address + "sockets/udp.html?slides#a-service-in-two-terminals")
    slide = page.locator(".slide.is-current")
    slide.get_by_role("button", name="Play as shown").click()
    said = slide.get_by_text("It printed the same as on the page.")
    said.wait_for(timeout=MILLISECONDS)
    assert slide.locator(".terminal", has_text="HOW ARE YOU?").last.is_visible()
    # The wire of this run is where the recorded one was.
    page.keyboard.press("ArrowDown")
    live = page.locator(".slide.is-current figure.wire[aria-label]")
    assert live.is_visible()
    page.keyboard.press("Escape")
    assert page.locator("article").get_by_text("It printed the same as on the page.").is_visible()
