-- The core schema: what the files in migrations/ add up to.
-- Made by tests/sql/schema.sh --write; nobody runs it.

CREATE TABLE `gov_alarm` (
  `object` varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `what` varchar(200) NOT NULL,
  `count` bigint(20) NOT NULL,
  `first_at` datetime(6) NOT NULL,
  `last_at` datetime(6) NOT NULL,
  `told_at` datetime(6) NOT NULL,
  PRIMARY KEY (`object`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_asset` (
  `id` binary(32) NOT NULL,
  `size` bigint(20) NOT NULL,
  `media_type` varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `width` int(11) NOT NULL DEFAULT 0,
  `height` int(11) NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_asset_chunk` (
  `asset_id` binary(32) NOT NULL,
  `part` int(11) NOT NULL,
  `data` mediumblob NOT NULL,
  PRIMARY KEY (`asset_id`,`part`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_asset_ref` (
  `site_id` bigint(20) NOT NULL,
  `asset_id` binary(32) NOT NULL,
  `edition_id` bigint(20) NOT NULL,
  `name` varchar(200) NOT NULL,
  PRIMARY KEY (`site_id`,`asset_id`,`edition_id`),
  KEY `asset_edition` (`edition_id`),
  KEY `asset_sites` (`asset_id`,`edition_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_audit` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `at` datetime(6) NOT NULL,
  `actor` varchar(100) NOT NULL,
  `action` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `object` varchar(100) NOT NULL,
  `outcome` enum('done','refused') NOT NULL,
  `detail` text DEFAULT NULL,
  `address` varchar(45) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `request_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `nonce` bigint(20) NOT NULL DEFAULT 0,
  `mac` binary(32) DEFAULT NULL,
  `mac_key` int(11) NOT NULL DEFAULT 0,
  `seq` bigint(20) DEFAULT NULL,
  `chain` binary(32) DEFAULT NULL,
  `chain_key` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `audit_seq` (`seq`),
  UNIQUE KEY `audit_once` (`mac`),
  KEY `audit_site` (`site_id`,`at`),
  KEY `audit_object` (`object`,`id`),
  KEY `audit_actor` (`actor`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_audit_head` (
  `k` tinyint(4) NOT NULL CHECK (`k` = 1),
  `seq` bigint(20) NOT NULL,
  `chain` binary(32) NOT NULL,
  `mac` binary(32) DEFAULT NULL,
  `mac_key` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`k`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_banner` (
  `site_id` bigint(20) NOT NULL,
  `emergency_id` bigint(20) NOT NULL,
  PRIMARY KEY (`site_id`,`emergency_id`),
  KEY `banner_emergency` (`emergency_id`),
  CONSTRAINT `banner_emergency` FOREIGN KEY (`emergency_id`) REFERENCES `gov_emergency` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_block` (
  `site_id` bigint(20) NOT NULL,
  `position` int(11) NOT NULL,
  `area` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `kind` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `columns` varchar(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `items` int(11) NOT NULL DEFAULT 8,
  `style` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'plain',
  `title` varchar(100) DEFAULT NULL,
  `title_en` varchar(100) DEFAULT NULL,
  PRIMARY KEY (`site_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_calendar_day` (
  `day` date NOT NULL,
  `version` int(11) NOT NULL,
  `workday` tinyint(1) NOT NULL,
  `note` varchar(100) NOT NULL,
  PRIMARY KEY (`day`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_column` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `parent_id` bigint(20) DEFAULT NULL,
  `slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `path` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `type` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `column_type` varchar(60) DEFAULT NULL,
  `supply` enum('own','link','submission','rule','harvested') NOT NULL DEFAULT 'own',
  `update_days` int(11) NOT NULL DEFAULT 0,
  `unit_id` bigint(20) DEFAULT NULL,
  `in_nav` tinyint(1) NOT NULL DEFAULT 1,
  `page_size` int(11) NOT NULL DEFAULT 20,
  `position` int(11) NOT NULL DEFAULT 0,
  `state` enum('open','closed') NOT NULL DEFAULT 'open',
  PRIMARY KEY (`id`),
  UNIQUE KEY `column_path` (`site_id`,`path`),
  CONSTRAINT `column_site` FOREIGN KEY (`site_id`) REFERENCES `gov_site` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_column_head` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `version` bigint(20) NOT NULL DEFAULT 0,
  `open_page` int(11) NOT NULL DEFAULT 1,
  `open_count` int(11) NOT NULL DEFAULT 0,
  `total` int(11) NOT NULL DEFAULT 0,
  `last_published_at` datetime(6) DEFAULT NULL,
  `items` mediumtext NOT NULL,
  `tag` binary(32) DEFAULT NULL,
  `tag_key` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`site_id`,`column_id`,`lang`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_column_lang` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(100) NOT NULL,
  `description` varchar(1000) DEFAULT NULL,
  `keywords` varchar(500) DEFAULT NULL,
  PRIMARY KEY (`site_id`,`column_id`,`lang`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_column_rule` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `position` int(11) NOT NULL,
  `sites` varchar(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `columns` varchar(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `types` varchar(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `keyword` varchar(100) NOT NULL,
  PRIMARY KEY (`site_id`,`column_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_document` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `type` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `pinned` tinyint(1) NOT NULL DEFAULT 0,
  `gone_at` datetime(6) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `document_site` (`site_id`,`column_id`),
  KEY `document_column` (`column_id`),
  CONSTRAINT `document_column` FOREIGN KEY (`column_id`) REFERENCES `gov_column` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_edition` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `state` enum('draft','submitted','reviewed','cleared','scheduled','live','superseded','withdrawn','archived','returned','denied') NOT NULL,
  `title` varchar(300) NOT NULL,
  `subtitle` varchar(300) DEFAULT NULL,
  `summary` varchar(1000) DEFAULT NULL,
  `source` varchar(200) DEFAULT NULL,
  `source_url` varchar(500) DEFAULT NULL,
  `author` varchar(100) DEFAULT NULL,
  `keywords` varchar(1000) DEFAULT NULL,
  `body` mediumtext DEFAULT NULL,
  `fields` mediumtext DEFAULT NULL,
  `picture` text DEFAULT NULL,
  `gallery` mediumtext DEFAULT NULL,
  `attachments` text DEFAULT NULL,
  `media` text DEFAULT NULL,
  `related` text DEFAULT NULL,
  `published_at` datetime(6) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `created_by` varchar(100) NOT NULL,
  `digest` binary(32) NOT NULL,
  `tag` binary(32) DEFAULT NULL,
  `tag_key` int(11) NOT NULL DEFAULT 0,
  `note` varchar(500) DEFAULT NULL,
  `newest` tinyint(4) DEFAULT NULL CHECK (`newest` = 1),
  PRIMARY KEY (`id`),
  UNIQUE KEY `edition_version` (`site_id`,`document_id`,`lang`,`version`),
  KEY `edition_document` (`document_id`),
  KEY `edition_desk` (`site_id`,`newest`,`id`),
  KEY `edition_waiting` (`newest`,`state`,`site_id`),
  CONSTRAINT `edition_document` FOREIGN KEY (`document_id`) REFERENCES `gov_document` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_edition_past` (
  `step_id` bigint(20) NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `edition_id` bigint(20) NOT NULL,
  `title` varchar(300) NOT NULL,
  `subtitle` varchar(300) DEFAULT NULL,
  `summary` varchar(1000) DEFAULT NULL,
  `body` mediumtext DEFAULT NULL,
  `fields` mediumtext DEFAULT NULL,
  `digest` binary(32) NOT NULL,
  PRIMARY KEY (`step_id`),
  KEY `past_edition` (`site_id`,`edition_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_edition_step` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `edition_id` bigint(20) NOT NULL,
  `what` enum('write','submit','return','review','clear','schedule','unschedule','publish','emergency','withdraw','archive') NOT NULL,
  `at` datetime(6) NOT NULL,
  `actor` varchar(100) NOT NULL,
  `person_id` bigint(20) DEFAULT NULL,
  `address` varchar(45) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `verdict` enum('pass','deny') DEFAULT NULL,
  `basis` varchar(500) DEFAULT NULL,
  `remarks` varchar(1000) DEFAULT NULL,
  `digest` binary(32) NOT NULL,
  `valid` tinyint(1) NOT NULL DEFAULT 1,
  `signer` varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `poster` varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `cleared` tinyint(4) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `step_signer` (`edition_id`,`signer`),
  UNIQUE KEY `step_poster` (`edition_id`,`poster`),
  UNIQUE KEY `step_cleared` (`edition_id`,`cleared`),
  KEY `step_edition` (`site_id`,`edition_id`,`id`),
  KEY `step_document` (`site_id`,`document_id`,`id`),
  CONSTRAINT `step_of_edition` FOREIGN KEY (`edition_id`) REFERENCES `gov_edition` (`id`),
  CONSTRAINT `step_signed` CHECK (`what` not in ('review','clear') or `valid` = 0 or `signer` is not null),
  CONSTRAINT `step_verdict` CHECK (`what` = 'clear' = (`verdict` is not null) and (`what` <> 'clear' or `basis` is not null) and (`cleared` is null or `cleared` = 1 and `what` = 'clear' and `valid` = 1) and (`what` <> 'clear' or `valid` = 0 or `cleared` = 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_emergency` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `edition_id` bigint(20) NOT NULL,
  `at` datetime(6) NOT NULL,
  `actor` varchar(100) NOT NULL,
  `ends_at` datetime(6) NOT NULL,
  `due_at` datetime(6) NOT NULL,
  `settled_at` datetime(6) DEFAULT NULL,
  `verdict` enum('pass','deny') DEFAULT NULL,
  `told_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `emergency_edition` (`edition_id`),
  KEY `emergency_ends` (`ends_at`),
  KEY `emergency_due` (`settled_at`,`due_at`),
  CONSTRAINT `emergency_of_edition` FOREIGN KEY (`edition_id`) REFERENCES `gov_edition` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_emergency_text` (
  `emergency_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `text` varchar(300) NOT NULL,
  PRIMARY KEY (`emergency_id`,`lang`),
  CONSTRAINT `text_emergency` FOREIGN KEY (`emergency_id`) REFERENCES `gov_emergency` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_event` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `seq` bigint(20) DEFAULT NULL,
  `kind` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `ref` bigint(20) NOT NULL,
  `tags` text CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `event_seq` (`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_event_seq` (
  `k` tinyint(4) NOT NULL CHECK (`k` = 1),
  `n` bigint(20) NOT NULL,
  PRIMARY KEY (`k`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_external` (
  `external_id` varchar(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `digest` binary(32) NOT NULL,
  `imported_at` datetime(6) NOT NULL,
  PRIMARY KEY (`external_id`),
  KEY `external_document` (`document_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_flow` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `reviews` tinyint(4) NOT NULL DEFAULT 1 CHECK (`reviews` between 0 and 3),
  `publisher` enum('any','other','apart') NOT NULL DEFAULT 'any',
  `hours` int(11) NOT NULL DEFAULT 0 CHECK (`hours` between 0 and 8760),
  `set_at` datetime(6) NOT NULL,
  `set_by` varchar(100) NOT NULL,
  PRIMARY KEY (`site_id`,`column_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_flow_person` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `step` enum('submit','review','clear','publish') NOT NULL,
  `person_id` bigint(20) NOT NULL,
  PRIMARY KEY (`site_id`,`column_id`,`step`,`person_id`),
  KEY `flow_person` (`person_id`),
  CONSTRAINT `flow_person` FOREIGN KEY (`person_id`) REFERENCES `gov_person` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_grant` (
  `person_id` bigint(20) NOT NULL,
  `role` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `class` enum('content','admin') NOT NULL,
  `admin_guard` bigint(20) DEFAULT NULL,
  `granted_at` datetime(6) NOT NULL,
  `granted_by` varchar(100) NOT NULL,
  PRIMARY KEY (`person_id`,`role`,`site_id`,`column_id`),
  UNIQUE KEY `grant_one_admin` (`admin_guard`),
  KEY `grant_node` (`site_id`,`column_id`),
  KEY `grant_class` (`person_id`,`class`),
  CONSTRAINT `grant_class` FOREIGN KEY (`person_id`, `class`) REFERENCES `gov_person` (`id`, `class`),
  CONSTRAINT `grant_admin` CHECK (`class` = 'admin' = `role` in ('system-admin','security-admin','audit-admin') and (`class` = 'content' or `admin_guard` = `person_id` and `site_id` = 0 and `column_id` = 0) and (`class` = 'admin' or `admin_guard` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_greyscale` (
  `site_id` bigint(20) NOT NULL,
  `from_day` date NOT NULL,
  `to_day` date NOT NULL,
  `reason` varchar(200) NOT NULL,
  PRIMARY KEY (`site_id`,`from_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_group` (
  `k` tinyint(4) NOT NULL CHECK (`k` = 1),
  `name` varchar(200) NOT NULL,
  `timezone` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`k`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_idempotency` (
  `k` binary(16) NOT NULL,
  `at` datetime(6) NOT NULL,
  `result` varchar(500) DEFAULT NULL,
  PRIMARY KEY (`k`),
  KEY `idempotency_at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_integrity` (
  `k` tinyint(4) NOT NULL CHECK (`k` = 1),
  `since` datetime(6) NOT NULL,
  `mac` binary(32) NOT NULL,
  `mac_key` int(11) NOT NULL,
  PRIMARY KEY (`k`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_job` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `kind` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `ref` bigint(20) NOT NULL,
  `run_at` datetime(6) NOT NULL,
  `state` enum('waiting','running','done','failed') NOT NULL DEFAULT 'waiting',
  `owner` varchar(100) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `lease_until` datetime(6) DEFAULT NULL,
  `tries` int(11) NOT NULL DEFAULT 0,
  `last_error` varchar(1000) DEFAULT NULL,
  `idem` binary(16) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `job_idem` (`idem`),
  KEY `job_due` (`state`,`run_at`),
  KEY `job_lease` (`state`,`lease_until`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_lease` (
  `name` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `owner` varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `beat` bigint(20) NOT NULL DEFAULT 0,
  `expires` datetime(6) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_listing` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sort_key` bigint(20) NOT NULL,
  `page_no` int(11) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `document_site` bigint(20) NOT NULL,
  `how` enum('home','share','rule') NOT NULL,
  `pinned` tinyint(1) NOT NULL,
  `published_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `item` text NOT NULL,
  PRIMARY KEY (`site_id`,`column_id`,`lang`,`sort_key`),
  UNIQUE KEY `listing_document` (`document_id`,`site_id`,`column_id`,`lang`),
  KEY `listing_page` (`site_id`,`column_id`,`lang`,`page_no`,`sort_key`),
  KEY `listing_pinned` (`site_id`,`column_id`,`lang`,`pinned`,`sort_key`),
  KEY `listing_site` (`site_id`,`lang`,`how`,`published_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_live` (
  `site_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `edition_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `type` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sort_key` bigint(20) NOT NULL,
  `published_at` datetime(6) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  `older` text DEFAULT NULL,
  `newer` text DEFAULT NULL,
  `langs` varchar(300) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `content` binary(32) DEFAULT NULL,
  `tag` binary(32) DEFAULT NULL,
  `tag_key` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`site_id`,`document_id`,`lang`),
  UNIQUE KEY `live_edition` (`edition_id`),
  KEY `live_updated` (`site_id`,`updated_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_live_keyword` (
  `site_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `keyword` varchar(100) NOT NULL,
  `published_at` datetime(6) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `item` text NOT NULL,
  PRIMARY KEY (`site_id`,`lang`,`keyword`,`published_at`,`document_id`),
  KEY `keyword_document` (`document_id`,`lang`),
  KEY `keyword_group` (`lang`,`keyword`,`published_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_person` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `login` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(100) NOT NULL,
  `class` enum('content','admin') NOT NULL,
  `site_id` bigint(20) NOT NULL DEFAULT 0,
  `unit_id` bigint(20) DEFAULT NULL,
  `email` varchar(200) DEFAULT NULL,
  `state` enum('active','disabled') NOT NULL DEFAULT 'active',
  `password` varchar(128) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `password_at` datetime(6) DEFAULT NULL,
  `must_change` tinyint(1) NOT NULL DEFAULT 0,
  `factor` varbinary(200) DEFAULT NULL,
  `factor_step` bigint(20) NOT NULL DEFAULT 0,
  `signed_in_at` datetime(6) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `created_by` varchar(100) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `person_login` (`login`),
  UNIQUE KEY `person_class` (`id`,`class`),
  KEY `person_unit` (`unit_id`),
  CONSTRAINT `person_unit` FOREIGN KEY (`unit_id`) REFERENCES `gov_unit` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_person_alias` (
  `source` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `person_id` bigint(20) NOT NULL,
  PRIMARY KEY (`source`,`name`),
  KEY `alias_person` (`person_id`),
  CONSTRAINT `alias_person` FOREIGN KEY (`person_id`) REFERENCES `gov_person` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_person_password` (
  `person_id` bigint(20) NOT NULL,
  `at` datetime(6) NOT NULL,
  `password` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`person_id`,`at`),
  CONSTRAINT `password_person` FOREIGN KEY (`person_id`) REFERENCES `gov_person` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_placement` (
  `site_id` bigint(20) NOT NULL,
  `column_id` bigint(20) NOT NULL,
  `document_id` bigint(20) NOT NULL,
  `document_site` bigint(20) NOT NULL,
  `how` enum('share','rule') NOT NULL,
  PRIMARY KEY (`site_id`,`column_id`,`document_id`),
  KEY `placement_document` (`document_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_policy` (
  `name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `value` int(11) NOT NULL,
  `set_at` datetime(6) NOT NULL,
  `set_by` varchar(100) NOT NULL,
  PRIMARY KEY (`name`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_recovery_code` (
  `person_id` bigint(20) NOT NULL,
  `code` binary(32) NOT NULL,
  PRIMARY KEY (`person_id`,`code`),
  CONSTRAINT `recovery_person` FOREIGN KEY (`person_id`) REFERENCES `gov_person` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_redirect` (
  `site_id` bigint(20) NOT NULL,
  `path_hash` binary(16) NOT NULL,
  `path` varchar(1024) NOT NULL,
  `target` varchar(1024) DEFAULT NULL,
  `document_id` bigint(20) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `tag` binary(32) DEFAULT NULL,
  `tag_key` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`site_id`,`path_hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_schedule` (
  `edition_id` bigint(20) NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `due_at` datetime(6) NOT NULL,
  `next_at` datetime(6) NOT NULL,
  `tries` int(11) NOT NULL DEFAULT 0,
  `failure` varchar(500) DEFAULT NULL,
  PRIMARY KEY (`edition_id`),
  KEY `schedule_next` (`next_at`),
  CONSTRAINT `schedule_edition` FOREIGN KEY (`edition_id`) REFERENCES `gov_edition` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_schema` (
  `component` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `digest` char(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `applied_at` datetime(6) NOT NULL,
  `applied_by` varchar(100) NOT NULL,
  PRIMARY KEY (`component`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_session` (
  `id` binary(32) NOT NULL,
  `person_id` bigint(20) NOT NULL,
  `host` varchar(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `step` enum('factor','enrol','password','open') NOT NULL,
  `how` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `address` varchar(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `agent` varchar(200) NOT NULL,
  `created_at` datetime(6) NOT NULL,
  `seen_at` datetime(6) NOT NULL,
  `ends_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `session_person` (`person_id`,`created_at`),
  KEY `session_ends` (`ends_at`),
  CONSTRAINT `session_person` FOREIGN KEY (`person_id`) REFERENCES `gov_person` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_sign_in_try` (
  `login` binary(16) NOT NULL,
  `network` varchar(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `failures` int(11) NOT NULL DEFAULT 0,
  `failed_at` datetime(6) DEFAULT NULL,
  `succeeded_at` datetime(6) DEFAULT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`login`,`network`),
  KEY `sign_in_try_at` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_site` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `parent_id` bigint(20) DEFAULT NULL,
  `kind` enum('portal','department','district','topic') NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `portal_guard` tinyint(4) DEFAULT NULL,
  `unit_guard` bigint(20) DEFAULT NULL,
  `base_path` varchar(100) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `theme` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `accent` char(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `code` char(10) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `icp` varchar(60) DEFAULT NULL,
  `police` varchar(60) DEFAULT NULL,
  `sponsor` varchar(200) DEFAULT NULL,
  `operator` varchar(200) DEFAULT NULL,
  `phone` varchar(60) DEFAULT NULL,
  `email` varchar(200) DEFAULT NULL,
  `address` varchar(300) DEFAULT NULL,
  `postcode` varchar(20) DEFAULT NULL,
  `error_report` varchar(500) DEFAULT NULL,
  `logo_asset` binary(32) DEFAULT NULL,
  `logo_name` varchar(200) DEFAULT NULL,
  `logo_alt` varchar(300) DEFAULT NULL,
  `position` int(11) NOT NULL DEFAULT 0,
  `state` enum('open','frozen','closed') NOT NULL DEFAULT 'open',
  PRIMARY KEY (`id`),
  UNIQUE KEY `site_slug` (`slug`),
  UNIQUE KEY `site_one_portal` (`portal_guard`),
  UNIQUE KEY `site_one_per_unit` (`unit_guard`),
  UNIQUE KEY `site_path` (`parent_id`,`base_path`),
  KEY `site_unit` (`unit_id`),
  CONSTRAINT `site_unit` FOREIGN KEY (`unit_id`) REFERENCES `gov_unit` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_site_host` (
  `host` varchar(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `site_id` bigint(20) NOT NULL,
  `position` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`host`),
  KEY `host_site` (`site_id`),
  CONSTRAINT `host_site` FOREIGN KEY (`site_id`) REFERENCES `gov_site` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_site_lang` (
  `site_id` bigint(20) NOT NULL,
  `lang` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `derived_from` varchar(20) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `title` varchar(200) DEFAULT NULL,
  `legal_name` varchar(200) DEFAULT NULL,
  `slogan` varchar(300) DEFAULT NULL,
  `description` varchar(1000) DEFAULT NULL,
  `keywords` varchar(500) DEFAULT NULL,
  `position` int(11) NOT NULL DEFAULT 0,
  `sponsor` varchar(200) DEFAULT NULL,
  `operator` varchar(200) DEFAULT NULL,
  `phone` varchar(60) DEFAULT NULL,
  `address` varchar(300) DEFAULT NULL,
  `logo_alt` varchar(300) DEFAULT NULL,
  PRIMARY KEY (`site_id`,`lang`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_unit` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `parent_id` bigint(20) DEFAULT NULL,
  `name` varchar(200) NOT NULL,
  `name_en` varchar(200) DEFAULT NULL,
  `short_name` varchar(100) DEFAULT NULL,
  `code` varchar(18) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `address` varchar(300) DEFAULT NULL,
  `phone` varchar(60) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `unit_slug` (`slug`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_word` (
  `site_id` bigint(20) NOT NULL,
  `list_id` bigint(20) NOT NULL,
  `position` int(11) NOT NULL,
  `word` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `suggestion` varchar(100) DEFAULT NULL,
  `action` enum('ignore','warn','block') NOT NULL,
  `exceptions` varchar(1000) DEFAULT NULL,
  PRIMARY KEY (`site_id`,`list_id`,`position`),
  KEY `word_list` (`list_id`),
  CONSTRAINT `word_list` FOREIGN KEY (`list_id`) REFERENCES `gov_word_list` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `gov_word_list` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `site_id` bigint(20) NOT NULL,
  `kind` enum('sensitive','wrong','secrecy','personal') NOT NULL,
  `name` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `version` int(11) NOT NULL,
  `active` tinyint(4) DEFAULT NULL CHECK (`active` = 1),
  `words` int(11) NOT NULL,
  `digest` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `set_at` datetime(6) NOT NULL,
  `set_by` varchar(100) NOT NULL,
  `note` varchar(300) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `word_list_version` (`site_id`,`kind`,`name`,`version`),
  UNIQUE KEY `word_list_active` (`site_id`,`kind`,`name`,`active`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;
