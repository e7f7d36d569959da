-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- workflow.sql: the way of an edition to the public.

-- ==== rules =====================================================================

-- The rules of a column, the columns above it (at most eight), its site and the
-- sites above (at most six), and the group's, each with the people it names for
-- one step.
-- :name flows_above :many :group
-- :in step:text s0:int s1:int s2:int s3:int s4:int s5:int c0:int c1:int c2:int c3:int c4:int c5:int c6:int c7:int
-- :out site_id:int column_id:int reviews:int publisher:text hours:int person_id:int
SELECT f.site_id, f.column_id, f.reviews, f.publisher, f.hours, COALESCE(p.person_id, 0)
  FROM gov_flow f
  LEFT JOIN gov_flow_person p
    ON p.site_id = f.site_id AND p.column_id = f.column_id AND p.step = ?
 WHERE f.site_id IN (0, ?, ?, ?, ?, ?, ?)
   AND f.column_id IN (0, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name flow_people :many
-- :in site:int column:int
-- :out step:text person_id:id login:text
SELECT f.step, f.person_id, p.login FROM gov_flow_person f JOIN gov_person p ON p.id = f.person_id
 WHERE f.site_id = ? AND f.column_id = ? ORDER BY f.step, p.login;

-- :name flow_put :exec
-- :in site:int column:int reviews:int publisher:text hours:int now:time who:text
INSERT INTO gov_flow (site_id, column_id, reviews, publisher, hours, set_at, set_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE reviews = VALUES(reviews), publisher = VALUES(publisher), hours = VALUES(hours),
       set_at = VALUES(set_at), set_by = VALUES(set_by);

-- :name flow_remove :exec
-- :in site:int column:int
DELETE FROM gov_flow WHERE site_id = ? AND column_id = ?;

-- :name flow_people_clear :exec
-- :in site:int column:int
DELETE FROM gov_flow_person WHERE site_id = ? AND column_id = ?;

-- :name flow_person_put :exec
-- :in site:int column:int step:text person:id
INSERT INTO gov_flow_person (site_id, column_id, step, person_id)
VALUES (?, ?, ?, ?);

-- ==== steps =====================================================================

-- :name step_edition :one
-- :in site:id edition:id
-- :out document_id:id lang:text version:int state:text title:text digest:bytes created_at:time
SELECT document_id, lang, version, state, title, digest, created_at FROM gov_edition
 WHERE site_id = ? AND id = ?;

-- The one way from state to state; who comes second changes nothing.
-- :name edition_set_state :exec
-- :in new:text site:id edition:id old:text digest:bytes
UPDATE gov_edition SET state = ?
 WHERE site_id = ? AND id = ? AND state = ? AND digest = ?;

-- :name step_insert :insert
-- :in site:id document:id edition:id what:text at:time actor:text person:id address:text verdict:text basis:text remarks:text digest:bytes signer:text poster:text cleared:id
INSERT INTO gov_edition_step (site_id, document_id, edition_id, what, at, actor, person_id, address, verdict,
                              basis, remarks, digest, signer, poster, cleared)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- The actor is about to sign anew, in another part: what was signed before counts no
-- more.
-- :name steps_release :exec
-- :in site:id edition:id signer:text
UPDATE gov_edition_step SET valid = IF(what = 'write', valid, FALSE), signer = NULL, cleared = NULL,
       poster = IF(what = 'write', NULL, poster)
 WHERE site_id = ? AND edition_id = ? AND signer = ?;

-- :name steps_void :exec
-- :in site:id edition:id
UPDATE gov_edition_step SET valid = FALSE, signer = NULL, cleared = NULL,
       poster = IF(what = 'schedule', NULL, poster)
 WHERE site_id = ? AND edition_id = ? AND what IN ('review', 'clear', 'schedule') AND valid = TRUE;

-- Who had scheduled it may do so again.
-- :name steps_unschedule :exec
-- :in site:id edition:id
UPDATE gov_edition_step SET valid = FALSE, signer = NULL, poster = NULL
 WHERE site_id = ? AND edition_id = ? AND what = 'schedule';

-- :name steps_reviews :one
-- :in site:id edition:id digest:bytes
-- :out reviews:int
SELECT COUNT(*) FROM gov_edition_step
 WHERE site_id = ? AND edition_id = ? AND what = 'review' AND valid = TRUE AND digest = ?;

-- :name steps_of_document :many
-- :in site:id document:id
-- :out id:id edition_id:id lang:text version:int what:text at:time actor:text person_id:id address:text verdict:text basis:text remarks:text digest:bytes valid:bool
SELECT s.id, s.edition_id, e.lang, e.version, s.what, s.at, s.actor, s.person_id, s.address, s.verdict, s.basis,
       s.remarks, s.digest, s.valid
  FROM gov_edition_step s JOIN gov_edition e ON e.id = s.edition_id
 WHERE s.site_id = ? AND s.document_id = ? ORDER BY s.id;

-- ==== going live: the only statements that do it =================================

-- All signatures are under this content, and the clearance says pass.
-- :name edition_set_live :exec
-- :in published:time site:id edition:id reviews:int
UPDATE gov_edition e SET e.state = 'live', e.published_at = ?
 WHERE e.site_id = ? AND e.id = ? AND e.state IN ('cleared', 'scheduled')
   AND EXISTS (SELECT 1 FROM gov_edition_step s
                WHERE s.site_id = e.site_id AND s.edition_id = e.id AND s.what = 'clear' AND s.cleared = 1
                  AND s.verdict = 'pass' AND s.digest = e.digest)
   AND (SELECT COUNT(*) FROM gov_edition_step r
         WHERE r.site_id = e.site_id AND r.edition_id = e.id AND r.what = 'review' AND r.valid = TRUE
           AND r.digest = e.digest) >= ?;

-- An import's draft whose clearance is recorded.
-- :name edition_set_live_imported :exec
-- :in published:time site:id edition:id
UPDATE gov_edition e SET e.state = 'live', e.published_at = ?
 WHERE e.site_id = ? AND e.id = ? AND e.state = 'draft'
   AND EXISTS (SELECT 1 FROM gov_edition_step s
                WHERE s.site_id = e.site_id AND s.edition_id = e.id AND s.what = 'clear' AND s.cleared = 1
                  AND s.verdict = 'pass' AND s.digest = e.digest);

-- The draft of an import that has this content still, and is the newest.
-- :name edition_waiting :one
-- :in site:id document:id lang:text digest:bytes
-- :out id:id
SELECT e.id FROM gov_edition e
 WHERE e.site_id = ? AND e.document_id = ? AND e.lang = ? AND e.state = 'draft' AND e.digest = ?
   AND e.version = (SELECT MAX(n.version) FROM gov_edition n
                     WHERE n.site_id = e.site_id AND n.document_id = e.document_id AND n.lang = e.lang);

-- What an emergency names, and whose review is due.
-- :name edition_set_live_emergency :exec
-- :in published:time site:id edition:id
UPDATE gov_edition e SET e.state = 'live', e.published_at = ?
 WHERE e.site_id = ? AND e.id = ?
   AND e.state IN ('draft', 'submitted', 'returned', 'reviewed', 'cleared', 'scheduled')
   AND EXISTS (SELECT 1 FROM gov_emergency m WHERE m.edition_id = e.id AND m.settled_at IS NULL);

-- ==== changing a draft ===========================================================

-- :name edition_past_put :exec
-- :in step:id site:id edition:id
INSERT INTO gov_edition_past (step_id, site_id, edition_id, title, subtitle, summary, body, fields, digest)
SELECT ?, site_id, id, title, subtitle, summary, body, fields, digest FROM gov_edition
 WHERE site_id = ? AND id = ?;

-- :name edition_rewrite :exec
-- :in title:text subtitle:text summary:text source:text source_url:text author:text keywords:text body:text fields:text picture:text gallery:text attachments:text media:text related:text note:text new_digest:bytes tag:bytes tag_key:int site:id edition:id old:text digest:bytes
UPDATE gov_edition SET title = ?, subtitle = ?, summary = ?, source = ?, source_url = ?, author = ?, keywords = ?,
       body = ?, fields = ?, picture = ?, gallery = ?, attachments = ?, media = ?, related = ?,
       note = COALESCE(?, note), digest = ?, tag = ?, tag_key = ?, state = 'draft'
 WHERE site_id = ? AND id = ? AND state = ? AND digest = ?;

-- :name edition_assets_clear :exec
-- :in site:id edition:id
DELETE FROM gov_asset_ref WHERE site_id = ? AND edition_id = ?;

-- ==== the schedule ===============================================================

-- :name schedule_put :exec
-- :in edition:id site:id due:time next:time
INSERT INTO gov_schedule (edition_id, site_id, due_at, next_at)
VALUES (?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE due_at = VALUES(due_at), next_at = VALUES(next_at), tries = 0, failure = NULL;

-- :name schedule_remove :exec
-- :in site:id edition:id
DELETE FROM gov_schedule WHERE site_id = ? AND edition_id = ?;

-- :name schedule_get :one
-- :in site:id edition:id
-- :out due_at:time next_at:time tries:int failure:text
SELECT due_at, next_at, tries, failure FROM gov_schedule
 WHERE site_id = ? AND edition_id = ?;

-- :name schedule_due :many :group :hot
-- :in now:time most:int
-- :out edition_id:id site_id:id tries:int
SELECT edition_id, site_id, tries FROM gov_schedule
 WHERE next_at <= ? ORDER BY next_at LIMIT ?;

-- :name schedule_failed :exec
-- :in next:time failure:text site:id edition:id tries:int
UPDATE gov_schedule SET tries = tries + 1, next_at = ?, failure = ?
 WHERE site_id = ? AND edition_id = ? AND tries = ?;

-- ==== emergencies ================================================================

-- :name emergency_insert :insert
-- :in site:id document:id edition:id at:time actor:text ends:time due:time
INSERT INTO gov_emergency (site_id, document_id, edition_id, at, actor, ends_at, due_at)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- :name emergency_text_put :exec
-- :in emergency:id lang:text text:text
INSERT INTO gov_emergency_text (emergency_id, lang, text)
VALUES (?, ?, ?);

-- :name banner_put :exec
-- :in site:id emergency:id
INSERT INTO gov_banner (site_id, emergency_id)
VALUES (?, ?);

-- :name emergency_get :one
-- :in emergency:id
-- :out site_id:id document_id:id edition_id:id at:time actor:text ends_at:time due_at:time settled_at:time verdict:text
SELECT site_id, document_id, edition_id, at, actor, ends_at, due_at, settled_at, verdict
  FROM gov_emergency WHERE id = ? FOR UPDATE;

-- :name emergency_of :one
-- :in edition:id
-- :out id:id
SELECT id FROM gov_emergency WHERE edition_id = ? AND settled_at IS NULL FOR UPDATE;

-- :name emergencies :many
-- :in most:int
-- :out id:id site_id:id document_id:id edition_id:id at:time actor:text ends_at:time due_at:time settled_at:time verdict:text told_at:time
SELECT id, site_id, document_id, edition_id, at, actor, ends_at, due_at, settled_at, verdict, told_at
  FROM gov_emergency ORDER BY settled_at IS NOT NULL, id DESC LIMIT ?;

-- :name emergency_signed :one
-- :in site:id edition:id
-- :out reviews:int clearances:int
SELECT COALESCE(SUM(what = 'review'), 0), COALESCE(SUM(what = 'clear'), 0) FROM gov_edition_step
 WHERE site_id = ? AND edition_id = ? AND valid = TRUE AND signer IS NOT NULL AND what IN ('review', 'clear');

-- :name emergency_settle :exec
-- :in now:time verdict:text emergency:id
UPDATE gov_emergency SET settled_at = ?, verdict = ?
 WHERE id = ? AND settled_at IS NULL;

-- :name emergency_end :exec
-- :in now:time emergency:id not_before:time
UPDATE gov_emergency SET ends_at = ? WHERE id = ? AND ends_at > ?;

-- :name emergencies_overdue :many :hot
-- :in now:time
-- :out id:id site_id:id document_id:id edition_id:id actor:text due_at:time
SELECT id, site_id, document_id, edition_id, actor, due_at FROM gov_emergency
 WHERE settled_at IS NULL AND due_at <= ? AND told_at IS NULL;

-- :name emergency_told :exec
-- :in now:time emergency:id
UPDATE gov_emergency SET told_at = ?
 WHERE id = ? AND told_at IS NULL AND settled_at IS NULL;

-- Banners that have not ended, with the column of what they lead to as long as that
-- is public, for the site map.
-- :name banners :many :group
-- :out site_id:id emergency_id:id lang:text text:text at:time ends_at:time column_id:id document_id:id
SELECT b.site_id, m.id, t.lang, t.text, m.at, m.ends_at,
       (SELECT MIN(l.column_id) FROM gov_live l WHERE l.site_id = m.site_id AND l.document_id = m.document_id),
       m.document_id
  FROM gov_emergency m
  JOIN gov_banner b ON b.emergency_id = m.id
  JOIN gov_emergency_text t ON t.emergency_id = m.id
 WHERE m.ends_at > UTC_TIMESTAMP(6) ORDER BY m.id DESC;

-- Editions whose time has come, and gone.
-- :name schedule_late :one :group
-- :in before:time
-- :out number:int oldest:time
SELECT COUNT(*), MIN(due_at) FROM gov_schedule WHERE due_at < ?;
