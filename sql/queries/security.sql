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
