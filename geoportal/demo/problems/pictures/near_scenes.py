"""Scenes with walls and doors, cars, pumps, dogs, smoke and pipes."""

from geoportal.demo.problems.pictures.backdrops import (
    SNOW,
    WALLS,
    draw_blocks,
    draw_pavement,
    draw_street,
    draw_tree,
)
from geoportal.demo.problems.pictures.canvas import HEIGHT, HORIZON, WIDTH, Canvas, Colour, mix
from geoportal.demo.problems.pictures.ground_scenes import draw_rubbish
from geoportal.demo.problems.pictures.standing_scenes import BLUE, METAL, RED, YELLOW


def draw_building(canvas: Canvas, mended: bool) -> None:
    """A facade from near: windows, a door, plaster that falls."""
    wall = canvas.chance.choice(WALLS)
    canvas.draw.rectangle((0, 0, WIDTH, HEIGHT), fill=canvas.lit(wall))
    for row in range(2):
        for column in range(4):
            x, y = 90 + column * 380, 90 + row * 400
            canvas.box((x - 18, y - 18, x + 228, y + 268), mix(wall, (255, 255, 255), 0.4))
            canvas.box((x, y, x + 210, y + 250), (86, 104, 120))
            canvas.line([(x + 105, y), (x + 105, y + 250)], (230, 230, 226), 10)
    canvas.box((0, HEIGHT - 330, WIDTH, HEIGHT - 300), mix(wall, (255, 255, 255), 0.35))
    canvas.box((0, HEIGHT - 120, WIDTH, HEIGHT), (158, 154, 148))
    if mended:
        return
    for _ in range(5):
        at = canvas.chance.uniform(200, WIDTH - 200), canvas.chance.uniform(120, HEIGHT - 420)
        canvas.blot(*at, 170, 110, mix(wall, (255, 255, 255), 0.25))
        canvas.blot(*at, 140, 86, (150, 84, 64))
    draw_rubbish(canvas, WIDTH / 2, HEIGHT - 80, 640, 34, 24)


def draw_wall(canvas: Canvas, mended: bool) -> None:
    """Writing on a concrete wall."""
    canvas.draw.rectangle((0, 0, WIDTH, HEIGHT), fill=canvas.lit((176, 174, 168)))
    for x in range(0, WIDTH, 400):
        canvas.line([(x, 0), (x, HEIGHT - 180)], (146, 144, 138), 8)
    canvas.box((0, HEIGHT - 180, WIDTH, HEIGHT), (128, 134, 110))
    if mended:
        canvas.box((240, 260, WIDTH - 260, 780), (188, 186, 180))
        return
    for colour in (RED, BLUE, (30, 30, 34)):
        points = [(260 + number * 120, 520 + canvas.chance.uniform(-210, 210))
                  for number in range(10)]  # fmt: skip
        canvas.line(points, colour, 34)


def draw_door(canvas: Canvas, mended: bool) -> None:
    """The door of a shelter, shut or open."""
    canvas.draw.rectangle((0, 0, WIDTH, HEIGHT), fill=canvas.lit((168, 160, 150)))
    canvas.box((520, 230, 1080, 1080), (70, 74, 76))
    canvas.box((550, 260, 1050, 1080), (24, 26, 28) if mended else (98, 104, 92))
    canvas.box((300, 330, 480, 470), (240, 240, 236))
    canvas.polygon([(390, 346), (456, 452), (324, 452)], BLUE)
    canvas.box((0, 1080, WIDTH, HEIGHT), (142, 138, 132))
    if mended:
        canvas.polygon([(550, 260), (420, 210), (420, 1120), (550, 1080)], (98, 104, 92))
        return
    canvas.box((930, 640, 1010, 740), (196, 166, 70), 12)
    canvas.line([(560, 690), (1040, 690)], METAL, 26)


def draw_steps(canvas: Canvas, mended: bool) -> None:
    """Steps at a door, with a ramp after the work."""
    canvas.draw.rectangle((0, 0, WIDTH, HEIGHT), fill=canvas.lit((196, 184, 164)))
    canvas.box((560, 200, 1040, 760), (92, 76, 62))
    for number in range(5):
        y = 760 + number * 80
        canvas.box((440 - number * 50, y, 1160 + number * 50, y + 80),
                   mix((190, 186, 180), (110, 108, 104), number * 0.16))  # fmt: skip
    if mended:
        canvas.polygon([(1180, 770), (1300, 770), (1600, 1150), (1330, 1150)], (150, 150, 152))
        canvas.line([(1300, 620), (1590, 980)], METAL, 18)
        canvas.line([(1180, 620), (1340, 980)], METAL, 18)


