"""Python 2 side of `python2.py`: runs what it is sent, answers with what that printed.

Started as `python2.7 -u python2_session.py` in a page's folder; one JSON value a line each way: it
is sent `[filename, source, "single" or "exec"]` and answers with a string.
"""

import json
import os
import sys
import tempfile
import traceback

namespace = {"__name__": "__main__", "__builtins__": __builtins__}
questions, answers = sys.stdin, os.fdopen(os.dup(1), "w")
sys.stdin = open(os.devnull)
sys.path[0] = os.getcwd()
# What child processes print is seen too.
printed = tempfile.TemporaryFile()
for standard in (1, 2):
    os.dup2(printed.fileno(), standard)

while True:
    question = questions.readline()
    if not question:
        break
    filename, source, mode = json.loads(question)
    try:
        # A unicode source, so that text in it means the same as in a UTF-8 terminal.
        exec(compile(source, str(filename), str(mode)), namespace)
    except SyntaxError:
        kind, error, _ = sys.exc_info()
        sys.stderr.write("".join(traceback.format_exception_only(kind, error)))
    except BaseException:
        kind, error, place = sys.exc_info()
        sys.stderr.write("".join(traceback.format_exception(kind, error, place.tb_next)))
    printed.seek(0)
    output = printed.read()
    printed.seek(0)
    printed.truncate()
    answers.write(json.dumps(output.decode("utf-8", "replace")) + "\n")
    answers.flush()
