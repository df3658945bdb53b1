"""Into containers and back: exec and forwards beside kubectl's, on the same server in the same run."""
import os
import re
import socket
import subprocess
import time
import urllib.request
from statistics import median

from .server import CONTEXT, Server

SIZE = 100_000_000
NAMESPACE = "checkout"


class Clients:
    """The same words for both programs."""

    def __init__(self, place, server):
        self.place = place
        self.server = server
        self.pod = self.run(self.theirs("get", "pods", "-l", "app=basket", "-o", "name"))[1].split()[0].decode()

    def mine(self, *words):
        return [
            self.place.midwatch, words[0], "--kubeconfig", self.server.kubeconfig, "--context", CONTEXT, "-n",
            NAMESPACE, "--confirm", CONTEXT, *words[1:]]

    def theirs(self, *words):
        return [
            self.place.kubectl, "--kubeconfig", self.server.kubeconfig, "--context", CONTEXT, "-n", NAMESPACE, *words]

    def open(self, command, **more):
        return subprocess.Popen(
            command, env=self.place.variables, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, self.place.client_cores), **more)

    def run(self, command, **more):
        """Seconds and output of a whole run."""
        began = time.monotonic()
        with self.open(command, stdout=subprocess.PIPE, **more) as process:
            output = process.stdout.read()
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        return time.monotonic() - began, output


def streams(place, options, table):
    """Whole commands, lines there and back, and a hundred megabytes."""
    with Server(place, 1_000) as server:
        clients = Clients(place, server)
        both = (clients.mine, clients.theirs)
        whole = [[], []]
        for _ in range(max(5, options.rounds)):
            for index, words in enumerate(both):
                whole[index].append(clients.run(words("exec", clients.pod, "--", "echo", "hi"))[0])
        add(table, "exec of `echo`, the whole command", *(median(times) for times in whole), milliseconds)
        add(table, "a line there and back through exec", *(line(clients, words) for words in both), milliseconds)
        command = ("exec", clients.pod, "--", "head", "-c", str(SIZE), "/dev/zero")
        rates = [median(SIZE / caught(clients, words(*command)) for _ in range(5)) for words in both]
        add(table, "100 MB out of a container through exec", *rates, speed, more_is_better=True)
        rates = [forwarded(clients, words, verb) for words, verb in zip(both, ("forward", "port-forward"))]
        add(table, "100 MB through a forward", *rates, speed, more_is_better=True)


def line(clients, words, count=300):
    """The median time of a line to `cat` and back."""
    with clients.open(
            words("exec", "-i", clients.pod, "--", "cat"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            bufsize=0) as process:
        times = []
        for number in range(count):
            began = time.monotonic()
            process.stdin.write(b"%d\n" % number)
            process.stdout.readline()
            times.append(time.monotonic() - began)
        process.stdin.close()
    return median(times[10:])


def caught(clients, command):
    """Seconds from the first byte to the last."""
    with clients.open(command, stdout=subprocess.PIPE, bufsize=0) as process:
        count = len(process.stdout.read(1))
        began = time.monotonic()
        while piece := process.stdout.read(1 << 20):
            count += len(piece)
        spent = time.monotonic() - began
    if count != SIZE:
        raise SystemExit(f"{count} bytes came through {command[0]}")
    return spent


def forwarded(clients, words, verb):
    """Bytes a second of a download through a forwarded port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = clients.open(words(verb, clients.pod, f"{port}:8080"), stdout=subprocess.PIPE, text=True)
    try:
        if not re.search(str(port), process.stdout.readline()):
            raise SystemExit(f"{verb} did not begin")
        rates = []
        for _ in range(5):
            began = time.monotonic()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/large?bytes={SIZE}", timeout=120) as answer:
                count = 0
                while piece := answer.read(1 << 20):
                    count += len(piece)
            if count != SIZE:
                raise SystemExit(f"{count} bytes came through {verb}")
            rates.append(SIZE / (time.monotonic() - began))
        return median(rates)
    finally:
        process.terminate()
        process.wait(20)


def add(table, name, mine, theirs, words, more_is_better=False):
    ratio = mine / theirs
    good = ratio >= 1 if more_is_better else ratio <= 1
    table.add(name, words(mine), f"kubectl: {words(theirs)}", f"{ratio:.2f} ×", "≥ 1 ×" if more_is_better else "≤ 1 ×", good)


def milliseconds(value):
    return f"{value * 1000:.2f} ms"


def speed(value):
    return f"{value / 1e6:.0f} MB/s"
