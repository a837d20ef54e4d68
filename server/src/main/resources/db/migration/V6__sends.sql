-- Sends: contents that leave the team by a link. What they are, and the keys, are sealed under a key that only the link has.
CREATE TABLE send (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  send bytea NOT NULL,             -- random, made by the client; in the link
  author bytea NOT NULL,
  access bytea NOT NULL,           -- SHA-256 of the token by which who has the link is known; the token itself is nowhere
  preface bytea NOT NULL,          -- sealed under a key of the link
  manifest bytea NOT NULL,         -- the blob that says what is sent, sealed under a key of the link and the passcode
  sealed bytea NOT NULL,           -- SHA-256 of that blob
  passcode bytea NOT NULL,         -- SHA-256 of the proof of the passcode; empty without one
  opens bigint NOT NULL,           -- how often it may be opened; 0 for any number
  used bigint NOT NULL,            -- how often it was
  wrong int NOT NULL,              -- wrong passcodes since the last right one
  paused bigint NOT NULL,          -- until when no passcode is looked at
  expires bigint NOT NULL,
  ended bigint NOT NULL,           -- when it was ended, or had expired; 0 while it can be opened
  PRIMARY KEY (team, vault, send),
  FOREIGN KEY (team, vault) REFERENCES vault
);
CREATE INDEX send_link ON send (send);
CREATE INDEX send_live ON send (expires) WHERE ended = 0;
CREATE INDEX send_of_team ON send (team) WHERE ended = 0;
CREATE INDEX send_over ON send (ended) WHERE ended > 0;

-- Which contents a send hands out, its manifest among them; nothing any more once it is over.
CREATE TABLE send_content (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  send bytea NOT NULL,
  blob bytea NOT NULL,
  revision bytea NOT NULL,         -- the revision whose content it is; empty for what belongs to sends alone
  PRIMARY KEY (team, vault, send, blob),
  FOREIGN KEY (team, vault, send) REFERENCES send ON DELETE CASCADE
);
CREATE INDEX send_content_blob ON send_content (team, vault, blob);
CREATE INDEX send_content_revision ON send_content (team, vault, revision);

-- Who opened a send.
CREATE TABLE send_opening (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  send bytea NOT NULL,
  token bytea NOT NULL,            -- SHA-256 of a token that whoever opened it made
  opened bigint NOT NULL,
  until bigint NOT NULL,           -- until when the token brings contents
  network varchar(64) NOT NULL,    -- of the address that asked, the IPv4 /24 or the IPv6 /48
  PRIMARY KEY (team, vault, send, token),
  FOREIGN KEY (team, vault, send) REFERENCES send ON DELETE CASCADE
);
