# presses: ^C
import time

try:
    print("ready")
    time.sleep(100)
except KeyboardInterrupt:
    print("clean up")
