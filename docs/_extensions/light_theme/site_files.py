"""Files for those who find and host the site: sitemap.xml, robots.txt, and the page 404.html."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from light_theme.static_files import are_left
from live_pages.node_build import esbuild_program, run_esbuild

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

SCRIPT = "light_theme.js"


def page_not_found(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that a host shows at whatever address does not exist, so with no relative link."""
    base = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    yield "404", {"title": "There is no such page", "light_base": base}, "404.html"


def write_site_files(app: Sphinx, error: Exception | None) -> None:
    """Writes robots.txt, and sitemap.xml if the site's address is known."""
    if error is not None or app.builder.name != "html":
        return
    robots = "User-agent: *\nAllow: /\n"
    if app.config.html_baseurl:
        base = app.config.html_baseurl.rstrip("/") + "/"
        pages = sorted(app.env.found_docs)
        addresses = (base + app.builder.get_target_uri(page) for page in pages)
        entries = "".join(f"<url><loc>{escape(one)}</loc></url>\n" for one in addresses)
        _write(
            app,
            "sitemap.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n',
        )
        robots += f"Sitemap: {base}sitemap.xml\n"
    _write(app, "robots.txt", robots)


def lighten_script(app: Sphinx, error: Exception | None) -> None:
    """Makes the script that every page loads smaller, where npm has installed esbuild."""
    esbuild = esbuild_program()
    if error is not None or app.builder.name != "html" or esbuild is None or are_left(app):
        return
    script = Path(app.outdir, "_static", SCRIPT)
    run_esbuild(esbuild, "--allow-overwrite", f"--outfile={script}", str(script))


def _write(app: Sphinx, name: str, text: str) -> None:
    Path(app.outdir, name).write_text(text, encoding="utf-8")
