import concurrent.futures as futures
import time


def slow(n):
    time.sleep(0.01 * n)
    if n == 3:
        raise ValueError(n)
    return n * n


with futures.ThreadPoolExecutor(4) as pool:
    jobs = [pool.submit(slow, n) for n in range(5)]
    for job in jobs:
        print(job.result() if job.exception() is None else repr(job.exception()))
    print(sorted(pool.map(slow, [2, 1, 0])))
    done, waiting = futures.wait(
        [pool.submit(time.sleep, 0), pool.submit(time.sleep, 0.2)], return_when="FIRST_COMPLETED"
    )
    print(len(done), len(waiting))
    try:
        pool.submit(time.sleep, 0.2).result(timeout=0.01)
    except TimeoutError as problem:
        print(type(problem).__name__)
