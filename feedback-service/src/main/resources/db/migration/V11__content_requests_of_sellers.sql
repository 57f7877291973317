-- A seller's own key lists what that seller asked for.
CREATE INDEX content_request_by_seller ON content_request (seller_id, request_id);
