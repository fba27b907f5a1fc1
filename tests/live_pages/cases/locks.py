import threading
import time

lock = threading.Lock()
log = []


def work(name):
    with lock:
        log.append(name)
        time.sleep(0.01)
        log.append(name)


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
print(all(log[i] == log[i + 1] for i in range(0, 8, 2)), sorted(log))
condition = threading.Condition()
items = []


def consume():
    with condition:
        condition.wait_for(lambda: items, timeout=5)
        print("got", items)


t = threading.Thread(target=consume)
t.start()
with condition:
    items.append(1)
    condition.notify()
t.join()
print(lock.acquire(timeout=0.01), lock.acquire(timeout=0.01), lock.acquire(False))
for arguments in ((False, 1), (True, -2)):
    try:
        lock.acquire(*arguments)
    except ValueError as problem:
        print(problem)
lock.release()
try:
    lock.release()
except RuntimeError as problem:
    print(problem)
event = threading.Event()
print(event.wait(0.01), event.is_set())
barrier = threading.Barrier(3)
order = [threading.Thread(target=barrier.wait) for _ in range(2)]
[t.start() for t in order]
barrier.wait()
[t.join() for t in order]
semaphore = threading.BoundedSemaphore(2)
semaphore.acquire()
semaphore.release()
try:
    semaphore.release()
except ValueError as problem:
    print(problem)
print(
    threading.active_count(),
    threading.current_thread().name,
    threading.current_thread() is threading.main_thread(),
)
print(threading.get_ident() == threading.main_thread().ident)
