CREATE INDEX route_of_persona ON route (persona, handoff_id) WHERE persona IS NOT NULL;
