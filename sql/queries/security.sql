-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of security/.

-- :name audit_insert :exec
-- :in at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text nonce:int mac:bytes mac_key:int
INSERT INTO gov_audit (at, actor, action, site_id, object, outcome, detail, address, request_id, nonce, mac, mac_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- What people look for: an empty text means any; action and object may end with %.
-- A time is looked for by ids first, which are in its order but for seconds.  One
-- actor or one object has an index of its own.
-- :name audit_search :many :hot
-- :in first:int last:int site0:int site:int action:text object:text outcome0:text outcome:text from:time to:time most:int skip:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id FROM gov_audit
 WHERE id BETWEEN ? AND ? AND (? = 0 OR site_id = ?) AND action LIKE ? AND object LIKE ? AND (? = '' OR outcome = ?)
   AND at >= ? AND at < ?
 ORDER BY id DESC LIMIT ? OFFSET ?;

-- :name audit_search_actor :many :hot
-- :in actor:text site0:int site:int action:text object:text outcome0:text outcome:text from:time to:time most:int skip:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id
  FROM gov_audit FORCE INDEX (audit_actor)
 WHERE actor = ? AND (? = 0 OR site_id = ?) AND action LIKE ? AND object LIKE ?
   AND (? = '' OR outcome = ?) AND at >= ? AND at < ?
 ORDER BY id DESC LIMIT ? OFFSET ?;

-- :name audit_search_object :many :hot
-- :in object:text site0:int site:int action:text actor0:text actor:text outcome0:text outcome:text from:time to:time most:int skip:int
-- :out id:id seq:int at:time actor:text action:text site:int object:text outcome:text detail:text address:text request:text
SELECT id, COALESCE(seq, 0), at, actor, action, site_id, object, outcome, detail, address, request_id
  FROM gov_audit FORCE INDEX (audit_object)
 WHERE object = ? AND (? = 0 OR site_id = ?) AND action LIKE ? AND (? = '' OR actor = ?)
   AND (? = '' OR outcome = ?) AND at >= ? AND at < ?
 ORDER BY id DESC LIMIT ? OFFSET ?;

-- The first row from an id on, and the last of all: what a time is looked for with.
-- :name audit_from :one :hot
-- :in id:int
-- :out id:id at:time
SELECT id, at FROM gov_audit WHERE id >= ? ORDER BY id LIMIT 1;

-- :name audit_newest :one :hot
-- :out id:int
SELECT COALESCE(MAX(id), 0) FROM gov_audit;

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

-- Was the key used lately?  Of the last rows alone: there is no index by time.
-- :name audit_key_used :one
-- :in since:time key:int
-- :out number:int
SELECT COUNT(*) FROM (SELECT at, mac_key FROM gov_audit ORDER BY id DESC LIMIT 50000) last
 WHERE last.at > ? AND last.mac_key = ?;

-- ==== the group's rules =====================================================

-- :name policies :many
-- :out name:text value:int
SELECT p.name, p.value FROM gov_policy p
 WHERE p.version = (SELECT MAX(n.version) FROM gov_policy n WHERE n.name = p.name);

-- :name policy_put :exec
-- :in name:text value:int at:time by:text same:text
INSERT INTO gov_policy (name, version, value, set_at, set_by)
SELECT ?, v.version, ?, ?, ?
  FROM (SELECT COALESCE(MAX(version), 0) + 1 AS version FROM gov_policy WHERE name = ?) v;

-- ==== people ================================================================

-- :name person_insert :insert
-- :in login:text name:text class_:text site:int unit:id email:text password:text at:time created:time by:text
INSERT INTO gov_person (login, name, class, site_id, unit_id, email, password, password_at, must_change, created_at,
                        created_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, TRUE, ?, ?);

-- :name person_get :one
-- :in id:id
-- :out id:id login:text name:text class_:text site:int unit:id email:text state:text password:text password_at:time must_change:bool factor:bytes factor_step:int signed_in_at:time created_at:time
SELECT id, login, name, class, site_id, unit_id, email, state, password, password_at, must_change, factor, factor_step,
       signed_in_at, created_at FROM gov_person WHERE id = ?;

-- :name person_by_login :one :hot
-- :in login:text
-- :out id:id
-- what is not ASCII is nobody's name, not a mix of collations
SELECT id FROM gov_person WHERE login = CONVERT(? USING ascii);

-- :name person_by_alias :one :hot
-- :in source:text name:text
-- :out id:id
SELECT person_id FROM gov_person_alias WHERE source = ? AND name = ?;

-- Of one site, or with NULL all.
-- :name people :many
-- :in site:id
-- :out id:id login:text name:text class_:text site:int unit:id email:text state:text has_password:bool password_at:time must_change:bool has_factor:bool signed_in_at:time created_at:time
SELECT id, login, name, class, site_id, unit_id, email, state, password IS NOT NULL, password_at, must_change,
       factor IS NOT NULL, signed_in_at, created_at FROM gov_person
 WHERE site_id = COALESCE(?, site_id) ORDER BY login;

-- Those whom somebody looks for, with their roles as "ROLE SITE COLUMN,...".  sites:
-- ids of those that keep the account or that a role is at; state "waiting": the
-- one-time password has not been changed yet.
-- :name people_find :many
-- :in any_site:text sites:text sites2:text any_class:text class_:text any_state:text state:text any_text:text text:text text2:text up1:text up2:text up3:text up4:text down1:text down2:text down3:text down4:text limit:int offset:int
-- :out id:id login:text name:text class_:text site:int unit:id email:text state:text has_password:bool password_at:time must_change:bool has_factor:bool signed_in_at:time created_at:time roles:text
SELECT p.id, p.login, p.name, p.class, p.site_id, p.unit_id, p.email, p.state, p.password IS NOT NULL, p.password_at,
       p.must_change, p.factor IS NOT NULL, p.signed_in_at, p.created_at,
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', g.role, g.site_id, g.column_id)
                            ORDER BY g.site_id, g.column_id, g.role SEPARATOR ',')
          FROM gov_grant g WHERE g.person_id = p.id)
  FROM gov_person p
 WHERE (? = '' OR FIND_IN_SET(p.site_id, ?)
        OR EXISTS (SELECT 1 FROM gov_grant o WHERE o.person_id = p.id AND FIND_IN_SET(o.site_id, ?)))
   AND (? = '' OR p.class = ?)
   AND (? = '' OR CASE WHEN p.state = 'disabled' THEN 'disabled' WHEN p.must_change THEN 'waiting' ELSE 'active' END = ?)
   AND (? = '' OR p.login LIKE ? OR p.name LIKE ?)
 ORDER BY CASE ? WHEN 'login' THEN p.login END, CASE ? WHEN 'name' THEN p.name END,
          CASE ? WHEN 'class' THEN p.class WHEN 'state' THEN p.state END,
          CASE ? WHEN 'signed-in' THEN p.signed_in_at END,
          CASE ? WHEN 'login' THEN p.login END DESC, CASE ? WHEN 'name' THEN p.name END DESC,
          CASE ? WHEN 'class' THEN p.class WHEN 'state' THEN p.state END DESC,
          CASE ? WHEN 'signed-in' THEN p.signed_in_at END DESC, p.login
 LIMIT ? OFFSET ?;

