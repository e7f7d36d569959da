-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0002-content: the group, its sites, columns, documents and what the public
-- sees.  Safe to run twice.  Online: new tables only.
-- Ids are unique, never ordered or dense.  '-- site-scoped' above a table means
-- that every statement on it names the site.

CREATE TABLE IF NOT EXISTS gov_group (
  k TINYINT NOT NULL PRIMARY KEY CHECK (k = 1),
  name VARCHAR(200) NOT NULL,
  timezone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
);

CREATE TABLE IF NOT EXISTS gov_unit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_id BIGINT NULL,
  name VARCHAR(200) NOT NULL,
  name_en VARCHAR(200) NULL,
  short_name VARCHAR(100) NULL,
  code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
  address VARCHAR(300) NULL,
  phone VARCHAR(60) NULL,
  UNIQUE KEY unit_slug (slug)
);

-- portal_guard is 1 for the one portal and NULL for the rest; unit_guard is the
-- unit for portal, department and district sites (one body, one site) and NULL
-- for topic sites.
CREATE TABLE IF NOT EXISTS gov_site (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_id BIGINT NULL,
  kind ENUM('portal','department','district','topic') NOT NULL,
  unit_id BIGINT NOT NULL,
  portal_guard TINYINT NULL,
  unit_guard BIGINT NULL,
  base_path VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  theme VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accent CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  icp VARCHAR(60) NULL,
  police VARCHAR(60) NULL,
  sponsor VARCHAR(200) NULL,
  operator VARCHAR(200) NULL,
  phone VARCHAR(60) NULL,
  email VARCHAR(200) NULL,
  address VARCHAR(300) NULL,
  postcode VARCHAR(20) NULL,
  error_report VARCHAR(500) NULL,
  logo_asset BINARY(32) NULL,
  logo_name VARCHAR(200) NULL,
  logo_alt VARCHAR(300) NULL,
  position INT NOT NULL DEFAULT 0,
  state ENUM('open','frozen','closed') NOT NULL DEFAULT 'open',
  UNIQUE KEY site_slug (slug),
  UNIQUE KEY site_one_portal (portal_guard),
  UNIQUE KEY site_one_per_unit (unit_guard),
  UNIQUE KEY site_path (parent_id, base_path),
  CONSTRAINT site_unit FOREIGN KEY (unit_id) REFERENCES gov_unit (id)
);

