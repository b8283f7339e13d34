import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.geoportal.media import making


@pytest.fixture(autouse=True)
def english_words() -> Iterator[None]:
    """What a refusal says is read in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def list_tags(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[bytes, str], dict[str, object]]:
    """What ExifTool, which shares no code with ours, finds in a file, by group and name."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    folder = tmp_path_factory.mktemp("tags")

    def read(content: bytes, extension: str) -> dict[str, object]:
        path = folder / f"file.{extension}"
        path.write_bytes(content)
        done = subprocess.run(
            ["exiftool", "-json", "-G1", "-a", "-ee", str(path)], capture_output=True, check=True
        )
        (tags,) = json.loads(done.stdout)
        return dict(tags)

    return read


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for all tests, which copy or read them."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    folder = tmp_path_factory.mktemp("videos")
    plain = making.make_video(folder / "phone.mp4", *making.H264, "-c:a", "aac", *making.PLACE)
    apple = (*making.HEVC, "-c:a", "pcm_s16le", "-movflags", "use_metadata_tags", *making.PLACE)
    making.make_video(folder / "iphone.mov", *apple)
    vp8 = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
    making.make_video(folder / "browser.webm", *vp8, *making.PLACE)
    quick = ("-movflags", "+faststart")
    making.run_ffmpeg("-i", plain, "-c", "copy", *quick, folder / "quick.mp4")
    (folder / "turned.mp4").write_bytes(making.turn_video(plain.read_bytes()))
    return folder
