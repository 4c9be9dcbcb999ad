"""Help pages and wrong usage, in the language in use: typer's commands with a voice of our own.

Typer's own pages keep "Usage", "Options" and "Did you mean" in English and take a third of a second to draw.
"""

from __future__ import annotations

import difflib
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from kg.cli.language import heard, say

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""The tree of wrong usage; typer gives no name to its root."""


class Command(TyperCommand):
    """A sub-command whose help ends with an example."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _page(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help."""
        return heard(self.help or "").split("\n")[0]


class Group(TyperGroup):
    """The command itself: knows its sub-commands in their order and names the nearest to a wrong one."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _page(self, ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the sub-commands as they are declared."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the sub-command, or tell which one was meant."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            refuse(say(f"没有“{name}”这个命令。", f"There is no command {name!r}."), name, self.commands)
        return super().resolve_command(ctx, args)


def refuse(message: str, word: str, known: Iterable[str]) -> NoReturn:
    """Raise wrong usage with the nearest of the words that would have been right, or with all of them."""
    words = list(known)
    near = difflib.get_close_matches(word.lower(), words, 1, 0.5)
    hint = say("可用的有：" + "、".join(words) + "。", "Choose one of: " + ", ".join(words) + ".")
    if near:
        hint = say(f"是不是“{near[0]}”？", f"Did you mean {near[0]!r}?")
    raise typer.BadParameter(message + say("", " ") + hint)


def chosen(value: str, known: Sequence[str], parameter: str) -> str:
    """Return ``value`` if it is one of the known; else raise wrong usage that names the nearest."""
    if value not in known:
        refuse(say(f"{parameter} 不接受“{value}”。", f"{parameter} does not take {value!r}."), value, known)
    return value


def wrong(error: Exception) -> str:
    """Return what is wrong with the usage, in one line."""
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    message = str(getattr(error, "message", error))
    if option is not None and hasattr(error, "possibilities"):
        near = sorted(error.possibilities or ())
        hint = say(f"是不是“{near[0]}”？", f"Did you mean {near[0]!r}?") if near else ""
        return say(f"没有“{option}”这个选项。", f"There is no option {option!r}. ") + hint
    if option is not None:
        return say(f"选项“{option}”后面缺少它的值。", f"Option {option!r} needs a value.")
    if parameter is not None and hasattr(error, "param_type"):
        name = parameter.metavar or parameter.name.upper()
        return say(f"缺少 {name}。", f"{name} is missing.")
    return message


def width(words: str) -> int:
    """Return how many columns the words take in a terminal.

    >>> width("区长 a")
    6
    """
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in words)


def _page(command: Any, ctx: Any) -> str:
    usage = [ctx.command_path, *(piece for p in command.params if (piece := _piece(p))), *_commands_piece(command)]
    lines = [f"{say('用法：', 'Usage: ')}{' '.join(usage)}", ""]
    lines += heard(command.help or "").split("\n")
    arguments = [(_label(p), _meaning(p)) for p in command.params if p.param_type_name == "argument" and not p.hidden]
    options = [(_label(p), _meaning(p)) for p in command.get_params(ctx) if p.param_type_name == "option" and not p.hidden]
    sub = [(name, part.get_short_help_str()) for name, part in getattr(command, "commands", {}).items()]
    for title, rows in (
        (say("命令：", "Commands:"), sub),
        (say("参数：", "Arguments:"), arguments),
        (say("选项：", "Options:"), options),
    ):
        if rows:
            lines += ["", title, *_columns(rows)]
    if command.epilog:
        lines += ["", say("例：", "Examples:"), *(f"  {line}" for line in heard(command.epilog).split("\n"))]
    return "\n".join(lines)


def _commands_piece(command: Any) -> list[str]:
    return [say("命令 …", "COMMAND …")] if hasattr(command, "commands") else [say("[选项]", "[OPTIONS]")]


def _piece(parameter: Any) -> str:
    if parameter.param_type_name != "argument":
        return ""
    name = (parameter.metavar or parameter.name.upper()) + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _label(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _piece(parameter).strip("[]")
    label = ", ".join(sorted(parameter.opts, key=len))
    return label if parameter.is_flag else f"{label} {parameter.metavar or parameter.name.upper()}"


def _meaning(parameter: Any) -> str:
    if "--help" in parameter.opts:
        return say("显示这份说明。", "Show this page.")
    return heard(parameter.help or "")


def _columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    left = max(width(label) for label, _ in rows) + 4
    room = max(30, min(shutil.get_terminal_size((100, 24)).columns, 120) - left)
    for label, meaning in rows:
        start = f"  {label}".ljust(left - width(label) + len(label))
        for line in _wrapped(meaning, room):
            yield (start + line).rstrip()
            start = " " * left


def _wrapped(words: str, room: int) -> Iterator[str]:
    """Break a line where a terminal of ``room`` columns would; Latin words stay whole."""
    line = ""
    for piece in _pieces(words):
        if line and width(line + piece.rstrip()) > room:
            yield line
            line = ""
        line += piece
    yield line


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for character in words:
        wide = width(character) > 1
        if piece and (piece.endswith(" ") or (wide and character not in "。，、；：！？）”")):
            yield piece
            piece = ""
        piece += character
    yield piece
