CREATE TABLE seller (
  seller_id     text PRIMARY KEY,
  revision      bigint NOT NULL,
  name          text NOT NULL,
  email         text,
  team          text,
  territories   text[] NOT NULL,
  personas      text[] NOT NULL,
  weight        numeric(9, 3) NOT NULL CHECK (weight > 0),
  capacity      integer CHECK (capacity >= 0),
  shifts        text,
  out_of_office text,
  active        boolean NOT NULL
);

-- One row. Who deals turns holds it until his transaction ends, so that no turn is dealt twice.
CREATE TABLE rotation (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO rotation DEFAULT VALUES;

-- How many turns a seller is owed; negative when he had more than his weight's share.
CREATE TABLE turn (
  seller_id text PRIMARY KEY REFERENCES seller,
  credit    double precision NOT NULL
) WITH (fillfactor = 70);
