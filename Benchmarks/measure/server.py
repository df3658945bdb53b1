"""`midwatch simulate` as the server of both clients."""
import os
import re
import signal
import subprocess
import time
import urllib.request

CONTEXT = "production"


class Server:
    """A simulated company in a process of its own; a context manager that stops it."""

    def __init__(self, place, pods, churn=0):
        self.folder = os.path.join(place.folder, f"server-{pods}-{churn}")
        self.kubeconfig = os.path.join(self.folder, "kubeconfig")
        command = [place.midwatch, "simulate", "--scenario", "calm", "--pods", str(pods), "--folder", self.folder]
        self.process = subprocess.Popen(
            command + ["--churn", f"{churn}/s"], stdout=subprocess.PIPE, text=True, env=place.variables,
            preexec_fn=lambda: os.sched_setaffinity(0, place.server_cores))
        self.wait()

    def wait(self):
        for line in self.process.stdout:
            found = re.search(rf"\b{CONTEXT}\s+(http\S+)", line)
            if found:
                self.address = found.group(1).rstrip("/")
                break
        else:
            raise SystemExit("the simulator ended before it served")
        # A list, so that what the server makes on its first request is made.
        self.get("/api/v1/pods?limit=1")

    def get(self, path):
        with self.open(path) as answer:
            return answer.read()

    def open(self, path):
        """A plain request with the kubeconfig's token, for what no client tells."""
        with open(self.kubeconfig) as file:
            token = re.search(r"token:\s*(\S+)", file.read()).group(1)
        asked = urllib.request.Request(self.address + path, headers={
            "Authorization": f"Bearer {token}", "Accept": "application/json;as=Table;v=v1;g=meta.k8s.io",
            "User-Agent": "midwatch-bench"})
        return urllib.request.urlopen(asked, timeout=60)

    def changes_per_second(self, seconds=3):
        """What a watch of the pods really delivers, counted by its lines."""
        version = re.search(rb'"resourceVersion":\s*"(\d+)"', self.get("/api/v1/pods?limit=1")).group(1).decode()
        count = 0
        with self.open("/api/v1/pods?watch=1&resourceVersion=" + version) as answer:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                count += answer.read1(1 << 16).count(b"\n")
        return count / seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
