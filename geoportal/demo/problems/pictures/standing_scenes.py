"""Scenes with things that stand: lamps, bins, trees, swings, benches, stops, signs."""

from geoportal.demo.problems.pictures.backdrops import (
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
