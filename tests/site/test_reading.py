"""Pages in the browser: widths, accessibility, the keyboard, no JavaScript, print, the search."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from conftest import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDTHS = (320, 360, 768, 1440)
AXE_WIDTHS = (320, 768, 1440)
ALL_RULES: dict[str, object] = {"resultTypes": ["violations"]}
RULES_ON_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES = ("light", "dark")


def test_no_page_scrolls_sideways(page_name: str, browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + page_name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        widest = page.evaluate("document.documentElement.scrollWidth")
        assert widest <= width, f"{width} px: {_too_wide(page)}"
    page.close()


def _too_wide(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("main *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth)
          .map((one) => one.outerHTML.slice(0, 100)).slice(0, 4)"""
    )


def test_axe_finds_nothing(kind: str, browser: Browser, address: str) -> None:
    """All its rules at each width, folds open; in the dark those on colours, which alone differ."""
    found = []
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + kind)
    page.evaluate(AXE)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for scheme, options in (
        ("light", ALL_RULES),
        ("dark", {**ALL_RULES, "runOnly": RULES_ON_COLOURS}),
    ):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "name => document.documentElement.dataset.theme === name", arg=scheme
        )
        for width in AXE_WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            result = page.evaluate("options => axe.run(options)", options)
            assert result["testEnvironment"]["windowWidth"] == width
            found += [
                f"{width} px, {scheme}: {one['id']}: {node['html'][:200]} "
                f"{node['failureSummary'][:300]}"
                for one in result["violations"]
                for node in one["nodes"][:3]
            ]
    context.close()
    assert not found, "\n".join(found)


def test_the_first_stop_of_the_keyboard_leads_to_the_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "sockets/udp.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "light-skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.close()


