"""A picture of what a report is about, the same for the same subject."""

from collections.abc import Callable

from geoportal.demo.problems.pictures import ground_scenes as ground
from geoportal.demo.problems.pictures import near_scenes as near
from geoportal.demo.problems.pictures import standing_scenes as standing
from geoportal.demo.problems.pictures.canvas import Canvas, choose_light
from geoportal.demo.town.randomness import stream

EVENING = 21
SCENES: dict[str, Callable[[Canvas, bool], None]] = {
    "bench": standing.draw_bench,
    "bins": standing.draw_bins,
    "building": near.draw_building,
    "car": near.draw_car,
    "crossing": ground.draw_crossing,
    "dog": near.draw_dog,
    "dump": ground.draw_dump,
    "grass": ground.draw_grass,
    "kiosk": standing.draw_stop,
    "lamp": standing.draw_lamp,
    "leak": ground.draw_leak,
    "litter": ground.draw_litter,
    "manhole": ground.draw_manhole,
    "night": standing.draw_lamp,
    "pavement": ground.draw_broken_pavement,
    "pipe": near.draw_pipe,
    "playground": standing.draw_playground,
    "pothole": ground.draw_pothole,
    "puddle": ground.draw_puddle,
    "sapling": standing.draw_sapling,
    "shelter": near.draw_door,
    "sign": standing.draw_sign,
    "smoke": near.draw_smoke,
    "snow": ground.draw_snow,
    "steps": near.draw_steps,
    "stop": standing.draw_stop,
    "tap": near.draw_tap,
    "tree": standing.draw_dangerous_tree,
    "wall": near.draw_wall,
    "wires": standing.draw_wires,
}
IN_THE_EVENING = ("lamp", "night")


def draw_picture(
    scene: str, *, subject: str, month: int, hour: int, is_mended: bool = False
) -> bytes:
    """JPEG of 800 × 600. `month` and `hour` set the light; `is_mended`: after the work."""
    light = choose_light(month, EVENING if scene in IN_THE_EVENING else hour)
    canvas = Canvas(light, stream(f"picture/{subject}"))
    SCENES[scene](canvas, is_mended)
    return canvas.finish()
