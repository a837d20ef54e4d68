-- Wraps that a recipient says open nothing: of a commit, those numbered up to `number`. Only what is newer counts as held.
CREATE TABLE unusable_wraps (
  team bytea NOT NULL,
  vault bytea NOT NULL,
  recipient bytea NOT NULL,
  seq bigint NOT NULL,             -- the commit
  number bigint NOT NULL,          -- the vault's count of bundles when it was said
  PRIMARY KEY (team, vault, recipient, seq),
  FOREIGN KEY (team, vault) REFERENCES vault
);
