-- Every id, hash and key is stored as raw bytes; times are milliseconds since 1970 UTC. Columns are never null: an empty byte
-- string stands for "none". Every key begins with the team, so that rows can be sharded by it.
-- What is encrypted is encrypted by clients, under keys that this server never holds.

-- A team: the head of its log. The row is the lock under which the log grows.
CREATE TABLE team (
  team bytea PRIMARY KEY,          -- hash of the genesis entry; public
  seq bigint NOT NULL,             -- place of the last entry
  hash bytea NOT NULL,             -- hash of the last entry
  created bigint NOT NULL
);

-- The team log: exact signed bytes, public keys and hashes only.
CREATE TABLE entry (
  team bytea NOT NULL REFERENCES team,
  seq bigint NOT NULL,
  hash bytea NOT NULL,             -- over label, payload and signature
  payload bytea NOT NULL,          -- CBOR as signed; not encrypted
  signature bytea NOT NULL,        -- Ed25519, by the author's device
  received bigint NOT NULL,
  PRIMARY KEY (team, seq)
);

-- Names and e-mail addresses, known to the server and erasable: the log holds only their salted hashes.
CREATE TABLE profile (
  team bytea NOT NULL REFERENCES team,
  hash bytea NOT NULL,             -- as in the log
  salt bytea NOT NULL,
  name varchar(200) NOT NULL,      -- not encrypted
  email varchar(254) NOT NULL,     -- not encrypted; empty for the team itself
  PRIMARY KEY (team, hash)
);

-- Nonces that wait to be signed by somebody who logs in.
CREATE TABLE challenge (
  team bytea NOT NULL REFERENCES team,
  nonce bytea NOT NULL,
  subject bytea NOT NULL,          -- CBOR of the device or invitation
  expires bigint NOT NULL,
  PRIMARY KEY (team, nonce)
);
CREATE INDEX challenge_expires ON challenge (expires);

-- Who is logged in.
CREATE TABLE session (
  team bytea NOT NULL REFERENCES team,
  token bytea NOT NULL,            -- SHA-256 of the token; the token itself is nowhere
  subject bytea NOT NULL,          -- CBOR of the device or invitation
  expires bigint NOT NULL,
  PRIMARY KEY (team, token)
);
CREATE INDEX session_token ON session (token);
CREATE INDEX session_expires ON session (expires);

-- Whose writes in a vault wait, because an entry that ends their right there is under way.
CREATE TABLE write_hold (
  team bytea NOT NULL REFERENCES team,
  vault bytea NOT NULL,
  subject bytea NOT NULL,          -- a member or a device
  until bigint NOT NULL,
  PRIMARY KEY (team, vault, subject)
);

-- Slots through which a new device sends one message to its member's other device.
CREATE TABLE relay (
  team bytea NOT NULL REFERENCES team,
  relay bytea NOT NULL,
  member bytea NOT NULL,           -- who opened it and may read it
  body bytea NOT NULL,             -- sealed under the pairing secret of the two devices; empty until filled
  expires bigint NOT NULL,
  PRIMARY KEY (team, relay)
);
CREATE INDEX relay_expires ON relay (expires);

-- A vault: the head of its history. The row is the lock under which the history and the bundles grow.
CREATE TABLE vault (
  team bytea NOT NULL REFERENCES team,
  vault bytea NOT NULL,            -- hash of the entry that created it
  seq bigint NOT NULL,             -- place of the last commit, 0 before the first
  hash bytea NOT NULL,             -- hash of the last commit, the vault id before the first
  team_seq bigint NOT NULL,        -- seq of the last commit's team head
  bundles bigint NOT NULL,         -- how many bundles were ever added
  PRIMARY KEY (team, vault)
);

-- A vault's history: exact signed bytes; ids and hashes only.
CREATE TABLE vault_commit (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  author bytea NOT NULL,
  device bytea NOT NULL,
  payload bytea NOT NULL,          -- CBOR as signed; not encrypted
  signature bytea NOT NULL,        -- Ed25519, by the author's device
  puts int NOT NULL,               -- how many revisions it makes
  size int NOT NULL,               -- bytes of payload and sealed records together, when they came
  received bigint NOT NULL,
  PRIMARY KEY (team, vault, seq),
  FOREIGN KEY (team, vault) REFERENCES vault
);
CREATE INDEX vault_commit_author ON vault_commit (team, vault, author, seq);