-- :name people_count :one
-- :in any_site:text sites:text sites2:text any_class:text class_:text any_state:text state:text any_text:text text:text text2:text
-- :out total:int
SELECT COUNT(*) FROM gov_person p
 WHERE (? = '' OR FIND_IN_SET(p.site_id, ?)
        OR EXISTS (SELECT 1 FROM gov_grant o WHERE o.person_id = p.id AND FIND_IN_SET(o.site_id, ?)))
   AND (? = '' OR p.class = ?)
   AND (? = '' OR CASE WHEN p.state = 'disabled' THEN 'disabled' WHEN p.must_change THEN 'waiting' ELSE 'active' END = ?)
   AND (? = '' OR p.login LIKE ? OR p.name LIKE ?);

-- :name person_set_password :exec
-- :in password:text at:time must_change:bool id:id
UPDATE gov_person SET password = ?, password_at = ?, must_change = ? WHERE id = ?;

-- :name person_set_state :exec
-- :in state:text id:id
UPDATE gov_person SET state = ? WHERE id = ?;

-- :name person_set_factor :exec
-- :in factor:bytes step:int id:id
UPDATE gov_person SET factor = ?, factor_step = ? WHERE id = ?;

-- Second factors by person, to be sealed anew.
-- :name factors_next :many
-- :in after:int most:int
-- :out id:id factor:bytes
SELECT id, factor FROM gov_person WHERE id > ? AND factor IS NOT NULL ORDER BY id LIMIT ?;

-- Unless somebody was faster.
-- :name factor_replace :exec
-- :in factor:bytes id:id was:bytes
UPDATE gov_person SET factor = ? WHERE id = ? AND factor = ?;

-- A code counts once: the step must be later than the last one that was used.
-- :name person_use_factor :exec
-- :in step:int id:id later:int
UPDATE gov_person SET factor_step = ? WHERE id = ? AND factor_step < ?;

-- :name person_signed_in :exec
-- :in at:time id:id
UPDATE gov_person SET signed_in_at = ? WHERE id = ?;

-- :name alias_insert :exec
-- :in source:text name:text person:id
INSERT INTO gov_person_alias (source, name, person_id) VALUES (?, ?, ?);

