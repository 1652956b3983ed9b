"""A real pseudo-terminal with a screen, for commands that draw on one."""

import os
import signal
import sys
import time

import pyte

ENTER, SPACE, DOWN, UP, CONTROL_C, CONTROL_D, CONTROL_U = (
    "\r",
    " ",
    "\x1b[B",
    "\x1b[A",
    "\x03",
    "\x04",
    "\x15",
)
PATIENCE = 20
"""Seconds to wait for a text before the test fails."""


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where its cursor is."""

    answer = None

    def write_process_input(self, data):
        if self.answer:
            self.answer(data)


class Terminal:
    """A cpcli command in a terminal of its own: type, and wait for what the screen says."""

    def __init__(self, arguments, env, *, rows=60, columns=100):
        import pexpect  # not on Windows, which has no such terminals

        self._pexpect = pexpect
        self._screen = _Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.seen = ""
        """Everything that was written, escapes and all."""
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "cpcli", *arguments],
            env={**os.environ, "TERM": "xterm-256color", **env},
            dimensions=(rows, columns),
            encoding="utf-8",
            echo=False,
        )
        self._child.delaybeforesend = None
        self._screen.answer = self._child.send

    @property
    def screen(self):
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def wait(self, *texts):
        """Read until all of the texts stand on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(text in self.screen for text in texts):
            if not self._read(end):
                missing = [text for text in texts if text not in self.screen]
                raise AssertionError(f"{missing} never came. The screen:\n{self.screen}")
        return self

    def type(self, *keys):
        """Press these keys, once the last prompt is up."""
        self._child.send("".join(keys))
        return self

    def do(self, *moves):
        """Wait for a text and then press keys, for each (text, keys)."""
        for text, keys in moves:
            self.wait(text).type(keys)
        return self

    def end(self):
        """Read to the end of the command, and give its exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        self._child.close()
        return self._child.exitstatus

    def kill(self):
        """The power fails."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def _read(self, end):
        try:
            text = self._child.read_nonblocking(65536, timeout=max(0.01, end - time.monotonic()))
        except self._pexpect.TIMEOUT:
            raise AssertionError(f"Nothing more came. The screen:\n{self.screen}") from None
        except self._pexpect.EOF:
            return False
        self.seen += text
        self._stream.feed(text)
        return True
