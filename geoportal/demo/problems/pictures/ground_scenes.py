"""Scenes on roads, pavements and the ground; each takes whether it was mended already."""

from geoportal.demo.problems.pictures.backdrops import (
    ASPHALT,
    PAVEMENT,
    SNOW,
    draw_pavement,
    draw_road,
    draw_street,
    draw_tree,
)
from geoportal.demo.problems.pictures.canvas import HEIGHT, HORIZON, WIDTH, Canvas, Colour, mix

PATCH: Colour = (58, 60, 64)
WATER: Colour = (128, 150, 170)
EARTH: Colour = (112, 94, 74)


def _place(canvas: Canvas) -> tuple[float, float]:
    """Where on the road or pavement the thing is."""
    return (
        WIDTH / 2 + canvas.chance.uniform(-180, 180),
        HEIGHT - canvas.chance.uniform(230, 330),
    )


def draw_pothole(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    x, y = _place(canvas)
    size = canvas.chance.uniform(0.8, 1.25)
    if mended:
        canvas.polygon([(x - 240 * size, y - 70 * size), (x + 210 * size, y - 76 * size),
                        (x + 270 * size, y + 84 * size), (x - 280 * size, y + 90 * size)],
                       PATCH)  # fmt: skip
        return
    canvas.blot(x, y, 300 * size, 108 * size, mix(ASPHALT, EARTH, 0.35))
    canvas.blot(x, y + 8, 250 * size, 84 * size, mix(EARTH, (30, 26, 22), 0.4))
    if canvas.chance.random() < 0.6:
        canvas.blot(x + 14, y + 22, 180 * size, 50 * size, WATER)
    for _ in range(22):
        canvas.blot(x + canvas.chance.uniform(-330, 330) * size,
                    y + canvas.chance.uniform(-90, 130) * size, 10, 7, (140, 138, 134))  # fmt: skip


def draw_puddle(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    x, y = _place(canvas)
    if mended:
        canvas.box((x - 90, y - 20, x + 90, y + 40), (62, 64, 66), 8)
        for number in range(6):
            canvas.box((x - 76 + number * 28, y - 12, x - 64 + number * 28, y + 32), (28, 30, 32))
        return
    canvas.blot(x, y, 620, 150, mix(WATER, ASPHALT, 0.3))
    canvas.blot(x - 40, y - 8, 520, 104, mix(WATER, (230, 238, 244), 0.35))
    for _ in range(5):
        at = x + canvas.chance.uniform(-360, 360)
        canvas.line([(at, y - 20), (at + 120, y - 20)], (226, 234, 240), 4)


def draw_snow(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    drift = mix(SNOW, (150, 170, 196), 0.12)
    for _ in range(14):
        side = canvas.chance.choice((-1, 1))
        y = canvas.chance.uniform(HORIZON + 60, HEIGHT)
        reach = (y - HORIZON) / (HEIGHT - HORIZON)
        x = WIDTH / 2 + side * (120 + 680 * reach)
        canvas.blot(x, y, 90 + 190 * reach, 30 + 60 * reach, drift)
    if mended:
        return
    for _ in range(26):
        y = canvas.chance.uniform(HORIZON + 30, HEIGHT)
        reach = (y - HORIZON) / (HEIGHT - HORIZON)
        x = WIDTH / 2 + canvas.chance.uniform(-1, 1) * (60 + 640 * reach)
        canvas.blot(x, y, 70 + 200 * reach, 14 + 34 * reach, SNOW)
    for side in (-1, 1):
        canvas.line([(WIDTH / 2 + side * 26, HORIZON + 20), (WIDTH / 2 + side * 250, HEIGHT)],
                    (176, 186, 198), 26)  # fmt: skip


def draw_manhole(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    x, y = _place(canvas)
    canvas.ellipse(x, y, 196, 84, (128, 126, 122))
    canvas.ellipse(x, y, 170, 70, (66, 62, 60) if mended else (14, 12, 12))
    if mended:
        for number in range(-3, 4):
            canvas.line([(x + number * 40 - 14, y - 46), (x + number * 40 + 14, y + 46)],
                        (92, 88, 84), 8)  # fmt: skip
        return
    canvas.ellipse(x + 330, y + 96, 170, 66, (78, 74, 70))
    canvas.ellipse(x + 330, y + 88, 158, 58, (98, 92, 86))
    canvas.line([(x - 60, y + 20), (x - 130, y - 260)], (104, 82, 58), 12)
    for number in range(4):
        canvas.blot(x - 120 - 12 * number, y - 230 + 40 * number, 50, 30, (98, 128, 74))


def draw_leak(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    x, y = _place(canvas)
    if mended:
        canvas.box((x - 190, y - 60, x + 210, y + 90), PATCH, 6)
        return
    canvas.polygon([(x - 60, y), (x + 80, y), (x + 460, HEIGHT), (x - 420, HEIGHT)],
                   mix(WATER, ASPHALT, 0.25))  # fmt: skip
    for number in range(11):
        reach = canvas.chance.uniform(80, 300)
        side = (number - 5) * canvas.chance.uniform(14, 30)
        canvas.line([(x, y), (x + side * 0.5, y - reach), (x + side, y - reach * 0.4)],
                    (206, 224, 238), 9)  # fmt: skip
    canvas.blot(x, y, 110, 40, (220, 232, 240))


def draw_broken_pavement(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_pavement(canvas)
    if mended:
        return
    x, y = WIDTH / 2 + canvas.chance.uniform(-240, 240), HEIGHT - 210
    canvas.blot(x, y, 380, 130, EARTH)
    for _ in range(16):
        at = x + canvas.chance.uniform(-360, 360), y + canvas.chance.uniform(-110, 110)
        size = canvas.chance.uniform(50, 96)
        lean = canvas.chance.uniform(-22, 22)
        shade = mix(PAVEMENT, (90, 86, 80), canvas.chance.uniform(0, 0.5))
        canvas.polygon([(at[0], at[1] + lean), (at[0] + size, at[1] - lean),
                        (at[0] + size + 10, at[1] + size * 0.45 - lean),
                        (at[0] + 8, at[1] + size * 0.45 + lean)], shade)  # fmt: skip


def draw_crossing(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    for number in range(-4, 5):
        x = WIDTH / 2 + number * 168
        worn = (238, 238, 232) if mended else mix(ASPHALT, (236, 236, 230), 0.3)
        if not mended and canvas.chance.random() < 0.3:
            continue
        canvas.polygon([(x - 44, HEIGHT - 330), (x + 44, HEIGHT - 330), (x + 70, HEIGHT - 120),
                        (x - 70, HEIGHT - 120)], worn)  # fmt: skip


def draw_dump(canvas: Canvas, mended: bool) -> None:
    canvas.sky()
    canvas.ground()
    for number in range(6):
        x = number * 320 + canvas.chance.uniform(-80, 80)
        draw_tree(canvas, x, HORIZON + 70, canvas.chance.uniform(360, 520))
    if mended:
        return
    draw_rubbish(canvas, WIDTH / 2, HEIGHT - 300, 560, 170, 70)


def draw_rubbish(canvas: Canvas, x: float, y: float, rx: float, ry: float, count: int) -> None:
    """A heap of bags, boxes, bottles and tyres."""
    colours: tuple[Colour, ...] = (
        (42, 44, 52), (58, 60, 70), (196, 170, 120), (226, 228, 230), (72, 118, 168),
        (176, 60, 54), (90, 140, 84), (34, 34, 36),
    )  # fmt: skip
    for _ in range(count):
        at_x = x + canvas.chance.gauss(0, 0.42) * rx
        at_y = y + canvas.chance.gauss(0, 0.42) * ry
        size = canvas.chance.uniform(24, 74)
        colour = canvas.chance.choice(colours)
        if canvas.chance.random() < 0.55:
            canvas.blot(at_x, at_y, size, size * 0.8, colour)
        else:
            canvas.box((at_x - size, at_y - size / 2, at_x + size, at_y + size / 2), colour, 6)


def draw_litter(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_pavement(canvas)
    x = WIDTH * 0.68
    canvas.polygon([(x - 76, HEIGHT - 470), (x + 76, HEIGHT - 470), (x + 54, HEIGHT - 240),
                    (x - 54, HEIGHT - 240)], (72, 92, 82))  # fmt: skip
    canvas.ellipse(x, HEIGHT - 470, 76, 20, (40, 50, 46))
    if mended:
        return
    draw_rubbish(canvas, x, HEIGHT - 490, 60, 26, 12)
    draw_rubbish(canvas, WIDTH / 2, HEIGHT - 170, 620, 70, 26)


def draw_grass(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    for _ in range(60 if mended else 420):
        x = canvas.chance.uniform(-20, WIDTH + 20)
        y = canvas.chance.uniform(HORIZON + 60, HEIGHT + 60)
        height = canvas.chance.uniform(14, 30) if mended else canvas.chance.uniform(110, 260)
        green = mix((70, 116, 50), (150, 170, 84), canvas.chance.random())
        canvas.line([(x, y), (x + canvas.chance.uniform(-46, 46), y - height)], green, 8)
