package baton.reporting.meeting.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.BreachStep;
import baton.contracts.ContentRequest;
import baton.contracts.LeadFeedback;
import baton.contracts.SlaBreach;
import baton.reporting.meeting.Voices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class WhatWasSaid {
  private static final String CONSUMER = "meeting";

  private final Hearing hearing;
  private final Voices voices;

  WhatWasSaid(Hearing hearing, Voices voices) {
    this.hearing = hearing;
    this.voices = voices;
  }

  @Incoming("meeting-feedback")
  Uni<Void> rated(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        CONSUMER,
        batch,
        LeadFeedback.class,
        (tx, heard) -> voices.rated(tx, heard.stream().map(Heard::event).toList()),
        (_, _) -> Uni.createFrom().voidItem());
  }

  @Incoming("meeting-requests")
  Uni<Void> asked(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        CONSUMER,
        batch,
        ContentRequest.class,
        (tx, heard) -> voices.asked(tx, heard.stream().map(Heard::event).toList()),
        (_, _) -> Uni.createFrom().voidItem());
  }

  @Incoming("meeting-breaches")
  Uni<Void> disputed(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        CONSUMER,
        batch,
        SlaBreach.class,
        (tx, heard) ->
            voices.disputed(
                tx,
                heard.stream()
                    .map(Heard::event)
                    .filter(breach -> breach.step() != BreachStep.BREACHED)
                    .toList()),
        (_, _) -> Uni.createFrom().voidItem());
  }
}
