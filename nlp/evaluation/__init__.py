"""How good links, readings and rankings are: figures with intervals, from files that anyone can write.

`metrics` are pure functions over one ranking, `figures` means with bootstrap intervals; `links`, `questions` and
`experts` judge the product by files of right answers.
"""

from nlp.evaluation.metrics import (
    Judged,
    abstention,
    average_precision,
    by_language,
    false_links,
    mean,
    mean_precision,
    mean_recall_at,
    mean_top1,
    precision,
    recall_at,
    reciprocal_rank,
    top1,
)

__all__ = [
    "Judged",
    "abstention",
    "average_precision",
    "by_language",
    "false_links",
    "mean",
    "mean_precision",
    "mean_recall_at",
    "mean_top1",
    "precision",
    "recall_at",
    "reciprocal_rank",
    "top1",
]
