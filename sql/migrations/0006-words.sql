-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0006-words: lists of sensitive and wrong words.  Safe to run twice.  Online: new
-- tables only.

-- One row for each version of a list; a version is a complete set and never changes.
-- active is 1 or NULL, so that at most one version of a list is.  site_id 0 is the
-- group.  digest: SHA-256 of the words, to see that nothing is new.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_word_list (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  site_id BIGINT NOT NULL,
  kind ENUM('sensitive', 'wrong', 'secrecy', 'personal') NOT NULL,
  name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  active TINYINT NULL CHECK (active = 1),
  words INT NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  set_by VARCHAR(100) NOT NULL,
  note VARCHAR(300) NULL,
  UNIQUE KEY word_list_version (site_id, kind, name, version),
  UNIQUE KEY word_list_active (site_id, kind, name, active)
);

-- exceptions: longer words that hold this one and are fine, '|' between them.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_word (
  site_id BIGINT NOT NULL,
  list_id BIGINT NOT NULL,
  position INT NOT NULL,
  word VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  suggestion VARCHAR(100) NULL,
  action ENUM('ignore', 'warn', 'block') NOT NULL,
  exceptions VARCHAR(1000) NULL,
  PRIMARY KEY (site_id, list_id, position),
  CONSTRAINT word_list FOREIGN KEY (list_id) REFERENCES gov_word_list (id)
);
