from urllib.request import urlopen, Request
from urllib.error import HTTPError, URLError

with urlopen("http://127.0.0.1:8000/x?a=1") as r:
    print(r.status, r.read().decode())
try:
    urlopen("http://localhost:8000/nope")
except HTTPError as e:
    print(e.code, e.reason, e.read().decode())
with urlopen(Request("http://localhost:8000/", data=b"payload", method="POST")) as r:
    print(r.status, r.read())
try:
    urlopen("http://localhost:1/")
except URLError as e:
    print(e)