def test_every_stop_of_the_keyboard_can_be_seen(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(address + "sockets/udp.html")
    stops = page.locator("a[href], button, input, summary").count()
    hidden = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const focused = document.activeElement;
              // The label of a tab stands for its button.
              const one = focused.type === "radio" ? focused.nextElementSibling : focused;
              const style = getComputedStyle(one);
              const box = one.getBoundingClientRect();
              const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
              return one === document.body || (marked && box.width > 0 && style.opacity > 0)
                || one.outerHTML.slice(0, 120);
            }"""
        )
        if seen is not True:
            hidden.append(seen)
    page.close()
    assert not hidden


def test_the_choice_of_colours_is_kept(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + "index.html")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.get_by_role("button", name="Colours: as the system").click()
    assert page.evaluate(theme) == "light"
    page.goto(address + "start.html")
    assert page.evaluate(theme) == "light"
    page.get_by_role("button", name="Colours: light").click()
    assert page.evaluate(theme) == "dark"
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_narrow_pages_open_the_lists(javascript: bool, browser: Browser, address: str) -> None:
    context = browser.new_context(
        java_script_enabled=javascript, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(address + "sockets/udp.html")
    pages = page.get_by_role("navigation", name="Pages", exact=True)
    assert not pages.is_visible()
    page.get_by_role("button", name="Pages", exact=True).click()
    assert pages.is_visible()
    page.keyboard.press("Escape")
    assert not pages.is_visible()
    page.get_by_role("button", name="On this page").click()
    page.get_by_role("navigation", name="On this page").get_by_role("link").last.click()
    assert "#" in page.url
    page.goto(address + "sockets/udp.html")
    page.get_by_role("button", name="Pages", exact=True).click()
    pages.get_by_role("link", name="Getting started").click()
    page.wait_for_url("**/start.html")
    context.close()


def test_without_javascript_the_system_says_dark_or_light(browser: Browser, address: str) -> None:
    backgrounds = {}
    for javascript in (True, False):
        for scheme in SCHEMES:
            context = browser.new_context(java_script_enabled=javascript, color_scheme=scheme)
            page = context.new_page()
            page.goto(address + "sockets/udp.html")
            backgrounds[javascript, scheme] = [
                page.locator(part).first.evaluate(
                    "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
                )
                for part in ("body", "figure.terminal", "div.highlight pre", "article a")
            ]
            context.close()
    for scheme in SCHEMES:
        assert backgrounds[True, scheme] == backgrounds[False, scheme]
    assert backgrounds[True, "light"] != backgrounds[True, "dark"]


def test_a_page_opened_from_the_file_system_reads_well(browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.goto((SITE / "sockets/udp.html").as_uri())
    page.get_by_role("button", name="Copy").first.wait_for()
    frame = page.locator("figure.terminal").first
    assert frame.evaluate("one => getComputedStyle(one).display") == "flex"
    assert page.evaluate("document.documentElement.dataset.mode") == "auto"
    page.close()
    assert not errors


def test_without_javascript_the_search_says_how(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "search.html")
    assert page.locator("noscript .admonition-title").is_visible()
    context.close()


def test_the_search_loads_nothing_before_somebody_searches(browser: Browser, address: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + "search.html", wait_until="networkidle")
    page.goto(address + "sockets/udp.html", wait_until="networkidle")
    page.get_by_role("searchbox").fill("datagram")
    assert not [url for url in requests if "search_sections" in url]
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=datagram")
    page.locator("ol.search li a").first.wait_for()
    assert [url for url in requests if "search_sections" in url]
    page.close()


# What is asked, and what the first result must be; of the slides, the page that took its place.
FOUND_FIRST = {
    "Address already in use": "appendix/errors.html#address-already-in-use",
    "OSError: [Errno 98] Address already in use": "appendix/errors.html#address-already-in-use",
    "[Errno 111] Connection refused": "appendix/errors.html#connection-refused",
    "WinError 10054": "appendix/errors.html#other-systems",
    "An existing connection was forcibly closed": "appendix/errors.html#other-systems",
    "BrokenPipeError": "appendix/errors.html#broken-pipe",
    "can only concatenate str": "python/strings.html#joining-strings",
    "recvfrom": "sockets/udp.html#what-recvfrom-returns",
    "print()": "python/interpreter.html#printing",
    "half-close": "appendix/glossary.html#term-half-close",
    "byte order": "sockets/addresses.html#byte-order",
    "lists": "python/lists.html",
    "Lists: Modifying Content": "python/lists.html",
    "UDP Characteristics": "sockets/ip_udp_tcp.html",
    "Simple Connectionless Client": "sockets/udp.html",
}


@pytest.fixture(scope="module")
def search_page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address + "search.html")
    yield page
    page.close()


def _results(page: Page, query: str) -> list[str]:
    page.get_by_role("searchbox").fill(query)
    page.locator("ol.search li a, #search-progress:text('Nothing')").first.wait_for()
    links = page.locator("ol.search li a").all()
    return [str(link.get_attribute("href")).removeprefix("./") for link in links]


@pytest.mark.parametrize("query", FOUND_FIRST)
def test_the_search_finds_what_fits_best_first(query: str, search_page: Page) -> None:
    assert _results(search_page, query)[0] == FOUND_FIRST[query]


def test_a_function_is_found_where_it_is_explained(search_page: Page) -> None:
    explained = {
        "sockets/addresses.html#try-one-after-the-other",
        "sockets/client_server.html#the-two-programs",
    }
    assert explained & set(_results(search_page, "socket.create_connection")[:2])


def test_every_result_leads_to_a_section_that_is_there(
    search_page: Page, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    for result in _results(search_page, "connection"):
        name, _, anchor = result.partition("#")
        page.goto(address + name)
        assert page.evaluate("id => !id || !!document.getElementById(id)", anchor), result
    page.close()


def test_the_search_says_what_it_did_not_find(search_page: Page) -> None:
    assert _results(search_page, "xyzzy") == []
    assert "Nothing was found" in search_page.locator("#search-progress").inner_text()
    assert _results(search_page, "datagram xyzzy")
    assert "No page has all of these words" in search_page.locator("#search-progress").inner_text()


def test_the_search_works_from_the_file_system(browser: Browser) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto((SITE / "sockets/udp.html").as_uri())
    page.get_by_role("searchbox").fill("[Errno 111] Connection refused")
    page.keyboard.press("Enter")
    first = page.locator("ol.search li a").first
    first.click()
    page.wait_for_url("**/errors.html#connection-refused")
    page.close()
    assert not problems


def test_paper_has_the_text_whole_and_nothing_else(
    kind: str, browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.goto(address + kind)
    page.emulate_media(media="print")
    shown = page.locator(".light-sidebar, .light-bar, .light-contents, .light-foot, .copybtn")
    assert not any(one.is_visible() for one in shown.all())
    assert page.locator("h1").is_visible()
    cut = page.evaluate(
        """() => [...document.querySelectorAll("pre")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.textContent.slice(0, 80))"""
    )
    page.close()
    assert not cut
