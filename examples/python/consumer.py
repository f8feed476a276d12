#!/usr/bin/env python3
"""Reads diplomatic events from Kafka, each at least once, and prints one line for each.

A starting point for a service: replace `handle` by what it does with an event.
"""

import argparse
import os
import pathlib
import signal
import sys
from collections import OrderedDict

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.environ.get("SAFIR_GENERATED", str(HERE / "generated")))

try:
    from confluent_kafka import Consumer, KafkaError, KafkaException
    from google.protobuf import json_format
    from google.protobuf.message import DecodeError
    from safir.v1 import event_pb2
except ImportError as error:
    sys.exit(f"{error}\nInstall the requirements and generate the classes first: see README.md")

SCHEMA = "safir.v1.DiplomaticEvent"
SCHEMA_VERSION = "1"


class Seen:
    """The ids of the latest events, to drop the repetitions that at-least-once delivery allows.

    Repetitions come soon after the first copy, so a bounded memory suffices for most uses. A store with the event id
    as its primary key needs no such memory at all.
    """

    def __init__(self, capacity):
        self.capacity = capacity
        self.ids = OrderedDict()

    def add(self, event_id):
        """True when the id is new."""
        if event_id in self.ids:
            self.ids.move_to_end(event_id)
            return False
        self.ids[event_id] = None
        if len(self.ids) > self.capacity:
            self.ids.popitem(last=False)
        return True


def headers_of(message):
    """The headers as a dictionary of text. Of repeated names the last counts."""
    return {key: (value or b"").decode("utf-8", "replace") for key, value in message.headers() or []}


def decode(message):
    """The event in a record, or None for a record of a schema that this program was not made for.

    Unknown fields and enum values inside version 1 are no reason to refuse: later releases of Safir add some.
    """
    headers = headers_of(message)
    schema = headers.get("safir-schema", SCHEMA)
    version = headers.get("safir-schema-version", SCHEMA_VERSION)
    if (schema, version) != (SCHEMA, SCHEMA_VERSION):
        return None
    event = event_pb2.DiplomaticEvent()
    event.ParseFromString(message.value())
    return event


def name_of(enum, number):
    """The name of an enum value, also of one that is younger than the generated code."""
    try:
        return enum.Name(number)
    except ValueError:
        return f"UNKNOWN_{number}"


def short(enum, number, prefix):
    return name_of(enum, number).removeprefix(prefix)


def line(event):
    kind = short(event_pb2.EventType, event.type, "EVENT_TYPE_")
    modality = short(event_pb2.Modality, event.modality, "MODALITY_")
    actors = "; ".join(
        f"{short(event_pb2.ParticipantRole, one.role, 'PARTICIPANT_ROLE_')}={one.name}"
        + (f" ({one.country})" if one.country else "")
        for one in event.participants
    )
    when = event.time.start if event.HasField("time") else ""
    where = event.place.name if event.HasField("place") else ""
    return "\t".join([event.id, kind, modality, when, where, actors, event.article.id])


def handle(event, options):
    if options.json:
        # Fields that are empty or zero are left out, as Safir itself does.
        print(json_format.MessageToJson(event, indent=None, ensure_ascii=False), flush=True)
    else:
        print(line(event), flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(description="Print the diplomatic events of a Kafka topic.")
    parser.add_argument("--brokers", default=os.environ.get("KAFKA_BROKERS", "localhost:9092"))
    parser.add_argument("--topic", default="diplomatic.events")
    parser.add_argument("--group", default="diplomatic-events-example")
    parser.add_argument("--type", help="only MEETING, VISIT or STATEMENT: read from a header, without decoding")
    parser.add_argument("--limit", type=int, help="end after that many events")
    parser.add_argument("--json", action="store_true", help="the JSON form instead of one readable line")
    parser.add_argument("--property", action="append", default=[], metavar="KEY=VALUE", help="any librdkafka property")
    return parser.parse_args()


def main():
    options = parse_arguments()
    config = {
        "bootstrap.servers": options.brokers,
        "group.id": options.group,
        # A new group starts with the events that are already there.
        "auto.offset.reset": "earliest",
        # Offsets are stored by hand when an event has been handled, and committed in the background: at least once.
        "enable.auto.offset.store": False,
        "enable.auto.commit": True,
        # Needed when Safir delivers exactly once; harmless otherwise.
        "isolation.level": "read_committed",
    }
    config.update(pair.split("=", 1) for pair in options.property)
    consumer = Consumer(config)

    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))

    seen = Seen(100_000)
    handled = refused = 0
    consumer.subscribe([options.topic])
    try:
        while not stopping and (options.limit is None or handled < options.limit):
            message = consumer.poll(0.5)
            if message is None:
                continue
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    continue
                raise KafkaException(message.error())
            where = f"{message.topic()}[{message.partition()}]@{message.offset()}"
            wanted = options.type is None or headers_of(message).get("safir-event-type") == options.type
            if wanted:
                try:
                    event = decode(message)
                except DecodeError as error:
                    # One bad record must not stop the line. A service would keep it for later study.
                    print(f"{where}: not a DiplomaticEvent: {error}", file=sys.stderr)
                    event, refused = None, refused + 1
                if event is not None and seen.add(event.id):
                    handle(event, options)
                    handled += 1
            consumer.store_offsets(message)
    finally:
        # Commits what was stored and leaves the group at once, so that its partitions move on without a timeout.
        consumer.close()
    print(f"{handled} events, {refused} records refused", file=sys.stderr)


if __name__ == "__main__":
    main()
