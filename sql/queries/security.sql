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
