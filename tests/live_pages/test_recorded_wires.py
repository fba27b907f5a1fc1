"""What some wires of the site look like as recorded; live pages must draw them alike.

`page/recorded_wires.json` has for each wire the programs, what is done with them, and the rows,
for `page/recorded_wires.test.js`, which runs the programs in the browser's Python. To write the
rows anew, start this file.
"""

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from tested_pages.page_runner import PageRunner
from tested_pages.socket_calls import SocketCall
from tested_pages.wire_rows import wire_rows

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).parent / "page" / "recorded_wires.json"
WIRES = json.loads(FILE.read_text(encoding="utf-8"))
# Whether a call had to wait may differ on a busy machine: it must have waited once.
ATTEMPTS = 5
CAMEL = {
    "received_words": "receivedWords",
    "received_data": "receivedData",
    "stands_for_more": "standsForMore",
}


def recorded_rows(docname, position):
    """The rows of a page's wire, by its position; a port that the system chose is PORT."""
    with PageRunner(ROOT / "docs", ROOT / "src" / "tutorial_examples") as runner:
        [result] = runner.run([f"sockets/{docname}"])
    assert result.failures == []
    wires = [example for example in result.examples if example.kind == "wire"]
    picture = wire_rows(map(SocketCall.from_json, wires[position].artifact))
    return [shown(row, picture.lanes) for row in picture.rows]


def shown(row, lanes):
    """A row as the JSON has it: lanes by name, nothing that is empty."""
    values = {CAMEL.get(name, name): value for name, value in asdict(row).items()}
    values["lane"] = lanes[row.lane]
    values["to"] = None if row.to is None else lanes[row.to]
    for name in ("waiting", "returned"):
        values[name] = sorted(lanes[lane] for lane in values[name])
    values = {name: value for name, value in values.items() if value not in (None, "", [], False)}
    return json.loads(re.sub(r"\b[3-6]\d{4}\b", "PORT", json.dumps(values)))


def apart(rows):
    """The rows without those of calls that wait, and those, each with how many come before it."""
    others, waits = [], set()
    for row in rows:
        if row.get("outcome") == "waits":
            waits.add((len(others), row["lane"], row["call"]))
        else:
            about_waits = ("waiting", "returned")
            others.append({name: row[name] for name in row if name not in about_waits})
    return others, waits


@pytest.mark.parametrize("wire", WIRES, ids=[wire["name"] for wire in WIRES])
def test_rows_are_those_of_the_site(wire):
    wanted, missing = apart(wire["rows"])
    for _ in range(ATTEMPTS):
        rows = recorded_rows(wire["page"], wire["wire"])
        if rows[: len(wire["rows"])] == wire["rows"]:
            return
        others, waits = apart(rows)
        assert others[: len(wanted)] == wanted
        missing -= waits
    assert not missing, f"never waited for in {ATTEMPTS} attempts"


if __name__ == "__main__":
    for wire in WIRES:
        # Where it is shorter than the whole, the order of the rest may differ between two runs.
        wire["rows"] = recorded_rows(wire["page"], wire["wire"])[: len(wire["rows"]) or None]
    FILE.write_text(json.dumps(WIRES, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
