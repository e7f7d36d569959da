-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of the store: the change feed, leases, assets, migrations.

-- :name event_add :insert
-- :in kind:text site:int ref:int tags:text at:time
INSERT INTO gov_event (kind, site_id, ref, tags, at) VALUES (?, ?, ?, ?, ?);

-- Any order will do; the index gives them by id.
-- :name event_waiting :many :hot
-- :out id:id
SELECT id FROM gov_event WHERE seq IS NULL LIMIT 500;

-- :name event_counter :one
-- :out n:int
SELECT n FROM gov_event_seq WHERE k = 1 FOR UPDATE;

-- :name event_counter_set :exec
-- :in n:int
UPDATE gov_event_seq SET n = ? WHERE k = 1;

-- :name event_number :exec
-- :in seq:int id:id
UPDATE gov_event SET seq = ? WHERE id = ? AND seq IS NULL;

-- :name event_last :one :hot
-- :out n:int
SELECT n FROM gov_event_seq WHERE k = 1;

-- :name event_since :many :hot
-- :in last:int
-- :out seq:int kind:text site_id:int ref:int tags:text at:time
SELECT seq, kind, site_id, ref, tags, at FROM gov_event
 WHERE seq > ? ORDER BY seq LIMIT 500;

-- :name event_purge :exec
-- :in before:time
DELETE FROM gov_event WHERE seq IS NOT NULL AND at < ? ORDER BY id LIMIT 5000;

-- The row of a lease is there from its first use on.
-- :name lease_make :exec
-- :in name:text
INSERT IGNORE INTO gov_lease (name, owner, epoch, expires)
VALUES (?, '', 0, '2000-01-01 00:00:00');

-- :name lease_see :one :hot
-- :in name:text
-- :out owner:text epoch:int free:bool
SELECT owner, epoch, expires < UTC_TIMESTAMP(6) AS free
  FROM gov_lease WHERE name = ?;

-- MariaDB assigns from left to right, so epoch looks at the old holder.
-- :name lease_take :exec
-- :in me:text me_too:text length:int name:text and_me:text
UPDATE gov_lease
   SET epoch = epoch + IF(owner = ? AND expires > UTC_TIMESTAMP(6), 0, 1),
       owner = ?,
       expires = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
 WHERE name = ? AND (owner = ? OR expires < UTC_TIMESTAMP(6));

-- :name lease_epoch :one
-- :in name:text owner:text
-- :out epoch:int
SELECT epoch FROM gov_lease WHERE name = ? AND owner = ?;

-- The fence: 0 rows means that the lease is lost and so must be the work.
-- :name lease_beat :exec
-- :in name:text epoch:int
UPDATE gov_lease SET beat = beat + 1 WHERE name = ? AND epoch = ?;

-- :name lease_give :exec
-- :in name:text owner:text
UPDATE gov_lease SET expires = '2000-01-01 00:00:00'
 WHERE name = ? AND owner = ?;

-- :name asset_get :one :hot
-- :in id:bytes
-- :out size:int media_type:text width:int height:int
SELECT size, media_type, width, height FROM gov_asset WHERE id = ?;

-- Chunks left by an upload that was cut short are the same bytes.
-- :name asset_chunk_put :exec
-- :in asset_id:bytes part:int data:bytes
INSERT INTO gov_asset_chunk (asset_id, part, data) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE data = VALUES(data);

-- :name asset_put :exec
-- :in id:bytes size:int media_type:text width:int height:int created_at:time
INSERT INTO gov_asset (id, size, media_type, width, height, created_at)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE id = id;

-- :name asset_chunks :each :hot
-- :in asset_id:bytes
-- :out data:bytes
SELECT data FROM gov_asset_chunk WHERE asset_id = ? ORDER BY part;

-- :name schema_applied :many
-- :in component:text
-- :out version:int digest:text applied_at:time
SELECT version, digest, applied_at FROM gov_schema
 WHERE component = ? ORDER BY version;

-- :name schema_version :one
-- :in component:text
-- :out version:int
SELECT COALESCE(MAX(version), 0) AS version FROM gov_schema
 WHERE component = ?;

-- :name schema_record :exec
-- :in component:text version:int digest:text applied_at:time applied_by:text
INSERT INTO gov_schema (component, version, digest, applied_at, applied_by)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE digest = VALUES(digest),
  applied_at = VALUES(applied_at), applied_by = VALUES(applied_by);

-- ---- what an operator's check looks at ------------------------------------------

-- :name server_facts :one
-- :out version:text mode:text text_in:text flush:int log_bin:bool sync_binlog:int isolation:text packet:int now:time
SELECT VERSION(), @@GLOBAL.sql_mode,
       (SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = DATABASE()),
       @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog, @@tx_isolation, @@max_allowed_packet, UTC_TIMESTAMP(6);

-- Tables that are not as all have to be.
-- :name tables_odd :many
-- :out name:text engine:text text_in:text
SELECT table_name, engine, table_collation FROM information_schema.tables
 WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
   AND (engine <> 'InnoDB' OR table_collation NOT LIKE 'utf8mb4%')
 ORDER BY table_name;

-- What an account ('name'@) may do, in all databases and in one.  Seen by the account
-- itself, and by whoever may read the accounts.
-- :name account_rights :many
-- :in who:text who_too:text
-- :out place:text may:text
SELECT '*.*', privilege_type FROM information_schema.user_privileges
 WHERE LOCATE(?, grantee) = 1
UNION ALL
SELECT IF(table_schema = DATABASE(), '', CONCAT(table_schema, '.*')), privilege_type
  FROM information_schema.schema_privileges
 WHERE LOCATE(?, grantee) = 1
 ORDER BY 1, 2;

-- :name events_late :one
-- :in before:time
-- :out number:int oldest:time
SELECT COUNT(*), MIN(at) FROM gov_event WHERE seq IS NULL AND at < ?;

-- :name jobs_late :one
-- :in before:time
-- :out late:int failed:int
SELECT CAST(COALESCE(SUM(state = 'waiting' AND run_at < ?), 0) AS SIGNED), CAST(COALESCE(SUM(state = 'failed'), 0) AS SIGNED)
  FROM gov_job;
