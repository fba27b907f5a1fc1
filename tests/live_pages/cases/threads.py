import threading, queue, time, concurrent.futures as cf, socket

q, out = queue.Queue(maxsize=2), []


def prod():
    for i in range(5):
        q.put(i)
        time.sleep(0.01)
    q.put(None)


def cons():
    while (x := q.get()) is not None:
        out.append(x * x)
        q.task_done()


ts = [threading.Thread(target=f, name=f.__name__) for f in (prod, cons)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(out, [t.is_alive() for t in ts])
with cf.ThreadPoolExecutor(3) as ex:
    meeting = threading.Barrier(3)
    print(list(ex.map(lambda x: (meeting.wait(60) < 3, time.sleep(0.1), x), range(3))))
sleeper = threading.Thread(target=time.sleep, args=(1000,), daemon=True)
sleeper.start()
time.sleep(0.1)
print("parallel sleep", sleeper.is_alive())
ev = threading.Event()
threading.Timer(0.05, ev.set).start()
print(ev.wait(60), ev.is_set())
l = threading.Lock()
print(l.acquire(), l.acquire(timeout=0.05), l.locked())
l.release()
r = threading.RLock()
with r:
    with r:
        print("reentrant")
loc = threading.local()
loc.x = 1
res = []


def f():
    res.append(hasattr(loc, "x"))
    loc.x = 2
    res.append(threading.current_thread().name)


t = threading.Thread(target=f, name="T-one")
t.start()
t.join()
print(res, loc.x)
b = threading.Barrier(2)
th = threading.Thread(target=b.wait)
th.start()
b.wait()
th.join()
print("barrier")
sem = threading.Semaphore(1)
print(sem.acquire(), sem.acquire(blocking=False))


def bad():
    raise ValueError("in thread")


threading.excepthook = lambda a: print("hook", a.exc_type.__name__, a.thread.name)
t = threading.Thread(target=bad, name="bad")
t.start()
t.join()
srv = socket.create_server(("127.0.0.1", 9500))


def serve():
    c, _ = srv.accept()
    with c:
        c.sendall(c.recv(100)[::-1])


t = threading.Thread(target=serve)
t.start()
with socket.create_connection(("127.0.0.1", 9500)) as c:
    c.sendall(b"abc")
    print(c.recv(10))
t.join()
srv.close()
print(threading.active_count(), threading.main_thread().name)


def late():
    time.sleep(0.05)
    print("non-daemon thread finished after main")


threading.Thread(target=late).start()
print("main ends")
