"""Run as a process of its own: erases a case, and may be killed at one of its steps.

eraser.py STORE STEP: a step is whatever is asked of SQLite while it is opened and the case is erased; STEP 0
kills nowhere. Erased already, it is only written anew.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from store_help import AT, WHO, derive, open_store

from cpcli.store.erasing import erase, finish

FILES = ("erasing.py", "journal.py", "state.py", "store.py", "connect.py")


def main(path: Path, last: int) -> None:
    steps = 0

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal steps
        if event == "c_call" and frame.f_code.co_filename.endswith(FILES):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    with open_store(path) as store:
        case = store.case("2026-0001", even_erased=True)
        if case.erased:
            assert finish(store)
        else:
            said = {"why": "Kept long enough", "agreed_by": "B. Manager", "although": ""}
            erase(store, case.reference, **said, who=WHO, at=AT, derive=derive, seen=case.last_seq)
        sys.setprofile(None)
    print("done", flush=True)


main(Path(sys.argv[1]), int(sys.argv[2]))
