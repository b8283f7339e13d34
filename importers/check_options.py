"""Which of the checks that are not made of every file are asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckOptions:
    """`near_m`: remark rows nearer to one another, metres; 0: do not.

    `fit_areas`: change territories so that they lie side by side. `accept_choices`: a value that
    differs from a choice only by case, blanks or look-alike letters is that choice.
    """

    near_m: float = 0.0
    fit_areas: bool = False
    accept_choices: bool = False
