"""Lets Sphinx find the pages that are READMEs beside the folder of the pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.project import Project
from sphinx.util._pathlib import _StrPath

from tested_pages.page_paths import page_path, readme_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx


class ProjectWithReadmes(Project):
    """Sphinx's list of documents, which otherwise are all below one folder."""

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Finds all documents and puts them into `docnames`."""
        super().discover(exclude_paths, include_paths)
        docs = Path(self.srcdir)
        for docname in readme_pages(docs):
            path = Path(os.path.relpath(page_path(docs, docname), docs))
            self.docnames.add(docname)
            self._path_to_docname[path] = docname
            self._docname_to_path[docname] = path
        return self.docnames

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """The file of a document; without `..` if the whole path is asked for."""
        path = super().doc2path(docname, absolute)
        return _StrPath(os.path.normpath(path)) if absolute else path


def find_readmes(app: Sphinx) -> None:
    """Replaces Sphinx's list, before it is filled."""
    project = ProjectWithReadmes(app.srcdir, app.config.source_suffix)
    project.restore(app.project)
    app.project = app.env.project = project
