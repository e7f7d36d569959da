-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- 0004-people: accounts, roles, sessions, the group's security rules.  Safe to run
-- twice.  Online: new tables only.

-- class says whether the person works on content or is one of the administrators;
-- grants of the other class cannot be stored (the foreign key of gov_grant).
-- site_id is the site that keeps the account, 0 the group.
CREATE TABLE IF NOT EXISTS gov_person (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(100) NOT NULL,
  class ENUM('content', 'admin') NOT NULL,
  site_id BIGINT NOT NULL DEFAULT 0,
  unit_id BIGINT NULL,
  email VARCHAR(200) NULL,
  state ENUM('active', 'disabled') NOT NULL DEFAULT 'active',
  password VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
  password_at DATETIME(6) NULL,
  must_change BOOLEAN NOT NULL DEFAULT FALSE,
  factor VARBINARY(200) NULL,
  factor_step BIGINT NOT NULL DEFAULT 0,
  signed_in_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(100) NOT NULL,
  UNIQUE KEY person_login (login),
  UNIQUE KEY person_class (id, class),
  CONSTRAINT person_unit FOREIGN KEY (unit_id) REFERENCES gov_unit (id)
);

-- Who the server's own authentication says somebody is: source "certificate",
-- "oidc", "ldap"; what the source calls the person.
CREATE TABLE IF NOT EXISTS gov_person_alias (
  source VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (source, name),
  KEY alias_person (person_id),
  CONSTRAINT alias_person FOREIGN KEY (person_id) REFERENCES gov_person (id)
);

-- Passwords of before, which may not be taken again.
CREATE TABLE IF NOT EXISTS gov_person_password (
  person_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  password VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (person_id, at),
  CONSTRAINT password_person FOREIGN KEY (person_id) REFERENCES gov_person (id)
);

CREATE TABLE IF NOT EXISTS gov_recovery_code (
  person_id BIGINT NOT NULL,
  code BINARY(32) NOT NULL,
  PRIMARY KEY (person_id, code),
  CONSTRAINT recovery_person FOREIGN KEY (person_id) REFERENCES gov_person (id)
);

-- admin_guard holds the person for the three administrators' roles and NULL for the
-- rest, so that nobody can have two of them.  site_id 0 is the group, column_id 0
-- the whole site.
CREATE TABLE IF NOT EXISTS gov_grant (
  person_id BIGINT NOT NULL,
  role VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  site_id BIGINT NOT NULL,
  column_id BIGINT NOT NULL,
  class ENUM('content', 'admin') NOT NULL,
  admin_guard BIGINT NULL,
  granted_at DATETIME(6) NOT NULL,
  granted_by VARCHAR(100) NOT NULL,
  PRIMARY KEY (person_id, role, site_id, column_id),
  UNIQUE KEY grant_one_admin (admin_guard),
  KEY grant_node (site_id, column_id),
  CONSTRAINT grant_class FOREIGN KEY (person_id, class)
    REFERENCES gov_person (id, class),
  CONSTRAINT grant_admin CHECK (
    (class = 'admin') = (role IN ('system-admin', 'security-admin',
                                  'audit-admin'))
    AND (class = 'content' OR (admin_guard = person_id AND site_id = 0
                               AND column_id = 0))
    AND (class = 'admin' OR admin_guard IS NULL))
);

-- id is the SHA-256 of what the browser holds.  step says what is still asked for:
-- the second factor, a new password, nothing.  host: a session of one host opens no
-- other.
CREATE TABLE IF NOT EXISTS gov_session (
  id BINARY(32) NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL,
  host VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  step ENUM('factor', 'enrol', 'password', 'open') NOT NULL,
  how VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agent VARCHAR(200) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  ends_at DATETIME(6) NOT NULL,
  KEY session_person (person_id, created_at),
  KEY session_ends (ends_at),
  CONSTRAINT session_person FOREIGN KEY (person_id) REFERENCES gov_person (id)
);

-- Tries to sign in, by login name (also one that nobody has: the answer must not
-- tell) and network of the client (IPv4: /24, IPv6: /48; '' for all together).
CREATE TABLE IF NOT EXISTS gov_sign_in_try (
  login BINARY(16) NOT NULL,
  network VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  failures INT NOT NULL DEFAULT 0,
  failed_at DATETIME(6) NULL,
  succeeded_at DATETIME(6) NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (login, network),
  KEY sign_in_try_at (at)
);

CREATE TABLE IF NOT EXISTS gov_policy (
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  value INT NOT NULL,
  set_at DATETIME(6) NOT NULL,
  set_by VARCHAR(100) NOT NULL,
  PRIMARY KEY (name, version)
);
