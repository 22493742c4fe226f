"""Text that somebody writes with the keys of a touchscreen: Latin letters, digits, Chinese by pinyin."""
