package baton.chassis.hearing;

/** A key on a topic: its records keep their order. */
record Key(String topic, String key) {}
