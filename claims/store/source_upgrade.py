"""Databases of before sources were known across articles: mentions, names and keys made from what they hold."""

import json

from sqlite_utils import Database

from claims.identity import identifies
from claims.store.source_filing import file_keys, source_state
from claims.store.source_names import SO_CALLED, is_name, plain

_RULE = "earlier-version"
_REASON = "the same name, to an earlier version of this program"


def bring_sources_up_to_date(db: Database) -> None:
    """Make a mention of each source in each article from its attributions. Rows and names of sources stay."""
    for article_id, source_id, name, kind, texts in db.execute("""
        SELECT a.article_id, sources.id, sources.name, sources.kind, json_group_array(DISTINCT a.source_text)
        FROM attributions a JOIN sources ON sources.id = a.source_id
        GROUP BY a.article_id, sources.id ORDER BY a.article_id, sources.id
    """).fetchall():
        words = {plain(text) for text in json.loads(texts) if text}
        names = dict.fromkeys(sorted(filter(is_name, words)), SO_CALLED) | {name: _RULE}
        mention = db.execute(
            "INSERT INTO source_mentions (article_id, source_id, name, kind, country, names, rule, reason, score)"
            " VALUES (?, ?, ?, ?, '', ?, ?, ?, 1)",
            (article_id, source_id, name, kind, json.dumps(names, ensure_ascii=False), _RULE, _REASON),
        ).lastrowid
        db.execute(
            "UPDATE attributions SET mention_id = ? WHERE article_id = ? AND source_id = ?",
            (mention, article_id, source_id),
        )
        for known in names:
            db.execute(
                "UPDATE source_names SET articles = articles + 1 WHERE source_id = ? AND name = ?", (source_id, known)
            )
    for source_id, name, kind, articles, article_id in db.execute("""
        SELECT sources.id, sources.name, sources.kind, count(DISTINCT source_mentions.article_id),
          min(source_mentions.article_id)
        FROM sources LEFT JOIN source_mentions ON source_id = sources.id GROUP BY sources.id
    """).fetchall():
        if articles == 1 and not identifies(name, kind):
            db.execute("UPDATE sources SET article_id = ? WHERE id = ?", (article_id, source_id))
        elif identifies(name, kind):
            db.execute("UPDATE source_names SET identifies = 1 WHERE source_id = ? AND name = ?", (source_id, name))
        file_keys(db, source_state(db, source_id), ())
