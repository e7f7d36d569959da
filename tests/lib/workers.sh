# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# People for tests of the workflow, without passwords: govctl acts in their names.
#
#   worker LOGIN ROLE[@SITE_ID]...   an account with these roles; SITE_ID is a number
#   workers                          ann (author), rob and ria (reviewers), cleo
#                                    (clearer), paul (publisher), eve (emergency)
#   signed ID                        submit, review and clear the import ID

worker() {
    local login role
    login=$1
    shift
    site_sql "INSERT INTO gov_person (login, name, class, created_at, created_by)
        VALUES ('$login', '$login', 'content', UTC_TIMESTAMP(6), 'test')"
    for role in "$@"; do
        case $role in *@*) ;; *) role=$role@0 ;; esac
        site_sql "INSERT INTO gov_grant (person_id, role, site_id, column_id, class,
            granted_at, granted_by) SELECT id, '${role%@*}', ${role#*@}, 0,
            'content', UTC_TIMESTAMP(6), 'test' FROM gov_person
            WHERE login = '$login'"
    done
}

workers() {
    worker ann author
    worker rob reviewer
    worker ria reviewer
    worker cleo clearer
    worker paul publisher
    worker eve emergency
}

step() { site_govctl document "$@" > "$site_dir/step" 2>&1; }

signed() {
    step submit --external "$1" --as ann && step review --external "$1" --as rob &&
        step clear --external "$1" --as cleo --basis 'article 14'
}
