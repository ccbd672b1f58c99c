"""`preview` and `build --watch`: what the server gives to whom, and what follows a save."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from harness import REPORT, Failure, check, main, sanitized

DATA = REPORT.replace("year: 2023\n", "year: 2023\n数据: {评分: 分.csv}\n")


class Preview:
    """A running `preview`."""

    def __init__(self, box, *args):
        words = [str(box.program), "preview", *map(str, args), "--port", "0"]
        self.errors = open(box.path("errors.log"), "wb+")
        self.process = subprocess.Popen(
            words, cwd=box.folder, stdout=subprocess.PIPE, stderr=self.errors,
            text=True,
        )
        self.sanitized = sanitized(str(box.program))
        line = self.process.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/\n", line)
        check(found, f"the first line is no address: {line!r}")
        self.port, self.secret = int(found[1]), found[2]
        self.base = f"/{self.secret}/"

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        if self.process.poll() is None:
            self.end()
        self.errors.seek(0)
        said = self.errors.read().decode("utf-8", "replace")
        self.errors.close()
        check("Sanitizer" not in said and "runtime error" not in said, said[:2000])
        if kind:
            print(said[:1500])

    def end(self, number=signal.SIGINT):
        begun = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=10)
        check(code == 0, f"status {code} after signal {number}")
        return time.monotonic() - begun

    def ask(self, path="", method="GET", headers=None, raw=False):
        """Status, headers, body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request(method, path if raw else self.base + path, headers=headers or {})
        answer = link.getresponse()
        body = answer.read()
        link.close()
        return answer.status, answer.headers, body

    def get(self, path):
        status, _, body = self.ask(path)
        check(status == 200, f"{path}: {status}")
        return body.decode()

    def listen(self):
        return News(self)


class News:
    """The stream of events."""

    def __init__(self, preview):
        self.link = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
        self.link.request("GET", preview.base + "events")
        self.socket = self.link.sock
        self.answer = self.link.getresponse()
        check(self.answer.status == 200, f"events: {self.answer.status}")
        check(self.answer.headers["Content-Type"] == "text/event-stream", "no stream of events")

    def next(self):
        while True:
            line = self.answer.readline()
            if not line:
                raise EOFError
            if line.startswith(b"data: "):
                return json.loads(line[6:])

    def until(self, **wanted):
        """The first news of which all that is true."""
        for _ in range(20):
            news = self.next()
            if all(news.get(key) == value for key, value in wanted.items()):
                return news
        raise Failure(f"no news of {wanted}, the last {news}")

    def is_quiet(self, seconds):
        self.socket.settimeout(seconds)
        try:
            return not self.answer.readline().startswith(b"data")
        except TimeoutError:
            return True

    def close(self):
        self.answer.close()
        self.link.close()


def messages(preview, news):
    return [json.loads(line) for line in preview.get("messages/" + news["messages"]).splitlines()]


# ---- what is given ----


def test_what_the_page_needs(box):
    box.write("report.md", REPORT)
    with Preview(box, "report.md") as p:
        news = p.listen().until(state="good")
        status, headers, body = p.ask()
        check(status == 200 and b"preview.js" in body, "no page")
        policy = headers["Content-Security-Policy"]
        check("default-src 'none'" in policy and "frame-ancestors 'none'" in policy, policy)
        check(f"script-src http://127.0.0.1:{p.port}/{p.secret}/preview.js" in policy, policy)
        check("unsafe" not in policy, policy)
        for name, value in {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                            "Cross-Origin-Resource-Policy": "same-origin"}.items():
            check(headers[name] == value, f"{name}: {headers[name]}")
        check("自评报告" in p.get("text/" + news["html"]), "no reading view")
        check("data-line" in p.get("page/" + news["pages"][0]["hash"]), "no places on the page")
        check("@font-face" in p.get("style/" + news["style"]), "no fonts")
        font = re.search(r"font/[0-9a-f]+\.woff", p.get("style/" + news["style"]))[0]
        check(p.ask(font)[2].startswith(b"wOFF"), "no font")
        check(p.get("source/" + news["sources"][0]["hash"]) == REPORT, "no source")
        until = time.monotonic() + 10
        while p.ask("report.pdf")[0] != 200 and time.monotonic() < until:
            time.sleep(0.05)
        check(p.ask("report.pdf")[2].startswith(b"%PDF"), "no PDF")
        check(b"data-line" not in p.ask("report.html")[2], "places in the file to be kept")
        check(p.ask("preview.js", "HEAD")[2] == b"", "a body after HEAD")


