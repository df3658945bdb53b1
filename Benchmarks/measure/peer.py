"""kubectl, the peer."""
import os
import subprocess
import time


def get_pods(place, kubeconfig, context, *options):
    """`kubectl get pods -A` as a whole: seconds, peak bytes, and how many pods it printed."""
    output = os.path.join(place.folder, "kubectl.out")
    command = [place.kubectl, "--kubeconfig", kubeconfig, "--context", context, "get", "pods", "-A", "--no-headers"]
    command += options
    with open(output, "wb") as file:
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdout=file, env=place.variables, preexec_fn=lambda: os.sched_setaffinity(0, place.client_cores))
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"kubectl ended with {process.returncode}")
    with open(output, "rb") as file:
        count = sum(1 for _ in file)
    return seconds, usage.ru_maxrss * 1024, count
