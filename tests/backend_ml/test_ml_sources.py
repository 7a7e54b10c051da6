from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend_ml.refused import Refused
from backend_ml.sources import LocalFile, RemoteFile, same_origin, source_of

STUDIO = "http://studio.example:8080"


@pytest.mark.parametrize("address", ["/vib/media/F-0001/clip.m4a", "/data/local-files/?d=F-0001/clip.m4a"])
def test_addresses_of_the_media_folder_are_files_in_it(media: Path, address: str) -> None:
    assert source_of(address, media, None) == LocalFile(media / "F-0001" / "clip.m4a")


def test_names_with_spaces_and_accents_are_decoded_once(media: Path) -> None:
    (media / "één %41.mp4").write_bytes(b"x")
    expected = LocalFile(media / "één %41.mp4")
    assert source_of("/vib/media/%C3%A9%C3%A9n%20%2541.mp4", media, None) == expected
    assert source_of("/data/local-files/?d=%C3%A9%C3%A9n%20%2541.mp4", media, None) == expected


@pytest.mark.parametrize(
    "path",
    [
        "../secret.m4a",
        "F-0001/../../secret.m4a",
        "F-0001/../F-0001/clip.m4a",
        "..%2fsecret.m4a",
        "%2e%2e/secret.m4a",
        "%2e%2e%2fsecret.m4a",
        "%252e%252e%252fsecret.m4a",
        "..\\secret.m4a",
        "..%5csecret.m4a",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "F-0001/clip.m4a%00.mp4",
        "link.m4a",
        "folder/secret.m4a",
        "loop",
        "",
        ".",
        "F-0001",
        "F-0001/" + "x" * 300,
        "nothing.m4a",
    ],
)
@pytest.mark.parametrize("prefix", ["/vib/media/", "/data/local-files/?d="])
def test_no_path_leads_out_of_the_media_folder(media: Path, tmp_path: Path, prefix: str, path: str) -> None:
    (tmp_path / "secret.m4a").write_bytes(b"secret")
    (media / "link.m4a").symlink_to(tmp_path / "secret.m4a")
    (media / "folder").symlink_to(tmp_path)
    (media / "loop").symlink_to(media / "loop")
    with pytest.raises(Refused) as caught:
        source_of(prefix + path, media, None)
    assert 400 <= caught.value.status < 500
    assert str(tmp_path) not in str(caught.value)


def test_a_link_inside_the_media_folder_is_followed(media: Path) -> None:
    (media / "again.m4a").symlink_to(media / "F-0001" / "clip.m4a")
    assert source_of("/vib/media/again.m4a", media, None) == LocalFile(media / "F-0001" / "clip.m4a")


def test_a_pipe_in_the_media_folder_is_no_file(media: Path) -> None:
    os.mkfifo(media / "pipe.m4a")
    with pytest.raises(Refused):
        source_of("/vib/media/pipe.m4a", media, None)


@pytest.mark.parametrize(
    "address",
    [
        "/data/upload/1/ab12-clip.mp4",
        f"{STUDIO}/data/upload/1/ab12-clip.mp4",
        "HTTP://Studio.Example:8080/data/upload/1/ab12-clip.mp4",
    ],
)
def test_uploads_are_fetched_from_the_paired_label_studio(media: Path, address: str) -> None:
    assert source_of(address, media, STUDIO) == RemoteFile(f"{STUDIO}/data/upload/1/ab12-clip.mp4")


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/data/upload/1/x.mp4",
        "https://studio.example:8080/data/upload/1/x.mp4",
        "http://studio.example/data/upload/1/x.mp4",
        "http://studio.example:8080@evil.example/data/upload/1/x.mp4",
        "http://user:pw@studio.example:8080/data/upload/1/x.mp4",
        "http://studio.example:8080\\@evil.example/data/upload/1/x.mp4",
        "http://studio.example:8080.evil.example/data/upload/x.mp4",
        "http://studio.example:99999/data/upload/x.mp4",
        "http://[::1/data/upload/x.mp4",
        "http:///data/upload/x.mp4",
        "//evil.example/data/upload/1/x.mp4",
        "//studio.example:8080/data/upload/1/x.mp4",
        "ftp://studio.example:8080/data/upload/x.mp4",
        "file:///etc/passwd",
        "concat:/etc/passwd",
        "s3://bucket/clip.mp4",
        f"{STUDIO}/api/users",
        f"{STUDIO}/data/upload/../../api/users",
        f"{STUDIO}/data/upload/%2e%2e/%2e%2e/api/users",
        "/data/upload/../../api/users",
        "/data/export/1.json",
        "/etc/passwd",
        "etc/passwd",
        "clip.mp4",
        "",
        "\t/vib/media/F-0001/clip.m4a",
        "/vib/media/F-0001/clip.m4a\n",
        "/data/local-files/",
        "/data/local-files/?d=F-0001/clip.m4a&d=F-0001/clip.m4a",
    ],
)
def test_anything_else_is_refused(media: Path, address: str) -> None:
    with pytest.raises(Refused) as caught:
        source_of(address, media, STUDIO)
    assert caught.value.status == 403
    assert caught.value.reason.nl


def test_nothing_is_fetched_when_no_label_studio_is_paired(media: Path) -> None:
    for address in ("/data/upload/1/x.mp4", f"{STUDIO}/data/upload/1/x.mp4"):
        with pytest.raises(Refused):
            source_of(address, media, None)


def test_the_port_that_goes_without_saying_is_the_same_port() -> None:
    assert same_origin("https://a.example/x", "https://A.example:443/y")
    assert not same_origin("https://a.example/x", "http://a.example:443/y")
    assert not same_origin("https://a.example/x", "nonsense")
