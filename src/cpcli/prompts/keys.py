"""Keys that the prompts have besides their own: commands in a list of boxes, the end of a text, Ctrl-D."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Always
from prompt_toolkit.formatted_text import StyleAndTextTuples, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl
from questionary.prompts.common import InquirerControl

from cpcli.prompts.asker import Command

COMMAND_STYLE = "class:command"


def leave_on_control_d(application: Application[Any]) -> None:
    """In a list, Ctrl-D leaves, as it does in an empty line of text."""
    keys = KeyBindings()

    @keys.add(Keys.ControlD, eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Command.LEAVE)

    _add(application, keys)


def pick_commands_when_pointed_at(application: Application[Any], shortcuts: Mapping[Command, str]) -> None:
    """In a list of boxes a command is no box: Enter or Space on it gives the command."""
    boxes = next(c for c in application.layout.find_all_controls() if isinstance(c, InquirerControl))
    keys = KeyBindings()

    @keys.add(Keys.ControlM, eager=True)
    @keys.add(" ", eager=True)
    def _(event: KeyPressEvent) -> None:
        value = boxes.get_pointed_at().value
        if isinstance(value, Command):
            event.app.exit(result=value)
        elif event.key_sequence[0].key == Keys.ControlM:
            event.app.exit(result=[choice.value for choice in boxes.get_selected_values()])
        elif value in boxes.selected_options:
            boxes.selected_options.remove(value)
        else:
            boxes.selected_options.append(value)

    # Ticking or turning round everything with one key is too easily done by mistake in a record.
    for letter in ("a", "i"):
        keys.add(letter, eager=True)(lambda event: None)
    for command, letter in shortcuts.items():
        keys.add(letter, eager=True)(_pointing_at(boxes, command))
    _add(application, keys)
    drawn = boxes.text
    boxes.text = lambda: _without_boxes(to_formatted_text(drawn))


def keep_close(application: Application[Any]) -> None:
    """What is wrong with a text stands right under it, not at the foot of the screen."""
    for window in application.layout.find_all_windows():
        if isinstance(window.content, BufferControl):
            window.dont_extend_height = Always()


def finish_on_empty_line(application: Application[Any], is_whole: Callable[[str], bool]) -> None:
    """In a text of several lines, Enter on an empty last line finishes; so where it is whole."""
    keys = KeyBindings()

    @keys.add(Keys.ControlM, eager=True)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        document = buffer.document
        at_end = document.is_cursor_at_the_end and not document.current_line.strip()
        if at_end or is_whole(document.text):
            buffer.validate_and_handle()
        else:
            buffer.newline(copy_margin=False)

    _add(application, keys)


def _pointing_at(boxes: InquirerControl, command: Command) -> Callable[[KeyPressEvent], None]:
    def point(event: KeyPressEvent) -> None:
        boxes.pointed_at = next(n for n, choice in enumerate(boxes.choices) if choice.value is command)

    return point


def _without_boxes(tokens: StyleAndTextTuples) -> StyleAndTextTuples:
    """The list as drawn, without a box before what cannot be ticked."""
    found = list(tokens)
    for number, token in enumerate(found):
        if token[0] == COMMAND_STYLE:
            found[number - 1] = (found[number - 1][0], "  ")
    return found


def _add(application: Application[Any], keys: KeyBindings) -> None:
    before = application.key_bindings
    application.key_bindings = merge_key_bindings([before, keys]) if before else keys
