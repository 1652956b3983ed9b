"""cpcli compare: how the procedure sets differ on one thing, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.context import JsonOption
from cpcli.cli.errors import UsageFault
from cpcli.output.tell import tell

if TYPE_CHECKING:
    from cpcli.casework.compare import Dates
    from cpcli.casework.layout import Rules
    from cpcli.procedures.model import ProcedureSet
    from cpcli.procedures.topics import Topic, Topics

Json = dict[str, Any]


def _complete_topic(incomplete: str) -> list[tuple[str, str]]:
    """Topics that begin so, for a shell that completes them. It never fails."""
    try:
        return [(each.id, each.name) for each in _topics().every if each.id.startswith(incomplete)]
    except Exception:
        return []


def _complete_set(incomplete: str) -> list[str]:
    """Sets that begin so, for a shell that completes them. It never fails."""
    from cpcli.cli.choosing import chosen_sets

    try:
        return [name for name in chosen_sets(None) if name.startswith(incomplete)]
    except Exception:
        return []


def compare(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]",
            help='A procedure or a duty: referral, "initial conference", s47. Alone: all.',
            autocompletion=_complete_topic,
        ),
    ] = None,
    set_ids: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="SET",
            help="Only this set. May be repeated, in the order wanted.",
            autocompletion=_complete_set,
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="WHEN", help="Show when each is due, counted from this."),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option("--event", metavar="NAME=WHEN", help="The same from an event. May be repeated."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show side by side how the procedure sets differ: limits, starts, levels, who, conditions.

    Of a procedure it shows every duty in brief; of one duty all that each set says. A set that has no such
    duty is named, and whether the rule may be elsewhere. With a date it shows when each would be due.

    \b
    Example:
      cpcli compare
      cpcli compare referral
      cpcli compare "initial conference" --from "yesterday 16:00"
      cpcli compare first core group --set set-2025 --set wales-vol5
      cpcli compare chase-acknowledgement --json
    """
    from cpcli.casework.compare import side_by_side

    said = " ".join(words or ()).strip()
    sets = _sets(set_ids)
    known = _topics()
    if not said:
        if start is not None or event:
            raise UsageFault("Say what to compare: `cpcli compare` lists it.")
        _list(known, sets, as_json)
        return
    topic = _topic(said, known, sets)
    dates = _dates(start, event, topic, sets, known)
    found = side_by_side(topic, sets, known, dates)
    if as_json:
        from cpcli.output.data import write_object

        write_object(found)
        return
    from cpcli.output.compare import blocks
    from cpcli.output.people import show

    show(blocks(found, brief=not topic.procedure))
    _tell(found, dates)


def _topics() -> Topics:
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures.catalogue import BrokenData
    from cpcli.procedures.topics import topics

    known, problems = topics(data_folders(), cache_folder())
    if problems:
        raise BrokenData(problems)
    return known


def _sets(named: Sequence[str] | None) -> list[Json]:
    """Each set, or those that are named in that order; without names, the one in the settings first."""
    from cpcli.cli.choosing import chosen_sets
    from cpcli.cli.context import settings
    from cpcli.cli.folders import cache_folder
    from cpcli.procedures.matched import matched

    if named:
        folders = {name: chosen_sets(name)[name] for name in named}
    else:
        folders = chosen_sets(None)
        folders = dict(sorted(folders.items(), key=lambda each: each[0] != settings().set))
    return [matched(folder, cache_folder()) for folder in folders.values()]


def _list(known: Topics, sets: Sequence[Json], as_json: bool) -> None:
    sets_of: dict[str, list[str]] = {}
    for each in sets:
        for one in (*each["pathways"], *each["duties"]):
            for topic in one["topics"]:
                if each["set"]["id"] not in sets_of.setdefault(topic, []):
                    sets_of[topic].append(each["set"]["id"])
    if as_json:
        from cpcli.output.compare import topics_json
        from cpcli.output.data import write_object

        write_object(topics_json(known, sets_of))
        return
    from cpcli.output.compare import everything
    from cpcli.output.people import show

    show(everything(known, sets_of))


