"""kohyo: the item sheets (個票) of a reform plan, distributed, consolidated and published."""

__version__ = "0.1.0"
