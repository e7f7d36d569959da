-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- Statements of security/.

-- :name audit_insert :exec
-- :in at:time actor:text action:text site:int object:text outcome:text detail:text
INSERT INTO gov_audit (at, actor, action, site_id, object, outcome, detail)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- :name audit_tail :many
-- :in most:int
-- :out id:id at:time actor:text action:text site:int object:text outcome:text detail:text
SELECT id, at, actor, action, site_id, object, outcome, detail FROM gov_audit
 ORDER BY id DESC LIMIT ?;

-- :name audit_tail_site :many
-- :in site:id most:int
-- :out id:id at:time actor:text action:text site:int object:text outcome:text detail:text
SELECT id, at, actor, action, site_id, object, outcome, detail FROM gov_audit
 WHERE site_id = ? ORDER BY at DESC, id DESC LIMIT ?;

-- ==== the group's rules =====================================================

-- :name policies :many
-- :out name:text value:int
SELECT p.name, p.value FROM gov_policy p
 WHERE p.version = (SELECT MAX(n.version) FROM gov_policy n WHERE n.name = p.name);

-- :name policy_put :exec
-- :in name:text value:int at:time by:text same:text
INSERT INTO gov_policy (name, version, value, set_at, set_by)
SELECT ?, COALESCE(MAX(version), 0) + 1, ?, ?, ? FROM gov_policy WHERE name = ?;

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