-- Where each file stands after the last commit.
CREATE TABLE file_head (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  file bytea NOT NULL,
  revision bytea NOT NULL,         -- the last one
  deleted boolean NOT NULL,        -- whether a tombstone lies on it
  PRIMARY KEY (team, vault, file),
  FOREIGN KEY (team, vault) REFERENCES vault
);

-- Every version of every file.
CREATE TABLE revision (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  revision bytea NOT NULL,
  file bytea NOT NULL,
  seq bigint NOT NULL,             -- the commit that put it
  slot int NOT NULL,               -- the number of the put in that commit, from 0
  blob bytea NOT NULL,             -- the content's ciphertext; empty for the vault's name
  sealed bytea NOT NULL,           -- the record, sealed under its record key; empty once purged
  purged boolean NOT NULL,
  PRIMARY KEY (team, vault, revision),
  FOREIGN KEY (team, vault) REFERENCES vault
);
CREATE UNIQUE INDEX revision_place ON revision (team, vault, seq, slot);
CREATE INDEX revision_file ON revision (team, vault, file);
CREATE INDEX revision_blob ON revision (team, vault, blob);

-- HPKE encapsulations from a sender's device to a recipient; public.
CREATE TABLE channel (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  channel bytea NOT NULL,          -- hash of the signed bytes
  recipient bytea NOT NULL,
  recipient_key bytea NOT NULL,    -- hash of the recipient's public key
  payload bytea NOT NULL,          -- CBOR as signed
  signature bytea NOT NULL,        -- Ed25519, by the sender's device
  PRIMARY KEY (team, vault, channel),
  FOREIGN KEY (team, vault) REFERENCES vault
);

-- Record keys, wrapped: of one commit for one recipient by one sender. No two rows of one sender hold a wrap of the same place.
CREATE TABLE bundle (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  recipient bytea NOT NULL,
  seq bigint NOT NULL,             -- the commit
  number bigint NOT NULL,          -- the vault's count of bundles when it was added: later ones are newer
  sender bytea NOT NULL,           -- the member who wrapped
  channel bytea NOT NULL,
  wraps int NOT NULL,              -- how many
  size int NOT NULL,               -- bytes of body
  body bytea NOT NULL,             -- the bundle in CBOR; its wraps under keys derived from the channel's secret
  PRIMARY KEY (team, vault, recipient, seq, number),
  FOREIGN KEY (team, vault) REFERENCES vault
);

-- Objects in the blob store, from the begin of their upload on.
CREATE TABLE stored_object (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  object bytea NOT NULL,           -- random, made by this server: the last part of the key in the blob store
  upload bytea NOT NULL,           -- random, made by the client
  member bytea NOT NULL,           -- who uploads
  handle varchar(1200) NOT NULL,   -- how the blob store calls the upload
  length bigint NOT NULL,
  stage smallint NOT NULL,         -- 0 waits for parts, 1 complete, 2 its bytes are to be deleted
  touched bigint NOT NULL,         -- when the upload began or its last part came
  doomed bigint NOT NULL,          -- since when it is marked as unused; 0 if it is not
  PRIMARY KEY (team, vault, object),
  FOREIGN KEY (team, vault) REFERENCES vault
);
CREATE UNIQUE INDEX stored_object_upload ON stored_object (team, vault, upload);
CREATE INDEX stored_object_age ON stored_object (stage, touched);

-- Parts of unfinished uploads that are stored durably.
CREATE TABLE part (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  object bytea NOT NULL,
  number int NOT NULL,             -- from 1
  length bigint NOT NULL,
  tag varchar(200) NOT NULL,       -- the blob store's receipt
  PRIMARY KEY (team, vault, object, number),
  FOREIGN KEY (team, vault, object) REFERENCES stored_object ON DELETE CASCADE
);

-- Contents: where in which object. Ciphertext under a content key that is sealed in the record.
CREATE TABLE blob (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  blob bytea NOT NULL,
  object bytea NOT NULL,
  start bigint NOT NULL,           -- first byte in the object
  length bigint NOT NULL,
  PRIMARY KEY (team, vault, blob),
  FOREIGN KEY (team, vault, object) REFERENCES stored_object ON DELETE CASCADE
);
CREATE INDEX blob_object ON blob (team, vault, object);

-- Who fetched which content, for the report of a removal.
CREATE TABLE blob_fetch (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  member bytea NOT NULL,
  blob bytea NOT NULL,
  first bigint NOT NULL,           -- when, for the first time
  PRIMARY KEY (team, vault, member, blob),
  FOREIGN KEY (team, vault) REFERENCES vault
);