def draw_car(canvas: Canvas, mended: bool) -> None:
    draw_blocks(canvas)
    draw_pavement(canvas)
    if mended:
        return
    colour: Colour = canvas.chance.choice(((126, 60, 52), (92, 108, 124), (170, 168, 160)))
    x, y = WIDTH / 2 - 420, HEIGHT - 330
    canvas.polygon([(x + 190, y - 130), (x + 300, y - 270), (x + 590, y - 270), (x + 700, y - 130)],
                   mix(colour, (30, 40, 50), 0.35))  # fmt: skip
    canvas.box((x, y - 150, x + 850, y + 30), colour, 40)
    for wheel in (x + 190, x + 660):
        canvas.ellipse(wheel, y + 30, 92, 92, (28, 28, 30))
        canvas.ellipse(wheel, y + 30, 44, 44, METAL)
    if canvas.light.is_snowy:
        canvas.box((x + 290, y - 300, x + 600, y - 262), SNOW, 16)


def draw_tap(canvas: Canvas, mended: bool) -> None:
    """A pump by the road, with water or without."""
    draw_street(canvas)
    x, base = WIDTH / 2, HEIGHT - 210
    canvas.box((x - 150, base, x + 170, base + 50), (150, 148, 142), 8)
    canvas.box((x - 44, base - 460, x + 44, base), BLUE, 20)
    canvas.line([(x + 30, base - 380), (x + 190, base - 380), (x + 190, base - 320)], BLUE, 34)
    canvas.line([(x - 10, base - 450), (x - 210, base - 560)], METAL, 20)
    if mended:
        canvas.line([(x + 190, base - 310), (x + 190, base + 10)], (196, 218, 236), 22)


def draw_dog(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    if mended:
        draw_tree(canvas, 420, HORIZON + 140, 640)
        return
    for _ in range(canvas.chance.randint(2, 4)):
        _draw_dog(canvas, canvas.chance.uniform(200, WIDTH - 460),
                  canvas.chance.uniform(HEIGHT - 360, HEIGHT - 150))  # fmt: skip


def _draw_dog(canvas: Canvas, x: float, y: float) -> None:
    colour: Colour = canvas.chance.choice(((120, 88, 60), (70, 64, 60), (186, 160, 124)))
    canvas.box((x, y - 130, x + 230, y - 40), colour, 44)
    for leg in (20, 70, 150, 195):
        canvas.box((x + leg, y - 70, x + leg + 24, y + 30), colour, 8)
    canvas.ellipse(x + 246, y - 150, 56, 48, colour)
    canvas.polygon([(x + 210, y - 180), (x + 228, y - 236), (x + 256, y - 190)], colour)
    canvas.line([(x + 6, y - 110), (x - 70, y - 170)], colour, 20)


def draw_smoke(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    x, y = WIDTH / 2 + canvas.chance.uniform(-300, 300), HEIGHT - 220
    canvas.blot(x, y, 220, 60, (112, 84, 56))
    if mended:
        return
    for number in range(5):
        canvas.polygon([(x - 120 + number * 56, y), (x - 90 + number * 56, y - 130),
                        (x - 60 + number * 56, y)], (232, 130 + number * 14, 48))  # fmt: skip
    for number in range(13):
        puff = mix((150, 148, 146), canvas.light.sky[1], number / 16)
        canvas.blot(x + number * 42 - 40, y - 170 - number * 58, 110 + number * 17,
                    80 + number * 11, puff)  # fmt: skip


def draw_pipe(canvas: Canvas, mended: bool) -> None:
    """Pipes along a wall, rusty or painted."""
    draw_blocks(canvas)
    canvas.box((0, HORIZON + 40, WIDTH, HEIGHT), (150, 144, 130))
    colour = YELLOW if mended else (140, 92, 60)
    for y in (HEIGHT - 400, HEIGHT - 250):
        canvas.box((0, y, WIDTH, y + 70), colour)
        canvas.box((0, y + 8, WIDTH, y + 20), mix(colour, (255, 255, 255), 0.3))
    for x in range(160, WIDTH, 420):
        canvas.box((x, HEIGHT - 430, x + 34, HEIGHT - 60), (110, 108, 104))
    if not mended:
        for number in range(7):
            canvas.blot(820 + number * 16, HEIGHT - 450 - number * 62, 60 + number * 18,
                        46 + number * 10, (222, 226, 230))  # fmt: skip
