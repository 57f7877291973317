-- Material that sales asked for, by when it was first delivered.
CREATE TABLE content_delivered (
  request_id   uuid        PRIMARY KEY,
  delivered_at timestamptz NOT NULL
);
CREATE INDEX content_delivered_at ON content_delivered (delivered_at);