CREATE TABLE IF NOT EXISTS gov_site_host (
  host VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  site_id BIGINT NOT NULL,
  position INT NOT NULL DEFAULT 0,
  CONSTRAINT host_site FOREIGN KEY (site_id) REFERENCES gov_site (id)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_site_lang (
  site_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  derived_from VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  title VARCHAR(200) NULL,
  legal_name VARCHAR(200) NULL,
  slogan VARCHAR(300) NULL,
  description VARCHAR(1000) NULL,
  keywords VARCHAR(500) NULL,
  position INT NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, lang)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_greyscale (
  site_id BIGINT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE NOT NULL,
  reason VARCHAR(200) NOT NULL,
  PRIMARY KEY (site_id, from_day)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_column (
  id BIGINT NOT NULL AUTO_INCREMENT,
  site_id BIGINT NOT NULL,
  parent_id BIGINT NULL,
  slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  path VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  column_type VARCHAR(60) NULL,
  supply ENUM('own','link','submission','rule','harvested') NOT NULL DEFAULT 'own',
  update_days INT NOT NULL DEFAULT 0,
  unit_id BIGINT NULL,
  in_nav BOOLEAN NOT NULL DEFAULT TRUE,
  page_size INT NOT NULL DEFAULT 20,
  position INT NOT NULL DEFAULT 0,
  state ENUM('open','closed') NOT NULL DEFAULT 'open',
  PRIMARY KEY (id),
  UNIQUE KEY column_path (site_id, path),
  CONSTRAINT column_site FOREIGN KEY (site_id) REFERENCES gov_site (id)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_column_lang (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(100) NOT NULL,
  description VARCHAR(1000) NULL,
  keywords VARCHAR(500) NULL,
  PRIMARY KEY (site_id, column_id, lang)
);

-- What a rule column (R004) gathers.  Lists are blank-separated; '' means any.
-- sites: site slugs or kind:K; columns: column paths; types; keyword.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_column_rule (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  position INT NOT NULL,
  sites VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  columns VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  types VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  keyword VARCHAR(100) NOT NULL,
  PRIMARY KEY (site_id, column_id, position)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_block (
  site_id BIGINT NOT NULL,
  position INT NOT NULL,
  area VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  columns VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  items INT NOT NULL DEFAULT 8,
  style VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'plain',
  title VARCHAR(100) NULL,
  title_en VARCHAR(100) NULL,
  PRIMARY KEY (site_id, position)
);

-- site-scoped
CREATE TABLE IF NOT EXISTS gov_document (
  id BIGINT NOT NULL AUTO_INCREMENT,
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  type VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pinned BOOLEAN NOT NULL DEFAULT FALSE,
  gone_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY document_site (site_id, column_id),
  CONSTRAINT document_column FOREIGN KEY (column_id) REFERENCES gov_column (id)
);

-- Where a document came from, for imports that can be run again.
CREATE TABLE IF NOT EXISTS gov_external (
  external_id VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  digest BINARY(32) NOT NULL,
  imported_at DATETIME(6) NOT NULL,
  KEY external_document (document_id)
);

-- An edition's texts never change once it has been live; a correction is a new
-- edition.  fields, keywords: JSON.  gallery, attachments, media: JSON lists
-- whose members name asset ids (also in gov_asset_ref).
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_edition (
  id BIGINT NOT NULL AUTO_INCREMENT,
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  state ENUM('draft','submitted','reviewed','cleared','scheduled','live','superseded','withdrawn','archived') NOT NULL,
  title VARCHAR(300) NOT NULL,
  subtitle VARCHAR(300) NULL,
  summary VARCHAR(1000) NULL,
  source VARCHAR(200) NULL,
  source_url VARCHAR(500) NULL,
  author VARCHAR(100) NULL,
  keywords VARCHAR(1000) NULL,
  body MEDIUMTEXT NULL,
  fields MEDIUMTEXT NULL,
  picture TEXT NULL,
  gallery MEDIUMTEXT NULL,
  attachments TEXT NULL,
  media TEXT NULL,
  related TEXT NULL,
  published_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(100) NOT NULL,
  digest BINARY(32) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY edition_version (site_id, document_id, lang, version),
  CONSTRAINT edition_document FOREIGN KEY (document_id) REFERENCES gov_document (id)
);

-- The visibility predicate: the public sees an edition if and only if a row here
-- names it.  published_at: first publication (system time, or the old system's
-- for imports); updated_at: when the present edition went live.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_live (
  site_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  edition_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  type VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sort_key BIGINT NOT NULL,
  published_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (site_id, document_id, lang),
  UNIQUE KEY live_edition (edition_id),
  KEY live_updated (site_id, updated_at)
);

-- A live document in a column, own or shared: what lists read.  sort_key grows
-- with the time of publication and is unique in the column; page numbers count
-- from the oldest and are given once, so addresses of pages are stable.
-- item: the list entry as the compact text of content/item.c.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_listing (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sort_key BIGINT NOT NULL,
  page_no INT NOT NULL,
  document_id BIGINT NOT NULL,
  document_site BIGINT NOT NULL,
  how ENUM('home','share','rule') NOT NULL,
  pinned BOOLEAN NOT NULL,
  published_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  item TEXT NOT NULL,
  PRIMARY KEY (site_id, column_id, lang, sort_key),
  UNIQUE KEY listing_document (document_id, site_id, column_id, lang),
  KEY listing_page (site_id, column_id, lang, page_no, sort_key),
  KEY listing_pinned (site_id, column_id, lang, pinned, sort_key),
  KEY listing_site (site_id, lang, how, published_at)
);

-- The head of a column: its newest entries, rewritten in the transaction that
-- changes the column, so that a home page reads one row a block.  The row is also the guard
-- that serialises writers of one column.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_column_head (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL DEFAULT 0,
  open_page INT NOT NULL DEFAULT 1,
  open_count INT NOT NULL DEFAULT 0,
  total INT NOT NULL DEFAULT 0,
  last_published_at DATETIME(6) NULL,
  items MEDIUMTEXT NOT NULL,
  PRIMARY KEY (site_id, column_id, lang)
);

-- A document shown in another column than its own, by reference.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_placement (
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  document_site BIGINT NOT NULL,
  how ENUM('share','rule') NOT NULL,
  PRIMARY KEY (site_id, column_id, document_id),
  KEY placement_document (document_id)
);

-- Keywords of live documents, for topics and related documents.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_live_keyword (
  site_id BIGINT NOT NULL,
  lang VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  keyword VARCHAR(100) NOT NULL,
  published_at DATETIME(6) NOT NULL,
  document_id BIGINT NOT NULL,
  item TEXT NOT NULL,
  PRIMARY KEY (site_id, lang, keyword, published_at, document_id),
  KEY keyword_document (document_id, lang),
  KEY keyword_group (lang, keyword, published_at)
);

-- Which assets a site's live editions, logos and themes refer to: an asset is public on a
-- site only while a row here with a live edition (or edition_id 0, the site's own) exists.
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_asset_ref (
  site_id BIGINT NOT NULL,
  asset_id BINARY(32) NOT NULL,
  edition_id BIGINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  PRIMARY KEY (site_id, asset_id, edition_id),
  KEY asset_edition (edition_id),
  KEY asset_sites (asset_id, edition_id)
);

-- Addresses that moved (301) or are gone (410: target NULL).
-- site-scoped
CREATE TABLE IF NOT EXISTS gov_redirect (
  site_id BIGINT NOT NULL,
  path_hash BINARY(16) NOT NULL,
  path VARCHAR(1024) NOT NULL,
  target VARCHAR(1024) NULL,
  document_id BIGINT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (site_id, path_hash)
);

-- Working-day calendar: only the days that differ from the week.
CREATE TABLE IF NOT EXISTS gov_calendar_day (
  day DATE NOT NULL,
  version INT NOT NULL,
  workday BOOLEAN NOT NULL,
  note VARCHAR(100) NOT NULL,
  PRIMARY KEY (day, version)
);

-- Who did what.  Append-only; no statement of this program updates or deletes.
CREATE TABLE IF NOT EXISTS gov_audit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(100) NOT NULL,
  action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site_id BIGINT NOT NULL,
  object VARCHAR(100) NOT NULL,
  outcome ENUM('done','refused') NOT NULL,
  detail TEXT NULL,
  KEY audit_site (site_id, at)
);

-- Keys of writes that came from outside, in the transaction of their effects.
CREATE TABLE IF NOT EXISTS gov_idempotency (
  k BINARY(16) NOT NULL PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  result VARCHAR(500) NULL,
  KEY idempotency_at (at)
);
