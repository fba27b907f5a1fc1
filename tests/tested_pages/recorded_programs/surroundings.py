"""What a program can see of the world that it was started in."""

import os
import sys
import threading
import warnings

print(sys.path[1:], sys.path_hooks, sys.meta_path, sys.modules.get("sitecustomize"))
print(sorted(os.environ), sorted(os.environb), os.environ.get("PYTHONPATH"))
print([name for name in sys.modules if "custom" in name or "record" in name or "noted" in name])
print(threading.enumerate(), sys.flags, sys.argv, sys.orig_argv[1:], sys.gettrace())
print(sorted(sys.path_importer_cache))
if sys.platform == "linux":
    print(os.listdir("/proc/self/fd"))  # noqa: PTH208

import socket  # noqa: E402

for _ in range(2):
    print(os.open(os.devnull, os.O_RDONLY), socket.socket().fileno())
warnings.simplefilter("always")
lost = socket.socket()
del lost
print(socket.socket(socket.AF_UNIX))
os.closerange(3, 4096)
numbers = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
print(numbers, socket.socket().fileno(), [os.read(number, 1) for number in numbers])
