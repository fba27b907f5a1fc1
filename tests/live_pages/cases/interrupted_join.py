# presses: ^C
import queue
import threading

jobs = queue.Queue()
worker = threading.Thread(target=jobs.get, daemon=True)
worker.start()
try:
    print("ready")
    worker.join()
except KeyboardInterrupt:
    print("interrupted", worker.is_alive())
jobs.put(1)
worker.join()
print(worker.is_alive())
