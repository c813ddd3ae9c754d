"""The plan's own list (取組み一覧): read from lines of cells, taken into the register, held against it."""