def _topic(said: str, known: Topics, sets: Sequence[Json]) -> Topic:
    """What these words mean. Several meanings are asked about; raises UsageFault with what is near."""
    from cpcli.procedures.topics import called, looked_for

    choices = called(said, known) or _by_name(said, known, sets) or looked_for(said, known)
    if not choices:
        raise UsageFault(_nothing(said, known))
    if len(choices) == 1:
        return choices[0]
    from cpcli.cli.which import which

    listed = {each.id: each.name for each in choices}
    fault = f"'{said}' may mean any of these {len(choices)}. Say which, as: cpcli compare {choices[0].id}"
    key = which(f"Which do you mean by '{said}'?", listed, fault)
    return next(each for each in choices if each.id == key)


def _by_name(said: str, known: Topics, sets: Sequence[Json]) -> tuple[Topic, ...]:
    """The topics of the pathway or duty that a set calls so, with its set before it or not."""
    from cpcli.procedures.words import short

    *before, name = said.split("/")
    topics: dict[str, Topic | None] = {}
    for each in sets:
        if before and before[0] != each["set"]["id"]:
            continue
        for one in (*each["pathways"], *each["duties"]):
            own = one["pathway"] if "id" not in one else one["id"]
            if short(name) in map(short, (own, *(one["also"] or ()))):
                topics |= {topic: known.get(topic) for topic in one["topics"]}
    return tuple(topic for topic in topics.values() if topic is not None)


def _nothing(said: str, known: Topics) -> str:
    from cpcli.cli.choosing import chosen_sets
    from cpcli.procedures.layers import chain, pathway_names
    from cpcli.procedures.words import nearest

    *_, name = said.split("/")
    alone = [each for each, folder in chosen_sets(None).items() if name in pathway_names(chain(folder))]
    if alone:
        return f"Nothing in another set is matched with the pathway {alone[0]}/{name}. See `cpcli compare`."
    words = {text: each.id for each in known.every for text in (each.id, each.name.casefold(), *each.also)}
    near = list(dict.fromkeys(words[each] for each in nearest(said.casefold(), words)))
    mend = f"Did you mean {' or '.join(near)}?" if near else "`cpcli compare` lists what can be compared."
    return f"There is nothing to compare by the name of '{said}'. {mend}"


def _dates(
    start: str | None, event: Sequence[str] | None, topic: Topic, sets: Sequence[Json], known: Topics
) -> Dates | None:
    if start is None and not event:
        return None
    from cpcli.casework.compare import Dates, events_asked
    from cpcli.cli.due import events_given
    from cpcli.cli.now import now
    from cpcli.clock.when import parse_when

    given, at = events_given(event), now()
    asked = events_asked(sets, topic, known)
    for name in given:
        if name not in asked:
            from cpcli.procedures.words import did_you_mean

            raise UsageFault(
                f"--event {name}: nothing that is compared hangs on it. {did_you_mean(name, sorted(asked))}"
            )
    return Dates(parse_when(start, at) if start is not None else None, given, _rules_of(sets), at)


def _rules_of(sets: Sequence[Json]) -> Callable[[str], Rules]:
    """The rules for each set: your team's days off and hours count in your own set, and in no other."""
    from cpcli.cli.context import rules, settings
    from cpcli.clock.calendar import Calendar

    ours = settings()
    own = {ours.set, *(each["set"]["extends"] for each in sets if each["set"]["id"] == ours.set)}

    def rules_of(source: str) -> Rules:
        if not ours.set or source in own:
            return rules()
        from cpcli.cli.folders import cache_folder, data_folders
        from cpcli.procedures.catalogue import procedure_set

        def plain(name: str) -> ProcedureSet:
            return procedure_set(data_folders(), name, cache_folder())

        return rules()._replace(procedure_set=plain, calendar=Calendar)

    return rules_of


def _tell(found: Json, dates: Dates | None) -> None:
    """What somebody who compares dates has to know besides."""
    if dates is None:
        return
    from cpcli.cli.context import settings

    ours = settings()
    if ours.closures or ours.closes or ours.first_day is not None:
        where = f"in {ours.set} alone" if ours.set else "in every set"
        tell(f"Your team's calendar, from the settings, counts {where}.")