def test_who_is_refused(box):
    box.write("report.md", REPORT)
    box.write("secret.txt", "geheim")
    with Preview(box, "report.md") as p:
        own = f"127.0.0.1:{p.port}"
        for host in ("evil.example", f"evil.example:{p.port}", "127.0.0.1", f"{own}.evil.example", ""):
            check(p.ask(headers={"Host": host})[0] in (400, 403), f"Host {host} is let in")
        check(p.ask(headers={"Host": f"localhost:{p.port}"})[0] == 200, "localhost is not let in")
        for origin in ("http://evil.example", "null", f"https://{own}", "http://127.0.0.1:1"):
            check(p.ask(headers={"Origin": origin})[0] == 403, f"Origin {origin} is let in")
        check(p.ask(headers={"Origin": f"http://{own}"})[0] == 200, "our own Origin is not let in")
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            check(p.ask(method=method)[0] == 405, f"{method} is answered")
        wrong = "0" * 32 if p.secret != "0" * 32 else "1" * 32
        for path in ("/", "/preview.js", f"/{wrong}/", f"/{p.secret[:-1]}/", f"/{p.secret}", "*"):
            check(p.ask(path, raw=True)[0] in (400, 404), f"{path} is answered")
        for path in ("../secret.txt", "secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt",
                     "page/../../secret.txt", "%2e%2e%2f%2e%2e%2fetc/passwd", "//etc/passwd",
                     "report.md", "page/", "..%5csecret.txt", "page/%00", "%c0%ae%c0%ae/secret.txt"):
            status, _, body = p.ask(path)
            check(status == 404 and b"geheim" not in body, f"{path}: {status}")
        for path, headers in (("x" * 40000, {}), ("", {"X": "y" * 40000})):
            try:
                status = p.ask(path, headers=headers)[0]
            except (OSError, http.client.HTTPException):
                continue
            check(status >= 400, f"a request of 40 KB: {status}")
        check(p.ask()[0] == 200, "it does not answer any more")


def test_only_the_loopback(box):
    box.write("report.md", REPORT)
    with Preview(box, "report.md") as p:
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            address, port = line.split()[1].split(":")
            if int(port, 16) == p.port and line.split()[3] == "0A":
                check(address == "0100007F", f"it listens at {address}")


def test_a_port_in_use(box):
    box.write("report.md", REPORT)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen([str(box.program), "preview", "report.md", "--port", str(port)],
                                   cwd=box.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        line = process.stdout.readline()
        process.terminate()
        check(process.wait(timeout=10) == 0, "no orderly end")
        check(int(re.search(r":(\d+)/", line)[1]) > port, line)


def test_usage(box):
    box.write("report.md", REPORT)
    box.run("preview").expect(2)
    box.run("preview", "-", stdin="x").expect(2)
    box.run("preview", "report.md", "--port", "70000").expect(2)
    box.run("preview", "not-there.md").expect(3)
    box.run("build", "--watch", "-", "-o", "x.pdf", stdin=REPORT).expect(2)
    box.run("build", "--watch", "report.md", "--to", "pdf", "-o", "-").expect(2)


# ---- what follows a save ----


def test_only_what_has_changed(box):
    text = REPORT + "".join(f"\n## 标题{i}\n\n{'全年召开会议，听取报告。' * 60}\n" for i in range(6))
    box.write("report.md", text)
    with Preview(box, "report.md") as p:
        news = p.listen()
        first = news.until(state="good")
        box.write("report.md", text.replace("会议13次", "会议14次"))
        second = news.next()
        pairs = [a["hash"] == b["hash"] for a, b in zip(first["pages"], second["pages"])]
        check(len(pairs) > 3 and not pairs[0] and all(pairs[1:]), f"pages that stay: {pairs}")
        check(p.ask("page/" + first["pages"][0]["hash"])[0] == 200, "the last page is gone at once")


def test_errors_and_back(box):
    box.write("report.md", REPORT + "\n支出{{没有}}万元。\n")
    with Preview(box, "report.md") as p:
        news = p.listen()
        draft = news.next()
        check(draft["state"] == "draft" and draft["pages"], f"no draft: {draft['state']}")
        box.write("report.md", REPORT)
        good = news.until(state="good")
        box.write("report.md", "---\ntitle: [\n---\n\n全文。\n")
        bad = news.until(state="kept")
        check(bad["pages"] == good["pages"], "the last good pages are gone")
        check(bad["errors"] > 0 and messages(p, bad)[0]["severity"] == "error", "no message")
        box.path("report.md").unlink()
        while messages(p, news.until(state="kept"))[0]["id"] != "unreadable":
            pass  # once more of the same: it was seen half saved
        box.write("report.md", REPORT)
        back = news.until(state="good")
        check([x["hash"] for x in back["pages"]] == [x["hash"] for x in good["pages"]], "not as it was")


def test_everything_that_was_looked_at(box):
    box.write("r/report.md", DATA.replace("听取", "得分{{评分.0.得分}}，{{> 片段}}听取") + "\n![图](图.png)\n")
    box.write("r/分.csv", "名称,得分\n甲,5\n")
    box.write("r/片段.md", "一句话")
    with Preview(box, "r") as p:
        news = p.listen()
        news.next()
        for name, content in (("r/分.csv", "名称,得分\n甲,7\n"), ("r/片段.md", "另一句话"),
                              ("r/图.png", b"no picture")):
            before = time.monotonic()
            box.write(name, content)
            news.next()
            check(time.monotonic() - before < 0.9 or p.sanitized, f"{name}: only after a second")


def test_ways_to_save(box):
    box.write("real/report.md", REPORT)
    box.path("r").symlink_to("real")
    count = [0]

    def text():
        count[0] += 1
        return REPORT.replace("13", str(20 + count[0]))

    with Preview(box, "r") as p:
        news = p.listen()
        news.until(state="good")

        def saved(how):
            content = p.get("source/" + news.until(state="good")["sources"][0]["hash"])
            while f"会议{20 + count[0]}次" not in content:
                content = p.get("source/" + news.until(state="good")["sources"][0]["hash"])

        box.write("r/.swap", text())
        os.replace(box.path("r/.swap"), box.path("r/report.md"))
        saved("a rename into its place")
        os.replace(box.path("r/report.md"), box.path("r/report.md~"))
        box.write("r/report.md", text())
        saved("the old one renamed away")
        whole = text().encode()
        with open(box.path("r/report.md"), "wb") as out:
            out.write(whole[:80])
        with open(box.path("r/report.md"), "ab") as out:
            out.write(whole[80:])
        saved("in two steps")
        os.rename(box.path("real"), box.path("old"))
        time.sleep(0.1)
        box.write("real/report.md", text())
        saved("the folder made again")
        box.write("other/report.md", text())
        box.path("r").unlink()
        box.path("r").symlink_to("other")
        saved("a link turned")


def test_saves_during_a_build(box):
    box.write("report.md", REPORT)
    with Preview(box, "report.md") as p:
        news = p.listen()
        news.until(state="good")
        for i in range(30):
            box.write("report.md", REPORT.replace("13", str(100 + i)))
        rounds, content = 0, ""
        while "会议129次" not in content:
            last = news.next()
            rounds += 1
            # of news that are old already the files may be gone
            content = p.ask("source/" + last["sources"][0]["hash"])[2].decode()
        check(rounds <= 31 and news.is_quiet(1.5), "a build too many")


# ---- who is slow, who goes, and the end ----


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1])


