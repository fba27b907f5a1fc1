"""Python 2 side of `python2.py`: runs what it is sent, answers with what that printed.

Started as `python2.7 python2_session.py`; one JSON value a line each way: it is sent
`[filename, source, "single" or "exec"]` and answers with a string.
"""

import json
import sys
import traceback
from StringIO import StringIO

namespace = {"__name__": "__main__", "__builtins__": __builtins__}
questions, answers = sys.stdin, sys.stdout
sys.stdin = open("/dev/null")

while True:
    question = questions.readline()
    if not question:
        break
    filename, source, mode = json.loads(question)
    sys.stdout = sys.stderr = printed = StringIO()
    try:
        exec(compile(source.encode("utf-8"), str(filename), str(mode)), namespace)
    except SyntaxError:
        kind, error, _ = sys.exc_info()
        printed.write("".join(traceback.format_exception_only(kind, error)))
    except BaseException:
        kind, error, place = sys.exc_info()
        printed.write("".join(traceback.format_exception(kind, error, place.tb_next)))
    output = printed.getvalue()
    if isinstance(output, bytes):
        output = output.decode("utf-8", "replace")
    answers.write(json.dumps(output) + "\n")
    answers.flush()
