"""How a layer that the import makes looks before anybody styles it."""

from importers.mapping.planning import PALETTE, choose_color


def test_new_layers_differ_in_colour():
    assert {choose_color(f"layer-{number}") for number in range(50)} == set(PALETTE)
    assert choose_color("trees") == choose_color("trees")
