"""Reading plain arguments without typer's own machinery, which takes as long to import as typer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin


def quicken(params: list[Any]) -> list[Any]:
    """Have texts, paths, whole numbers and flags read plainly. Anything else is left to typer."""
    for param in params:
        # A typer that does without this attribute is simply left as it is.
        if getattr(param, "_runtime_param", False) is None and hasattr(param, "type_descriptor"):
            param._runtime_param = _Plain(param)
    return params


class _Plain:
    """What typer asks to turn a parameter's text into its value."""

    def __init__(self, param: Any) -> None:
        given = [each for each in get_args(param.type_descriptor.annotation) if each is not type(None)]
        annotation = param.type_descriptor.annotation
        self._many = get_origin(annotation) is list
        self._type = annotation if not given or self._many else given[0]
        self._texts = self._many and given == [str]
        self._info = param.type_descriptor.parameter_info

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value; typer's own reading, and its complaint, where it is anything but plain."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self._texts and all(isinstance(each, str) for each in value):
            return value
        if self._type in (str, bool) and isinstance(value, self._type):
            return value
        if self._type is Path and isinstance(value, str | Path) and not self._info.exists:
            return Path(value)
        if self._type is int and str(value).isdecimal() and self._allows(int(value)):
            return int(value)
        return self._slowly(value, param, ctx)

    def _allows(self, number: int) -> bool:
        return number >= (self._info.min or 0) and (self._info.max is None or number <= self._info.max)

    def _slowly(self, value: Any, param: Any, ctx: Any) -> Any:
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
