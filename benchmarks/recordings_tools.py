"""Recordings that other tools put into files, with muxers of their own; a tool that is not installed is left out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from recordings_kinds import AAC, H264, OPUS, STEREO, VP8, Kind, Make, Making

NPM = ("mp4box@2.4.1", "mediabunny@1.61.0")
RECORDED = 12
"""Seconds for which a browser records, at the speed of life."""


def tools() -> dict[str, bool]:
    """Return the tools beside ffmpeg, and which of them are there."""
    return {
        "mkvmerge": shutil.which("mkvmerge") is not None,
        "GStreamer": shutil.which("gst-launch-1.0") is not None,
        "MediaRecorder in Chromium": shutil.which("chromium") is not None,
        "mp4box.js": shutil.which("npm") is not None,
        "mediabunny": shutil.which("npm") is not None,
    }


def kinds_of_tools() -> Iterator[Kind]:
    """Yield the kinds that other tools make; times of what they write are read from the recording's own clock."""
    for name, make in (
        ("MKV", _mkvmerge("mkv")),
        ("MKV without an index", _mkvmerge("mkv", "--no-cues")),
        ("WebM", _mkvmerge("webm", "--webm", of="webm")),
        ("MKV: two recordings appended", _appended),
        ("MKV: sound moved by 0.3 s", _mkvmerge("mkv", "--sync", "1:300")),
    ):
        yield _made_by("mkvmerge", name, make)
    for name, ending, muxer, of in (
        ("MKV", "mkv", "matroskamux", "mp4"),
        ("MKV as a stream", "mkv", "matroskamux streamable=true", "mp4"),
        ("MP4", "mp4", "mp4mux", "mp4"),
        ("MP4 in fragments", "mp4", "mp4mux fragment-duration=1000", "mp4"),
        ("MOV", "mov", "qtmux", "mp4"),
        ("TS", "ts", "mpegtsmux", "mp4"),
        ("FLV", "flv", "flvmux", "mp4"),
        ("WebM", "webm", "webmmux", "webm"),
    ):
        yield _made_by("GStreamer", name, _gstreamer(ending, muxer, of))
    yield _made_by("mp4box.js", "MP4 in fragments", _in_node("mp4box", "mp4"))
    for name, ending in (("MP4", "mp4"), ("MOV", "mov"), ("MKV", "mkv"), ("MP4 in fragments", "frag.mp4")):
        yield _made_by("mediabunny", name, _in_node("mediabunny", ending))
    for ending, form in (
        ("webm", "video/webm;codecs=vp8,opus"),
        ("webm", "video/webm;codecs=vp9,opus"),
        ("mkv", "video/x-matroska;codecs=avc1,opus"),
        ("mp4", "video/mp4;codecs=vp9,opus"),
        ("mp4", "video/mp4;codecs=avc1,mp4a.40.2"),
    ):
        yield _made_by("MediaRecorder in Chromium", form, _recorded(ending, form))


def _made_by(tool: str, name: str, make: Make) -> Kind:
    return Kind(f"{tool}: {name}", make, tool, seen=None, heard=None)


def _of(making: Making, ending: str) -> Path:
    """Return what another tool is to take packets from: H.264 and AAC, or VP8 and Opus."""
    if ending == "mp4":
        return making.base()
    path = making.path("base.webm")
    if not path.exists():
        making.ffmpeg(*making.inputs(), *VP8, *OPUS, *STEREO, path)
    return path


def _mkvmerge(ending: str, *options: str, of: str = "mp4") -> Make:
    def make(making: Making, name: str) -> Path:
        path = making.path(f"{name}.{ending}")
        _run("mkvmerge", "-q", "-o", path, *options, _of(making, of))
        return path

    return make


def _appended(making: Making, name: str) -> Path:
    path, more = making.path(f"{name}.mkv"), making.path(f"{name}-more.mp4")
    making.ffmpeg(*making.inputs(), *H264, "-g", "30", *AAC, *STEREO, "-t", making.seconds / 2, more)
    _run("mkvmerge", "-q", "-o", path, more, "+", more)
    return path


def _gstreamer(ending: str, muxer: str, of: str) -> Make:
    demuxer, film, sound = {
        "mp4": ("qtdemux", "h264parse", "aacparse"),
        "webm": ("matroskademux", "identity", "opusparse"),
    }[of]

    def make(making: Making, name: str) -> Path:
        path = making.path(f"{name}.{ending}")
        pipeline = (
            f"{muxer} name=to ! filesink location={path} filesrc location={_of(making, of)} ! {demuxer} name=from"
            f" from.video_0 ! queue max-size-time=0 ! {film} ! to. from.audio_0 ! queue max-size-time=0 ! {sound} ! to."
        )
        _run("gst-launch-1.0", "-q", "-e", *pipeline.split())
        return path

    return make


def _in_node(package: str, ending: str) -> Make:
    def make(making: Making, name: str) -> Path:
        path, modules = making.path(f"{name}.{ending}"), making.path("npm")
        if not modules.exists():
            _run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", modules, *NPM)
        script = modules / f"{package}.mjs"
        shutil.copy(Path(__file__).parent / f"recordings_{package}.mjs", script)
        _run("node", script, making.base(), path)
        return path

    return make


def _recorded(ending: str, form: str) -> Make:
    def make(making: Making, name: str) -> Path:
        from playwright.sync_api import Error, sync_playwright

        path = making.path(f"{name}.{ending}")
        flags = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            try:
                page = browser.new_page()
                script = (Path(__file__).parent / "recordings_recorder.js").read_text(encoding="utf-8")
                given = json.dumps([form, RECORDED, [mark for mark in making.marks if mark < RECORDED - 1]])
                page.set_default_timeout(60_000 + RECORDED * 1000)
                path.write_bytes(bytes(page.evaluate(f"({script})(...{given})")))
            except Error as error:
                raise RuntimeError(error.message) from error
            finally:
                browser.close()
        return path

    return make


def _run(*command: object) -> None:
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
