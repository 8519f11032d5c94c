#!/usr/bin/env python3
"""Eight ordinary clients beside each kind of attacker in turn: does anybody notice?

usage: attacks.py PROGRAM [SECONDS [KB]]

Starts PROGRAM as a server for each attack, from another address of this machine (127.0.0.2), and prints for the ordinary
clients how many requests were answered and how many failed, p50 and p99 in milliseconds, and the server's largest memory.
Linux alone: memory is read from /proc.
"""
import http.client, os, socket, subprocess, sys, tempfile, threading, time

PROGRAM = sys.argv[1]
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 60
KB = ["--kb", sys.argv[3]] if len(sys.argv) > 3 else []
PASTE = "2026/11/20 09:00:01\tiPad07\tエラー\tInstallProfile: (4026) プロファイルを変更できません。\n".encode()
ATTACKER = ("127.0.0.2", 0)


def distinct(size):
    """Lines that no two are alike."""
    number, text = 1, []
    while sum(map(len, text[-1:])) * len(text) < size:
        number = number * 6364136223846793005 + 1 & (1 << 64) - 1
        word = "".join(chr(97 + (number >> 7 * at) % 26) for at in range(8))
        text.append(f"the {word} could not {word}ise the x{word}\n")
    return "".join(text).encode()


MIB = 1 << 20
PASTES = {
    "wide labels": "あい：\n".encode() * (MIB // 10),
    "ampersands in a cell": b"<table><tr><td>" + b"&" * MIB,
    "unterminated escapes": b"\x1b]" * (MIB // 2),
    "references and tags": b"<table><tr><td>" + b"&#32;<b>" * (MIB // 8),
    "a JSON array in one line": b"[" + b'{"msg":"push failed"},' * (MIB // 22) + b"1]",
    "open brackets": b"(\n" * (MIB // 2),
    "open quotes": "日時,端末名,メッセージ\n".encode() + b'a,"b\n' * (MIB // 5),
    "distinct lines": distinct(4 * MIB),
}


def request(address, body, source=None):
    connection = http.client.HTTPConnection(*address, timeout=60, source_address=source)
    try:
        connection.request("POST", "/v1/answer", body, {"content-type": "text/plain"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def pasting(body):
    def attack(address, until):
        while time.time() < until:
            try: request(address, body, ATTACKER)
            except OSError: pass
    return [attack] * 8


def slow_bodies(address, until):
    """Sockets that say that a body comes, to /login too, and send a byte a second."""
    held = []
    for place in range(64):
        stream = socket.create_connection(address, source_address=ATTACKER)
        path = "/login" if place % 2 else "/v1/answer"
        head = f"POST {path} HTTP/1.1\r\nHost: {address[0]}\r\nContent-Length: 1000000\r\n\r\n"
        stream.sendall(head.encode())
        held.append(stream)
    while time.time() < until:
        for stream in held:
            try: stream.sendall(b"x")
            except OSError: pass
        time.sleep(1)


def slow_readers(address, until):
    """Connections that ask and never read."""
    held = []
    while time.time() < until:
        try:
            stream = socket.create_connection(address, timeout=2, source_address=ATTACKER)
            body = b"ERROR x\n" * 4000
            head = f"POST /v1/answer HTTP/1.1\r\nHost: {address[0]}\r\nContent-Length: {len(body)}\r\n\r\n"
            stream.sendall(head.encode() + body)
            held.append(stream)
        except OSError: time.sleep(.05)
        if len(held) > 1100: held = held[-200:]


ATTACKS = {"nobody": []} | {name: pasting(body) for name, body in PASTES.items()}
ATTACKS |= {"slow bodies": [slow_bodies] * 2, "slow readers": [slow_readers] * 2}


def ordinary(address, until, times, failures):
    while time.time() < until:
        begun = time.time()
        try: status = request(address, PASTE)
        except OSError as error: status = str(error)
        times.append(time.time() - begun)
        if status != 200: failures.append(status)
        time.sleep(.1)


def largest(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmHWM:"): return int(line.split()[1]) / 1024
    return 0


def measure(name, attackers, directory):
    command = [PROGRAM, "serve", *KB, "--port", "0"]
    environment = {"PATH": os.environ["PATH"], "HOME": directory, "XDG_CACHE_HOME": directory}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        line = process.stdout.readline().strip()
        host, port = line.removeprefix("http://").rstrip("/").split(":")
        address, until, times, failures = (host, int(port)), time.time() + SECONDS, [], []
        threads = [threading.Thread(target=ordinary, args=(address, until, times, failures)) for _ in range(8)]
        threads += [threading.Thread(target=attacker, args=(address, until)) for attacker in attackers]
        for thread in threads: thread.daemon = True; thread.start()
        for thread in threads[:8]: thread.join()
        times.sort()
        at = lambda share: times[min(int(len(times) * share), len(times) - 1)] * 1000
        print(f"| {name} | {len(times)} | {len(failures)} | {at(.5):.0f} | {at(.99):.0f} | {largest(process):.0f} |", flush=True)
        if failures: print(f"  {failures[:3]}", file=sys.stderr)
    finally:
        process.terminate()
        process.wait(10)


print("| beside | requests | failed | p50 (ms) | p99 (ms) | memory (MiB) |\n|---|---|---|---|---|---|")
with tempfile.TemporaryDirectory() as directory:
    for name, attackers in ATTACKS.items():
        measure(name, attackers, directory)