def test_many_slow_and_gone(box):
    box.write("report.md", REPORT)
    with Preview(box, "report.md") as p:
        news = p.listen()
        news.until(state="good")
        idle = [socket.create_connection(("127.0.0.1", p.port)) for _ in range(100)]
        request = f"GET {p.base}events HTTP/1.1\r\nHost: 127.0.0.1:{p.port}\r\n\r\n".encode()
        listeners = [socket.create_connection(("127.0.0.1", p.port)) for _ in range(100)]
        for link in listeners:      # who listen and never read
            link.sendall(request)
        for link in idle[:50]:      # half a request
            link.sendall(request[:20])
        time.sleep(0.2)
        before = memory(p.process)
        for i in range(40):
            box.write("report.md", REPORT.replace("13", str(100 + i)))
            news.next()
            if i == 20:
                for link in listeners[:50]:
                    link.close()
        threads = [threading.Thread(target=p.ask) for _ in range(40)]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        check(time.monotonic() - begun < 5, "slow clients hold it up")
        check(p.sanitized or memory(p.process) - before < 16 << 10,
              f"from {before} to {memory(p.process)} KB")
        for link in idle + listeners:
            link.close()
        check(p.ask()[0] == 200, "it does not answer any more")


def test_the_end(box):
    box.write("report.md", REPORT)
    for number in (signal.SIGINT, signal.SIGTERM):
        with Preview(box, "report.md") as p:
            streams = [p.listen() for _ in range(5)]
            streams[0].until(state="good")
            check(p.end(number) < (5 if p.sanitized else 1), "the end takes too long")
            for stream in streams[:1]:
                try:
                    stream.next()
                    raise Failure("news after the end")
                except (EOFError, OSError, http.client.HTTPException):
                    pass
    check([f for f in box.files() if "tmp" in f] == [], "left behind")


# ---- build --watch ----


def test_build_watch(box):
    box.write("report.md", REPORT)
    process = subprocess.Popen([str(box.program), "build", "--watch", "report.md"], cwd=box.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = re.compile(r"\d\d:\d\d:\d\d \d+ ms (已生成|没有生成)(；.*)?\n")
    try:
        for text, word in ((None, "已生成"), ("---\ntitle: [\n---\n", "没有生成"), (REPORT, "已生成")):
            if text:
                box.write("report.md", text)
            said = None
            while not said or said[1] != word:  # of a file half saved there may be a line too
                said = line.fullmatch(process.stdout.readline())
                check(said, "a line that is none of ours")
        box.expect_pdf("report.pdf")
        box.expect_html("report.html")
    finally:
        process.send_signal(signal.SIGINT)
        check(process.wait(timeout=10) == 0, "no orderly end")


main([value for name, value in list(globals().items()) if name.startswith("test_")])
