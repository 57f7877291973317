-- The signed charters this service has heard of, as their events were, so that it judges right with Kafka away.
CREATE TABLE known_charter (
  version int  PRIMARY KEY,
  event   text NOT NULL
);
