"""Asking one question of any kind: what is put to the person, in which order, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cpcli.procedures.cites import say_cites
from cpcli.procedures.model import Item, Step
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.prompts.people import one_person, several_people
from cpcli.prompts.reply import Back, Gave, Leave, Question, Reply, Skip, Telling
from cpcli.prompts.sheet import Sheet, typed, understood
from cpcli.walk.answers import AnswerError, is_skip, say_answer

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NOTHING_TICKED = (Choice("none", "None of these"), Choice("again", "Ask me again"))
HINTS = {
    "date": "For example: today, yesterday, Fri, 24 Dec 2026, 24/12/2026",
    "date and time": "For example: today 16:40, yesterday 9:15, Fri 17:00, 24/12/2026 16:40",
    "number": "A number",
}


def ask(question: Question, asker: Asker) -> Reply:
    """Put the question to a person until there is an answer, or they will not answer it now."""
    sheet = Sheet(question, asker)
    while True:
        try:
            given = _flow(question.step)(sheet)
            if given is Command.BACK:
                return Back()
            if given is Command.LEAVE:
                return Leave()
            if given is not Command.SKIP:
                return Gave(question.read(given))
        except AnswerError as problem:
            asker.say(f"That cannot be recorded: {problem}", strong=True)
            continue
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
        "person": one_person,
        "people": several_people,
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
        nothing = sheet.prompt(f"{sheet.step.text}\nNothing is ticked.", inner=True)
        sure = sheet.put(lambda: sheet.asker.pick(nothing, NOTHING_TICKED))  # noqa: B023
        if sure == "none":
            return []
        if isinstance(sure, Command) and sure is not Command.BACK:
            return sure


def _checklist(sheet: Sheet) -> dict[str, Any] | Command:
    given = sheet.question.given or {}
    ticked: list[str] | None = given.get("ticked")
    reasons: dict[str, str] = dict(given.get("why not", {}))
    choices = tuple(Choice(item.key, _item(item)) for item in sheet.step.items)
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


def _item(item: Item) -> str:
    """As it stands on the list, with the paragraph that it has of its own."""
    return f"{item.label} ({say_cites('', item.cite)})" if item.cite else item.label


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
    return sheet.put(
        lambda: sheet.asker.line(prompt, sheet.question.read, "" if given is None else str(given))
    )


def _long_text(sheet: Sheet) -> str | Command:
    return sheet.put(
        lambda: sheet.asker.lines(sheet.prompt(), sheet.question.read, sheet.question.given or "")
    )


def _date(sheet: Sheet) -> str | Command:
    hint = HINTS[sheet.step.answer] + ("; or: not yet" if sheet.step.may_be_not_yet else "")
    given = sheet.question.given
    text = typed(given) if given else ""
    while True:
        before = text
        said = sheet.put(lambda: sheet.asker.line(sheet.prompt(hint=hint), sheet.question.read, before))  # noqa: B023
        if isinstance(said, Command):
            return said
        value = sheet.question.read(said)
        if value in ("not yet", given):
            return str(value)
        sure = understood(sheet, say_answer(sheet.step, value))
        if sure is None:
            return str(value)
        if sure is not Command.BACK:
            return sure
        text = said


def _anything(text: str) -> object:
    return text
