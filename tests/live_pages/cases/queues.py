import queue
import threading

q = queue.Queue(2)
results = []


def worker():
    while (item := q.get()) is not None:
        results.append(item * 2)
        q.task_done()
    q.task_done()


t = threading.Thread(target=worker)
t.start()
for n in range(10):
    q.put(n)
q.put(None)
q.join()
t.join()
print(results)
for action in (
    lambda: q.get(timeout=0.01),
    q.get_nowait,
    lambda: [q.put_nowait(n) for n in range(3)],
):
    try:
        action()
    except (queue.Empty, queue.Full) as problem:
        print(type(problem).__name__)
s = queue.SimpleQueue()
threading.Thread(target=s.put, args=("simple",)).start()
print(s.get(), s.empty())
p = queue.PriorityQueue()
for n in (3, 1, 2):
    p.put(n)
print([p.get() for _ in range(3)], queue.LifoQueue().empty())
