-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of content/.  Read by build/sqlgen.awk.

-- ==== the site map (read per site when the structure changes) ==============

-- :name units :many
-- :out id:id slug:text parent_id:id name:text name_en:text short_name:text code:text address:text phone:text
SELECT id, slug, parent_id, name, name_en, short_name, code, address, phone
  FROM gov_unit ORDER BY id;

-- :name group_name :one
-- :out name:text timezone:text
SELECT name, timezone FROM gov_group WHERE k = 1;

-- :name sites :many
-- :out id:id slug:text parent_id:id kind:text unit_id:id base_path:text theme:text accent:text code:text icp:text police:text sponsor:text operator_:text phone:text email:text address:text postcode:text error_report:text logo_asset:bytes logo_name:text logo_alt:text state:text
SELECT id, slug, parent_id, kind, unit_id, base_path, theme, accent, code, icp, police, sponsor, operator, phone,
       email, address, postcode, error_report, logo_asset, logo_name, logo_alt, state
  FROM gov_site WHERE state <> 'closed' ORDER BY position, id;

-- :name site_hosts :many
-- :in site:id
-- :out host:text
SELECT host FROM gov_site_host WHERE site_id = ? ORDER BY position, host;

-- :name site_langs :many
-- :in site:id
-- :out lang:text derived_from:text title:text legal_name:text slogan:text description:text keywords:text sponsor:text operator_:text phone:text address:text logo_alt:text
SELECT lang, derived_from, title, legal_name, slogan, description, keywords, sponsor, operator, phone, address, logo_alt
  FROM gov_site_lang WHERE site_id = ? ORDER BY position, lang;

-- :name site_greyscale :many
-- :in site:id
-- :out from_day:text to_day:text
SELECT CAST(from_day AS CHAR), CAST(to_day AS CHAR)
  FROM gov_greyscale WHERE site_id = ? ORDER BY from_day;

-- :name site_columns :many
-- :in site:id
-- :out id:id parent_id:id slug:text path:text type:text column_type:text supply:text update_days:int unit_id:id in_nav:bool page_size:int state:text
SELECT id, parent_id, slug, path, type, column_type, supply, update_days, unit_id, in_nav, page_size, state
  FROM gov_column WHERE site_id = ? ORDER BY position, id;

-- :name site_column_langs :many
-- :in site:id
-- :out column_id:id lang:text name:text description:text keywords:text
SELECT column_id, lang, name, description, keywords
  FROM gov_column_lang WHERE site_id = ? ORDER BY column_id, lang;

-- :name site_column_rules :many
-- :in site:id
-- :out column_id:id sites:text columns:text types:text keyword:text
SELECT column_id, sites, columns, types, keyword
  FROM gov_column_rule WHERE site_id = ? ORDER BY column_id, position;

-- :name site_blocks :many
-- :in site:id
-- :out position:int area:text kind:text columns:text items:int style:text title:text title_en:text
SELECT position, area, kind, columns, items, style, title, title_en
  FROM gov_block WHERE site_id = ? ORDER BY position;

-- ==== what the public reads =================================================

-- :name document_live :one :hot
-- :in site:id document:id lang:text
-- :out edition:id column_id:id type:text sort_key:int published_at:time updated_at:time title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text content:bytes tag:bytes tag_key:int older:text newer:text langs:text
SELECT l.edition_id, l.column_id, l.type, l.sort_key, l.published_at, l.updated_at, e.title, e.subtitle, e.summary,
       e.source, e.source_url, e.author, e.keywords, e.body, e.fields, e.picture, e.gallery, e.attachments, e.media,
       e.related, l.content, l.tag, l.tag_key, l.older, l.newer, l.langs
  FROM gov_live l JOIN gov_edition e ON e.id = l.edition_id
 WHERE l.site_id = ? AND l.document_id = ? AND l.lang = ?;

-- :name document_gone :one
-- :in site:id document:id
-- :out gone_at:time
SELECT gone_at FROM gov_document
 WHERE site_id = ? AND id = ? AND gone_at IS NOT NULL;

-- :name document_neighbours :many :hot
-- :in site1:id column1:id lang1:text key1:int site2:id column2:id lang2:text key2:int
-- :out newer:bool item:text
(SELECT FALSE, item FROM gov_listing WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key < ?
  ORDER BY sort_key DESC LIMIT 1)
UNION ALL
(SELECT TRUE, item FROM gov_listing WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key > ?
  ORDER BY sort_key LIMIT 1);

-- :name keyword_items :many :hot
-- :in site:id lang:text keyword:text most:int
-- :out document_id:id item:text
SELECT document_id, item FROM gov_live_keyword
 WHERE site_id = ? AND lang = ? AND keyword = ?
 ORDER BY published_at DESC, document_id DESC LIMIT ?;

-- The whole group's documents with a keyword: for topic pages of the portal.
-- The site named is the one whose group it is; :group says that this is meant.
-- :name keyword_group_items :many :group
-- :in lang:text keyword:text most:int
-- :out document_id:id item:text
SELECT document_id, item FROM gov_live_keyword FORCE INDEX (keyword_group)
 WHERE lang = ? AND keyword = ?
 ORDER BY published_at DESC LIMIT ?;

-- :name item_of_document :one
-- :in site:id document:id lang:text
-- :out item:text
SELECT item FROM gov_listing
 WHERE site_id = ? AND document_id = ? AND lang = ? AND how = 'home';

-- :name heads :many :hot
-- :in site:id lang:text c0:id c1:id c2:id c3:id c4:id c5:id c6:id c7:id c8:id c9:id c10:id c11:id c12:id c13:id c14:id c15:id c16:id c17:id c18:id c19:id c20:id c21:id c22:id c23:id
-- :out column_id:id open_page:int open_count:int total:int items:text tag:bytes tag_key:int
SELECT column_id, open_page, open_count, total, items, tag, tag_key FROM gov_column_head
 WHERE site_id = ? AND lang = ?
   AND column_id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name head :one :hot
-- :in site:id column:id lang:text
-- :out column_id:id open_page:int open_count:int total:int items:text tag:bytes tag_key:int
SELECT column_id, open_page, open_count, total, items, tag, tag_key FROM gov_column_head
 WHERE site_id = ? AND column_id = ? AND lang = ?;

-- :name listing_page :many :hot
-- :in site:id column:id lang:text page:int
-- :out pinned:bool item:text
SELECT pinned, item FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND page_no = ?
 ORDER BY sort_key DESC;

-- :name listing_pinned :many :hot
-- :in site:id column:id lang:text
-- :out pinned:bool item:text
SELECT pinned, item FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND pinned = TRUE
 ORDER BY sort_key DESC LIMIT 10;

-- :name listing_newest_one :one :hot
-- :in site:id column:id lang:text
-- :out document_id:id
SELECT document_id FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND how = 'home'
 ORDER BY sort_key DESC LIMIT 1;

-- :name site_newest :many :hot
-- :in site:id lang:text most:int
-- :out item:text
SELECT item FROM gov_listing
 WHERE site_id = ? AND lang = ? AND how = 'home'
 ORDER BY published_at DESC LIMIT ?;

-- :name site_documents :many :hot
-- :in site:id lang:text after:int most:int
-- :out document_id:id edition:id column_id:id type:text sort_key:int published_at:time updated_at:time content:bytes tag:bytes tag_key:int
SELECT document_id, edition_id, column_id, type, sort_key, published_at, updated_at, content, tag, tag_key FROM gov_live
 WHERE site_id = ? AND lang = ? AND document_id > ?
 ORDER BY document_id LIMIT ?;

