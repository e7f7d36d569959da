-- Statements of security/.

-- :name audit_insert :exec
-- :in at:time actor:text action:text site:int object:text outcome:text detail:text
INSERT INTO gov_audit (at, actor, action, site_id, object, outcome, detail)
VALUES (?, ?, ?, ?, ?, ?, ?);
