-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of the example plugin.  Read by build/sqlgen.awk.
--
-- gov_listing says what a column shows, shared and gathered events too; gov_live says
-- what is public.  Joined with its edition, a row that is behind shows nothing rather
-- than something that was withdrawn or corrected.

-- Events of a column that touch a stretch of time.  An event is at most a year
-- long, so "since" bounds what has to be looked at.
-- :name example_between :many :hot
-- :in site:id column:id lang:text since:time before:time after:time
-- :out document_id:id column_id:id starts_at:time ends_at:time starts:text ends:text title:text summary:text place:text address:text contact:text published_at:time updated_at:time
SELECT e.document_id, l.column_id, e.starts_at, e.ends_at, e.starts, e.ends, e.title, e.summary, e.place, e.address,
       e.contact, l.published_at, l.updated_at
  FROM gov_listing g
  JOIN example_event e ON e.site_id = g.document_site AND e.document_id = g.document_id AND e.lang = g.lang
  JOIN gov_live l ON l.site_id = e.site_id AND l.document_id = e.document_id AND l.lang = e.lang
   AND l.edition_id = e.edition_id
 WHERE g.site_id = ? AND g.column_id = ? AND g.lang = ? AND e.starts_at >= ? AND e.starts_at < ? AND e.ends_at > ?
 ORDER BY e.starts_at, e.document_id LIMIT 500;

-- :name example_newest :many
-- :in site:id column:id lang:text most:int
-- :out document_id:id column_id:id starts_at:time ends_at:time starts:text ends:text title:text summary:text place:text address:text contact:text published_at:time updated_at:time
SELECT e.document_id, l.column_id, e.starts_at, e.ends_at, e.starts, e.ends, e.title, e.summary, e.place, e.address,
       e.contact, l.published_at, l.updated_at
  FROM gov_listing g
  JOIN example_event e ON e.site_id = g.document_site AND e.document_id = g.document_id AND e.lang = g.lang
  JOIN gov_live l ON l.site_id = e.site_id AND l.document_id = e.document_id AND l.lang = e.lang
   AND l.edition_id = e.edition_id
 WHERE g.site_id = ? AND g.column_id = ? AND g.lang = ? AND e.starts_at IS NOT NULL
 ORDER BY e.starts_at DESC, e.document_id DESC LIMIT ?;

-- The first and the last moment for which the column has events.
-- :name example_span :one :hot
-- :in site:id column:id lang:text
-- :out first_at:time last_at:time
SELECT MIN(e.starts_at), MAX(e.ends_at)
  FROM gov_listing g
  JOIN example_event e ON e.site_id = g.document_site AND e.document_id = g.document_id AND e.lang = g.lang
  JOIN gov_live l ON l.site_id = e.site_id AND l.document_id = e.document_id AND l.lang = e.lang
   AND l.edition_id = e.edition_id
 WHERE g.site_id = ? AND g.column_id = ? AND g.lang = ?;

-- :name example_known :one
-- :in site:id document:id lang:text
-- :out edition_id:id
SELECT edition_id FROM example_event
 WHERE site_id = ? AND document_id = ? AND lang = ? FOR UPDATE;

-- :name example_put :exec
-- :in site:id document:id lang:text edition:id starts_at:time ends_at:time starts:text ends:text title:text summary:text place:text address:text contact:text
REPLACE INTO example_event (site_id, document_id, lang, edition_id, starts_at, ends_at, starts, ends, title, summary,
                            place, address, contact)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name example_drop :exec
-- :in site:id document:id lang:text
DELETE FROM example_event WHERE site_id = ? AND document_id = ? AND lang = ?;

-- :name example_drop_all :exec
-- :in site:id document:id
DELETE FROM example_event WHERE site_id = ? AND document_id = ?;

