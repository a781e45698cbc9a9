"""A bad line: a TCP relay between the browser and the server that fails on demand, at one address for ever.

    line = Line(target=("127.0.0.1", 8000)); page.goto(line.url)
    line.cut_after(1234)      # the connection that carries the 1,234th byte from now on breaks, with all others
    line.mode = "captive"     # 200 and a sign-in page of the hotel to every request
"""

import contextlib
import socket
import threading
import time

SIZE = 16 * 1024
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # linger for no time: the other side gets a reset


def answer(status: str, title: str) -> bytes:
    """What something in between says in place of the server: no page of ours."""
    body = f"<html><title>{title}</title><h1>{title}</h1></html>"
    return (f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


ANSWERS = {"captive": answer("200 OK", "Guest Wi-Fi: accept the terms"), "500": answer("500 Error", "Error"),
           "502": answer("502 Bad Gateway", "Bad Gateway"), "413": answer("413 Too Large", "Too Large")}


class Line:
    """The relay. `mode`: "good", "down" (refused) or one of ANSWERS; `pace`: bytes a second, 0 for all there are."""

    def __init__(self, target: tuple[str, int]):
        self.target, self.pace = target, 0
        self._mode, self._left = "good", None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.seen = 0  # bytes relayed in both directions since the start
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._mode = mode
        if mode != "good":
            self.hang_up()

    def cut_after(self, count: int) -> None:
        """Break every connection once `count` more bytes have passed, whichever way they go."""
        self._left = count

    @property
    def is_cut(self) -> bool:
        """Whether the cut has happened (or none was ordered)."""
        return self._left is None

    def hang_up(self) -> None:
        """Break every open connection now."""
        with self._lock:
            open_now, self._open = self._open, set()
        for end in open_now:
            abort(end)

    def close(self) -> None:
        self._listener.close()
        self.hang_up()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._mode == "down":
                return abort(near)
            first = near.recv(SIZE)
            if self._mode in ANSWERS:
                near.sendall(ANSWERS[self._mode])
                near.shutdown(socket.SHUT_WR)
                drain(near)
                return near.close()
            far = socket.create_connection(self.target)
            with self._lock:
                self._open |= {near, far}
            self._pass(first, far)
            threading.Thread(target=self._relay, args=(far, near), daemon=True).start()
            return self._relay(near, far)
        return abort(near)

    def _relay(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(SIZE):
                self._pass(piece, sink)
        with self._lock:
            self._open -= {source, sink}
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _pass(self, piece: bytes, sink: socket.socket) -> None:
        """Hand a piece on; at the ordered byte break every connection and raise OSError."""
        if self.pace:
            time.sleep(len(piece) / self.pace)
        with self._lock:
            passing = len(piece) if self._left is None else min(len(piece), self._left)
            self._left = None if self._left is None or self._left <= passing else self._left - passing
        sink.sendall(piece[:passing])
        self.seen += passing
        if passing < len(piece):
            self.hang_up()
            raise ConnectionResetError("the line was cut")


def drain(end: socket.socket) -> None:
    """Read what the other side still sends, so that it gets to read our answer."""
    end.settimeout(2)
    with contextlib.suppress(OSError):
        while end.recv(SIZE):
            pass


def abort(end: socket.socket) -> None:
    """Close with a reset, as a line that breaks does, not with a goodbye."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)  # wakes a thread that reads it
    end.close()
