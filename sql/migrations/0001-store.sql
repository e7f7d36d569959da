-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0001-store: what the store itself keeps: migrations, the change feed, leases,
-- assets, jobs.  Safe to run twice.  Online: new tables only.
-- Ids are unique, never ordered or dense; times are UTC.

CREATE TABLE IF NOT EXISTS gov_schema (
  component VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  digest CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  applied_at DATETIME(6) NOT NULL,
  applied_by VARCHAR(100) NOT NULL,
  PRIMARY KEY (component, version)
);

-- The change feed.  Writers leave seq NULL; the holder of the lease "feed"
-- numbers the rows.  site_id 0 is the group.
CREATE TABLE IF NOT EXISTS gov_event (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  seq BIGINT NULL,
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site_id BIGINT NOT NULL,
  ref BIGINT NOT NULL,
  tags TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(6) NOT NULL,
  UNIQUE KEY event_seq (seq)
);

-- The last number given, in the one row k = 1.
CREATE TABLE IF NOT EXISTS gov_event_seq (
  k TINYINT NOT NULL PRIMARY KEY CHECK (k = 1),
  n BIGINT NOT NULL
);

INSERT IGNORE INTO gov_event_seq (k, n) VALUES (1, 0);

-- One runner in the whole installation.  epoch grows with each change of the
-- holder; what the holder writes, it writes together with beat (the fence).
CREATE TABLE IF NOT EXISTS gov_lease (
  name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  owner VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  epoch BIGINT NOT NULL,
  beat BIGINT NOT NULL DEFAULT 0,
  expires DATETIME(6) NOT NULL
);

-- Files by content: id is the SHA-256.  The row here is written last and makes
-- the chunks an asset.
CREATE TABLE IF NOT EXISTS gov_asset (
  id BINARY(32) NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL,
  media_type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  width INT NOT NULL DEFAULT 0,
  height INT NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL
);

CREATE TABLE IF NOT EXISTS gov_asset_chunk (
  asset_id BINARY(32) NOT NULL,
  part INT NOT NULL,
  data MEDIUMBLOB NOT NULL,
  PRIMARY KEY (asset_id, part)
);

-- Work to be done once, claimed by compare-and-set.  site_id 0 is the group;
-- idem makes asking twice harmless.
CREATE TABLE IF NOT EXISTS gov_job (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site_id BIGINT NOT NULL,
  ref BIGINT NOT NULL,
  run_at DATETIME(6) NOT NULL,
  state ENUM('waiting','running','done','failed') NOT NULL DEFAULT 'waiting',
  owner VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(6) NULL,
  tries INT NOT NULL DEFAULT 0,
  last_error VARCHAR(1000) NULL,
  idem BINARY(16) NOT NULL,
  UNIQUE KEY job_idem (idem),
  KEY job_due (state, run_at),
  KEY job_lease (state, lease_until)
);
