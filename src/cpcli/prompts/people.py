"""Asking for somebody, or for several people."""

from __future__ import annotations

from collections.abc import Callable

from cpcli.clock.when import from_iso, say_date
from cpcli.prompts.asker import Choice, Command
from cpcli.prompts.sheet import Sheet, typed, understood
from cpcli.walk.answers import say_answer

NOT_KEPT = "What was typed for this question is not kept: the question was not answered to its end."


def one_person(sheet: Sheet) -> dict[str, str] | Command:
    """Somebody, by name; a date of birth and a relationship may be left out."""
    return _details(sheet, sheet.question.given or {}, sheet.question.read)


def several_people(sheet: Sheet) -> list[dict[str, str]] | Command:
    """One after the other, until that is everybody."""
    people: list[dict[str, str]] = list(sheet.question.given or [])
    if not people:
        first = _details(sheet, {}, lambda one: sheet.question.read([one])[0])
        if isinstance(first, Command):
            return first
        people.append(first)
    while True:
        begun = people != (sheet.question.given or [])
        said = _whom(sheet, people)
        if said == "done":
            return people
        if isinstance(said, Command) and said is not Command.BACK:
            return _left(sheet, said, begun)
        doing, _, which = (str(len(people) - 1) if said is Command.BACK else str(said)).rpartition(" ")
        if doing == "remove":
            del people[int(which)]
            continue
        at = len(people) if which == "add" else int(which)
        before = people[at] if at < len(people) else {}
        one = _details(sheet, before, lambda one: sheet.question.read([one])[0], begun=begun)
        if isinstance(one, dict):
            people[at : at + 1] = [one]
        elif one is not Command.BACK or (len(people) == 1 and at == 0):
            return one


def _whom(sheet: Sheet, people: list[dict[str, str]]) -> str | Command:
    named = [say_answer(sheet.step, [one]) for one in people]
    choices = [Choice("done", "That is everybody"), Choice("add", "Add another person")]
    choices += [Choice(f"change {n}", f"Change {name}") for n, name in enumerate(named)]
    if len(people) > 1:
        choices += [Choice(f"remove {n}", f"Take off the list: {name}") for n, name in enumerate(named)]
    text = "\n".join([sheet.step.text, *(f"  {name}" for name in named)])
    return sheet.put(lambda: sheet.asker.pick(sheet.prompt(text, inner=True), choices))


def _details(
    sheet: Sheet,
    before: dict[str, str],
    read: Callable[[dict[str, str]], dict[str, str]],
    *,
    begun: bool = False,
) -> dict[str, str] | Command:
    """A person's name, and what else is known of them. `begun`: others were typed for the question before."""
    given = dict(before)
    fields = (
        ("name", "Full name", ""),
        ("born", "Date of birth", "For example 1/5/2014. Enter alone if it is not known"),
        ("relationship", "Relationship or part in this, if it matters", "Enter alone leaves it empty"),
    )
    at = 0
    while at < len(fields):
        key, label, hint = fields[at]

        def check(text: str, key: str = key) -> object:
            return read({"name": "-", key: text}) if key == "name" or text.strip() else None

        default = typed(given[key]) if key == "born" and key in given else given.get(key, "")
        whom = f" ({given['name']})" if at else ""
        prompt = sheet.prompt(f"{sheet.step.text}\n{label}{whom}", hint, inner=at > 0)
        said = sheet.put(lambda: sheet.asker.line(prompt, check, default))  # noqa: B023
        if said is Command.BACK and at > 0:
            at -= 1
            continue
        if isinstance(said, Command):
            return _left(sheet, said, begun or at > 0)
        if key == "born" and said.strip():
            said = read({"name": "-", key: said})["born"]
            sure = None if said == given.get(key) else understood(sheet, say_date(from_iso(said)))
            if sure is Command.BACK:
                continue
            if sure is not None:
                return _left(sheet, sure, True)
        given[key] = said.strip()
        at += 1
    return read({key: text for key, text in given.items() if text})


def _left(sheet: Sheet, said: Command, begun: bool) -> Command:
    """What the person said in place of an answer; whoever leaves is told that what was begun is not kept."""
    if begun and said is Command.LEAVE:
        sheet.asker.say(NOT_KEPT)
    return said
