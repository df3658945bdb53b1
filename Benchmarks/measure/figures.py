"""Each figure: how it is measured, and what is wanted of it."""
import re
from statistics import median

from . import peer
from .console import Console, pods, shows_all
from .server import CONTEXT, Server
from .streams import streams
from .table import megabytes, seconds


def open_console(place, server, line="pods"):
    return Console(place, server.kubeconfig, CONTEXT, line)


def start(place, options, table):
    """Process start to the first full screen of rows and to all rows in place, beside the whole of kubectl."""
    first, whole, whole_peer, one_page, peak, peak_peer = [], [], [], [], 0, 0
    with Server(place, options.pods) as server:
        for _ in range(options.rounds):
            spent, bytes_, count = peer.get_pods(place, server.kubeconfig, CONTEXT)
            whole_peer.append(spent)
            one_page.append(peer.get_pods(place, server.kubeconfig, CONTEXT, "--chunk-size=0")[0])
            peak_peer = max(peak_peer, bytes_)
            with open_console(place, server) as console:
                console.until(shows_all(count))
                lines = pods(console.screen().rows)
                first.append(console.first_time(lambda rows: pods(rows) == lines))
                whole.append(console.first_time(shows_all(count)))
                peak = max(peak, console.peak_bytes)
    theirs = median(whole_peer)
    # Told beside it: kubectl holds itself back between its pages, and without pages it does not.
    words = f"`kubectl get pods -A`: {seconds(theirs)} (in one page {seconds(median(one_page))})"
    for name, mine, wanted in (("first full screen", first, 0.05), (f"all {count:,} rows in place", whole, 0.35)):
        ratio = median(mine) / theirs
        table.add(
            f"{count:,} pods: process start to {name}", seconds(median(mine)),
            words, f"{ratio:.3f} ×", f"≤ {wanted} ×", ratio <= wanted)
    table.add(
        f"peak memory, {count:,} pods loaded", megabytes(peak), f"kubectl: {megabytes(peak_peer)}",
        f"{peak / peak_peer:.2f} ×", "≤ 48 MB", peak <= 48e6)


def processor(place, options, table):
    """One core's share while the cluster is quiet and while it changes."""
    for churn, limit in ((0, 0.005), (1000, 0.15)):
        with Server(place, options.pods, churn) as server:
            changes = server.changes_per_second() if churn else 0
            _, _, count = peer.get_pods(place, server.kubeconfig, CONTEXT)
            with open_console(place, server) as console:
                console.until(lambda rows: any("live" in row for row in rows[2:4]))
                console.listen(3)
                before = console.processor_seconds
                console.listen(options.seconds)
                share = (console.processor_seconds - before) / options.seconds
                peak = console.peak_bytes
        words = f"{changes:.0f} changes a second" if churn else "no changes"
        table.add(
            f"one core's share, {count:,} pods, {words}", f"{share:.1%}", "", "", f"≤ {limit:.1%}", share <= limit)
        if churn:
            table.add(
                f"peak memory, {count:,} pods, {words}", megabytes(peak), "", "", "≤ 48 MB", peak <= 48e6)


def large(place, options, table):
    """Memory and keys with very many rows."""
    with Server(place, options.many) as server:
        _, peak_peer, count = peer.get_pods(place, server.kubeconfig, CONTEXT)
        with open_console(place, server) as console:
            console.until(shows_all(count), 300)
            peak = console.peak_bytes
            table.add(
                f"peak memory, {count:,} pods loaded", megabytes(peak), f"kubectl: {megabytes(peak_peer)}",
                f"{peak / peak_peer:.2f} ×", "≤ 256 MB", peak <= 256e6)
            # Past the middle, so that no end of the list makes it easy.
            for _ in range(60):
                console.press("\x06")
            moves = [console.press(key)[0] for key in MOVES * (options.keys // len(MOVES))]
            console.press("/", 0.05)
            typed = [console.press(key)[0] for key in TYPED * max(1, options.keys // len(TYPED))]
            peak = console.peak_bytes
    for name, times, limit in (("moving", moves, 0.008), ("typing a filter", typed, 0.040)):
        worst = percentile(times, 99)
        table.add(
            f"key to drawn frame, {count:,} rows, {name}: 99th percentile of {len(times)}", f"{worst * 1000:.1f} ms",
            f"median {median(times) * 1000:.1f} ms", "", f"≤ {limit * 1000:.0f} ms", worst <= limit)
    table.add(
        f"peak memory, {count:,} pods, after all that", megabytes(peak), "", "", "≤ 256 MB", peak <= 256e6)


def output(place, options, table):
    """Bytes that go to the terminal: over a thin line they are what a person waits for."""
    with Server(place, options.pods) as server:
        with open_console(place, server) as console:
            console.until(lambda rows: any("live" in row for row in rows[2:4]))
            console.listen(2)
            width, height = console.size
            moves = [console.press(key, 0.05)[1] for key in ["j"] * 20 + ["k"] * 20]
        # Deployments, because nothing of them changes here; the processor time and memory of pods do.
        with open_console(place, server, "deployments") as console:
            console.until(lambda rows: any("live" in row for row in rows[2:4]))
            console.listen(5)
            before = len(console.chunks)
            idle = console.listen(options.idle)
            parts = [data for _, data in console.chunks[before:]]
    table.add(
        f"bytes for moving the selection one row, {width}×{height}", f"median {median(moves):.0f}",
        f"{max(moves)} at most", "", "≤ 300", median(moves) <= 300)
    table.add(
        f"bytes in {options.idle} idle seconds", str(idle), f"in {len(parts)} writes: {parts!r}" if idle < 200 else "",
        "", "none but the clock", idle <= 64 * (options.idle // 60 + 1))


def batch(place, options, table):
    """Keys while 500 pods are restarted: whoever looks on must not feel it."""
    with Server(place, options.pods) as server:
        _, _, count = peer.get_pods(place, server.kubeconfig, CONTEXT)
        with open_console(place, server) as console:
            console.until(shows_all(count))
            # The pods of the first ten deployments that only make load.
            for key in ["/", *"NAME:load-000", "\r", "\x01"]:
                console.press(key, 0.2)
            chosen = re.search(r"marked\s+([\d,]+)", "\n".join(console.screen().rows[:4]))
            console.press("R", 0.2)
            console.until(lambda rows: any("goes ahead" in row for row in rows))
            console.press("\r", 0.2)
            console.until(lambda rows: any("under way" in row for row in rows))
            console.press("\x1b", 0.2)
            keys = list("jjjjjjjjkkkk") + ["\x06", "\x02"]
            times = [console.press(key)[0] for key in keys * (options.keys // len(keys))]
            if not any(re.search(r"\d+ of [\d,]+ done", row) for row in console.screen().rows):
                raise SystemExit("the restart was over before the keys were; the screen:\n" + "\n".join(console.screen().rows))
    worst = percentile(times, 99)
    table.add(
        f"key to drawn frame while {chosen.group(1)} of {count:,} pods restart: 99th percentile of {len(times)}",
        f"{worst * 1000:.1f} ms", f"median {median(times) * 1000:.1f} ms", "", "≤ 16 ms", worst <= 0.016)


MOVES = list("jjjjjjjjkkkk") + ["\x06", "\x02", "j", "k", "G", "k", "\x02"]
# A word letter by letter and back again: broad filters, narrow ones, and ones that match nothing.
TYPED = list("payments") + ["\x7f"] * 8 + list("crashzz") + ["\x7f"] * 7 + list("ledger 7") + ["\x7f"] * 8

ALL = {"start": start, "processor": processor, "large": large, "output": output, "batch": batch, "streams": streams}


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]
