-- Whether a revision refers to any content of an object: kept by commits and purges, so that the sweep need not ask it of every
-- object there is.
ALTER TABLE stored_object ADD COLUMN referenced boolean NOT NULL DEFAULT false;

UPDATE stored_object SET referenced = true WHERE stage = 1 AND EXISTS (
  SELECT 1 FROM blob JOIN revision ON revision.team = blob.team AND revision.vault = blob.vault AND revision.blob = blob.blob
  WHERE blob.team = stored_object.team AND blob.vault = stored_object.vault AND blob.object = stored_object.object
    AND NOT revision.purged);

CREATE INDEX stored_object_idle ON stored_object (touched) WHERE NOT referenced AND stage < 2;

-- What a team stores, for its share of the storage.
CREATE INDEX stored_object_size ON stored_object (team) INCLUDE (length);
