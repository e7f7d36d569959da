# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Large data sets for benches: 100 sites with 600 columns and as many documents as
# wanted.  Reads lib.sh.

bulk_sites=100

# bulk_fill N: N documents into the current instance, which has a schema only
bulk_fill() {
    awk -v sites="$bulk_sites" -f "$bench_dir/bulk/group.awk" \
        > "$bench_tmp/group.xml"
    site_govctl import "$bench_tmp/group.xml" > "$in_log/import.log" 2>&1 || {
        show_tail "$in_log/import.log"
        die "the group of $bulk_sites sites cannot be imported"
    }
    awk -v documents="$1" -v sites="$bulk_sites" \
        -f "$bench_dir/bulk/load.awk" > "$bench_tmp/load.sql"
    db_sql govportal < "$bench_tmp/load.sql" > "$in_log/bulk.log"
    # a bulk loader has no keys
    site_govctl integrity accept > "$in_log/accept.log"
    bulk_check before
    # the product's own hand: page numbers and heads of all columns
    # shellcheck disable=SC2046
    site_govctl column renumber $(bulk_columns) > "$in_log/renumber.log"
    bulk_check after
    bulk_check_item "$1"
}

bulk_columns() {
    site_sql "SELECT DISTINCT CONCAT(s.slug, ':', c.path) FROM gov_column_head h
        JOIN gov_site s ON s.id = h.site_id JOIN gov_column c
        ON c.id = h.column_id"
}

# What we wrote must be what the product writes: its renumbering moves nothing.
bulk_check() {
    local sum
    sum=$(site_sql "SELECT COUNT(*), BIT_XOR(CRC32(CONCAT_WS(':', site_id,
        column_id, document_id, page_no))) FROM gov_listing")
    [ "$1" = before ] || [ "$sum" = "$bulk_sum" ] ||
        die "the bulk loader numbers pages otherwise than the product"
    bulk_sum=$sum
}

# ... and its list entries: placing a document anew writes the same ones.
bulk_check_item() {
    local id before after
    id=$(($1 / 2))
    before=$(bulk_item "$id")
    site_govctl document pin "$id" > /dev/null
    site_govctl document pin --off "$id" > /dev/null
    after=$(bulk_item "$id")
    [ -n "$before" ] && [ "$before" = "$after" ] ||
        die "the bulk loader writes other list entries than the product"
}

bulk_item() {
    site_sql "SELECT column_id, page_no, HEX(item) FROM gov_listing
        WHERE document_id = $1 UNION ALL SELECT 0, keyword, HEX(item)
        FROM gov_live_keyword WHERE document_id = $1 ORDER BY 1, 2"
}
