-- SPDX-FileCopyrightText: the GovPortal developers
-- SPDX-License-Identifier: Apache-2.0
-- actor.sql: a person as an actor, for commands in somebody's name.

-- :name actor_named :one
-- :in login:text
-- :out id:id login:text active:bool
SELECT id, login, state = 'active' FROM gov_person WHERE login = ?;

-- :name actor_grants :many
-- :in person:id
-- :out role:text site_id:int column_id:int
SELECT role, site_id, column_id FROM gov_grant WHERE person_id = ?;
