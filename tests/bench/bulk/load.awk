# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# awk -v documents=N -v sites=100 -f load.awk: SQL that fills a group made by
# group.awk with N live documents, as content/ would have written them one by one
# over the last years: same rows, same list entries, same page numbers.  Column
# heads are left empty: govctl column renumber makes them.
#
# Document n (from 0) is one of nine in ten that belong to the five busy sites, or
# to one of the others, so that even the smallest group has full pages to compare
# with.  One is published every five minutes.  US is the separator of
# content/item.c.

function transaction(text) { printf "START TRANSACTION;\n%s;\nCOMMIT;\n", text }

BEGIN {
    slice = 20000
    id = "q.n + 1"
    at = "(@start + q.n * 300000000)"
    time = "(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL " at " MICROSECOND)"
    title = "CONCAT(ELT(1 + q.n % 4, '关于印发', '关于做好', '关于公布', '关于调整'), " \
        "ELT(1 + q.n % 7, '学校食品安全管理', '城乡居民医疗保险', '公共交通线路', " \
        "'就业创业补贴', '老旧小区改造', '生态环境监测', '公共文化服务'), " \
        "'工作有关事项的通知（第', q.n, '号）')"
    summary = "CONCAT('为方便群众办事，现将第', q.n, " \
        "'号事项的办理范围、条件、材料和时限予以公布，请相互转告。')"
    rows = "bench_document q JOIN bench_column b USING (site, place)"
    word1 = "CONCAT('主题', q.n % 997)"
    word2 = "CONCAT('领域', q.n % 41)"
    body = "CONCAT('<p>', " summary ", '</p>', REPEAT(CONCAT('<p>各有关单位要提高认识，" \
        "明确责任，按照职责分工抓好落实，确保各项任务按期完成，并于每季度末报送进展情况。" \
        "第', q.n, '号。</p>'), 5))"
    item = "CONCAT_WS(CHAR(31 USING utf8mb4), " id ", b.site_id, b.column_id, " \
        "'article', 'zh-CN', " at ", " at ", 0, " title ", " summary \
        ", '', '', '', 0, 0, '', '', '')"

    print "SET SESSION max_statement_time = 0, unique_checks = 0, " \
        "foreign_key_checks = 0, group_concat_max_len = 1048576;"
    printf "SET @start = (FLOOR(UNIX_TIMESTAMP()) - %d * 300) * 1000000;\n",
        documents + 1
    print "CREATE TABLE bench_column (site INT NOT NULL, place INT NOT NULL, " \
        "site_id BIGINT NOT NULL, column_id BIGINT NOT NULL, " \
        "page_size INT NOT NULL, PRIMARY KEY (site, place));"
    print "INSERT INTO bench_column SELECT CAST(SUBSTR(s.slug, 2) AS INT), " \
        "FIELD(c.path, 'news', 'notices', 'policy', 'reports', 'guides') - 1, " \
        "s.id, c.id, c.page_size FROM gov_site s " \
        "JOIN gov_column c ON c.site_id = s.id WHERE c.supply = 'own';"
    print "SELECT s.id, c.id, c.page_size INTO @portal, @gather, @page_size " \
        "FROM gov_site s JOIN gov_column c ON c.site_id = s.id " \
        "WHERE c.supply = 'rule';"

    # k: how many the column had before
    print "CREATE TABLE bench_document (n INT NOT NULL PRIMARY KEY, " \
        "site INT NOT NULL, place INT NOT NULL, k INT NOT NULL, " \
        "KEY by_site (site, place, n));"
    transaction(sprintf("INSERT INTO bench_document SELECT n, " \
        "IF(busy, j %% 5, 5 + j %% %d), " \
        "IF(busy, j DIV 5 %% 5, j DIV %d %% 5), " \
        "IF(busy, j DIV 25, j DIV %d) FROM (SELECT seq AS n, " \
        "seq %% 10 < 9 AS busy, " \
        "IF(seq %% 10 < 9, seq DIV 10 * 9 + seq %% 10, seq DIV 10) AS j " \
        "FROM seq_0_to_%d) d", sites - 5, sites - 5, (sites - 5) * 5,
        documents - 1))

    for (from = 0; from < documents; from += slice) {
        those = " WHERE q.n BETWEEN " from " AND " from + slice - 1
        transaction("INSERT INTO gov_document (id, site_id, column_id, type, " \
            "pinned, created_at) SELECT " id ", b.site_id, b.column_id, " \
            "'article', 0, " time " FROM " rows those)
        transaction("INSERT INTO gov_edition (id, site_id, document_id, lang, " \
            "version, state, title, summary, keywords, body, published_at, " \
            "created_at, created_by, digest, newest) SELECT " id ", b.site_id, " id \
            ", 'zh-CN', 1, 'live', " title ", " summary ", CONCAT('[\"', " \
            word1 ", '\",\"', " word2 ", '\"]'), " body ", " time ", " time \
            ", 'operator:bench', UNHEX(SHA2(CONCAT(" title ", '\\n', " body \
            ", '\\n'), 256)), 1 FROM " rows those)
    }
    # in the order of the primary keys, so a site at a time
    for (site = 0; site < sites && site < documents; site++) {
        those = " WHERE q.site = " site
        transaction("INSERT INTO gov_live (site_id, document_id, lang, " \
            "edition_id, column_id, type, sort_key, published_at, updated_at) " \
            "SELECT b.site_id, " id ", 'zh-CN', " id ", b.column_id, " \
            "'article', " at ", " time ", " time " FROM " rows those)
        transaction("INSERT INTO gov_listing (site_id, column_id, lang, " \
            "sort_key, page_no, document_id, document_site, how, pinned, " \
            "published_at, updated_at, item) SELECT b.site_id, b.column_id, " \
            "'zh-CN', " at ", 1 + q.k DIV b.page_size, " id ", b.site_id, " \
            "'home', 0, " time ", " time ", " item " FROM " rows those \
            " ORDER BY b.column_id, q.n")
        transaction("INSERT INTO gov_live_keyword (site_id, lang, keyword, " \
            "published_at, document_id, item) SELECT b.site_id, 'zh-CN', " \
            "IF(w.seq = 1, " word1 ", " word2 ") AS word, " time ", " id ", " \
            item " FROM " rows " JOIN seq_1_to_2 w" those " ORDER BY word, q.n")
    }
    those = " WHERE q.place = 0 AND q.site > 0"
    transaction("INSERT INTO gov_placement (site_id, column_id, document_id, " \
        "document_site, how) SELECT @portal, @gather, " id ", b.site_id, " \
        "'rule' FROM " rows those)
    transaction("INSERT INTO gov_listing (site_id, column_id, lang, sort_key, " \
        "page_no, document_id, document_site, how, pinned, published_at, " \
        "updated_at, item) SELECT @portal, @gather, 'zh-CN', " at ", 1 + " \
        "(ROW_NUMBER() OVER (ORDER BY q.n) - 1) DIV @page_size, " id ", " \
        "b.site_id, 'rule', 0, " time ", " time ", " item " FROM " rows those)
    print "INSERT INTO gov_column_head (site_id, column_id, lang, items) " \
        "SELECT DISTINCT site_id, column_id, lang, '' FROM gov_listing;"
    print "DROP TABLE bench_column, bench_document;"
    print "ANALYZE TABLE gov_document, gov_edition, gov_live, gov_listing, " \
        "gov_live_keyword, gov_placement;"
}
