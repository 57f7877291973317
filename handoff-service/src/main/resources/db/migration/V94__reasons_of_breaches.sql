-- What people said of broken promises goes with the lead that it was said of.
CREATE INDEX breach_said_of_lead ON breach (lead_id) WHERE revision > 1;