-- Live events whose row is missing or of an older edition.
-- :name example_behind :many
-- :in site:id type:text after:int most:int
-- :out document_id:id
SELECT DISTINCT l.document_id
  FROM gov_live l
  LEFT JOIN example_event e ON e.site_id = l.site_id AND e.document_id = l.document_id AND e.lang = l.lang
   AND e.edition_id = l.edition_id
 WHERE l.site_id = ? AND l.type = ? AND l.document_id > ? AND e.document_id IS NULL
 ORDER BY l.document_id LIMIT ?;

-- Rows whose document is no longer live.
-- :name example_prune :exec
-- :in site:id
DELETE e FROM example_event e
  LEFT JOIN gov_live l ON l.site_id = e.site_id AND l.document_id = e.document_id AND l.lang = e.lang
 WHERE e.site_id = ? AND l.document_id IS NULL;

-- ==== registrations =========================================================

-- Two at the last place wait here for each other.
-- :name example_lock :one
-- :in site:id document:id
-- :out lang:text
SELECT lang FROM example_event WHERE site_id = ? AND document_id = ? ORDER BY lang LIMIT 1 FOR UPDATE;

-- :name example_taken :one :hot
-- :in site:id document:id
-- :out persons:int
SELECT CAST(COALESCE(SUM(persons), 0) AS SIGNED) FROM example_registration WHERE site_id = ? AND document_id = ?;

-- The sealed values name the row, so they come once it has its number.
-- :name example_register :insert
-- :in site:id document:id code:bytes persons:int at:time purge_at:time
INSERT INTO example_registration (site_id, document_id, code, name, phone, persons, at, purge_at)
VALUES (?, ?, ?, '', '', ?, ?, ?);

-- :name example_seal :exec
-- :in name:bytes phone:bytes site:id id:id
UPDATE example_registration SET name = ?, phone = ? WHERE site_id = ? AND id = ?;

-- :name example_registrations :many :hot
-- :in site:id document:id
-- :out id:id name:bytes phone:bytes persons:int at:time
SELECT id, name, phone, persons, at FROM example_registration
 WHERE site_id = ? AND document_id = ? ORDER BY id LIMIT 1000;

-- Sealed values of all sites by row, to be sealed anew when keys change.  One that is
-- still empty waits for its row's transaction.
-- :name example_names_next :many :group
-- :in after:int most:int
-- :out id:id sealed:bytes
SELECT id, name FROM example_registration WHERE id > ? AND name <> '' ORDER BY id LIMIT ?;

-- :name example_phones_next :many :group
-- :in after:int most:int
-- :out id:id sealed:bytes
SELECT id, phone FROM example_registration WHERE id > ? AND phone <> '' ORDER BY id LIMIT ?;

-- :name example_name_reseal :exec :group
-- :in sealed:bytes id:id was:bytes
UPDATE example_registration SET name = ? WHERE id = ? AND name = ?;

-- :name example_phone_reseal :exec :group
-- :in sealed:bytes id:id was:bytes
UPDATE example_registration SET phone = ? WHERE id = ? AND phone = ?;

-- :name example_registrations_purge :exec
-- :in site:id before:time
DELETE FROM example_registration WHERE site_id = ? AND purge_at < ?;

-- ==== the console ===========================================================

-- :name example_desk :many
-- :in site:id lang:text most:int offset:int
-- :out document_id:id title:text starts_at:time place:text persons:int
SELECT e.document_id, e.title, e.starts_at, e.place,
       CAST((SELECT COALESCE(SUM(r.persons), 0) FROM example_registration r
              WHERE r.site_id = e.site_id AND r.document_id = e.document_id) AS SIGNED)
  FROM example_event e WHERE e.site_id = ? AND e.lang = ?
 ORDER BY e.starts_at DESC, e.document_id DESC LIMIT ? OFFSET ?;

-- :name example_desk_count :one
-- :in site:id lang:text
-- :out total:int
SELECT COUNT(*) FROM example_event WHERE site_id = ? AND lang = ?;

-- :name example_fresh :one
-- :in site:id since:time
-- :out persons:int
SELECT CAST(COALESCE(SUM(persons), 0) AS SIGNED) FROM example_registration WHERE site_id = ? AND at >= ?;
