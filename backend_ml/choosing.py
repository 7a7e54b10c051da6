"""Which segmenter cuts clips: the one of a plugin that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import final

from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Segmenter, Watch

HOOK = "vib_segmenters"


def choose_segmenter(host: PluginHost, name: str) -> Segmenter:
    """Make the segmenter that goes by a name.

    Raises
    ------
    InputProblem
        No plugin offers it, or it cannot be made.
    """
    offers = {
        offer: (plugin, segmenter)
        for plugin, offered in host.answers(HOOK)
        for offer, segmenter in (offered or {}).items()
    }
    if name in offers:
        return _made(host, name, *offers[name])
    there = ", ".join(sorted(offers)) or "-"
    failed = "".join(f"; {info.name}: {info.error}" for info in host.found if info.error)
    raise InputProblem(
        "VIB_SEGMENTER",
        nl=f"geen plugin biedt de segmenter {name!r}; er zijn: {there}{failed}",
        en=f"no plugin offers the segmenter {name!r}; there are: {there}{failed}",
    )


def _made(host: PluginHost, name: str, plugin: str, kind: type[Segmenter]) -> Segmenter:
    made: Segmenter | None = None
    problem: InputProblem | None = None
    with host.guard(plugin, HOOK):
        try:
            made = kind()
            _ = made.version, made.segment
        except InputProblem as found:
            problem = found
    if problem is None and made is not None:
        return made
    errors = [one.error for one in host.failures.listed() if (one.plugin, one.hook) == (plugin, HOOK)]
    raise problem or InputProblem(
        "VIB_SEGMENTER",
        nl=f"de plugin {plugin} kan de segmenter {name!r} niet maken: {errors[0]}",
        en=f"the plugin {plugin} cannot make the segmenter {name!r}: {errors[0]}",
    )


@final
class Unavailable:
    """Stands in for a segmenter whose plugin fails: each clip gets the reason in place of turns.

    So the service answers, and only what that plugin was to do is not done.
    """

    def __init__(self, name: str, problem: InputProblem) -> None:
        self.version = f"{name}-unavailable"
        self._problem = problem

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Say why there is no segmenter.

        Raises
        ------
        InputProblem
            Always.
        """
        raise self._problem
