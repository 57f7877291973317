CREATE INDEX delivery_failed ON delivery (number) WHERE state = 'failed';
