"""What is said of a command that was typed wrong, and around the help, in Dutch too.

Typer has these words in English only. `MISTAKES` and `AROUND_HELP` have each of them in Dutch, found
by the English; what is not there stays as Typer says it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import typer
from pydantic import ValidationError

from scripts.console import LANGUAGE, say
from vib.language import Text
from vib.validation import first_problem

MISTAKES = (
    Text(nl="{name}: {why}", en="Invalid value for {name}: {why}"),
    Text(nl="{name} ontbreekt; kies uit: {choices}", en="Missing argument {name}. Choose from: {choices}"),
    Text(nl="{name} ontbreekt; kies uit: {choices}", en="Missing option {name}. Choose from: {choices}"),
    Text(nl="de opdracht {name} is er niet. Bedoel je {others}?", en="No such command {name}. Did you mean {others}?"),
    Text(nl="de optie {name} is er niet (wel {others}).", en="No such option: {name} (Possible options: {others})"),
    Text(nl="er ontbreekt een opdracht.", en="Missing command."),
    Text(nl="{name} ontbreekt.", en="Missing argument {name}."),
    Text(nl="{name} ontbreekt.", en="Missing option {name}."),
    Text(nl="de opdracht {name} is er niet.", en="No such command {name}."),
    Text(nl="de optie {name} is er niet.", en="No such option: {name}"),
    Text(nl="achter {name} hoort een waarde.", en="Option {name} requires an argument."),
    Text(nl="achter {name} horen {number} waarden.", en="Option {name} requires {number} arguments."),
    Text(nl="achter {name} hoort geen waarde.", en="Option {name} does not take a value."),
    Text(nl="bij {name} horen {number} waarden.", en="Argument {name} takes {number} values."),
    Text(nl="dit is te veel: {words}", en="Got unexpected extra argument(s) ({words})"),
    Text(nl="{value} is geen van {choices}.", en="{value} is not one of {choices}."),
    Text(nl="{value} bestaat niet.", en="path {value} does not exist."),
    Text(nl="{value} bestaat niet.", en="file {value} does not exist."),
    Text(nl="de map {value} bestaat niet.", en="dir {value} does not exist."),
    Text(nl="{value} is een bestand, geen map.", en="dir {value} is a file."),
    Text(nl="{value} is een map, geen bestand.", en="file {value} is a directory."),
    Text(nl="{value} is niet te lezen.", en="{kind} {value} is not readable."),
    Text(nl="in {value} kan niet geschreven worden.", en="{kind} {value} is not writable."),
)
"""What can be wrong with a command; of two forms that fit, the first holds."""

AROUND_HELP = (
    (r"^Usage: ", "Gebruik: "),
    (r"^(Gebruik: .*)\[OPTIONS\]", r"\1[OPTIES]"),
    (r"^(Gebruik: .*)COMMAND \[ARGS\]\.\.\.$", r"\1OPDRACHT [WAARDEN]..."),
    (r"^Arguments:$", "Waarden:"),
    (r"^Options:$", "Opties:"),
    (r"^Commands:$", "Opdrachten:"),
    (r"Show this message and exit\.$", "Toon deze uitleg."),
    (r"\[required\]", "[verplicht]"),
    (r"\[default: ", "[standaard: "),
    (r"\[default:$", "[standaard:"),
)
"""Words above and beside the help that a command gives of itself."""


def run(app: typer.Typer, words: Sequence[str]) -> int:
    """Run what was typed after `vib` and return its exit code; a wrong one is explained on standard error."""
    command = typer.main.get_command(app)
    if LANGUAGE == "nl":
        _explain_in_dutch(command)
    try:
        return int(command.main(words, prog_name="vib", standalone_mode=False) or 0)
    except typer.TyperException as mistake:
        print(_complaint(mistake), file=sys.stderr)
        return mistake.exit_code
    except typer.Abort:
        print(say("Afgebroken.", "Aborted."), file=sys.stderr)
        return 1


def mistake_of(english: str) -> Text:
    """Return what Typer says of a wrong command in both languages.

    Examples
    --------
    >>> mistake_of("No such option: --colour").nl
    'de optie --colour is er niet.'
    """
    for text in MISTAKES:
        found = _form(text.en).fullmatch(english)
        if found:
            parts = {name: " ".join(part.split()) for name, part in found.groupdict().items()}
            dutch = {name: mistake_of(part).nl if name == "why" else part for name, part in parts.items()}
            return Text(nl=text.nl.format(**dutch), en=english)
    return Text(nl=english, en=english)


def help_in_dutch(help_text: str) -> str:
    """Return the help that Typer made of a command with the words around it in Dutch."""
    for english, dutch in AROUND_HELP:
        help_text = re.sub(english, dutch, help_text, flags=re.MULTILINE)
    return help_text


@cache
def _form(english: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english)), re.DOTALL)


def _complaint(mistake: typer.TyperException) -> str:
    context = getattr(mistake, "ctx", None)
    if context is None:
        return _said(mistake)
    if mistake.message == context.get_help():
        return mistake.message
    hint = f"{context.command_path} {context.help_option_names[0]}"
    return "\n".join([context.get_usage(), say(f"Uitleg: {hint}", f"Help: {hint}"), "", _said(mistake)])


def _said(mistake: typer.TyperException) -> str:
    said = mistake.format_message()
    cause = mistake.__cause__
    if isinstance(cause, ValidationError):
        reason = first_problem(cause, "", show=True).reason
        told = said.removesuffix(mistake.message)
        return f"{say('Fout', 'Error')}: " + say(mistake_of(told + reason.nl).nl, told + reason.en)
    return f"{say('Fout', 'Error')}: {mistake_of(said).to(LANGUAGE)}"


def _explain_in_dutch(command: Any) -> None:
    """Have a command and those below it give their help in Dutch."""

    def dutch(plain: Callable[..., str]) -> Callable[..., str]:
        return lambda context: help_in_dutch(plain(context))

    for name in ("get_help", "get_usage"):
        setattr(command, name, dutch(getattr(command, name)))
    for below in getattr(command, "commands", {}).values():
        _explain_in_dutch(below)
