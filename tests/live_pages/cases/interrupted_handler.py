# presses: ^C
import signal
import time

signal.signal(signal.SIGINT, lambda number, frame: print("signal", number))
print("ready")
start = time.monotonic()
time.sleep(1)
print(time.monotonic() - start >= 1)
signal.raise_signal(signal.SIGINT)
