"""Debian's amtool against the simulated Alertmanager: the program and the address are the arguments."""

import json
import subprocess
import sys

program, url = sys.argv[1:3]


def amtool(*arguments, fails=False):
    done = subprocess.run([program, f"--alertmanager.url={url}", *arguments], capture_output=True, text=True, timeout=60)
    if (done.returncode != 0) != fails:
        sys.exit(f"amtool {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


alerts = json.loads(amtool("alert", "query", "-o", "json"))
check(any(alert["labels"]["alertname"] == "Watchdog" for alert in alerts), "the watchdog barks")
check("CertificateExpiresSoon" in amtool("alert", "query", "team=platform", "severity=~warn.*"), "matchers choose alerts")
check("KubeContainerWaiting" not in amtool("alert", "query"), "what is silenced is hidden unless asked for")
check("KubeContainerWaiting" in amtool("alert", "query", "--silenced"), "and shown when asked for")
silence = amtool("silence", "add", "alertname=KubeHpaMaxedOut", "--comment", "known", "--author", "ada", "--duration", "1h").strip()
check(silence in amtool("silence", "query"), "the new silence is listed")
check("KubeHpaMaxedOut" not in amtool("alert", "query"), "and silences")
amtool("silence", "expire", silence)
check("KubeHpaMaxedOut" in amtool("alert", "query"), "until it is expired")
amtool("silence", "expire", silence, fails=True)
amtool("alert", "add", "alertname=FromOutside", "severity=info", "--annotation=summary=here")
check("FromOutside" in amtool("alert", "query"), "an alert from outside is taken")
check("team-payments" in amtool("config", "show"), "the configuration is shown")
check("ready" in amtool("cluster", "show"), "the cluster is ready")
print("amtool: everything as it should be")
