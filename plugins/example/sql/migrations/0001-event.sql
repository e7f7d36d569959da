-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0001-event: when live events take place, so that a month is found by time.
-- Safe to run twice.  Online: a new table only.

-- Made from the documents, and made anew from them whenever it is behind.
-- starts_at NULL: the edition names no day.  ends_at is exclusive.
-- starts, ends: hours of each day ("09:30"), NULL for the whole day.
-- site-scoped
CREATE TABLE IF NOT EXISTS example_event (
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  edition_id BIGINT NOT NULL,
  starts_at DATETIME(6) NULL,
  ends_at DATETIME(6) NULL,
  starts CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ends CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NULL,
  title VARCHAR(300) NOT NULL,
  summary VARCHAR(1000) NULL,
  place VARCHAR(300) NULL,
  address VARCHAR(300) NULL,
  contact VARCHAR(300) NULL,
  PRIMARY KEY (site_id, document_id, lang),
  KEY event_time (lang, starts_at)
);
