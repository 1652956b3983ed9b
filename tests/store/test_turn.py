"""Who writes next: one who has waited for long, and not always the one who has just written."""

import os
import signal
import subprocess
from collections.abc import Callable

import pytest
from store_help import AT, WHO, add, derive, filled, start

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.entry import noted
from cpcli.store import turn
from cpcli.store.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are no such locks, and no such signals")


Process = subprocess.Popen[str]


def record_while_one_waits(store: Store, then: Callable[[Process], object] = lambda waiter: None) -> Process:
    """Record a note; meanwhile another process comes to write, has waited for long, and `then` something."""
    reference = filled(store)
    began: list[Process] = []

    def while_it_is_locked(case: Case) -> Derived:
        waiter = start("waiter.py", store.path, reference)
        began.append(waiter)
        assert waiter.stdout
        assert waiter.stdout.readline() == "waiting\n"
        then(waiter)
        return derive(case)

    store.append(reference, [noted("first")], who=WHO, at=AT, derive=while_it_is_locked)
    return began[0]


def notes(store: Store) -> list[str]:
    return [entry.body["text"] for entry in store.entries() if entry.kind == "noted"][1:]


def test_one_who_has_waited_for_long_writes_before_one_who_has_just_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "LONG", 60)  # nobody but the waiter
    waiter = record_while_one_waits(store)
    add(store, "2026-0001", noted("second"))
    waiter.communicate()
    assert notes(store) == ["first", "waited", "second"]


def test_one_who_is_killed_while_it_waits_keeps_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "LONG", 60)

    def kill(waiter: Process) -> None:
        waiter.kill()
        waiter.communicate()

    record_while_one_waits(store, kill)
    add(store, "2026-0001", noted("second"))
    assert notes(store) == ["first", "second"]


def test_one_who_is_stopped_while_it_waits_keeps_others_only_until_they_have_waited_for_long_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "LONG", 0.1)

    def stop(waiter: Process) -> None:
        waiter.send_signal(signal.SIGSTOP)
        os.waitpid(waiter.pid, os.WUNTRACED)

    waiter = record_while_one_waits(store, stop)
    add(store, "2026-0001", noted("second"))
    waiter.send_signal(signal.SIGCONT)
    waiter.communicate()
    assert notes(store) == ["first", "second", "waited"]


def test_a_folder_that_cannot_be_locked_keeps_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = filled(store)
    monkeypatch.setattr(turn, "fcntl", None)
    add(store, reference, noted("first"))
    assert notes(store) == ["first"]
