"""What stands behind: houses, trees, a road, a yard, a wall."""

from geoportal.demo.problems.pictures.canvas import (
    HEIGHT,
    HORIZON,
    WIDTH,
    Canvas,
    Colour,
    mix,
)

WALLS: tuple[Colour, ...] = (
    (206, 190, 164), (186, 172, 156), (196, 176, 140), (170, 160, 152), (214, 200, 182),
    (178, 142, 118), (160, 168, 172),
)  # fmt: skip
ROOFS: tuple[Colour, ...] = ((122, 72, 58), (104, 92, 86), (86, 78, 74), (134, 96, 72))
ASPHALT: Colour = (92, 94, 98)
PAVEMENT: Colour = (164, 160, 154)
WINDOW: Colour = (90, 108, 124)
EVENING_WINDOW: Colour = (238, 204, 124)
SNOW: Colour = (238, 242, 246)


def draw_street(canvas: Canvas) -> None:
    """Sky, a row of small houses, ground."""
    canvas.sky()
    canvas.ground()
    x = canvas.chance.uniform(-120, 0)
    while x < WIDTH:
        width = canvas.chance.uniform(190, 330)
        height = canvas.chance.uniform(120, 220)
        _draw_house(canvas, x, width, height)
        x += width + canvas.chance.uniform(10, 90)


def _draw_house(canvas: Canvas, x: float, width: float, height: float) -> None:
    top = HORIZON - height
    roof = SNOW if canvas.light.is_snowy else canvas.chance.choice(ROOFS)
    canvas.polygon(
        [(x - 14, top + 4), (x + width / 2, top - height * 0.55), (x + width + 14, top + 4)], roof
    )
    canvas.box((x, top, x + width, HORIZON + 6), canvas.chance.choice(WALLS))
    for number in range(2 if width < 250 else 3):
        left = x + 28 + number * (width - 40) / (2 if width < 250 else 3)
        _draw_window(canvas, left, top + height * 0.28, 44, 60)


def _draw_window(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    dark = canvas.light.shade < 1
    if dark and canvas.chance.random() < 0.45:
        canvas.draw.rectangle((x, y, x + width, y + height), fill=EVENING_WINDOW)
    else:
        canvas.box((x, y, x + width, y + height), WINDOW)


def draw_blocks(canvas: Canvas) -> None:
    """Sky, blocks of flats, a lawn."""
    canvas.sky()
    canvas.ground()
    x = canvas.chance.uniform(-200, -40)
    while x < WIDTH:
        width = canvas.chance.uniform(420, 620)
        draw_block(canvas, x, width, canvas.chance.choice((3, 5, 5, 5)))
        x += width + canvas.chance.uniform(70, 180)


def draw_block(canvas: Canvas, x: float, width: float, storeys: int, step: float = 84) -> None:
    """A block of flats that stands on the horizon."""
    top = HORIZON - storeys * step - 24
    wall = canvas.chance.choice(WALLS)
    canvas.box((x, top, x + width, HORIZON + 6), wall)
    canvas.box((x - 6, top - 12, x + width + 6, top), mix(wall, (60, 60, 60), 0.5))
    for floor in range(storeys):
        for number in range(int(width // 78)):
            left = x + 22 + number * 78
            _draw_window(canvas, left, top + 24 + floor * step, 42, step * 0.55)


def draw_tree(canvas: Canvas, x: float, base: float, height: float) -> None:
    """A tree with the leaves of the season, bare in winter."""
    trunk: Colour = (98, 78, 60)
    thick, thin, top = height * 0.035, height * 0.014, base - height * 0.62
    canvas.polygon([(x - thick, base), (x + thick, base), (x + thin, top), (x - thin, top)], trunk)
    if canvas.light.leaves is None:
        for side in (-1, 1):
            for part in (0.45, 0.55, 0.64, 0.72):
                start = (x, base - height * part * 0.85)
                end = (x + side * height * canvas.chance.uniform(0.12, 0.26),
                       base - height * (part + canvas.chance.uniform(0.12, 0.24)))  # fmt: skip
                canvas.line([start, end], trunk, max(4, int(height / 70)))
        return
    for _ in range(9):
        shade = canvas.chance.uniform(-0.14, 0.16)
        colour = mix(
            canvas.light.leaves, (255, 255, 220) if shade > 0 else (20, 40, 20), abs(shade)
        )
        canvas.blot(
            x + canvas.chance.uniform(-0.2, 0.2) * height,
            base - height * canvas.chance.uniform(0.55, 0.86),
            height * canvas.chance.uniform(0.14, 0.2),
            height * canvas.chance.uniform(0.12, 0.17),
            colour,
        )


def draw_road(canvas: Canvas) -> None:
    """A road that runs away from who looks, with pavements."""
    middle = WIDTH / 2 + canvas.chance.uniform(-160, 160)
    canvas.polygon([(middle - 74, HORIZON), (middle + 74, HORIZON), (WIDTH + 220, HEIGHT),
                    (-220, HEIGHT)], PAVEMENT)  # fmt: skip
    canvas.polygon([(middle - 54, HORIZON), (middle + 54, HORIZON), (WIDTH - 20, HEIGHT),
                    (20, HEIGHT)], ASPHALT)  # fmt: skip
    for near, far in ((0.1, 0.18), (0.26, 0.38), (0.5, 0.68), (0.82, 1.0)):
        y0, y1 = HORIZON + near * (HEIGHT - HORIZON), HORIZON + far * (HEIGHT - HORIZON)
        x0 = middle + (WIDTH / 2 - middle) * near
        x1 = middle + (WIDTH / 2 - middle) * far
        canvas.polygon([(x0 - 9 * near - 1, y0), (x0 + 9 * near + 1, y0), (x1 + 11 * far, y1),
                        (x1 - 11 * far, y1)], (222, 222, 216))  # fmt: skip


def draw_pavement(canvas: Canvas, tiles: bool = True) -> None:
    """A pavement across the foreground, a kerb and a strip of road behind it."""
    canvas.box((0, HORIZON + 40, WIDTH, HORIZON + 190), ASPHALT)
    canvas.box((0, HORIZON + 190, WIDTH, HORIZON + 216), (196, 194, 188))
    canvas.box((0, HORIZON + 216, WIDTH, HEIGHT), PAVEMENT)
    if tiles:
        seam = mix(PAVEMENT, (60, 60, 60), 0.25)
        y, step = float(HORIZON + 216), 44.0
        while y < HEIGHT:
            canvas.line([(0, y), (WIDTH, y)], seam, 3)
            y, step = y + step, step * 1.22
        for number in range(-16, 32):
            x = number * 104
            canvas.line([(x, HORIZON + 216), (x + (x - WIDTH / 2) * 0.9, HEIGHT)], seam, 3)


def draw_lamp_post(canvas: Canvas, x: float, base: float, height: float, *, is_lit: bool) -> None:
    """A street lamp; its light where it burns."""
    canvas.box((x - 9, base - height, x + 9, base), (110, 114, 118))
    canvas.line([(x, base - height + 6), (x + 120, base - height - 20)], (110, 114, 118), 14)
    top = base - height
    canvas.polygon([(x + 88, top - 30), (x + 168, top - 22), (x + 160, top + 2), (x + 92, top - 4)],
                   (70, 74, 78))  # fmt: skip
    if is_lit:
        canvas.glow(x + 126, top + 12, 190, (255, 226, 150))
