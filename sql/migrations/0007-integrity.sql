-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0007-integrity: keyed digests (tags) over what the public reads.  Safe to run
-- twice.  Online: columns are added in place; the previous release leaves them
-- empty, so what it publishes must be accepted again (govctl integrity accept).

-- Over an edition's texts, made when it is written; related documents are not in it.
ALTER TABLE gov_edition
  ADD COLUMN IF NOT EXISTS tag BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS tag_key INT NOT NULL DEFAULT 0;

-- content: over all texts that the public sees; tag: over the row and content.
ALTER TABLE gov_live
  ADD COLUMN IF NOT EXISTS content BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS tag BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS tag_key INT NOT NULL DEFAULT 0;

-- Over the counts and the tags of the entries, which stand in the entries' texts.
ALTER TABLE gov_column_head
  ADD COLUMN IF NOT EXISTS tag BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS tag_key INT NOT NULL DEFAULT 0;

ALTER TABLE gov_redirect
  ADD COLUMN IF NOT EXISTS tag BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS tag_key INT NOT NULL DEFAULT 0;

-- From when on nothing without a tag is served, in the one row k = 1, with a keyed
-- digest of its own.
CREATE TABLE IF NOT EXISTS gov_integrity (
  k TINYINT NOT NULL PRIMARY KEY CHECK (k = 1),
  since DATETIME(6) NOT NULL,
  mac BINARY(32) NOT NULL,
  mac_key INT NOT NULL
);

-- What was found changed: one row for each object, until the operator has mended it.
CREATE TABLE IF NOT EXISTS gov_alarm (
  object VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  site_id BIGINT NOT NULL,
  what VARCHAR(200) NOT NULL,
  count BIGINT NOT NULL,
  first_at DATETIME(6) NOT NULL,
  last_at DATETIME(6) NOT NULL,
  told_at DATETIME(6) NOT NULL
);
