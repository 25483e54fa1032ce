-- One order's story asks for its numbers: without this every number of the connection was looked at.
CREATE INDEX numbers_by_order ON numbers (connection, order_id);
