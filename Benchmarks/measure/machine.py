"""Where the programs are and what they run on."""
import os
import platform
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Place:
    """The programs, a home folder that belongs to this run alone, and who runs on which core."""

    def __init__(self, folder):
        self.folder = folder
        self.midwatch = os.environ.get("MIDWATCH") or os.path.join(build_folder(), "midwatch")
        self.kubectl = os.path.join(ROOT, ".build-tools/venv/bin/kubectl")
        cores = sorted(os.sched_getaffinity(0))
        # The server has a core of its own, so that it is not what limits the clients; those share the other ones.
        self.server_cores = {cores[-1]}
        self.client_cores = set(cores[:-1]) or {cores[0]}

    @property
    def variables(self):
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if key in os.environ}
        return {"LANG": "C.UTF-8", **kept, "HOME": self.folder, "TERM": "xterm-256color", "COLORTERM": ""}

    @property
    def words(self):
        return (
            f"{processor()}, {len(os.sched_getaffinity(0))} cores (clients on {len(self.client_cores)}, the server on "
            f"{len(self.server_cores)}), Linux {platform.release()}, {self.kubectl_version}, load before: "
            f"{os.getloadavg()[0]:.1f}"
        )

    @property
    def kubectl_version(self):
        answer = subprocess.run([self.kubectl, "version", "--client"], capture_output=True, text=True, check=True)
        return "kubectl " + answer.stdout.split()[2]


def build_folder():
    command = ["swift", "build", "-c", "release", "--show-bin-path", "--package-path", ROOT]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def processor():
    with open("/proc/cpuinfo") as lines:
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def processor_seconds(pid):
    """What a process has used so far, all its threads together, user and system, to the nanosecond."""
    import time

    # The clock of another process, as clock_getcpuclockid(3) makes it on Linux.
    return time.clock_gettime((~pid << 3) | 2)


def peak_bytes(pid):
    with open(f"/proc/{pid}/status") as lines:
        for line in lines:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise OSError(f"no VmHWM for process {pid}")
