"""Two applications under the same server, asked in turn by the same clients: their rates as one ratio."""

import contextlib
import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from foundation.config import ROOT


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serve(factory: str, **environment: str) -> Iterator[int]:
    """gunicorn with one worker of four threads for `module:factory()`; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
               "--keep-alive", "60", "--log-level", "error", factory]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until it answers at all. Raises RuntimeError when it has ended or says nothing for 30 s."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server has ended")
        with contextlib.suppress(OSError):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
            except urllib.error.HTTPError:
                return
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def rate(port: int, path: str, *, clients: int, seconds: float) -> float:
    """Answers a second to `clients` kept-open connections that ask again as soon as they are answered."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: keep-alive\r\n\r\n".encode()
    waiting = selectors.DefaultSelector()
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(request)
        waiting.register(connection, selectors.EVENT_READ, bytearray())
    answered, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for key, _events in waiting.select(1):
            key.data.extend(key.fileobj.recv(262_144))
            if whole(key.data):
                answered += 1
                key.data.clear()
                key.fileobj.sendall(request)
    taken = time.perf_counter() - start
    for key in list(waiting.get_map().values()):
        key.fileobj.close()
    return answered / taken


def whole(data: bytearray) -> bool:
    """Whether a whole answer with a Content-Length has come. Raises RuntimeError for anything but 200 and 201."""
    head, blank, body = data.partition(b"\r\n\r\n")
    if not blank:
        return False
    if b" 20" not in head[:13]:
        raise RuntimeError(f"unexpected answer: {bytes(data[:400])!r}")
    told = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    return len(body) >= int(told.split(b":")[1])


def compare(ours: tuple[int, str], floor: tuple[int, str], *, clients: int, rounds: int = 5,
            seconds: float = 1.5) -> float:
    """Median of our rate over the floor's, each round asking both."""
    for port, path in (ours, floor):
        rate(port, path, clients=clients, seconds=0.5)
    asked = {"clients": clients, "seconds": seconds}
    return statistics.median(rate(*ours, **asked) / rate(*floor, **asked) for _ in range(rounds))
