-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0003-live-around: what stands around a document on its page is kept beside it, so
-- that the page is read by one statement: its neighbours' list entries and the
-- languages it is public in.  Safe to run twice.  Online: nullable columns at the
-- end.  Where langs is NULL they are read from the lists until the next change of
-- the document; govctl column renumber writes them for a whole column.

ALTER TABLE gov_live
  ADD COLUMN IF NOT EXISTS older TEXT NULL,
  ADD COLUMN IF NOT EXISTS newer TEXT NULL,
  ADD COLUMN IF NOT EXISTS langs VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL;
