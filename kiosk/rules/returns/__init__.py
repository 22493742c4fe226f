"""Part R of the rule book: what may come back, on which clause, and what the shopper can do next.

How a flow uses it, at the screen, at the counter or from a file; nothing here knows the time or reads anything:

1. `receipt_number.read(text, form)` says whether a scanned or typed text is a number of this store; a source of
   receipts (`kiosk/ports/receipts.py`) then finds the `Receipt` with its `Line`s.
2. The shopper chooses a line, how much of it, a wish (`Remedy`) and a `Reason`. That makes
   `Case(line, quantity_milli, bought_on, today, wish, reason, papers=…, invoiced=receipt.invoiced)`, not answered yet.
3. `questions.open_questions(book, case)` names what is still worth asking: show the first of them with `ANSWERS` as its
   choices, put the answer into the case with `case.answered(question, answer)`, and ask again until nothing is left. It
   asks three at most, and never what cannot change the outcome. `questions.papers_that_matter(book, case)` does so for
   invoice, test record and warranty card. The clerk passes `AT_THE_COUNTER`, and confirms the fault as well.
4. `decision.decide(book, case)` gives the `Decision`: `outcome` (accept, refuse, to a person), `remedy` (what is
   granted, what we recommend to the person, or what can be had instead of the wish), `hits` (every clause that speaks,
   the deciding one first), `until` (the last day for it), `tell` (who must know at once, R14, R15).
5. `wording.reason(book.phrases, decision, language)` and `wording.next_step(…)` are the two sentences of R16.

`book` is `site.returns.book`, read from `schedules/returns.toml`, with `shut` set by `kiosk/app/returns.py`. The day of
purchase decides which of its clauses hold, never today. At the kiosk nobody can confirm a fault, so such a case goes to
the return desk with our recommendation.
"""
