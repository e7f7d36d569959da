-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0009-site-identity: what a site's footer and logo say in another language than its
-- first.  NULL: the site's own value (gov_site).  Codes and filing numbers are the
-- same in every language and stay there.
-- Safe to run twice.  Online: nullable columns only, the previous release does
-- not look at them.

ALTER TABLE gov_site_lang
  ADD COLUMN IF NOT EXISTS sponsor VARCHAR(200) NULL,
  ADD COLUMN IF NOT EXISTS operator VARCHAR(200) NULL,
  ADD COLUMN IF NOT EXISTS phone VARCHAR(60) NULL,
  ADD COLUMN IF NOT EXISTS address VARCHAR(300) NULL,
  ADD COLUMN IF NOT EXISTS logo_alt VARCHAR(300) NULL;