-- An asset is public on a site while the site itself or a live edition of it, or a document
-- shared to it, refers to it.
-- :name site_asset :one :hot
-- :in wanted:text site:id asset:bytes
-- :out name:text
SELECT COALESCE(MAX(IF(BINARY r.name = ?, r.name, NULL)), MIN(r.name)) FROM gov_asset_ref r
 WHERE r.site_id = ? AND r.asset_id = ?
   AND (r.edition_id = 0 OR EXISTS (SELECT 1 FROM gov_live l WHERE l.edition_id = r.edition_id));

-- :name shared_asset :one :hot
-- :in wanted:text asset:bytes site:id
-- :out name:text
SELECT COALESCE(MAX(IF(BINARY r.name = ?, r.name, NULL)), MIN(r.name)) FROM gov_asset_ref r
  JOIN gov_live l ON l.edition_id = r.edition_id
  JOIN gov_listing s ON s.document_id = l.document_id AND s.lang = l.lang
 WHERE r.asset_id = ? AND s.site_id = ? AND s.how <> 'home';

-- :name redirect_at :one :hot
-- :in site:id hash:bytes
-- :out target:text document_id:id tag:bytes tag_key:int
SELECT target, document_id, tag, tag_key FROM gov_redirect
 WHERE site_id = ? AND path_hash = ?;

-- An address, and the folders that it lies in.
-- :name redirects_at :many :hot
-- :in site:id h0:bytes h1:bytes h2:bytes h3:bytes h4:bytes
-- :out hash:bytes target:text document_id:id tag:bytes tag_key:int
SELECT path_hash, target, document_id, tag, tag_key FROM gov_redirect
 WHERE site_id = ? AND path_hash IN (?, ?, ?, ?, ?);

-- Of a document that is or was public.
-- :name document_home :one
-- :in site:id document:id
-- :out column_id:id
SELECT d.column_id FROM gov_document d WHERE d.site_id = ? AND d.id = ?
   AND (d.gone_at IS NOT NULL OR EXISTS (SELECT 1 FROM gov_live l WHERE l.site_id = d.site_id AND l.document_id = d.id));

-- ==== writing documents =====================================================

-- :name document_insert :insert
-- :in site:id column:id type:text pinned:bool now:time
INSERT INTO gov_document (site_id, column_id, type, pinned, created_at)
VALUES (?, ?, ?, ?, ?);

-- The document's row is written first by every change of it: the guard that
-- keeps two writers of one document apart.
-- :name document_guard :one
-- :in site:id document:id
-- :out column_id:id type:text pinned:bool gone_at:time
SELECT column_id, type, pinned, gone_at FROM gov_document
 WHERE site_id = ? AND id = ? FOR UPDATE;

-- :name document_site :one :group
-- :in document:id
-- :out site_id:id column_id:id
SELECT site_id, column_id FROM gov_document WHERE id = ?;

-- :name document_set_gone :exec
-- :in now:time site:id document:id
UPDATE gov_document SET gone_at = ? WHERE site_id = ? AND id = ?;

-- :name document_unset_gone :exec
-- :in site:id document:id
UPDATE gov_document SET gone_at = NULL WHERE site_id = ? AND id = ?;

-- :name document_set_column :exec
-- :in column:id site:id document:id
UPDATE gov_document SET column_id = ? WHERE site_id = ? AND id = ?;

-- :name document_set_pinned :exec
-- :in pinned:bool site:id document:id
UPDATE gov_document SET pinned = ? WHERE site_id = ? AND id = ?;

-- :name edition_next_version :one
-- :in site:id document:id lang:text
-- :out version:int
SELECT COALESCE(MAX(version), 0) + 1 FROM gov_edition
 WHERE site_id = ? AND document_id = ? AND lang = ?;

-- Before a new version is inserted, which is the newest then.
-- :name edition_not_newest :exec
-- :in site:id document:id lang:text
UPDATE gov_edition SET newest = NULL
 WHERE site_id = ? AND document_id = ? AND lang = ? AND newest = 1;

-- :name edition_insert :insert
-- :in site:id document:id lang:text version:int title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text now:time who:text digest:bytes note:text tag:bytes tag_key:int
INSERT INTO gov_edition (site_id, document_id, lang, version, state, title, subtitle, summary, source, source_url,
                         author, keywords, body, fields, picture, gallery, attachments, media, related, created_at,
                         created_by, digest, note, tag, tag_key, newest)
VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1);

-- :name asset_ref_insert :exec
-- :in site:id asset:bytes edition:int name:text
INSERT INTO gov_asset_ref (site_id, asset_id, edition_id, name)
VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name);

-- :name edition_where :one :group
-- :in edition:id
-- :out site_id:id document_id:id column_id:id
SELECT e.site_id, e.document_id, d.column_id
  FROM gov_edition e JOIN gov_document d ON d.id = e.document_id WHERE e.id = ?;

-- :name edition_get :one
-- :in site:id edition:id
-- :out document_id:id lang:text version:int state:text title:text summary:text source:text keywords:text fields:text picture:text published_at:time digest:bytes
SELECT document_id, lang, version, state, title, summary, source, keywords, fields, picture, published_at, digest
  FROM gov_edition WHERE site_id = ? AND id = ?;

-- :name edition_supersede :exec
-- :in site:id document:id lang:text edition:id
UPDATE gov_edition SET state = 'superseded'
 WHERE site_id = ? AND document_id = ? AND lang = ? AND state = 'live' AND id <> ?;

-- :name editions_withdraw :exec
-- :in site:id document:id
UPDATE gov_edition SET state = 'withdrawn'
 WHERE site_id = ? AND document_id = ? AND state = 'live';

-- :name live_get :one
-- :in site:id document:id lang:text
-- :out edition_id:id column_id:id sort_key:int published_at:time
SELECT edition_id, column_id, sort_key, published_at FROM gov_live
 WHERE site_id = ? AND document_id = ? AND lang = ?;

-- :name live_langs :many
-- :in site:id document:id
-- :out lang:text edition_id:id published_at:time updated_at:time
SELECT lang, edition_id, published_at, updated_at FROM gov_live
 WHERE site_id = ? AND document_id = ?;

