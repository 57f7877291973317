-- Who waits is dealt to under charters that assign; under one that observes, all may wait for ever.
CREATE INDEX handoff_waiting_by_charter ON handoff (charter_version, handoff_id) WHERE state = 'unassigned';
