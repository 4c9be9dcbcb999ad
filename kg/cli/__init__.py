"""The command ``kg``, a thin door: it parses, calls a room, and turns what is wrong into one line and an exit status.

Status 0: all well. 1: it failed, or found problems. 2: the command line is wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kg.cli.console import steady, tell
from kg.cli.language import say, speak, spoken
from kg.errors import KgError

__all__ = ["main", "run"]


def main() -> None:
    """Run the command with the arguments of this process, and leave with its status."""
    steady()
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _deafen()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status; nothing it may meet on purpose becomes a traceback."""
    speak(arguments)
    from kg.cli.commands import application
    from kg.cli.help import UsageError, wrong

    try:
        status = application()(args=list(arguments), prog_name="kg", standalone_mode=False)
    except UsageError as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "kg"
        tell(say("用法不对：", "usage: ") + wrong(error) + say(f"（见 {command} --help）", f" (see {command} --help)"))
        return 2
    except KgError as error:
        tell(say("错误：", "error: ") + (error.english if spoken() == "en" else str(error)))
        for line in getattr(error, "excerpt", ()):  # the line of a query, and a caret below the place
            tell(f"  {line}")
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough: `kg query … | head`
        _deafen()
        return 0
    except KeyboardInterrupt:
        status = 130
    except MemoryError:
        tell(say("错误：内存不够。请少给一些输入，分几次构建。", "error: out of memory. Give less input at once."))
        return 1
    if status == 130:
        tell(
            say("已中断。已经写入图谱的内容是完整的；再次运行同一命令即可继续。", "interrupted. What is in the graph is whole; run the command again to go on.")
        )
    return status if isinstance(status, int) else 0


def _deafen() -> None:
    """Point standard output at nothing, so that the interpreter does not stumble over the closed pipe when it leaves."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
