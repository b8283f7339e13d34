"""Scenes with things that stand: lamps, bins, trees, swings, stops, walls, doors."""

from geoportal.demo.problems.pictures.backdrops import (
    SNOW,
    WALLS,
    draw_blocks,
    draw_lamp_post,
    draw_pavement,
    draw_road,
    draw_street,
    draw_tree,
)
from geoportal.demo.problems.pictures.canvas import HEIGHT, HORIZON, WIDTH, Canvas, Colour, mix
from geoportal.demo.problems.pictures.ground_scenes import draw_rubbish

METAL: Colour = (122, 128, 134)
WOOD: Colour = (142, 104, 66)
RED: Colour = (190, 62, 52)
BLUE: Colour = (58, 100, 160)
YELLOW: Colour = (226, 180, 58)


def draw_lamp(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    night = canvas.light.shade < 1
    draw_lamp_post(canvas, 330, HEIGHT - 130, 800, is_lit=mended and night)
    draw_lamp_post(canvas, 590, HORIZON + 150, 330, is_lit=night)


def draw_wires(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    lean = 0 if mended else 90
    canvas.line([(420, HEIGHT - 140), (420 + lean, 250)], (150, 146, 138), 30)
    canvas.line([(300 + lean, 320), (560 + lean, 320)], (110, 98, 84), 16)
    for number in range(3):
        x, sag = 320 + lean + number * 110, 30 if mended else 190
        canvas.line([(x, 310), (x + 500, 310 + sag), (WIDTH + 20, 240)], (40, 40, 44), 5)


def draw_bins(canvas: Canvas, mended: bool) -> None:
    draw_blocks(canvas)
    draw_pavement(canvas, tiles=False)
    colour: Colour = canvas.chance.choice(((72, 104, 84), (84, 96, 108), (62, 90, 130)))
    for number in range(3):
        x, y = 300 + number * 350, HEIGHT - 520
        canvas.polygon([(x, y), (x + 300, y), (x + 280, y + 300), (x + 20, y + 300)], colour)
        canvas.box((x - 8, y - 14, x + 308, y + 26), mix(colour, (255, 255, 255), 0.18), 8)
        canvas.ellipse(x + 60, y + 312, 26, 26, (30, 30, 32))
        canvas.ellipse(x + 240, y + 312, 26, 26, (30, 30, 32))
        if mended:
            canvas.box((x - 4, y - 40, x + 304, y - 8), mix(colour, (20, 20, 20), 0.3), 14)
        else:
            draw_rubbish(canvas, x + 150, y - 34, 150, 46, 14)
    if not mended:
        draw_rubbish(canvas, WIDTH / 2, HEIGHT - 130, 640, 60, 30)


def draw_dangerous_tree(canvas: Canvas, mended: bool) -> None:
    draw_blocks(canvas)
    draw_pavement(canvas)
    draw_tree(canvas, 240, HORIZON + 70, 560)
    x, base = WIDTH * 0.62, HEIGHT - 300
    if mended:
        canvas.box((x - 66, base - 46, x + 66, base), (110, 88, 66))
        canvas.ellipse(x, base - 46, 66, 20, (206, 176, 132))
        return
    trunk: Colour = (104, 92, 82)
    canvas.polygon([(x - 46, base), (x + 46, base), (x - 170, base - 640), (x - 220, base - 630)],
                   trunk)  # fmt: skip
    for number in range(7):
        part = 0.4 + number * 0.085
        from_x, from_y = x - 195 * part, base - 640 * part
        side = -1 if number % 2 else 1
        canvas.line([(from_x, from_y), (from_x + side * canvas.chance.uniform(120, 260),
                     from_y - canvas.chance.uniform(60, 190))], trunk, 15)  # fmt: skip
    canvas.line([(x - 420, base + 90), (x - 90, base + 60)], trunk, 24)


def draw_sapling(canvas: Canvas, mended: bool) -> None:
    draw_blocks(canvas)
    if not mended:
        for number in range(3):
            x = 360 + number * 420
            canvas.ellipse(x, HEIGHT - 250, 90, 30, (132, 102, 74))
            canvas.ellipse(x, HEIGHT - 258, 62, 20, (196, 164, 120))
        return
    for number in range(3):
        x = 360 + number * 420
        canvas.line([(x + 24, HEIGHT - 230), (x + 24, HEIGHT - 480)], WOOD, 10)
        draw_tree(canvas, x, HEIGHT - 230, 330)


def draw_playground(canvas: Canvas, mended: bool) -> None:
    draw_blocks(canvas)
    canvas.polygon([(60, HEIGHT), (240, HORIZON + 150), (WIDTH - 240, HORIZON + 150),
                    (WIDTH - 60, HEIGHT)], (206, 186, 140))  # fmt: skip
    left, right, top, base = 330, 830, HORIZON - 60, HEIGHT - 250
    for x in (left, right):
        canvas.line([(x - 80, base), (x, top), (x + 80, base)], BLUE, 20)
    canvas.line([(left, top), (right, top)], BLUE, 20)
    seat_y = base - 130
    for number, x in enumerate((left + 130, right - 130)):
        broken = not mended and number == 1
        tilt = 90 if broken else 0
        canvas.line([(x - 44, top), (x - 44, seat_y)], METAL, 6)
        if not broken:
            canvas.line([(x + 44, top), (x + 44, seat_y)], METAL, 6)
        canvas.line([(x - 52, seat_y), (x + 52, seat_y + tilt)], RED, 24)
    canvas.polygon([(1040, base), (1120, base - 330), (1190, base - 330), (1400, base)], YELLOW)
    canvas.line([(1120, base - 330), (1120, base)], METAL, 16)


def draw_bench(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    for x in (160, 1330):
        draw_tree(canvas, x, HORIZON + 120, 620)
    base, planks = HEIGHT - 260, (0, 1, 2) if mended else (0, 2)
    for x in (420, 1120):
        canvas.box((x, base - 160, x + 40, base), (60, 64, 66))
        canvas.line([(x + 20, base - 150), (x + 4, base - 330)], (60, 64, 66), 26)
    for number in planks:
        canvas.box((380, base - 180 + number * 34, 1200, base - 154 + number * 34), WOOD, 5)
        canvas.box((380, base - 340 + number * 44, 1200, base - 308 + number * 44), WOOD, 5)
    if not mended:
        canvas.line([(560, base - 130), (900, base + 20)], WOOD, 26)


def draw_stop(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_pavement(canvas)
    left, right, top, base = 400, 1180, HORIZON - 170, HEIGHT - 330
    glass: Colour = (172, 196, 206)
    canvas.box((left, top + 60, right, base - 40), glass)
    for number in range(4):
        x = left + number * (right - left) / 3
        canvas.line([(x, top), (x, base)], (74, 82, 90), 14)
    canvas.box((left - 40, top, right + 40, top + 40), BLUE, 8)
    canvas.box((left + 60, base - 130, right - 60, base - 100), WOOD, 4)
    if mended:
        return
    x = left + (right - left) / 2
    canvas.box((left + 274, top + 62, right - 274, base - 42), mix(canvas.light.sky[1], glass, 0.2))
    for _ in range(22):
        canvas.polygon([(x + canvas.chance.uniform(-230, 230), base + canvas.chance.uniform(0, 70))
                        for _ in range(3)], (214, 230, 236))  # fmt: skip


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
        x, y = canvas.chance.uniform(200, WIDTH - 200), canvas.chance.uniform(120, HEIGHT - 420)
        canvas.blot(x, y, 170, 110, mix(wall, (255, 255, 255), 0.25))
        canvas.blot(x, y, 140, 86, (150, 84, 64))
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


def draw_sign(canvas: Canvas, mended: bool) -> None:
    draw_street(canvas)
    draw_road(canvas)
    lean = 0 if mended else canvas.chance.choice((-150, 150))
    x, base = WIDTH * 0.72, HEIGHT - 220
    canvas.line([(x, base), (x + lean, base - 560)], METAL, 20)
    top = (x + lean, base - 560)
    points = [(top[0] - 150, top[1] - 40), (top[0] + 150, top[1] - 40), (top[0], top[1] + 210)]
    canvas.polygon(points, RED)
    inner = [(top[0] - 96, top[1] - 8), (top[0] + 96, top[1] - 8), (top[0], top[1] + 144)]
    canvas.polygon(inner, (240, 238, 230))


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
