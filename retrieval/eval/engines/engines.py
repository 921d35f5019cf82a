#!/usr/bin/env python3
"""Measures plain search engines on question sets: engines.py SET_FOLDER…

A set is corpus.jsonl, {"id","text","title"?} a line, and queries.jsonl,
{"id","text"|"question","gold":[ids]}; only questions with a gold passage count.
Every engine gets a passage as its title and text in one field, keeps its index
on disk, and answers with ten passages. One JSON line comes out for each set and
engine; an engine that is not installed is named on stderr and left out.
Loading a dictionary counts neither as indexing nor as answering.
"""

import json
import math
import pathlib
import re
import sys
import tempfile
import time

TOP = 10


def whoosh_jieba():
    """whoosh with jieba's analyzer (search mode, stop words); words OR-ed, BM25F."""
    import logging

    import jieba
    from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index, query

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    analyzer = ChineseAnalyzer()
    schema = fields.Schema(id=fields.STORED, text=fields.TEXT(analyzer=analyzer))

    def build(folder, passages):
        found = index.create_in(folder, schema)
        with found.writer(limitmb=256) as writer:
            for name, text in passages:
                writer.add_document(id=name, text=text)
        searcher = found.searcher()

        def search(question):
            words = dict.fromkeys(t.text for t in analyzer(question, mode="query"))
            if not words:
                return []
            wanted = query.Or([query.Term("text", w) for w in words])
            return [hit["id"] for hit in searcher.search(wanted, limit=TOP)]

        return search

    return build


def sqlite_trigram():
    """SQLite FTS5 with its trigram tokenizer; the question's trigrams OR-ed, BM25."""
    import sqlite3

    table = "CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, text, tokenize = 'trigram')"
    try:
        sqlite3.connect(":memory:").execute(table)
    except sqlite3.OperationalError as err:
        raise ImportError(f"SQLite {sqlite3.sqlite_version}: {err}") from err

    def build(folder, passages):
        db = sqlite3.connect(pathlib.Path(folder, "passages.db"))
        db.execute(table)
        with db:
            db.executemany("INSERT INTO passage VALUES (?, ?)", passages)

        def search(question):
            grams = {}
            for run in re.findall(r"\w+", question.lower()):
                grams.update((f'"{run[i:i + 3]}"', None) for i in range(len(run) - 2))
            if not grams:
                return []
            rows = db.execute(
                "SELECT id FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?",
                (" OR ".join(grams), TOP),
            )
            return [name for (name,) in rows]

        return search

    return build


def xapian_ngrams():
    """Xapian's CJK n-grams (characters and bigrams); the question's terms OR-ed, BM25."""
    import xapian

    cut = xapian.TermGenerator()
    cut.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)

    def document(text):
        doc = xapian.Document()
        cut.set_document(doc)
        cut.index_text_without_positions(text)
        return doc

    def build(folder, passages):
        db = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
        for name, text in passages:
            doc = document(text)
            doc.set_data(name)
            db.add_document(doc)
        db.commit()
        enquire = xapian.Enquire(db)

        def search(question):
            terms = [xapian.Query(t.term, t.wdf) for t in document(question).termlist()]
            enquire.set_query(xapian.Query(xapian.Query.OP_OR, terms))
            return [hit.document.get_data().decode() for hit in enquire.get_mset(0, TOP)]

        return search

    return build


ENGINES = {
    "whoosh + jieba": whoosh_jieba,
    "SQLite FTS5 trigram": sqlite_trigram,
    "Xapian n-grams": xapian_ngrams,
}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_set(folder):
    """A set's passages (id, text) and questions (text, gold ids)."""
    passages = [
        (row["id"], "\n".join(filter(None, (row.get("title"), row["text"]))))
        for row in read(pathlib.Path(folder, "corpus.jsonl"))
    ]
    questions = [
        (row.get("question") or row["text"], row["gold"])
        for row in read(pathlib.Path(folder, "queries.jsonl"))
        if row.get("gold") and not row.get("unanswerable")
    ]
    if not questions:
        raise ValueError(f"{folder}: no question with a gold passage")
    return passages, questions


def percentile(values, p):
    """The nearest-rank percentile."""
    return sorted(values)[max(0, math.ceil(p * len(values)) - 1)]


def measure(build, passages, questions):
    with tempfile.TemporaryDirectory(prefix="engines-") as folder:
        start = time.perf_counter()
        search = build(folder, passages)
        index_s = time.perf_counter() - start
        ranks, took = [], []
        for text, gold in questions:
            start = time.perf_counter()
            found = search(text)
            took.append(1000 * (time.perf_counter() - start))
            ranks.append(next((i for i, name in enumerate(found, 1) if name in gold), 0))

    def recall(k):
        return sum(0 < r <= k for r in ranks) / len(ranks)

    return {
        "questions": len(ranks),
        "r@1": recall(1),
        "r@5": recall(5),
        "r@10": recall(TOP),
        "mrr@10": sum(1 / r for r in ranks if r) / len(ranks),
        "index_s": index_s,
        "p50_ms": percentile(took, 0.50),
        "p99_ms": percentile(took, 0.99),
    }


def main(folders):
    builders = {}
    for name, load in ENGINES.items():
        try:
            builders[name] = load()
        except ImportError as err:
            print(f"engines: {name} is left out: {err}", file=sys.stderr)
    for folder in folders:
        passages, questions = read_set(folder)
        for name, build in builders.items():
            row = {"set": folder, "engine": name, **measure(build, passages, questions)}
            print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: engines.py SET_FOLDER…")
    try:
        main(sys.argv[1:])
    except Exception as err:
        sys.exit(f"engines.py: {type(err).__name__}: {err}")
