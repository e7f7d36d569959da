-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0008-workflow: who must have looked at an edition before it is public, and who
-- did.  Safe to run twice.  Online: new tables; new words at the end of an
-- enumeration and new columns at the end of gov_edition are instant.

ALTER TABLE gov_edition
  MODIFY state ENUM('draft','submitted','reviewed','cleared','scheduled','live','superseded','withdrawn','archived','returned','denied') NOT NULL;

-- note: what a correction corrects.
ALTER TABLE gov_edition ADD COLUMN IF NOT EXISTS note VARCHAR(500) NULL;

-- The rule of a node: column_id 0 is the whole site, site_id 0 the group.  The
-- nearest node counts: up the columns, then the site, the sites above, the group.
-- reviews: how many people approve before the clearance.  publisher: 'any' of those
-- with the right, 'other' than the authors, 'apart' from authors, reviewers and
-- clearer.  hours: how long a step may take; 0: no limit.  The clearance has no
-- column: it cannot be switched off.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_flow (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  reviews TINYINT NOT NULL DEFAULT 1 CHECK (reviews BETWEEN 0 AND 3),
  publisher ENUM('any','other','apart') NOT NULL DEFAULT 'any',
  hours INT NOT NULL DEFAULT 0 CHECK (hours BETWEEN 0 AND 8760),
  set_at DATETIME(6) NOT NULL,
  set_by VARCHAR(100) NOT NULL,
  PRIMARY KEY (site_id, column_id)
);

INSERT IGNORE INTO gov_flow (site_id, column_id, set_at, set_by)
VALUES (0, 0, '2026-01-01 00:00:00', 'govportal');

-- Who may do a step under that rule, besides having the role; nobody named: all who
-- have it.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_flow_person (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  step ENUM('submit','review','clear','publish') NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (site_id, column_id, step, person_id),
  CONSTRAINT flow_person FOREIGN KEY (person_id) REFERENCES gov_person (id)
);

-- What was done to an edition, and the signatures under it.  digest: the content
-- that the step was about.  valid: FALSE once the content was changed or returned.
-- signer is who did it, for writing, reviews and the clearance as long as they are
-- valid (for the publication, too, where the rule says 'apart'), and NULL for the
-- rest: one person is there once, whoever races.  poster does the same between
-- authors and publisher where the rule says 'other'.  cleared is 1 for the one
-- verdict that counts.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_edition_step (
  id BIGINT NOT NULL AUTO_INCREMENT,
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  edition_id BIGINT NOT NULL,
  what ENUM('write','submit','return','review','clear','schedule','unschedule','publish','emergency','withdraw','archive') NOT NULL,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  person_id BIGINT NULL,
  address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
  verdict ENUM('pass','deny') NULL,
  basis VARCHAR(500) NULL,
  remarks VARCHAR(1000) NULL,
  digest BINARY(32) NOT NULL,
  valid BOOLEAN NOT NULL DEFAULT TRUE,
  signer VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  poster VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  cleared TINYINT NULL,
  PRIMARY KEY (id),
  KEY step_edition (site_id, edition_id, id),
  KEY step_document (site_id, document_id, id),
  UNIQUE KEY step_signer (edition_id, signer),
  UNIQUE KEY step_poster (edition_id, poster),
  UNIQUE KEY step_cleared (edition_id, cleared),
  CONSTRAINT step_of_edition FOREIGN KEY (edition_id) REFERENCES gov_edition (id),
  CONSTRAINT step_signed CHECK (
    what NOT IN ('review', 'clear') OR valid = FALSE OR signer IS NOT NULL),
  CONSTRAINT step_verdict CHECK (
    (what = 'clear') = (verdict IS NOT NULL)
    AND (what <> 'clear' OR basis IS NOT NULL)
    AND (cleared IS NULL OR (cleared = 1 AND what = 'clear' AND valid = TRUE))
    AND (what <> 'clear' OR valid = FALSE OR cleared = 1))
);

-- What an edition said before the step 'write' with that id.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_edition_past (
  step_id BIGINT NOT NULL PRIMARY KEY,
  site_id BIGINT NOT NULL,
  edition_id BIGINT NOT NULL,
  title VARCHAR(300) NOT NULL,
  subtitle VARCHAR(300) NULL,
  summary VARCHAR(1000) NULL,
  body MEDIUMTEXT NULL,
  fields MEDIUMTEXT NULL,
  digest BINARY(32) NOT NULL,
  KEY past_edition (site_id, edition_id)
);

-- What is to be public at a time.  next_at: when to try (again).
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_schedule (
  edition_id BIGINT NOT NULL PRIMARY KEY,
  site_id BIGINT NOT NULL,
  due_at DATETIME(6) NOT NULL,
  next_at DATETIME(6) NOT NULL,
  tries INT NOT NULL DEFAULT 0,
  failure VARCHAR(500) NULL,
  KEY schedule_next (next_at),
  CONSTRAINT schedule_edition FOREIGN KEY (edition_id) REFERENCES gov_edition (id)
);

-- What was made public at once, in the group's name.  due_at: when it must have
-- been reviewed and cleared; settled_at: when it was (verdict: with what result);
-- told_at: when it was found overdue.
CREATE TABLE IF NOT EXISTS gov_emergency (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  edition_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  ends_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  settled_at DATETIME(6) NULL,
  verdict ENUM('pass','deny') NULL,
  told_at DATETIME(6) NULL,
  UNIQUE KEY emergency_edition (edition_id),
  KEY emergency_ends (ends_at),
  KEY emergency_due (settled_at, due_at),
  CONSTRAINT emergency_of_edition FOREIGN KEY (edition_id) REFERENCES gov_edition (id)
);

CREATE TABLE IF NOT EXISTS gov_emergency_text (
  emergency_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text VARCHAR(300) NOT NULL,
  PRIMARY KEY (emergency_id, lang),
  CONSTRAINT text_emergency FOREIGN KEY (emergency_id) REFERENCES gov_emergency (id)
);

-- Which sites show it on top of their pages.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_banner (
  site_id BIGINT NOT NULL,
  emergency_id BIGINT NOT NULL,
  PRIMARY KEY (site_id, emergency_id),
  CONSTRAINT banner_emergency FOREIGN KEY (emergency_id) REFERENCES gov_emergency (id)
);