-- Of one person, or with 0 all.
-- :name aliases :many
-- :in person0:int person:int
-- :out login:text source:text name:text
SELECT p.login, a.source, a.name FROM gov_person_alias a JOIN gov_person p ON p.id = a.person_id
 WHERE (? = 0 OR a.person_id = ?) ORDER BY p.login, a.source, a.name;

-- :name alias_delete :exec
-- :in source:text name:text person:id
DELETE FROM gov_person_alias WHERE source = ? AND name = ? AND person_id = ?;

-- :name old_passwords :many
-- :in person:id most:int
-- :out password:text
SELECT password FROM gov_person_password WHERE person_id = ? ORDER BY at DESC LIMIT ?;

-- :name old_password_insert :exec
-- :in person:id at:time password:text
INSERT INTO gov_person_password (person_id, at, password) VALUES (?, ?, ?);

-- :name recovery_insert :exec
-- :in person:id code:bytes
INSERT INTO gov_recovery_code (person_id, code) VALUES (?, ?);

-- :name recovery_use :exec
-- :in person:id code:bytes
DELETE FROM gov_recovery_code WHERE person_id = ? AND code = ?;

-- :name recovery_drop :exec
-- :in person:id
DELETE FROM gov_recovery_code WHERE person_id = ?;

-- ==== roles =================================================================

-- :name grants_of :many :hot
-- :in person:id
-- :out role:text site:int column:int
SELECT role, site_id, column_id FROM gov_grant FORCE INDEX (PRIMARY) WHERE person_id = ? ORDER BY role, site_id, column_id;

