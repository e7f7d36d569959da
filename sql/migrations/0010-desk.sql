-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0010-desk: which edition of a document and language is the newest one (newest = 1,
-- NULL for those before it), so that the console's lists read an index and not every
-- edition there ever was.
-- Safe to run twice.  Online: a nullable column and indexes; the previous release does
-- not look at them, and what it writes is mended by running this again.

ALTER TABLE gov_edition
  ADD COLUMN IF NOT EXISTS newest TINYINT NULL CHECK (newest = 1),
  ADD INDEX IF NOT EXISTS edition_desk (site_id, newest, id),
  ADD INDEX IF NOT EXISTS edition_waiting (newest, state, site_id);

UPDATE gov_edition e JOIN (
    SELECT site_id, document_id, lang, MAX(version) AS version FROM gov_edition
     GROUP BY site_id, document_id, lang) m
   ON m.site_id = e.site_id AND m.document_id = e.document_id AND m.lang = e.lang
  SET e.newest = IF(m.version = e.version, 1, NULL);
