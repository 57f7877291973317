-- What sales asked marketing for. All that is said of one request is changed under its row's lock.
CREATE TABLE content_request (
  request_id      uuid PRIMARY KEY,
  charter_version integer NOT NULL -- in force when it was asked
);
