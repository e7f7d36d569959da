-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0002-registration: who comes to an event.  Safe to run twice.  Online: a new table
-- only.

-- name and phone are sealed (gov_seal.h), code is the SHA-256 of what the citizen
-- got; the row goes at purge_at.
-- site-scoped
CREATE TABLE IF NOT EXISTS example_registration (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  code BINARY(32) NOT NULL,
  name VARBINARY(600) NOT NULL,
  phone VARBINARY(200) NOT NULL,
  persons INT NOT NULL,
  at DATETIME(6) NOT NULL,
  purge_at DATETIME(6) NOT NULL,
  UNIQUE KEY registration_code (code),
  KEY registration_event (site_id, document_id, id),
  KEY registration_purge (site_id, purge_at)
);
