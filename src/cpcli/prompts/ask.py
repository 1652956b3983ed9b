"""Asking one question of any kind: what is put to the person, in which order, and what their answers come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from cpcli.clock.when import from_iso
from cpcli.procedures.model import Step
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.prompts.reply import Back, Gave, Leave, Question, Reply, Skip, Telling
from cpcli.walk.answers import is_skip, say_answer

T = TypeVar("T")

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
HINTS = {
    "date": "For example: today, yesterday, Fri, 24 Dec 2026, 24/12/2026",
    "date and time": "For example: today 16:40, yesterday 9:15, Fri 17:00, 24/12/2026 16:40",
    "number": "A number",
}


class Sheet(NamedTuple):
    """One question, and whoever it is put to by."""

    question: Question
    asker: Asker

    @property
    def step(self) -> Step:
        return self.question.step

    def prompt(self, text: str = "", hint: str = "", *, inner: bool = False) -> Prompt:
        """The question, or a part of it (`inner`), which can always be gone back from."""
        question = self.question
        commands = [Command.WHY, Command.LEAVE]
        if self.step.may_skip:
            commands.insert(1, Command.SKIP)
        if inner or question.can_go_back:
            commands.insert(0, Command.BACK)
        return Prompt(text or self.step.text, question.progress, question.source, hint, tuple(commands))

    def put(self, ask_it: Callable[[], T | Command]) -> T | Command:
        """Ask it; whoever wants to know why it is asked is told, and asked again."""
        while True:
            given = ask_it()
            if given is not Command.WHY:
                return given
            self.asker.say(self.question.why)


def ask(question: Question, asker: Asker) -> Reply:
    """Put the question to a person until there is an answer, or they will not answer it now."""
    sheet = Sheet(question, asker)
    while True:
        given = _flow(question.step)(sheet)
        if given is Command.BACK:
            return Back()
        if given is Command.LEAVE:
            return Leave()
        if given is not Command.SKIP:
            return Gave(question.read(given))
        reason = _why_skipped(sheet)
        if reason is Command.LEAVE:
            return Leave()
        if isinstance(reason, str):
            return Skip(reason)


def tell(telling: Telling, asker: Asker, *, can_go_back: bool) -> Reply:
    """Show what a step tells; what is urgent waits until it is said to be read."""
    asker.tell(telling)
    if not telling.urgent:
        return Gave("read")
    commands = (Command.BACK, Command.LEAVE) if can_go_back else (Command.LEAVE,)
    said = asker.wait(Prompt("I have read this", commands=commands))
    return Gave("read") if said is None else Back() if said is Command.BACK else Leave()


def _flow(step: Step) -> Callable[[Sheet], Any]:
    if step.kind == "checklist":
        return _checklist
    return {
        "yes or no": _one_of,
        "one of": _one_of,
        "several of": _several_of,
        "long text": _long_text,
        "date": _date,
        "date and time": _date,
        "person": _person,
        "people": _people,
    }.get(step.answer, _short)


def _why_skipped(sheet: Sheet) -> str | Command:
    before = sheet.question.before
    return sheet.asker.line(
        Prompt(f"Why do you skip this? {sheet.step.text}", commands=(Command.BACK, Command.LEAVE)),
        check=lambda text: sheet.question.read({"skipped": text}),
        default=before.value["skipped"] if before and is_skip(before.value) else "",
    )


def _one_of(sheet: Sheet) -> str | Command:
    choices = YES_NO if sheet.step.answer == "yes or no" else _options(sheet.step)
    return sheet.put(lambda: sheet.asker.pick(sheet.prompt(), choices, sheet.question.given or ""))


def _options(step: Step) -> tuple[Choice, ...]:
    return tuple(Choice(option.key, option.label) for option in step.options)


def _several_of(sheet: Sheet) -> list[str] | Command:
    ticked = sheet.question.given
    while True:
        before = ticked
        ticked = sheet.put(lambda: sheet.asker.tick(sheet.prompt(), _options(sheet.step), before))  # noqa: B023
        if isinstance(ticked, Command) or ticked:
            return ticked
        none = Choice("none", "None of these"), Choice("again", "Ask me again")
        sure = sheet.put(lambda: sheet.asker.pick(sheet.prompt(f"{sheet.step.text} Nothing is ticked.", inner=True), none))
        if sure == "none":
            return []
        if isinstance(sure, Command) and sure is not Command.BACK:
            return sure


def _checklist(sheet: Sheet) -> dict[str, Any] | Command:
    given = sheet.question.given or {}
    ticked: list[str] | None = given.get("ticked")
    reasons: dict[str, str] = dict(given.get("why not", {}))
    choices = tuple(Choice(item.key, item.label) for item in sheet.step.items)
    while True:
        before = ticked
        said = sheet.put(lambda: sheet.asker.tick(sheet.prompt(hint="Tick what you have"), choices, before))  # noqa: B023
        if isinstance(said, Command):
            return said
        ticked = said
        stopped = _why_not(sheet, [choice for choice in choices if choice.key not in said], reasons)
        if stopped is None:
            missing = {key: reason for key, reason in reasons.items() if reason and key not in said}
            return {"ticked": said, "why not": missing}
        if stopped is not Command.BACK:
            return stopped


def _why_not(sheet: Sheet, missing: list[Choice], reasons: dict[str, str]) -> Command | None:
    """A reason, which may be left empty, for each item that is not ticked; written into `reasons`."""
    at = 0
    while at < len(missing):
        key, label = missing[at]
        prompt = sheet.prompt(f"Not ticked: {label}\nWhy not?", "Enter alone leaves it empty", inner=True)
        said = sheet.put(lambda: sheet.asker.line(prompt, _anything, reasons.get(key, "")))  # noqa: B023
        if said is Command.BACK:
            at -= 1
            if at < 0:
                return said
        elif isinstance(said, Command):
            return said
        else:
            reasons[key] = said.strip()
            at += 1
    return None


def _short(sheet: Sheet) -> str | Command:
    prompt = sheet.prompt(hint=HINTS.get(sheet.step.answer, ""))
    given = sheet.question.given
    return sheet.put(lambda: sheet.asker.line(prompt, sheet.question.read, "" if given is None else str(given)))


def _long_text(sheet: Sheet) -> str | Command:
    return sheet.put(lambda: sheet.asker.lines(sheet.prompt(), sheet.question.read, sheet.question.given or ""))


def _date(sheet: Sheet) -> str | Command:
    hint = HINTS[sheet.step.answer] + ("; or: not yet" if sheet.step.may_be_not_yet else "")
    given = sheet.question.given
    text = _typed(given) if given else ""
    while True:
        before = text
        said = sheet.put(lambda: sheet.asker.line(sheet.prompt(hint=hint), sheet.question.read, before))  # noqa: B023
        if isinstance(said, Command):
            return said
        value = sheet.question.read(said)
        if value in ("not yet", given):
            return str(value)
        sure = _understood(sheet, say_answer(sheet.step, value))
        if sure is None:
            return str(value)
        if sure is not Command.BACK:
            return sure
        text = said


def _understood(sheet: Sheet, words: str) -> Command | None:
    """Show back what was understood of a date: None where it is right, and otherwise what the person says."""
    if not sheet.asker.asks_back:
        sheet.asker.say(f"Understood as {words}.")
        return None
    choices = Choice("yes", "Yes, that is right"), Choice("no", "No, let me type it again")
    sure = sheet.put(lambda: sheet.asker.pick(sheet.prompt(f"{words}: is that right?", inner=True), choices))
    return None if sure == "yes" else Command.BACK if sure == "no" else Command(sure)


def _person(sheet: Sheet) -> dict[str, str] | Command:
    return _details(sheet, sheet.question.given or {}, lambda one: sheet.question.read(one))


def _people(sheet: Sheet) -> list[dict[str, str]] | Command:
    people: list[dict[str, str]] = list(sheet.question.given or [])
    if not people:
        first = _details(sheet, {}, lambda one: sheet.question.read([one])[0])
        if isinstance(first, Command):
            return first
        people.append(first)
    while True:
        said = _whom(sheet, people)
        if said == "done":
            return people
        if isinstance(said, Command) and said is not Command.BACK:
            return said
        doing, _, which = (str(len(people) - 1) if said is Command.BACK else str(said)).rpartition(" ")
        if doing == "remove":
            del people[int(which)]
            continue
        at = len(people) if which == "add" else int(which)
        one = _details(sheet, people[at] if at < len(people) else {}, lambda one: sheet.question.read([one])[0])
        if isinstance(one, dict):
            people[at : at + 1] = [one]
        elif one is not Command.BACK or len(people) == 1 and at == 0:
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
    sheet: Sheet, before: dict[str, str], read: Callable[[dict[str, str]], dict[str, str]]
) -> dict[str, str] | Command:
    """A person's name, and what else is known of them."""
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

        default = _typed(given[key]) if key == "born" and key in given else given.get(key, "")
        whom = f" ({given['name']})" if at else ""
        prompt = sheet.prompt(f"{sheet.step.text}\n{label}{whom}", hint, inner=at > 0)
        said = sheet.put(lambda: sheet.asker.line(prompt, check, default))  # noqa: B023
        if said is Command.BACK and at > 0:
            at -= 1
            continue
        if isinstance(said, Command):
            return said
        if key == "born" and said.strip():
            said = read({"name": "-", key: said})["born"]
            sure = None if said == given.get(key) else _understood(sheet, _long(said))
            if sure is Command.BACK:
                continue
            if sure is not None:
                return sure
        given[key] = said.strip()
        at += 1
    return read({key: text for key, text in given.items() if text})


def _anything(text: str) -> object:
    return text


def _typed(iso: str) -> str:
    """A recorded date as somebody would type it."""
    if iso == "not yet":
        return iso
    at = from_iso(iso)
    day = f"{at.day} {at:%b %Y}"
    return f"{day} {at:%H:%M}" if isinstance(at, datetime) else day


def _long(iso: str) -> str:
    from cpcli.clock.when import say_date

    return say_date(from_iso(iso))
