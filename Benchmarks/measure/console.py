"""The console in a pseudo terminal, as a person has it: keys go in, bytes come out with the time they came."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from . import machine
from .screen import Screen

# "READY STATUS" of a pod, which no other line of the screen has.
POD = re.compile(r"\s\d+/\d+\s+[A-Z]\w")


class Console:
    """One life of `midwatch -A -c LINE`; a context manager that ends it."""

    def __init__(self, place, kubeconfig, context, line="pods", size=(120, 40)):
        self.size = size
        self.chunks = []
        self.shown, self.fed = Screen(*size), 0
        arguments = [place.midwatch, "--kubeconfig", kubeconfig, "--context", context, "-A", "-c", line]
        self.began = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.sched_setaffinity(0, place.client_cores)
            # Before the program looks, the terminal has its size.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execve(arguments[0], arguments, place.variables)
        os.set_blocking(self.terminal, False)

    def read(self, seconds):
        """Takes what comes within the time; returns as soon as something came, with its bytes."""
        ready, _, _ = select.select([self.terminal], [], [], max(0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self.terminal, 1 << 16)
        except BlockingIOError:
            return b""
        except OSError:
            raise SystemExit("the console ended; its last screen:\n" + "\n".join(self.screen().rows))
        self.chunks.append((time.monotonic(), data))
        return data

    def listen(self, seconds):
        """Reads for so long, whatever comes; returns how many bytes."""
        end = time.monotonic() + seconds
        count = 0
        while (left := end - time.monotonic()) > 0:
            count += len(self.read(left))
        return count

    def until_quiet(self, quiet, patience):
        """Reads until nothing came for `quiet` seconds; returns the time of the last bytes, None when none came."""
        last, end = None, time.monotonic() + patience
        while time.monotonic() < end:
            if self.read(quiet if last else end - time.monotonic()):
                last = self.chunks[-1][0]
            elif last:
                return last
        return last

    def until(self, holds, patience=120):
        """Reads until the screen, looked at whenever it rests, is as wished."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self.until_quiet(0.3, 1)
            if holds(self.screen().rows):
                return
        raise SystemExit("waited in vain; the screen:\n" + "\n".join(self.screen().rows))

    def screen(self):
        """What stands on the screen now; read back here and not as the bytes come, which would disturb the times."""
        for _, data in self.chunks[self.fed :]:
            self.shown.feed(data)
        self.fed = len(self.chunks)
        return self.shown

    def first_time(self, holds):
        """Seconds from the start of the process to the first bytes after which the screen was as wished."""
        screen = Screen(*self.size)
        for when, data in self.chunks:
            screen.feed(data)
            if holds(screen.rows):
                return when - self.began
        raise SystemExit("never so; the screen:\n" + "\n".join(screen.rows))

    def press(self, key, quiet=0.012):
        """Sends a key; returns the seconds until its frame had come whole, and the frame's bytes.

        A frame is over when nothing more came for `quiet` seconds; the time is that of its last bytes.
        """
        before = len(self.chunks)
        sent = time.monotonic()
        os.write(self.terminal, key.encode())
        last = self.until_quiet(quiet, 2)
        if last is None:
            raise SystemExit(f"the key {key!r} drew nothing; the screen:\n" + "\n".join(self.screen().rows))
        return last - sent, sum(len(data) for _, data in self.chunks[before:])

    @property
    def processor_seconds(self):
        return machine.processor_seconds(self.pid)

    @property
    def peak_bytes(self):
        return machine.peak_bytes(self.pid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            try:
                if select.select([self.terminal], [], [], 0.05)[0]:
                    os.read(self.terminal, 1 << 16)
            except OSError:
                break
        if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.terminal)


def pods(rows):
    """How many lines of the screen are pods."""
    return sum(1 for row in rows if POD.search(row))


def shows_all(count):
    """The table's title counts all pods and the feed is live."""
    wanted = re.compile(rf"Pods\s+{count:,}\s.*live")
    return lambda rows: any(wanted.search(row) for row in rows[:4])
