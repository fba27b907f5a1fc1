"""Puts everything under the standard library; called once, before any program."""

from __future__ import annotations

import asyncio
import importlib
import os
import random
import sys
from typing import Any

import _colorize

from . import (
    clock,
    collector,
    descriptor_flags,
    errors,
    green_threads,
    program,
    refusals,
    select_module,
    socket_module,
    standard_input,
    tracebacks,
    unix_paths,
    waiting,
)

# These took what they use from the modules that are replaced here, if they are imported already.
BUILT_ON_SOCKETS = ("socket", "selectors")
FORGOTTEN = (
    "socketserver",
    "http.client",
    "http.server",
    "urllib.request",
    "xmlrpc.client",
    "xmlrpc.server",
    "concurrent.futures.thread",
)


def start(host: Any, folder: str) -> None:
    """Replace the system by the page; `host` is the JavaScript side, `folder` the programs'."""
    waiting.install(host)
    errors.install()
    green_threads.install()
    sys.modules["_socket"] = socket_module.make_module()
    sys.modules["select"] = select_module.make_module()
    for name in BUILT_ON_SOCKETS:
        importlib.reload(importlib.import_module(name))
    for name in FORGOTTEN:
        sys.modules.pop(name, None)
    descriptor_flags.install()
    clock.install()
    standard_input.install()
    unix_paths.install()
    refusals.install()
    collector.install()
    program.install()
    tracebacks.install(folder)
    _restore_asyncio()
    os.environ["TERM"] = "dumb"
    _colorize.can_colorize = lambda **_: False
    random.seed()


def _restore_asyncio() -> None:
    """Undo Pyodide's own event loop, since the standard one runs on `select`.

    `asyncio.streams` has functions for Unix sockets only where `socket` had AF_UNIX before it.
    """
    streams = importlib.reload(asyncio.streams)
    for name in streams.__all__:
        setattr(asyncio, name, getattr(streams, name))
    asyncio.run = asyncio.runners.run
    asyncio.sleep = asyncio.tasks.sleep
    asyncio.events._set_event_loop_policy(None)
    asyncio._set_running_loop(None)
