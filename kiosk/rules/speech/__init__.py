"""From what is written to what is said: announcement text becomes words with their readings, and pauses.

`normaliser.normalise` is the way in. Written forms (numbers, times, prices, plates) are spelled out pass by pass, in
`written` for Mandarin and `english` for English; `readings` cuts the result into words and gives each its pinyin;
`tokens` is what comes out. The words, surnames and brands that the dictionaries miss are tables: `lexicon`, `surnames`,
`latin`, `folding`.
"""
