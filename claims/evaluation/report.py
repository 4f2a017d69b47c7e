"""Scores as people read them, and as JSON."""

from typing import Any

from claims.evaluation.scoring import MEASURES, Rate, Scores


def table(scores: Scores) -> str:
    """Right and found attributions in a dozen lines."""
    lines = [
        f"{scores.articles:,} articles, {scores.annotated:,} annotated attributions, {scores.found:,} found",
        "",
        f"{'':24}precision  recall      F1",
        *(f"{m:24}{r.precision:9.3f}{r.recall:8.3f}{r.f1:8.3f}" for m, r in scores.measures.items()),
        "",
        f"{'recall by form':24}{'':9}" + "".join(f"{form:>10}" for form in scores.forms),
        *(f"{m:33}" + "".join(f"{recall.share(m):10.3f}" for recall in scores.forms.values()) for m in MEASURES),
        f"{'annotated':33}" + "".join(f"{recall.annotated:10,}" for recall in scores.forms.values()),
    ]
    return "\n".join(line.rstrip() for line in lines)


def reliability_table(scores: Scores) -> str:
    """For each tenth of the confidence: how many attributions have one in it, their mean, the share that is right."""
    lines = [
        f"{'confidence':12}{'found':>7}{'mean':>8}{'right':>8}",
        *(
            f"{bin.start:.1f} to {bin.end:.1f}  {bin.found:7,}{bin.confidence:8.3f}{bin.right:8.3f}"
            for bin in scores.reliability
        ),
    ]
    return "\n".join(lines)


def as_json(scores: Scores) -> dict[str, Any]:
    """All figures under names that programs can use."""
    return {
        "articles": scores.articles,
        "annotated": scores.annotated,
        "found": scores.found,
        **{_key(measure): _rate(rate) for measure, rate in scores.measures.items()},
        "recall": {
            form: {"annotated": recall.annotated, **{_key(m): round(recall.share(m), 4) for m in MEASURES}}
            for form, recall in scores.forms.items()
        },
        "calibration_error": round(scores.calibration_error, 4),
        "reliability": [
            {
                "from": bin.start,
                "to": bin.end,
                "found": bin.found,
                "confidence": round(bin.confidence, 4),
                "right": round(bin.right, 4),
            }
            for bin in scores.reliability
        ],
    }


def _key(measure: str) -> str:
    return measure.replace(" + ", "_and_").replace(" ", "_")


def _rate(rate: Rate) -> dict[str, float]:
    return {
        "precision": round(rate.precision, 4),
        "recall": round(rate.recall, 4),
        "f1": round(rate.f1, 4),
    }
