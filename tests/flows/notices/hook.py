"""A webhook on loopback that answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Hook:
    """What was posted, with its headers; `answers`: status codes for the next posts, then 200."""

    posts: list[dict] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    def subjects(self) -> list[str]:
        return [post["subject"] for post in self.posts]


@contextmanager
def hook_served() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            code = hook.answers.pop(0) if hook.answers else 200
            if code == 200:
                hook.posts.append(json.loads(content))
                hook.headers.append(dict(self.headers))
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", hook.url + "/elsewhere")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hook.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
