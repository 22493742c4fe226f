"""Text that somebody writes with the keys of a touchscreen: Latin letters, digits, Chinese by pinyin.

`writing` is what each key makes of a text, without any dictionary. `book` is the dictionary, handed in as text;
`candidates` what may be meant by letters that wait, `finding` what of a list is meant by them (a search).
"""
