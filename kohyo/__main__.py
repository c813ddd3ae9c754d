"""``python -m kohyo`` is the same as ``kohyo``."""

from kohyo.cli import main

if __name__ == "__main__":
    main()
