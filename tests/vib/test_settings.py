"""Settings: the environment wins over vib.yaml, and a mistake in either is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from vib.problem import InputProblem
from vib.settings import HOME, LAST_STARTED, ROOT, Settings, home_of, read_settings


def test_nothing_set_is_the_defaults(bare: Path) -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.ml_port) == ("127.0.0.1", 8080, 9090)
    assert settings.data == ROOT / "data"
    assert settings.plugins is None
    assert settings.methods_off == ()


def test_the_environment_wins_over_the_file(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.write_text("port: 1234\nhost: in.file\n", encoding="utf-8")
    monkeypatch.setenv("VIB_PORT", "4321")
    assert (read_settings().port, read_settings().host) == (4321, "in.file")


def test_a_data_folder_that_is_given_wins_and_is_absolute(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_DATA", "/from/environment")
    assert read_settings().data == Path("/from/environment")
    given = read_settings(Path("here"))
    assert given.data == Path.cwd() / "here"
    assert given.media_root == given.data / "media"
    assert given.logins == given.data / "logins.json"
    assert given.backend_note == given.data / "backend.url"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("agreement", ("agreement",)),
        (" agreement ,, interchange, ", ("agreement", "interchange")),
    ],
)
def test_plugins_are_split_at_commas(
    bare: Path, monkeypatch: pytest.MonkeyPatch, written: str, names: tuple[str, ...]
) -> None:
    bare.write_text(f"plugins: '{written}'\n", encoding="utf-8")
    assert read_settings().plugins == names
    bare.write_text("plugins: [other]\n", encoding="utf-8")
    assert read_settings().plugins == ("other",)
    monkeypatch.setenv("VIB_PLUGINS", written)
    assert read_settings().plugins == names
    monkeypatch.setenv("VIB_METHODS_OFF", "pcit, keep")
    assert read_settings().methods_off == ("pcit", "keep")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prot: 8080\n", "prot"),
        ("port: eight\n", "port"),
        ("port: 0\n", "port"),
        ("ml_port: 65536\n", "ml_port"),
        ("media_accel: vib-media\n", "media_accel"),
        ("media_accel: /vib-media\n", "media_accel"),
        ("media_accel: /\n", "media_accel"),
        ("media_accel: /../a/\n", "media_accel"),
        ('media_accel: "/a/\\n"\n', "media_accel"),
        ("language: nl\n", "language"),
        ("port: 1\nhost: [a]\n", "host"),
        pytest.param("port: [8080\n", "vib.yaml", id="no YAML"),
        pytest.param("- port\n", "vib.yaml", id="a list"),
        pytest.param("port: !!int ''\n", "vib.yaml", id="a tag"),
        pytest.param(b"host: \xff\n", "vib.yaml", id="no UTF-8"),
    ],
)
def test_a_mistake_in_vib_yaml_is_named(bare: Path, text: str | bytes, named: str) -> None:
    bare.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputProblem, match=named):
        read_settings()


def test_a_mistake_in_the_environment_is_named(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_PORT", "eight")
    with pytest.raises(InputProblem, match=r"VIB_\*.*port"):
        read_settings()


def test_secrets_are_not_shown(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_TOKEN", "geheim1")
    monkeypatch.setenv("VIB_ML_SECRET", "geheim2")
    settings = read_settings()
    assert (settings.token, settings.ml_secret) == ("geheim1", "geheim2")
    assert "geheim" not in repr(settings) + str(settings)
    with pytest.raises(ValidationError):
        settings.token = "other"  # type: ignore[misc]  # noqa: S105 - no password


@pytest.mark.parametrize("secret", ["gehéim", "geheim\n", " geheim", "geheim\u200b"])
def test_a_secret_that_fits_in_no_header_is_refused_in_both_languages(
    bare: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("VIB_ML_SECRET", secret)
    with pytest.raises(InputProblem) as caught:
        read_settings()
    assert "VIB_ML_SECRET: mag alleen" in caught.value.message("nl")
    assert "VIB_ML_SECRET: may have only" in caught.value.message("en")
    assert "geheim" not in caught.value.message("nl")


def test_a_wrong_setting_does_not_repeat_a_secret(bare: Path) -> None:
    bare.write_text("token: [geheim]\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="token") as caught:
        read_settings()
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("left", ["", "/no/such/folder\n", b"\xff"], ids=["empty", "gone", "no text"])
def test_a_useless_note_of_the_last_start_is_passed_over(bare: Path, left: str | bytes) -> None:
    (bare.parent / LAST_STARTED.name).write_bytes(left if isinstance(left, bytes) else left.encode())
    assert read_settings().data == ROOT / "data"


def test_the_data_of_the_server_that_was_started_last_is_the_default(bare: Path) -> None:
    (bare.parent / LAST_STARTED.name).write_text(f"{bare.parent}\n", encoding="utf-8")
    assert read_settings().data == bare.parent


def test_every_setting_is_explained() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_in_a_checkout_everything_is_kept_in_it() -> None:
    assert ROOT == HOME == home_of(ROOT, {"XDG_DATA_HOME": "/own"})
    assert LAST_STARTED == ROOT / ".venv" / "last-started"


def test_an_installed_package_keeps_what_it_has_in_a_folder_of_the_user(tmp_path: Path) -> None:
    assert home_of(tmp_path, {"XDG_DATA_HOME": "/own"}) == Path("/own/vib-studio")
    assert home_of(tmp_path, {}) == Path.home() / ".local" / "share" / "vib-studio"


def test_the_folder_of_an_installation_can_be_named(tmp_path: Path) -> None:
    for root in (ROOT, tmp_path):
        assert home_of(root, {"VIB_HOME": "/srv/vib", "XDG_DATA_HOME": "/own"}) == Path("/srv/vib")


@pytest.mark.parametrize(
    ("server", "wrong"),
    [
        ("smtp://mail.example:65536", "has a port that is not 1 to 65535"),
        ("smtps://vib:geheim@mail.example:99999/", "has a port that is not 1 to 65535"),
        ("smtp://mail.example:0", "has a port that is not 1 to 65535"),
        ("mail.example:25", "is not a mail server such as"),
    ],
)
def test_a_mail_server_that_cannot_be_is_said_plainly(
    bare: Path, monkeypatch: pytest.MonkeyPatch, server: str, wrong: str
) -> None:
    monkeypatch.setenv("VIB_MAIL", server)
    with pytest.raises(InputProblem, match=wrong) as caught:
        read_settings()
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("server", ["smtp://mail.example", "smtps://vib:65536@mail.example:65535", "smtp://m:1/"])
def test_a_mail_server_that_can_be_is_taken(bare: Path, monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    monkeypatch.setenv("VIB_MAIL", server)
    assert read_settings().mail == server