-- :name live_put :exec
-- :in site:id document:id lang:text edition:id column:id type:text sort_key:int published:time now:time older:text newer:text
INSERT INTO gov_live (site_id, document_id, lang, edition_id, column_id, type, sort_key, published_at, updated_at, older,
                      newer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE edition_id = VALUES(edition_id), column_id = VALUES(column_id),
       sort_key = VALUES(sort_key), updated_at = VALUES(updated_at), content = NULL, tag = NULL, tag_key = 0,
       older = VALUES(older), newer = VALUES(newer);

-- What a document's page says of its neighbours in its home column.
-- :name live_set_older :exec
-- :in older:text site:id document:id lang:text column:id
UPDATE gov_live SET older = ?
 WHERE site_id = ? AND document_id = ? AND lang = ? AND column_id = ?;

-- :name live_set_newer :exec
-- :in newer:text site:id document:id lang:text column:id
UPDATE gov_live SET newer = ?
 WHERE site_id = ? AND document_id = ? AND lang = ? AND column_id = ?;

-- :name live_set_langs :exec
-- :in site1:id document1:id site2:id document2:id
UPDATE gov_live l
  JOIN (SELECT GROUP_CONCAT(lang ORDER BY lang SEPARATOR ' ') AS langs FROM gov_live
         WHERE site_id = ? AND document_id = ?) g
   SET l.langs = g.langs
 WHERE l.site_id = ? AND l.document_id = ?;

-- The same for all documents of a column.
-- :name live_link_column :exec
-- :in site1:id column1:id lang1:text site2:id site3:id column3:id lang3:text
UPDATE gov_live l
  JOIN (SELECT document_id, LAG(item) OVER (ORDER BY sort_key) AS older, LEAD(item) OVER (ORDER BY sort_key) AS newer
          FROM gov_listing WHERE site_id = ? AND column_id = ? AND lang = ?) n ON n.document_id = l.document_id
  JOIN (SELECT document_id, GROUP_CONCAT(lang ORDER BY lang SEPARATOR ' ') AS langs FROM gov_live
         WHERE site_id = ? GROUP BY document_id) g ON g.document_id = l.document_id
   SET l.older = n.older, l.newer = n.newer, l.langs = g.langs
 WHERE l.site_id = ? AND l.column_id = ? AND l.lang = ?;

-- :name live_remove :exec
-- :in site:id document:id
DELETE FROM gov_live WHERE site_id = ? AND document_id = ?;

-- :name keywords_remove :exec
-- :in site:id document:id
DELETE FROM gov_live_keyword WHERE site_id = ? AND document_id = ?;

-- :name keywords_remove_lang :exec
-- :in site:id document:id lang:text
DELETE FROM gov_live_keyword
 WHERE site_id = ? AND document_id = ? AND lang = ?;

-- :name keywords_of :many
-- :in site:id document:id
-- :out lang:text keyword:text
SELECT DISTINCT lang, keyword FROM gov_live_keyword
 WHERE site_id = ? AND document_id = ?;

-- :name keyword_put :exec
-- :in site:id lang:text keyword:text published:time document:id item:text
INSERT INTO gov_live_keyword (site_id, lang, keyword, published_at, document_id, item)
VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE item = VALUES(item);

-- ==== columns' lists ========================================================

-- :name placements :many :group
-- :in document:id
-- :out site_id:id column_id:id how:text
SELECT site_id, column_id, how FROM gov_placement WHERE document_id = ?
 ORDER BY site_id, column_id;

-- :name placement_put :exec
-- :in site:id column:id document:id document_site:id how:text
INSERT INTO gov_placement (site_id, column_id, document_id, document_site, how)
VALUES (?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE how = IF(how = 'share', how, VALUES(how));

-- :name placement_unshare :exec
-- :in site:id column:id document:id
DELETE FROM gov_placement
 WHERE site_id = ? AND column_id = ? AND document_id = ? AND how = 'share';

-- :name placement_remove_rules :exec :group
-- :in document:id
DELETE FROM gov_placement WHERE document_id = ? AND how = 'rule';

-- Lock the heads of the columns that are about to change, always in the same
-- order (site, column, language), so that writers queue instead of deadlocking.
-- :name head_lock :exec
-- :in site:id column:id lang:text
INSERT INTO gov_column_head (site_id, column_id, lang, items)
VALUES (?, ?, ?, '') ON DUPLICATE KEY UPDATE version = version + 1;

-- :name head_state :one
-- :in site:id column:id lang:text
-- :out open_page:int open_count:int total:int last_published_at:time
SELECT open_page, open_count, total, last_published_at FROM gov_column_head
 WHERE site_id = ? AND column_id = ? AND lang = ?;

-- :name head_newest :many
-- :in site:id column:id lang:text
-- :out sort_key:int item:text
SELECT sort_key, item FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ?
 ORDER BY sort_key DESC LIMIT 30;

-- :name head_put :exec
-- :in open_page:int open_count:int total:int last:time items:text tag:bytes tag_key:int site:id column:id lang:text
UPDATE gov_column_head SET open_page = ?, open_count = ?, total = ?, last_published_at = ?, items = ?, tag = ?,
       tag_key = ?
 WHERE site_id = ? AND column_id = ? AND lang = ?;

-- :name listing_get :one
-- :in document:id site:id column:id lang:text
-- :out sort_key:int page_no:int
SELECT sort_key, page_no FROM gov_listing
 WHERE document_id = ? AND site_id = ? AND column_id = ? AND lang = ?;

-- :name listing_older :one
-- :in site:id column:id lang:text key:int
-- :out page_no:int
SELECT page_no FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key < ?
 ORDER BY sort_key DESC LIMIT 1;

-- :name listing_key_taken :one
-- :in site:id column:id lang:text key:int
-- :out document_id:id
SELECT document_id FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key = ?;

-- :name listing_insert :exec
-- :in site:id column:id lang:text sort_key:int page:int document:id document_site:id how:text pinned:bool published:time updated:time item:text
INSERT INTO gov_listing (site_id, column_id, lang, sort_key, page_no, document_id, document_site, how, pinned,
                         published_at, updated_at, item)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name listing_update :exec
-- :in pinned:bool updated:time item:text site:id column:id lang:text sort_key:int
UPDATE gov_listing SET pinned = ?, updated_at = ?, item = ?
 WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key = ?;

-- :name listings_of :many :group
-- :in document:id
-- :out site_id:id column_id:id lang:text sort_key:int page_no:int how:text
SELECT site_id, column_id, lang, sort_key, page_no, how FROM gov_listing
 WHERE document_id = ? ORDER BY site_id, column_id, lang;

-- :name listing_delete :exec
-- :in site:id column:id lang:text sort_key:int
DELETE FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key = ?;

-- :name listing_langs :many
-- :in site:id column:id
-- :out lang:text
SELECT lang FROM gov_column_head WHERE site_id = ? AND column_id = ?
 ORDER BY lang;

-- :name listing_renumber :exec
-- :in size:int site1:id column1:id lang1:text site2:id column2:id lang2:text
UPDATE gov_listing l
  JOIN (SELECT sort_key, 1 + FLOOR((ROW_NUMBER() OVER (ORDER BY sort_key) - 1) / ?) AS page
          FROM gov_listing WHERE site_id = ? AND column_id = ? AND lang = ?) n
    ON n.sort_key = l.sort_key
   SET l.page_no = n.page
 WHERE l.site_id = ? AND l.column_id = ? AND l.lang = ? AND l.page_no <> n.page;

-- :name listing_open :one
-- :in site1:id column1:id lang1:text site2:id column2:id lang2:text
-- :out open_page:int open_count:int
SELECT p.page, COUNT(*) FROM gov_listing l
  JOIN (SELECT COALESCE(MAX(page_no), 1) AS page FROM gov_listing
         WHERE site_id = ? AND column_id = ? AND lang = ?) p ON l.page_no = p.page
 WHERE l.site_id = ? AND l.column_id = ? AND l.lang = ? GROUP BY p.page;

-- :name listing_total :one
-- :in site:id column:id lang:text
-- :out total:int
SELECT COUNT(*) FROM gov_listing
 WHERE site_id = ? AND column_id = ? AND lang = ?;

-- ==== redirects ==============================================================

-- :name redirect_put :exec
-- :in site:id hash:bytes path:text target:text document:id now:time tag:bytes tag_key:int
INSERT INTO gov_redirect (site_id, path_hash, path, target, document_id, created_at, tag, tag_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE target = VALUES(target), document_id = VALUES(document_id), tag = VALUES(tag),
       tag_key = VALUES(tag_key);

-- :name redirect_remove :exec
-- :in site:id hash:bytes
DELETE FROM gov_redirect WHERE site_id = ? AND path_hash = ?;

-- Those that lead into a folder.
-- :name redirects_into :many
-- :in site:id like:text
-- :out hash:bytes path:text target:text document_id:id
SELECT path_hash, path, target, document_id FROM gov_redirect WHERE site_id = ? AND target LIKE ?;

-- What does not matter is ''.
-- :name redirect_list :many
-- :in site:id any:text path:text target:text limit:int offset:int
-- :out hash:bytes path:text target:text document_id:id created_at:time
SELECT path_hash, path, target, document_id, created_at FROM gov_redirect
 WHERE site_id = ? AND (? = '' OR path LIKE ? OR target LIKE ?)
 ORDER BY path LIMIT ? OFFSET ?;

-- :name redirect_count :one
-- :in site:id any:text path:text target:text
-- :out total:int
SELECT COUNT(*) FROM gov_redirect WHERE site_id = ? AND (? = '' OR path LIKE ? OR target LIKE ?);

-- :name redirect_get :one
-- :in site:id hash:bytes
-- :out path:text target:text document_id:id created_at:time
SELECT path, target, document_id, created_at FROM gov_redirect WHERE site_id = ? AND path_hash = ?;

-- ==== import and structure ====================================================

-- :name external_get :one
-- :in external:text
-- :out site_id:id document_id:id digest:bytes
SELECT site_id, document_id, digest FROM gov_external
 WHERE external_id = ?;

-- A record whose document is begun; no record has a digest of nothing but zeros.
-- :name external_claim :exec
-- :in external:text site:id document:id now:time
INSERT INTO gov_external (external_id, site_id, document_id, digest, imported_at)
VALUES (?, ?, ?, REPEAT(CHAR(0), 32), ?);

-- :name external_put :exec
-- :in external:text site:id document:id digest:bytes now:time
INSERT INTO gov_external (external_id, site_id, document_id, digest, imported_at)
VALUES (?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE digest = VALUES(digest), imported_at = VALUES(imported_at);

-- :name group_put :exec
-- :in name:text timezone:text
INSERT INTO gov_group (k, name, timezone) VALUES (1, ?, ?)
    ON DUPLICATE KEY UPDATE name = VALUES(name), timezone = VALUES(timezone);

-- :name unit_put :exec
-- :in slug:text parent:id name:text name_en:text short_name:text code:text address:text phone:text
INSERT INTO gov_unit (slug, parent_id, name, name_en, short_name, code, address, phone)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE parent_id = VALUES(parent_id), name = VALUES(name), name_en = VALUES(name_en),
       short_name = VALUES(short_name), code = VALUES(code), address = VALUES(address), phone = VALUES(phone);

-- :name unit_by_slug :one
-- :in slug:text
-- :out id:id
SELECT id FROM gov_unit WHERE slug = ?;

-- :name site_by_slug :one
-- :in slug:text
-- :out id:id kind:text unit_id:id
SELECT id, kind, unit_id FROM gov_site WHERE slug = ?;

-- :name site_insert :insert
-- :in slug:text parent:id kind:text unit:id portal_guard:id unit_guard:id base_path:text theme:text accent:text position:int
INSERT INTO gov_site (slug, parent_id, kind, unit_id, portal_guard, unit_guard, base_path, theme, accent, position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name site_update :exec
-- :in parent:id base_path:text theme:text accent:text code:text icp:text police:text sponsor:text operator_:text phone:text email:text address:text postcode:text error_report:text logo_asset:bytes logo_name:text logo_alt:text position:int site:id
UPDATE gov_site SET parent_id = ?, base_path = ?, theme = ?, accent = ?, code = ?, icp = ?, police = ?, sponsor = ?,
       operator = ?, phone = ?, email = ?, address = ?, postcode = ?, error_report = ?, logo_asset = ?,
       logo_name = ?, logo_alt = ?, position = ?
 WHERE id = ?;

-- What a site says of itself, to be changed.
-- :name site_record :one
-- :in site:id
-- :out theme:text accent:text code:text icp:text police:text sponsor:text operator_:text phone:text email:text address:text postcode:text error_report:text
SELECT theme, accent, code, icp, police, sponsor, operator, phone, email, address, postcode, error_report
  FROM gov_site WHERE id = ? FOR UPDATE;

-- :name site_set_record :exec
-- :in code:text icp:text police:text sponsor:text operator_:text phone:text email:text address:text postcode:text error_report:text site:id
UPDATE gov_site SET code = ?, icp = ?, police = ?, sponsor = ?, operator = ?, phone = ?, email = ?, address = ?,
       postcode = ?, error_report = ?
 WHERE id = ?;

-- :name site_set_look :exec
-- :in theme:text accent:text site:id
UPDATE gov_site SET theme = ?, accent = ? WHERE id = ?;

-- :name site_words :one
-- :in site:id lang:text
-- :out title:text legal_name:text slogan:text description:text keywords:text sponsor:text operator_:text phone:text address:text logo_alt:text
SELECT title, legal_name, slogan, description, keywords, sponsor, operator, phone, address, logo_alt
  FROM gov_site_lang WHERE site_id = ? AND lang = ? FOR UPDATE;

-- :name site_set_words :exec
-- :in title:text legal_name:text slogan:text description:text keywords:text sponsor:text operator_:text phone:text address:text logo_alt:text site:id lang:text
UPDATE gov_site_lang SET title = ?, legal_name = ?, slogan = ?, description = ?, keywords = ?, sponsor = ?,
       operator = ?, phone = ?, address = ?, logo_alt = ?
 WHERE site_id = ? AND lang = ?;

-- :name site_set_theme :exec
-- :in theme:text site:id
UPDATE gov_site SET theme = ? WHERE id = ?;

-- :name site_host_put :exec
-- :in host:text site:id position:int
INSERT INTO gov_site_host (host, site_id, position) VALUES (?, ?, ?)
    ON DUPLICATE KEY UPDATE position = IF(site_id = VALUES(site_id), VALUES(position), position);

-- :name site_host_owner :one
-- :in host:text
-- :out site_id:id
SELECT site_id FROM gov_site_host WHERE host = ?;

-- :name site_hosts_clear :exec
-- :in site:id
DELETE FROM gov_site_host WHERE site_id = ?;

-- :name site_langs_clear :exec
-- :in site:id
DELETE FROM gov_site_lang WHERE site_id = ?;

-- :name site_lang_put :exec
-- :in site:id lang:text derived_from:text title:text legal_name:text slogan:text description:text keywords:text sponsor:text operator_:text phone:text address:text logo_alt:text position:int
INSERT INTO gov_site_lang (site_id, lang, derived_from, title, legal_name, slogan, description, keywords, sponsor,
                           operator, phone, address, logo_alt, position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name greyscale_clear :exec
-- :in site:id
DELETE FROM gov_greyscale WHERE site_id = ?;

-- :name greyscale_put :exec
-- :in site:id from_day:text to_day:text reason:text
INSERT INTO gov_greyscale (site_id, from_day, to_day, reason)
VALUES (?, ?, ?, ?);

-- :name greyscale_set :exec
-- :in site:id from_day:text to_day:text reason:text
INSERT INTO gov_greyscale (site_id, from_day, to_day, reason) VALUES (?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE to_day = VALUES(to_day), reason = VALUES(reason);

-- :name greyscale_remove :exec
-- :in site:id from_day:text
DELETE FROM gov_greyscale WHERE site_id = ? AND from_day = ?;

-- :name greyscale_all :many
-- :in site:id
-- :out from_day:text to_day:text reason:text
SELECT CAST(from_day AS CHAR), CAST(to_day AS CHAR), reason
  FROM gov_greyscale WHERE site_id = ? ORDER BY from_day DESC;

-- :name column_by_path :one
-- :in site:id path:text
-- :out id:id type:text
SELECT id, type FROM gov_column WHERE site_id = ? AND path = ?;

-- :name column_insert :insert
-- :in site:id parent:id slug:text path:text type:text column_type:text supply:text update_days:int unit:id in_nav:bool page_size:int position:int
INSERT INTO gov_column (site_id, parent_id, slug, path, type, column_type, supply, update_days, unit_id, in_nav,
                        page_size, position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name column_update :exec
-- :in type:text column_type:text supply:text update_days:int unit:id in_nav:bool page_size:int position:int site:id column:id
UPDATE gov_column SET type = ?, column_type = ?, supply = ?, update_days = ?, unit_id = ?, in_nav = ?, page_size = ?,
       position = ?, state = 'open'
 WHERE site_id = ? AND id = ?;

-- Whoever changes a site's columns waits here for who does so already.
-- :name site_lock :one
-- :in site:id
-- :out state:text
SELECT state FROM gov_site WHERE id = ? FOR UPDATE;

-- :name column_get :one
-- :in site:id column:id
-- :out parent_id:id slug:text path:text type:text update_days:int unit_id:id in_nav:bool page_size:int position:int state:text
SELECT parent_id, slug, path, type, update_days, unit_id, in_nav, page_size, position, state
  FROM gov_column WHERE site_id = ? AND id = ?;

-- :name column_set :exec
-- :in update_days:int unit:id in_nav:bool page_size:int site:id column:id
UPDATE gov_column SET update_days = ?, unit_id = ?, in_nav = ?, page_size = ? WHERE site_id = ? AND id = ?;

-- :name column_lang_get :one
-- :in site:id column:id lang:text
-- :out name:text description:text keywords:text
SELECT name, description, keywords FROM gov_column_lang WHERE site_id = ? AND column_id = ? AND lang = ?;

-- :name column_langs :many
-- :in site:id column:id
-- :out lang:text name:text
SELECT lang, name FROM gov_column_lang WHERE site_id = ? AND column_id = ?;

-- :name column_lang_remove :exec
-- :in site:id column:id lang:text
DELETE FROM gov_column_lang WHERE site_id = ? AND column_id = ? AND lang = ?;

-- Open columns beside each other; parent 0: at the top.
-- :name column_siblings :many
-- :in site:id parent:int
-- :out id:id position:int
SELECT id, position FROM gov_column
 WHERE site_id = ? AND COALESCE(parent_id, 0) = ? AND state = 'open'
 ORDER BY position, id;

-- One of them that is called so.
-- :name column_called :many
-- :in site:id parent:int lang:text name:text
-- :out id:id slug:text
SELECT c.id, c.slug FROM gov_column c JOIN gov_column_lang l ON l.site_id = c.site_id AND l.column_id = c.id
 WHERE c.site_id = ? AND COALESCE(c.parent_id, 0) = ? AND c.state = 'open' AND l.lang = ? AND BINARY l.name = BINARY ?;

-- :name column_set_position :exec
-- :in position:int site:id column:id
UPDATE gov_column SET position = ? WHERE site_id = ? AND id = ?;

-- :name column_set_parent :exec
-- :in parent:id slug:text position:int site:id column:id
UPDATE gov_column SET parent_id = ?, slug = ?, position = ? WHERE site_id = ? AND id = ?;

-- :name column_set_state :exec
-- :in state:text site:id column:id
UPDATE gov_column SET state = ? WHERE site_id = ? AND id = ?;

-- A column and all below it; rest: where in a path what is below begins, from 1.
-- :name columns_rename :exec
-- :in path:text rest:int site:id old:text below:text
UPDATE gov_column SET path = CONCAT(?, SUBSTRING(path, ?))
 WHERE site_id = ? AND (path = ? OR path LIKE ?);

-- :name column_documents :many
-- :in site:id column:id most:int
-- :out id:id
SELECT id FROM gov_document WHERE site_id = ? AND column_id = ? ORDER BY id LIMIT ?;

-- :name block_set_columns :exec
-- :in columns:text site:id position:int
UPDATE gov_block SET columns = ? WHERE site_id = ? AND position = ?;

-- :name column_lang_put :exec
-- :in site:id column:id lang:text name:text description:text keywords:text
INSERT INTO gov_column_lang (site_id, column_id, lang, name, description, keywords)
VALUES (?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE name = VALUES(name), description = VALUES(description), keywords = VALUES(keywords);

-- :name column_rules_clear :exec
-- :in site:id column:id
DELETE FROM gov_column_rule WHERE site_id = ? AND column_id = ?;

-- :name column_rule_put :exec
-- :in site:id column:id position:int sites:text columns:text types:text keyword:text
INSERT INTO gov_column_rule (site_id, column_id, position, sites, columns, types, keyword)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- :name blocks_clear :exec
-- :in site:id
DELETE FROM gov_block WHERE site_id = ?;

-- :name block_put :exec
-- :in site:id position:int area:text kind:text columns:text items:int style:text title:text title_en:text
INSERT INTO gov_block (site_id, position, area, kind, columns, items, style, title, title_en)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name site_assets_clear :exec
-- :in site:id
DELETE FROM gov_asset_ref WHERE site_id = ? AND edition_id = 0;

-- ==== calendar =================================================================

-- :name calendar_days :many
-- :out day:text workday:bool
SELECT CAST(day AS CHAR), workday FROM gov_calendar_day c
 WHERE version = (SELECT MAX(version) FROM gov_calendar_day d WHERE d.day = c.day)
 ORDER BY day;

-- :name calendar_put :exec
-- :in day:text version:int workday:bool note:text
INSERT INTO gov_calendar_day (day, version, workday, note)
VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE workday = VALUES(workday), note = VALUES(note);

-- Links between documents are made when an import has all of them; they change no
-- text of the edition.
-- :name edition_set_related :exec
-- :in related:text site:id document:id
UPDATE gov_edition SET related = ?
 WHERE site_id = ? AND document_id = ? AND state = 'live';

-- :name site_count :one
-- :in site:id lang:text
-- :out total:int
SELECT COUNT(*) FROM gov_live WHERE site_id = ? AND lang = ?;

-- :name calendar_version :one
-- :out version:int
SELECT COALESCE(MAX(version), 0) FROM gov_calendar_day;

-- ==== for those who keep documents ============================================

-- :name document_record :one
-- :in site:id document:id
-- :out column_id:id type:text pinned:bool created_at:time gone_at:time external:text
SELECT d.column_id, d.type, d.pinned, d.created_at, d.gone_at,
       (SELECT MIN(x.external_id) FROM gov_external x WHERE x.document_id = d.id)
  FROM gov_document d WHERE d.site_id = ? AND d.id = ?;

-- :name document_editions :many
-- :in site:id document:id
-- :out id:id lang:text version:int state:text title:text published_at:time created_at:time created_by:text
SELECT id, lang, version, state, title, published_at, created_at, created_by FROM gov_edition
 WHERE site_id = ? AND document_id = ?
 ORDER BY id DESC;

-- :name site_drafts :many
-- :in site:id most:int
-- :out id:id document_id:id lang:text version:int title:text created_at:time created_by:text
SELECT id, document_id, lang, version, title, created_at, created_by FROM gov_edition
 WHERE site_id = ? AND state = 'draft'
 ORDER BY created_at DESC, id DESC LIMIT ?;

-- ==== keys of writes: found by a run after a commit whose answer was lost =======

-- :name idempotency_get :one
-- :in k:bytes
-- :out result:text
SELECT result FROM gov_idempotency WHERE k = ?;

-- :name idempotency_put :exec
-- :in k:bytes at:time result:text
INSERT INTO gov_idempotency (k, at, result) VALUES (?, ?, ?);

-- :name idempotency_purge :exec
-- :in before:time
DELETE FROM gov_idempotency WHERE at < ? ORDER BY at LIMIT 5000;

-- All that live editions say, in slices after a document and language.
-- :name live_texts :many :hot
-- :in site:id after:int same:int lang:text most:int
-- :out document_id:id lang:text edition_id:id column_id:id type:text
-- :out title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text
-- :out fields:text picture:text gallery:text attachments:text media:text related:text
SELECT l.document_id, l.lang, l.edition_id, l.column_id, l.type,
       e.title, e.subtitle, e.summary, e.source, e.source_url, e.author, e.keywords, e.body,
       e.fields, e.picture, e.gallery, e.attachments, e.media, e.related
  FROM gov_live l JOIN gov_edition e ON e.id = l.edition_id
 WHERE l.site_id = ? AND (l.document_id > ? OR (l.document_id = ? AND l.lang > ?))
 ORDER BY l.document_id, l.lang LIMIT ?;

-- :name edition_texts :one
-- :in site:id edition:id
-- :out lang:text type:text
-- :out title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text
-- :out fields:text picture:text gallery:text attachments:text media:text related:text
SELECT e.lang, d.type, e.title, e.subtitle, e.summary, e.source, e.source_url, e.author, e.keywords, e.body,
       e.fields, e.picture, e.gallery, e.attachments, e.media, e.related
  FROM gov_edition e JOIN gov_document d ON d.id = e.document_id
 WHERE e.site_id = ? AND e.id = ?;

-- ==== freezing a site ============================================================

-- :name site_state :one
-- :in site:id
-- :out state:text
SELECT state FROM gov_site WHERE id = ? LOCK IN SHARE MODE;

-- :name site_set_state :exec
-- :in state:text site:id was:text
UPDATE gov_site SET state = ? WHERE id = ? AND state = ?;

-- ==== tags ==========================================================================

-- :name integrity_get :one
-- :out since:time mac:bytes mac_key:int
SELECT since, mac, mac_key FROM gov_integrity WHERE k = 1;

-- :name integrity_put :exec
-- :in since:time mac:bytes mac_key:int
INSERT INTO gov_integrity (k, since, mac, mac_key) VALUES (1, ?, ?, ?)
    ON DUPLICATE KEY UPDATE since = VALUES(since), mac = VALUES(mac), mac_key = VALUES(mac_key);

-- A live edition with all that its tags cover.
-- :name live_whole :one
-- :in site:id document:id lang:text
-- :out edition:id column_id:id type:text sort_key:int published_at:time updated_at:time version:int state:text title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text content:bytes tag:bytes tag_key:int edition_tag:bytes edition_key:int
SELECT l.edition_id, l.column_id, l.type, l.sort_key, l.published_at, l.updated_at, e.version, e.state, e.title,
       e.subtitle, e.summary, e.source, e.source_url, e.author, e.keywords, e.body, e.fields, e.picture, e.gallery,
       e.attachments, e.media, e.related, l.content, l.tag, l.tag_key, e.tag AS edition_tag, e.tag_key AS edition_key
  FROM gov_live l JOIN gov_edition e ON e.id = l.edition_id
 WHERE l.site_id = ? AND l.document_id = ? AND l.lang = ?;

-- :name live_tag :exec
-- :in content:bytes tag:bytes tag_key:int site:id document:id lang:text
UPDATE gov_live SET content = ?, tag = ?, tag_key = ?
 WHERE site_id = ? AND document_id = ? AND lang = ?;

-- Some dozens of them, after a document and language.  listed: is it in its column?
-- :name live_slice :many :hot
-- :in site:id from:int after:int lang:text most:int
-- :out document_id:id lang:text listed:bool older:text newer:text edition_site:id edition_document:id edition_lang:text edition:id column_id:id type:text sort_key:int published_at:time updated_at:time version:int state:text title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text content:bytes tag:bytes tag_key:int edition_tag:bytes edition_key:int
SELECT l.document_id, l.lang, EXISTS (SELECT 1 FROM gov_listing h WHERE h.document_id = l.document_id
          AND h.site_id = l.site_id AND h.column_id = l.column_id AND h.lang = l.lang AND h.how = 'home'),
       l.older, l.newer, e.site_id AS edition_site, e.document_id AS edition_document, e.lang AS edition_lang,
       l.edition_id, l.column_id, l.type, l.sort_key, l.published_at, l.updated_at, e.version, e.state, e.title,
       e.subtitle, e.summary, e.source, e.source_url, e.author, e.keywords, e.body, e.fields, e.picture, e.gallery,
       e.attachments, e.media, e.related, l.content, l.tag, l.tag_key, e.tag AS edition_tag, e.tag_key AS edition_key
  FROM gov_live l JOIN gov_edition e ON e.id = l.edition_id
 WHERE l.site_id = ? AND l.document_id >= ? AND (l.document_id > ? OR l.lang > ?)
 ORDER BY l.document_id, l.lang LIMIT ?;

-- Editions that are live by their state, but that the public does not see.
-- :name live_missing :many
-- :in site:id after:int last:int
-- :out document_id:id lang:text
SELECT e.document_id, e.lang FROM gov_edition e LEFT JOIN gov_live l ON l.edition_id = e.id
 WHERE e.site_id = ? AND e.document_id > ? AND e.document_id <= ? AND e.state = 'live' AND l.edition_id IS NULL;

-- :name keywords_slice :many
-- :in site:id after:int last:int
-- :out document_id:id lang:text keyword:text published_at:time item:text live:bool
SELECT k.document_id, k.lang, k.keyword, k.published_at, k.item,
       EXISTS (SELECT 1 FROM gov_live l WHERE l.site_id = k.site_id AND l.document_id = k.document_id AND l.lang = k.lang)
  FROM gov_live_keyword k
 WHERE k.site_id = ? AND k.document_id > ? AND k.document_id <= ?;

-- :name head_next :one
-- :in site:id from:int after:int lang:text
-- :out column_id:id lang:text open_page:int open_count:int total:int items:text tag:bytes tag_key:int
SELECT column_id, lang, open_page, open_count, total, items, tag, tag_key FROM gov_column_head
 WHERE site_id = ? AND column_id >= ? AND (column_id > ? OR lang > ?)
 ORDER BY column_id, lang LIMIT 1;

-- live_key 0: the document is not public.
-- :name listing_slice :many :hot
-- :in site:id column:id lang:text after:int most:int
-- :out sort_key:int document_id:id document_site:id how:text pinned:bool published_at:time updated_at:time item:text live_key:int live_updated:time
SELECT s.sort_key, s.document_id, s.document_site, s.how, s.pinned, s.published_at, s.updated_at, s.item,
       COALESCE(l.sort_key, 0) AS live_key, l.updated_at AS live_updated
  FROM gov_listing s
  LEFT JOIN gov_live l ON l.site_id = s.document_site AND l.document_id = s.document_id AND l.lang = s.lang
 WHERE s.site_id = ? AND s.column_id = ? AND s.lang = ? AND s.sort_key > ?
 ORDER BY s.sort_key LIMIT ?;

-- :name redirects_slice :many :hot
-- :in site:id after:bytes most:int
-- :out hash:bytes path:text target:text document_id:id tag:bytes tag_key:int
SELECT path_hash, path, target, document_id, tag, tag_key FROM gov_redirect
 WHERE site_id = ? AND path_hash > ? ORDER BY path_hash LIMIT ?;

-- ---- giving tags to what has none -----------------------------------------------

-- :name editions_untagged :many
-- :in site:id after:int most:int
-- :out id:id document_id:id lang:text version:int title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text
SELECT id, document_id, lang, version, title, subtitle, summary, source, source_url, author, keywords, body, fields, picture,
       gallery, attachments, media, related
  FROM gov_edition WHERE site_id = ? AND id > ? AND tag IS NULL ORDER BY id LIMIT ?;

-- :name edition_tag :exec
-- :in tag:bytes tag_key:int site:id edition:id
UPDATE gov_edition SET tag = ?, tag_key = ? WHERE site_id = ? AND id = ?;

-- :name live_untagged :many
-- :in site:id from:int after:int lang:text most:int
-- :out document_id:id lang:text
SELECT document_id, lang FROM gov_live
 WHERE site_id = ? AND document_id >= ? AND (document_id > ? OR lang > ?) AND tag IS NULL
 ORDER BY document_id, lang LIMIT ?;

-- :name site_live_ids :many :hot
-- :in site:id after:int most:int
-- :out document_id:id
SELECT document_id FROM gov_live FORCE INDEX (PRIMARY)
 WHERE site_id = ? AND document_id > ? ORDER BY document_id LIMIT ?;

-- :name listing_set_item :exec
-- :in item:text site:id column:id lang:text sort_key:int was:text
UPDATE gov_listing SET item = ?
 WHERE site_id = ? AND column_id = ? AND lang = ? AND sort_key = ? AND BINARY item = BINARY ?;

-- :name keyword_set_item :exec
-- :in item:text site:id lang:text keyword:text published:time document:id was:text
UPDATE gov_live_keyword SET item = ?
 WHERE site_id = ? AND lang = ? AND keyword = ? AND published_at = ? AND document_id = ? AND BINARY item = BINARY ?;

-- ---- tags under a new key -----------------------------------------------------------

-- :name editions_tagged :many
-- :in site:id after:int most:int
-- :out id:id document_id:id lang:text version:int title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text edition_tag:bytes edition_key:int
SELECT id, document_id, lang, version, title, subtitle, summary, source, source_url, author, keywords, body, fields, picture,
       gallery, attachments, media, related, tag AS edition_tag, tag_key AS edition_key
  FROM gov_edition WHERE site_id = ? AND id > ? AND tag IS NOT NULL ORDER BY id LIMIT ?;

-- The following change nothing if somebody was faster.
-- :name edition_retag :exec
-- :in tag:bytes tag_key:int site:id edition:id was:bytes
UPDATE gov_edition SET tag = ?, tag_key = ? WHERE site_id = ? AND id = ? AND tag = ?;

-- :name live_retag :exec
-- :in content:bytes tag:bytes tag_key:int site:id document:id lang:text was:bytes
UPDATE gov_live SET content = ?, tag = ?, tag_key = ?
 WHERE site_id = ? AND document_id = ? AND lang = ? AND tag = ?;

-- :name live_retag_older :exec
-- :in older:text site:id document:id lang:text was:text
UPDATE gov_live SET older = ?
 WHERE site_id = ? AND document_id = ? AND lang = ? AND BINARY older = BINARY ?;

-- :name live_retag_newer :exec
-- :in newer:text site:id document:id lang:text was:text
UPDATE gov_live SET newer = ?
 WHERE site_id = ? AND document_id = ? AND lang = ? AND BINARY newer = BINARY ?;

-- :name head_retag :exec
-- :in items:text tag:bytes tag_key:int site:id column:id lang:text was:bytes was_items:text
UPDATE gov_column_head SET items = ?, tag = ?, tag_key = ?
 WHERE site_id = ? AND column_id = ? AND lang = ? AND tag = ? AND BINARY items = BINARY ?;

-- :name redirect_retag :exec
-- :in tag:bytes tag_key:int site:id hash:bytes was:bytes
UPDATE gov_redirect SET tag = ?, tag_key = ? WHERE site_id = ? AND path_hash = ? AND tag = ?;

-- :name integrity_retag :exec
-- :in mac:bytes mac_key:int was:bytes
UPDATE gov_integrity SET mac = ?, mac_key = ? WHERE k = 1 AND mac = ?;

-- ---- mending ----------------------------------------------------------------------

-- All editions of a document, the newest first, with what their tags cover.
-- :name editions_whole :many
-- :in site:id document:id
-- :out id:id lang:text version:int state:text title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text published_at:time edition_tag:bytes edition_key:int
SELECT id, lang, version, state, title, subtitle, summary, source, source_url, author, keywords, body, fields, picture,
       gallery, attachments, media, related, published_at, tag AS edition_tag, tag_key AS edition_key
  FROM gov_edition WHERE site_id = ? AND document_id = ? ORDER BY lang, version DESC;

-- :name edition_force_state :exec
-- :in state:text site:id edition:id
UPDATE gov_edition SET state = ? WHERE site_id = ? AND id = ?;

-- :name home_entries :many :group
-- :in document:id lang:text
-- :out site_id:id column_id:id item:text
SELECT site_id, column_id, item FROM gov_listing WHERE document_id = ? AND lang = ?;

-- :name live_put_whole :exec
-- :in site:id document:id lang:text edition:id column:id type:text sort_key:int published:time updated:time
INSERT INTO gov_live (site_id, document_id, lang, edition_id, column_id, type, sort_key, published_at, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE edition_id = VALUES(edition_id), column_id = VALUES(column_id), type = VALUES(type),
       sort_key = VALUES(sort_key), published_at = VALUES(published_at), updated_at = VALUES(updated_at),
       content = NULL, tag = NULL, tag_key = 0;

-- :name live_remove_lang :exec
-- :in site:id document:id lang:text
DELETE FROM gov_live WHERE site_id = ? AND document_id = ? AND lang = ?;

-- ---- alarms -----------------------------------------------------------------------

-- :name alarm_put :exec
-- :in object:text site:int what:text count:int first:time last:time
INSERT INTO gov_alarm (object, site_id, what, count, first_at, last_at, told_at)
VALUES (?, ?, ?, ?, ?, ?, '2000-01-01 00:00:00')
    ON DUPLICATE KEY UPDATE what = VALUES(what), count = count + VALUES(count), last_at = VALUES(last_at);

-- :name alarm_tell :exec
-- :in now:time object:text before:time
UPDATE gov_alarm SET told_at = ? WHERE object = ? AND told_at < ?;

-- :name alarms :many
-- :out object:text site:int what:text count:int first_at:time last_at:time
SELECT object, site_id, what, count, first_at, last_at FROM gov_alarm ORDER BY last_at DESC, object;

-- :name alarms_end :exec
-- :in before:time
DELETE FROM gov_alarm WHERE last_at < ?;

-- What an address shows: which documents have an asset.
-- :name asset_documents :many
-- :in site:id asset:bytes
-- :out document_id:id edition:id
SELECT DISTINCT e.document_id, e.id FROM gov_asset_ref r JOIN gov_edition e ON e.id = r.edition_id
 WHERE r.site_id = ? AND r.asset_id = ? ORDER BY e.id DESC;

-- ==== the console's lists ======================================================

-- What does not matter is '' or 0.  From the newest on, along an index.
-- :name desk_newest :many
-- :in site:id any_state:text state:text any_column:text columns:text any_type:text type:text any_lang:text lang:text any_text:text text:text most:int offset:int
-- :out id:id document_id:id lang:text version:int state:text title:text created_at:time created_by:text published_at:time column_id:id type:text gone_at:time
SELECT STRAIGHT_JOIN e.id, e.document_id, e.lang, e.version, e.state, e.title, e.created_at, e.created_by, e.published_at,
       d.column_id, d.type, d.gone_at
  FROM gov_edition e USE INDEX (edition_desk, edition_waiting) JOIN gov_document d ON d.id = e.document_id
 WHERE e.site_id = ? AND e.newest = 1 AND (? = '' OR e.state = ?)
   AND (? = '' OR FIND_IN_SET(d.column_id, ?))
   AND (? = '' OR d.type = ?) AND (? = '' OR e.lang = ?) AND (? = '' OR e.title LIKE ?)
 ORDER BY e.id DESC LIMIT ? OFFSET ?;

-- Of one column: the newest documents first.
-- :name desk_column :many
-- :in site:id column:id any_state:text state:text any_type:text type:text any_lang:text lang:text any_text:text text:text most:int offset:int
-- :out id:id document_id:id lang:text version:int state:text title:text created_at:time created_by:text published_at:time column_id:id type:text gone_at:time
SELECT STRAIGHT_JOIN e.id, e.document_id, e.lang, e.version, e.state, e.title, e.created_at, e.created_by, e.published_at,
       d.column_id, d.type, d.gone_at
  FROM gov_document d FORCE INDEX (document_site)
  JOIN gov_edition e ON e.site_id = d.site_id AND e.document_id = d.id AND e.newest = 1
 WHERE d.site_id = ? AND d.column_id = ? AND (? = '' OR e.state = ?)
   AND (? = '' OR d.type = ?) AND (? = '' OR e.lang = ?) AND (? = '' OR e.title LIKE ?)
 ORDER BY d.id DESC LIMIT ? OFFSET ?;

-- The newest of what was asked for, in another order: a word of gov_desk.h, upwards
-- or downwards.
-- :name desk_sorted :many
-- :in site:id any_state:text state:text any_column:text columns:text any_type:text type:text any_lang:text lang:text any_text:text text:text sorted:int up1:text up2:text up3:text up4:text down1:text down2:text down3:text down4:text most:int offset:int
-- :out id:id document_id:id lang:text version:int state:text title:text created_at:time created_by:text published_at:time column_id:id type:text gone_at:time
SELECT n.id, n.document_id, n.lang, n.version, n.state, n.title, n.created_at, n.created_by, n.published_at,
       n.column_id, n.type, n.gone_at
  FROM (
    SELECT STRAIGHT_JOIN e.id, e.document_id, e.lang, e.version, e.state, e.title, e.created_at, e.created_by, e.published_at,
           d.column_id, d.type, d.gone_at
      FROM gov_edition e USE INDEX (edition_desk, edition_waiting) JOIN gov_document d ON d.id = e.document_id
     WHERE e.site_id = ? AND e.newest = 1 AND (? = '' OR e.state = ?)
       AND (? = '' OR FIND_IN_SET(d.column_id, ?))
       AND (? = '' OR d.type = ?) AND (? = '' OR e.lang = ?) AND (? = '' OR e.title LIKE ?)
     ORDER BY e.id DESC LIMIT ?) n
 ORDER BY CASE ? WHEN 'title' THEN n.title WHEN 'state' THEN n.state END,
          CASE ? WHEN 'author' THEN n.created_by END, CASE ? WHEN 'published' THEN n.published_at END,
          CASE ? WHEN 'id' THEN n.id END,
          CASE ? WHEN 'title' THEN n.title WHEN 'state' THEN n.state END DESC,
          CASE ? WHEN 'author' THEN n.created_by END DESC, CASE ? WHEN 'published' THEN n.published_at END DESC,
          CASE ? WHEN 'id' THEN n.id END DESC, n.id DESC
 LIMIT ? OFFSET ?;

-- How many they are, as far as anybody wants to know.
-- :name desk_count :one
-- :in site:id any_state:text state:text any_column:text columns:text any_type:text type:text any_lang:text lang:text any_text:text text:text most:int
-- :out total:int
SELECT COUNT(*) FROM (
    SELECT STRAIGHT_JOIN 1
      FROM gov_edition e USE INDEX (edition_desk, edition_waiting) JOIN gov_document d ON d.id = e.document_id
     WHERE e.site_id = ? AND e.newest = 1 AND (? = '' OR e.state = ?)
       AND (? = '' OR FIND_IN_SET(d.column_id, ?))
       AND (? = '' OR d.type = ?) AND (? = '' OR e.lang = ?) AND (? = '' OR e.title LIKE ?)
     ORDER BY e.id DESC LIMIT ?) some;

-- :name desk_column_count :one
-- :in site:id column:id any_state:text state:text any_type:text type:text any_lang:text lang:text any_text:text text:text most:int
-- :out total:int
SELECT COUNT(*) FROM (
    SELECT STRAIGHT_JOIN 1
      FROM gov_document d FORCE INDEX (document_site)
      JOIN gov_edition e ON e.site_id = d.site_id AND e.document_id = d.id AND e.newest = 1
     WHERE d.site_id = ? AND d.column_id = ? AND (? = '' OR e.state = ?)
       AND (? = '' OR d.type = ?) AND (? = '' OR e.lang = ?) AND (? = '' OR e.title LIKE ?)
     LIMIT ?) some;

-- What waits for somebody, by state.
-- :name desk_states :many
-- :in site:id any_column:text columns:text
-- :out state:text total:int
SELECT e.state, COUNT(*) FROM gov_edition e JOIN gov_document d ON d.id = e.document_id
 WHERE e.site_id = ? AND e.newest = 1
   AND e.state IN ('draft', 'submitted', 'reviewed', 'cleared', 'scheduled', 'returned', 'denied')
   AND (? = '' OR FIND_IN_SET(d.column_id, ?))
 GROUP BY e.state;

-- :name desk_states_everywhere :many :group
-- :out site_id:id state:text total:int
SELECT site_id, state, COUNT(*) FROM gov_edition
 WHERE newest = 1 AND state IN ('draft', 'submitted', 'reviewed', 'cleared', 'scheduled', 'returned', 'denied')
 GROUP BY site_id, state;

-- :name edition_whole :one
-- :in site:id edition:id
-- :out document_id:id lang:text version:int state:text title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text published_at:time created_at:time created_by:text digest:bytes note:text column_id:id type:text
SELECT e.document_id, e.lang, e.version, e.state, e.title, e.subtitle, e.summary, e.source, e.source_url, e.author,
       e.keywords, e.body, e.fields, e.picture, e.gallery, e.attachments, e.media, e.related, e.published_at,
       e.created_at, e.created_by, e.digest, e.note, d.column_id, d.type
  FROM gov_edition e JOIN gov_document d ON d.id = e.document_id
 WHERE e.site_id = ? AND e.id = ?;

-- :name edition_assets :many
-- :in site:id edition:id
-- :out asset_id:bytes name:text
SELECT asset_id, name FROM gov_asset_ref WHERE site_id = ? AND edition_id = ? ORDER BY name, asset_id;
