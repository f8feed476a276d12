#!/usr/bin/env python3
"""Fits the confidence curve of a language: which share of the events with a given raw confidence is right.

usage: calibrate.py REFERENCE_DIR EVENTS.jsonl LANGUAGE [--curve LANGUAGE.toml]

REFERENCE_DIR holds annotated articles as docs/quality.md describes them, EVENTS.jsonl what `safir extract --format json`
says of them. The confidences in EVENTS.jsonl are calibrated already, by the curve that the program was built with;
`--curve` names the language.toml with that curve, through which they are turned back. Without it they are taken as raw.

Prints the curve to put into language.toml (isotonic regression, pooled into bins of at least MIN_BIN events, strictly
rising so that it can be turned back), and a reliability table in which every article was judged by a curve fitted
without it.
"""
import argparse
import json
import os
import tomllib

MIN_BIN = 25


def span(value):
    """proto3 JSON leaves zeros out."""
    return value and (value.get("field", "body").lower().rpartition("_")[2], value.get("start", 0), value.get("end", 0))


def overlap(a, b):
    return bool(a and b) and a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def kind(event):
    return event["type"].lower().removeprefix("event_type_")


def judged(reference, events):
    """(raw confidence, right) for each event; those that match only an optional reference event are left out."""
    taken, out = set(), []
    for event in sorted(events, key=lambda e: -e.get("confidence", 0.0)):
        triggers = [span(m) for m in event["mentions"]]
        found = None
        for number, gold in enumerate(reference):
            if number not in taken and kind(gold) == kind(event):
                if any(overlap(span(m), t) for m in gold["mentions"] for t in triggers):
                    found = number
                    if not gold.get("optional"):
                        break
        if found is not None:
            taken.add(found)
            if reference[found].get("optional"):
                continue
        out.append((event.get("confidence", 0.0), found is not None))
    return out


def isotonic(points):
    """Pools adjacent violators over (x, right) pairs; returns [mean x, share right, count] with rising shares."""
    bins = []
    for x, right in sorted(points):
        if bins and (bins[-1][2] < MIN_BIN or bins[-1][3] == x):
            last = bins[-1]
            last[0] = (last[0] * last[2] + x) / (last[2] + 1)
            last[1] = (last[1] * last[2] + right) / (last[2] + 1)
            last[2] += 1
            last[3] = x
        else:
            bins.append([x, float(right), 1, x])
    if len(bins) > 1 and bins[-1][2] < MIN_BIN:
        tail = bins.pop()
        last = bins[-1]
        total = last[2] + tail[2]
        last[:3] = [(last[0] * last[2] + tail[0] * tail[2]) / total, (last[1] * last[2] + tail[1] * tail[2]) / total, total]
    pooled = []
    for x, share, count, _ in bins:
        pooled.append([x, share, count])
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            b, a = pooled.pop(), pooled.pop()
            total = a[2] + b[2]
            pooled.append([(a[0] * a[2] + b[0] * b[2]) / total, (a[1] * a[2] + b[1] * b[2]) / total, total])
    return pooled


def curve(points):
    """Strictly rising points from (0, 0) to (1, 1)."""
    inner = [(round(x, 3), round(min(share, 0.99), 3)) for x, share, _ in isotonic(points)]
    out = [(0.0, 0.0)]
    for x, y in inner:
        if 0.0 < x < 1.0 and x > out[-1][0] and y > out[-1][1]:
            out.append((x, y))
    return out + [(1.0, 1.0)]


def through(points, x):
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("reference")
    parser.add_argument("events")
    parser.add_argument("language")
    parser.add_argument("--curve")
    options = parser.parse_args()
    back = None
    if options.curve:
        with open(options.curve, "rb") as file:
            known = tomllib.load(file).get("confidence", {}).get("curve", [])
        back = [(y, x) for x, y in known]
    events = {}
    for line in open(options.events, encoding="utf8"):
        if line.strip():
            event = json.loads(line)
            if back:
                event["confidence"] = through(back, event.get("confidence", 0.0))
            events.setdefault(event["article"]["id"], []).append(event)
    articles = []
    for name in sorted(os.listdir(options.reference)):
        if name.endswith(".json"):
            document = json.load(open(os.path.join(options.reference, name), encoding="utf8"))
            if document["article"]["language"] == options.language:
                articles.append(judged(document["events"], events.get(document["article"]["id"], [])))
    everything = [point for article in articles for point in article]
    print("curve = [" + ", ".join(f"[{x}, {y}]" for x, y in curve(everything)) + "]")
    table = {}
    for left_out, article in enumerate(articles):
        fitted = curve([p for i, other in enumerate(articles) if i != left_out for p in other])
        for raw, right in article:
            value = through(fitted, raw)
            row = table.setdefault(min(int(value * 20), 19), [0, 0.0, 0])
            row[0] += 1
            row[1] += value
            row[2] += right
    print("| Confidence | Events | Mean confidence | Right |\n|---|---|---|---|")
    for step, (count, total, right) in sorted(table.items()):
        print(f"| {step / 20:.2f} to {step / 20 + 0.05:.2f} | {count} | {total / count:.3f} | {right / count:.3f} |")
    error = sum(abs(total - right) for _, total, right in table.values()) / max(1, len(everything))
    print(f"expected calibration error {error:.3f} over {len(everything)} events")


main()
