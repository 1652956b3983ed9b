"""What a command raises when it cannot go on: one line for the person, an exit code for the script."""

from __future__ import annotations


class Fault(Exception):
    """Something that the person can mend. The message is one line: what is wrong, where, what to do."""

    exit_code = 2


class UsageFault(Fault):
    """Wrong usage or bad input: exit code 2."""


class CheckFailed(Fault):
    """Something is overdue, or failed a check that was asked for: exit code 1."""

    exit_code = 1


class StoreFault(Fault):
    """The store cannot be used, or is locked: exit code 3."""

    exit_code = 3
