-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of security/.

-- :name audit_insert :exec
-- :in at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text nonce:int mac:bytes mac_key:int
INSERT INTO gov_audit (at, actor, action, site_id, object, outcome, detail, address, request_id, nonce, mac, mac_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- What people look for: an empty text means any; action and object may end with %.
-- :name audit_search :many
-- :in site0:int site:int actor0:text actor:text action:text object:text from:time to:time most:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id FROM gov_audit
 WHERE (? = 0 OR site_id = ?) AND (? = '' OR actor = ?) AND action LIKE ? AND object LIKE ? AND at >= ? AND at < ?
 ORDER BY id DESC LIMIT ?;

-- All that was done to one thing.
-- :name audit_object :many :hot
-- :in object:text most:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id FROM gov_audit
 WHERE object = ? ORDER BY id DESC LIMIT ?;

-- :name audit_tail :many
-- :in most:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id FROM gov_audit
 ORDER BY id DESC LIMIT ?;

-- :name audit_tail_site :many
-- :in site:id most:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id FROM gov_audit
 WHERE site_id = ? ORDER BY at DESC, id DESC LIMIT ?;

-- Rows without a place in the chain; the index gives them by id.  One that is
-- committed late has a small id and is found all the same.
-- :name audit_open :many :hot
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text nonce:int mac:bytes mac_key:int chain:bytes chain_key:int
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id, nonce, mac, mac_key,
       chain, chain_key
  FROM gov_audit WHERE seq IS NULL ORDER BY id LIMIT 500;

-- :name audit_any_open :one :hot
-- :out id:id
SELECT id FROM gov_audit WHERE seq IS NULL LIMIT 1;

-- :name audit_waits :one :hot
-- :in before:time
-- :out number:int oldest:time
SELECT COUNT(*), MIN(at) FROM gov_audit WHERE seq IS NULL AND at < ?;

-- :name audit_walk :many :hot
-- :in last:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text nonce:int mac:bytes mac_key:int chain:bytes chain_key:int
SELECT id, seq, at, actor, action, site_id, object, outcome, detail, address, request_id, nonce, mac, mac_key, chain,
       chain_key
  FROM gov_audit WHERE seq > ? ORDER BY seq LIMIT 500;

-- :name audit_link :exec
-- :in seq:int chain:bytes chain_key:int id:id
UPDATE gov_audit SET seq = ?, chain = ?, chain_key = ? WHERE id = ? AND seq IS NULL;

-- :name audit_head :one :hot
-- :out seq:int chain:bytes mac:bytes mac_key:int
SELECT seq, chain, mac, mac_key FROM gov_audit_head WHERE k = 1;

-- :name audit_head_set :exec
-- :in seq:int chain:bytes mac:bytes mac_key:int
INSERT INTO gov_audit_head (k, seq, chain, mac, mac_key) VALUES (1, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE seq = VALUES(seq), chain = VALUES(chain), mac = VALUES(mac), mac_key = VALUES(mac_key);

-- :name audit_last :one :hot
-- :out seq:int
SELECT COALESCE(MAX(seq), 0) FROM gov_audit;

-- :name audit_triggers :one
-- :out number:int
SELECT COUNT(*) FROM information_schema.triggers
 WHERE event_object_schema = DATABASE() AND event_object_table = 'gov_audit'
   AND trigger_name IN ('audit_stays', 'audit_unchanged');

-- ==== the group's rules =====================================================

-- :name policies :many
-- :out name:text value:int
SELECT p.name, p.value FROM gov_policy p
 WHERE p.version = (SELECT MAX(n.version) FROM gov_policy n WHERE n.name = p.name);

-- :name policy_put :exec
-- :in name:text value:int at:time by:text same:text
INSERT INTO gov_policy (name, version, value, set_at, set_by)
SELECT ?, COALESCE(MAX(version), 0) + 1, ?, ?, ? FROM gov_policy WHERE name = ?;
