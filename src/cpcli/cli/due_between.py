"""`cpcli due between A B`: the working days, and all days, from one date to another."""

from __future__ import annotations

from datetime import timedelta

from cpcli.output.tell import put


def between(first: str, last: str, nation: str, first_day: int | None, *, form: str, explain: bool) -> None:
    """Count the days from the first date, up to and with the last. The first counts as `first_day`, 0 or 1;
    where that is None, as the settings have it. Raises ClockError and UsageFault.
    """
    from cpcli.cli.context import calendar, settings
    from cpcli.cli.due_show import day_lines, day_objects, write_csv
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.clock.counting import THE_DAY, Counted, local_date
    from cpcli.clock.limit import unit_words
    from cpcli.clock.when import iso, parse_when, say_date
    from cpcli.output.data import write_lines, write_object

    at = now()
    begin, end = local_date(parse_when(first, at)), local_date(parse_when(last, at))
    if end < begin:
        raise UsageFault(f"{say_date(end)} is before {say_date(begin)}: give the earlier date first.")
    days = calendar(nation)
    itself = first_day if first_day is not None else settings().first_day or 0
    n = 1 if itself and days.is_working_day(begin) else 0
    working = [Counted(begin, n == 1, n, f"{THE_DAY}: day {n}")]
    for number in range(1, (end - begin).days + 1):
        day = begin + timedelta(number)
        why = days.why_off(day)
        n += why is None
        working.append(Counted(day, why is None, n, why or f"working day {n}"))
    total = (end - begin).days + itself
    found = {
        "from": iso(begin),
        "to": iso(end),
        "nation": days.nation,
        "first_day": itself,
        "working_days": n,
        "days": total,
        "projected": days.projected(end),
    }
    if form == "csv":
        write_csv(found)
    elif form != "table":
        whole = {**found, "working": day_objects(working)}
        write_object(whole) if form == "json" else write_lines([whole])
    else:
        other = f"--first-day {1 - itself} counts it as day {1 - itself}"
        put(f"From   {say_date(begin)}, which is day {itself} ({other})")
        put(f"To     {say_date(end)} ({days.nation})")
        put(f"       {unit_words('working_day', n)}, {unit_words('day', total)}")
        if found["projected"]:
            put("       Projected: it rests on bank holidays that are not published yet.")
        if explain:
            put("\n".join(["", *day_lines(working)]))
