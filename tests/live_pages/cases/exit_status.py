import atexit
import sys
import threading
import time

atexit.register(print, "at exit")


def late():
    time.sleep(0.05)
    print("thread ends")


threading.Thread(target=late).start()
sys.exit(3)
