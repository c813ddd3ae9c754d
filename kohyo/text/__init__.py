"""Text (文字の扱い): normalised keys, numbers, dates, ticks and control numbers as people write them."""
