-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0005-audit-chain: the audit's keyed digests, its chain and what keeps its rows
-- as they are.  Safe to run twice.  Online: columns and keys are added in place,
-- the previous release goes on inserting its rows.
--
-- mac: keyed digest of the row, made by whoever inserts it (mac_key: number of the
-- key).  seq, chain: given afterwards by the holder of the lease "audit", without
-- gaps; chain is a keyed digest of the chain before and of the row.

ALTER TABLE gov_audit
  ADD COLUMN IF NOT EXISTS address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN IF NOT EXISTS request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN IF NOT EXISTS nonce BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS mac BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS mac_key INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS seq BIGINT NULL,
  ADD COLUMN IF NOT EXISTS chain BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS chain_key INT NOT NULL DEFAULT 0,
  ADD UNIQUE KEY IF NOT EXISTS audit_seq (seq),
  ADD UNIQUE KEY IF NOT EXISTS audit_once (mac),
  ADD KEY IF NOT EXISTS audit_object (object, id),
  ADD KEY IF NOT EXISTS audit_actor (actor, id);

-- The end of the chain, in the one row k = 1, written with each new link.
CREATE TABLE IF NOT EXISTS gov_audit_head (
  k TINYINT NOT NULL PRIMARY KEY CHECK (k = 1),
  seq BIGINT NOT NULL,
  chain BINARY(32) NOT NULL,
  mac BINARY(32) NULL,
  mac_key INT NOT NULL DEFAULT 0
);

INSERT IGNORE INTO gov_audit_head (k, seq, chain) VALUES (1, 0, REPEAT(CHAR(0), 32));

CREATE OR REPLACE TRIGGER audit_stays BEFORE DELETE ON gov_audit FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rows of gov_audit are never deleted';

-- An open row may get its place in the chain, once; every other change is without
-- effect.  (One statement without a ';' inside: any client can run this file.)
CREATE OR REPLACE TRIGGER audit_unchanged BEFORE UPDATE ON gov_audit FOR EACH ROW
  SET NEW.id = OLD.id, NEW.at = OLD.at, NEW.actor = OLD.actor, NEW.action = OLD.action, NEW.site_id = OLD.site_id,
      NEW.object = OLD.object, NEW.outcome = OLD.outcome, NEW.detail = OLD.detail, NEW.address = OLD.address,
      NEW.request_id = OLD.request_id, NEW.nonce = OLD.nonce, NEW.mac = OLD.mac, NEW.mac_key = OLD.mac_key,
      NEW.chain = IF(OLD.seq IS NULL, NEW.chain, OLD.chain),
      NEW.chain_key = IF(OLD.seq IS NULL, NEW.chain_key, OLD.chain_key),
      NEW.seq = IF(OLD.seq IS NULL, NEW.seq, OLD.seq);
