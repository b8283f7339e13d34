"""The process that opens one photo: original on standard input, two clean JPEGs on its output.

It knows nothing of Django and starts in less than 0.1 s. The first line of the output is JSON: why
the photo is refused, or its place and the lengths of the two images that follow.

Run as `python -m geoportal.media.photo_process '{"format": …}'`.
"""

import io
import json
import sys

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from geoportal.media.gps import find_lonlat, find_orientation
from geoportal.media.photo_messages import Answer, Order

JPEG_QUALITY = 85
STRIP_ROWS = 64
TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


def main() -> None:
    order: Order = json.loads(sys.argv[1])
    images: list[bytes] = []
    try:
        answer = obey(order, sys.stdin.buffer.read(), images)
    except Image.DecompressionBombError:
        answer = {"refused": "too-many-pixels"}
    except MemoryError:
        answer = {"refused": "too-much-memory"}
    except UnidentifiedImageError:
        answer = {"refused": "unreadable"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(images))


def obey(order: Order, original: bytes, images: list[bytes]) -> Answer:
    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=2)
    # Pillow warns beyond this many pixels and raises beyond twice as many, before it decodes.
    Image.MAX_IMAGE_PIXELS = order["pixels_max"] // 2
    with Image.open(io.BytesIO(original), formats=[order["format"]]) as image:
        lonlat = find_lonlat(image.info.get("exif"))
        large = build_large(image, order["side_px"])
    images += [encode(large), encode(build_thumbnail(large, order["thumbnail_px"]))]
    return {
        "lonlat": lonlat,
        "size": large.size,
        "lengths": (len(images[0]), len(images[1])),
    }


def build_large(image: Image.Image, side_px: int) -> Image.Image:
    """RGB in sRGB, turned upright, on white, at most `side_px` long, nothing but pixels in it."""
    profile = image.info.get("icc_profile")
    scale = side_px / max(image.size)
    if scale < 1:  # JPEG decodes an eighth, a quarter or a half at once
        image.draft(None, (int(image.width * scale) or 1, int(image.height * scale) or 1))
    image.load()
    turns = TURNS.get(find_orientation(image), ())
    small = reduce_flat(image, max(1, max(image.size) // side_px))
    small.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    small = convert_to_srgb(small, profile)
    for turn in turns:
        small = small.transpose(turn)
    small.info.clear()
    return small


def reduce_flat(image: Image.Image, factor: int) -> Image.Image:
    """A whole fraction of the image without transparency, made strip by strip to save memory."""
    rows = STRIP_ROWS * factor
    mode = flatten(image.crop((0, 0, 1, 1))).mode
    whole = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        whole.paste(flatten(strip).reduce(factor), (0, top // factor))
    return whole


def flatten(strip: Image.Image) -> Image.Image:
    """In one of the modes L, RGB, CMYK; what is transparent becomes white."""
    if strip.has_transparency_data:
        white = Image.new("RGBA", strip.size, "white")
        white.alpha_composite(strip.convert("RGBA"))
        return white.convert("RGB")
    if strip.mode in ("L", "RGB", "CMYK"):
        return strip
    if strip.mode.startswith("I"):  # grey of 16 bits; Pillow would cut off what is above 255
        return strip.convert("I").point(lambda value: value / 256).convert("L")
    return strip.convert("L" if strip.mode == "1" else "RGB")


def convert_to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """By the image's own colour profile; a profile that does not fit is left out."""
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def build_thumbnail(large: Image.Image, size_px: tuple[int, int]) -> Image.Image:
    """Cut to the shape of `size_px` around the middle; never enlarged."""
    width, height = size_px
    fraction = min(1, large.width / width, large.height / height)
    size = max(1, round(width * fraction)), max(1, round(height * fraction))
    return ImageOps.fit(large, size, Image.Resampling.LANCZOS)


def encode(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