-- :name grant_insert :exec
-- :in person:id role:text site:int column:int class_:text guard:id at:time by:text
INSERT INTO gov_grant (person_id, role, site_id, column_id, class, admin_guard, granted_at, granted_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- :name grant_delete :exec
-- :in person:id role:text site:int column:int
DELETE FROM gov_grant WHERE person_id = ? AND role = ? AND site_id = ? AND column_id = ?;

-- Those who may do something: disabled accounts do not count.
-- :name admins_active :many
-- :out role:text login:text factor:bool
SELECT g.role, p.login, p.factor IS NOT NULL FROM gov_grant g JOIN gov_person p ON p.id = g.person_id
 WHERE g.class = 'admin' AND p.state = 'active' ORDER BY g.role, p.login;

-- One-time passwords that nobody has used.
-- :name one_time_old :many
-- :in before:time
-- :out login:text at:time
SELECT login, password_at FROM gov_person
 WHERE state = 'active' AND must_change AND password_at < ? ORDER BY password_at, login;

-- ==== sessions ==============================================================

-- The session, its person and the roles: a row a role, one with a NULL role for a
-- person without any.
-- :name session_open :many :hot
-- :in id:bytes
-- :out person:id host:text step:text how:text address:text agent:text created_at:time seen_at:time ends_at:time login:text name:text class_:text site:int unit:id email:text state:text has_password:bool password_at:time must_change:bool has_factor:bool signed_in_at:time person_since:time role:text role_site:int role_column:int
SELECT s.person_id, s.host, s.step, s.how, s.address, s.agent, s.created_at, s.seen_at, s.ends_at, p.login, p.name,
       p.class, p.site_id, p.unit_id, p.email, p.state, p.password IS NOT NULL, p.password_at, p.must_change,
       p.factor IS NOT NULL, p.signed_in_at, p.created_at AS person_since, g.role, COALESCE(g.site_id, 0), COALESCE(g.column_id, 0)
  FROM gov_session s JOIN gov_person p ON p.id = s.person_id
  LEFT JOIN gov_grant g ON g.person_id = s.person_id
 WHERE s.id = ?;

-- :name session_insert :exec
-- :in id:bytes person:id host:text step:text how:text address:text agent:text created:time seen:time ends:time
INSERT INTO gov_session (id, person_id, host, step, how, address, agent, created_at, seen_at, ends_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name session_seen :exec
-- :in at:time id:bytes before:time
UPDATE gov_session SET seen_at = ? WHERE id = ? AND seen_at < ?;

-- :name session_delete :exec
-- :in id:bytes
DELETE FROM gov_session WHERE id = ?;

-- :name session_delete_of :exec
-- :in id:bytes person:id
DELETE FROM gov_session WHERE id = ? AND person_id = ?;

-- :name sessions_delete_of :exec
-- :in person:id
DELETE FROM gov_session WHERE person_id = ?;

-- Of one person, or with NULL of all.
-- :name sessions :many
-- :in person:id most:int
-- :out id:bytes person:id login:text name:text host:text step:text how:text address:text agent:text created_at:time seen_at:time ends_at:time
SELECT s.id, s.person_id, p.login, p.name, s.host, s.step, s.how, s.address, s.agent, s.created_at, s.seen_at, s.ends_at
  FROM gov_session s JOIN gov_person p ON p.id = s.person_id
 WHERE s.person_id = COALESCE(?, s.person_id)
 ORDER BY s.created_at DESC, s.id LIMIT ?;

-- :name sessions_purge :exec
-- :in before:time idle:time
DELETE FROM gov_session WHERE ends_at < ? OR seen_at < ?;

-- ==== tries to sign in ======================================================

-- :name sign_in_tries :many :hot
-- :in login:bytes network:text
-- :out network:text failures:int failed_at:time succeeded_at:time
SELECT network, failures, failed_at, succeeded_at FROM gov_sign_in_try WHERE login = ? AND network IN (?, '');

-- A failure after a quiet time begins to count anew.
-- :name sign_in_failed :exec
-- :in login:bytes network:text failed:time at:time quiet:time failed2:time at2:time
INSERT INTO gov_sign_in_try (login, network, failures, failed_at, at) VALUES (?, ?, 1, ?, ?)
ON DUPLICATE KEY UPDATE failures = IF(failed_at IS NULL OR failed_at < ?, 1, failures + 1), failed_at = ?, at = ?;

-- :name sign_in_worked :exec
-- :in login:bytes network:text at:time at2:time at3:time at4:time
INSERT INTO gov_sign_in_try (login, network, succeeded_at, at) VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE failures = 0, failed_at = NULL, succeeded_at = ?, at = ?;

-- :name sign_in_forget :exec
-- :in login:bytes
UPDATE gov_sign_in_try SET failures = 0, failed_at = NULL WHERE login = ?;

-- :name sign_in_purge :exec
-- :in before:time known:time
DELETE FROM gov_sign_in_try WHERE at < ? AND (succeeded_at IS NULL OR succeeded_at < ?);

-- ==== words =================================================================

-- The words in force; site 0 is the group.
-- :name words_active :many
-- :in site:int same:int
-- :out kind:text word:text suggestion:text action:text exceptions:text
SELECT l.kind, w.word, w.suggestion, w.action, w.exceptions
  FROM gov_word_list l JOIN gov_word w ON w.site_id = l.site_id AND w.list_id = l.id
 WHERE l.site_id = ? AND w.site_id = ? AND l.active = 1
 ORDER BY l.kind, l.name, w.position;

-- :name word_lists :many
-- :in site:int
-- :out id:id kind:text name:text version:int active:bool words:int set_at:time set_by:text note:text
SELECT id, kind, name, version, active IS NOT NULL, words, set_at, set_by, note
  FROM gov_word_list WHERE site_id = ? ORDER BY kind, name, version DESC;

-- The version asked for; 0 asks for the active one.
-- :name word_list :one :hot
-- :in site:int kind:text name:text version:int none:int
-- :out id:id version:int digest:text
SELECT id, version, digest FROM gov_word_list
 WHERE site_id = ? AND kind = ? AND name = ?
   AND (version = ? OR (? = 0 AND active = 1));

-- :name word_list_newest :one :hot
-- :in site:int kind:text name:text
-- :out version:int
SELECT COALESCE(MAX(version), 0) FROM gov_word_list
 WHERE site_id = ? AND kind = ? AND name = ?;

-- :name word_list_words :many :hot
-- :in site:int list:id
-- :out word:text suggestion:text action:text exceptions:text
SELECT word, suggestion, action, exceptions FROM gov_word
 WHERE site_id = ? AND list_id = ? ORDER BY position;

-- :name word_list_insert :insert
-- :in site:int kind:text name:text version:int words:int digest:text at:time by:text note:text
INSERT INTO gov_word_list (site_id, kind, name, version, active, words, digest, set_at, set_by, note)
VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?);

-- Many at once: words is a JSON list of {"n", "w", "s", "a", "e"}.
-- :name words_insert :exec
-- :in site:int list:id words:text
INSERT INTO gov_word (site_id, list_id, position, word, suggestion, action, exceptions)
SELECT ?, ?, j.n, j.w, j.s, j.a, j.e
  FROM JSON_TABLE(?, '$[*]' COLUMNS (
    n INT PATH '$.n', w VARCHAR(100) PATH '$.w', s VARCHAR(100) PATH '$.s',
    a VARCHAR(10) PATH '$.a', e VARCHAR(1000) PATH '$.e')) j;

-- :name word_list_off :exec :hot
-- :in site:int kind:text name:text
UPDATE gov_word_list SET active = NULL
 WHERE site_id = ? AND kind = ? AND name = ? AND active = 1;

-- :name word_list_on :exec :hot
-- :in site:int list:id
UPDATE gov_word_list SET active = 1 WHERE site_id = ? AND id = ?;
