"""Whether something was done in time, and by how much."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from cpcli.clock import saying
from cpcli.clock.calendar import Calendar
from cpcli.clock.calendar import calendar as calendar_of
from cpcli.clock.counting import DueError, local, local_date
from cpcli.clock.due import Due
from cpcli.clock.limit import limit_words
from cpcli.clock.when import say_when


class Met(NamedTuple):
    """Whether something was done in time."""

    in_time: bool
    words: str
    """By how much, in the limit's own unit: "2 working days early", "5 hours 20 minutes late"."""


def was_in_time(due: Due, met: date | datetime, calendar: Calendar | None = None) -> Met:
    """Whether what was done at `met` was done in time. `calendar` counts the working days between; without
    one, the bank holidays of the due date's nation alone. Raises DueError where there is no telling.
    """
    if due.due is None:
        raise DueError(f"'{due.limit.text or limit_words(due.limit)}' has no date to be in time for.")
    ruled = due.ruled_by or due.limit
    unit = ruled.unit or ("hour" if isinstance(due.due, datetime) else "day")
    calendar = calendar or calendar_of(due.nation)
    waits = ruled.relation in ("not_before", "keep_for")
    if due.earliest is not None:
        done, first = _comparable(met, due.earliest)
        if done < first:
            return Met(False, saying.apart(done, first, unit, calendar, "too soon"))
    done, edge = _comparable(met, due.due)
    if done > edge:
        return Met(waits, saying.apart(edge, done, unit, calendar, "after" if waits else "late"))
    if done < edge:
        return Met(not waits, saying.apart(done, edge, unit, calendar, "too soon" if waits else "early"))
    if ruled.relation == "by_age":
        return Met(False, "on the birthday, not before it")
    if ruled.relation == "before" and isinstance(edge, datetime):
        return Met(False, "at that moment, not before it")
    return Met(True, "at the last minute" if isinstance(edge, datetime) else "on the day itself")


def before_it_began(due: Due, met: date | datetime) -> bool:
    """Whether `met` comes before what the limit is counted on from, so that one of the two must be a slip."""
    ruled = due.ruled_by or due.limit
    if due.start is None or ruled.relation not in ("within", "every", "lasts_up_to"):
        return False
    if isinstance(due.start, datetime) and isinstance(met, datetime):
        return met.astimezone(UTC) < due.start.astimezone(UTC)
    return local_date(met) < local_date(due.start)


def _comparable(met: date | datetime, edge: date | datetime) -> tuple[date | datetime, date | datetime]:
    """Both in UTC, where both are moments (London times do not compare across a clock change); else both as
    London dates."""
    if isinstance(met, datetime) and isinstance(edge, datetime):
        return local(met).astimezone(UTC), edge.astimezone(UTC)
    if isinstance(edge, datetime) and met == local_date(edge):
        raise DueError(f"It was due at {say_when(edge)}: give the time at which it was done as well.")
    return local_date(met), local_date(edge)
