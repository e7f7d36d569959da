#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Signing in with httpd's own authentication: client certificates of a real mod_ssl,
# and what leaves a name in REMOTE_USER.  The configuration is that of
# mod_govportal/doc/operate.md, block by block.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up certificates

page=$GOVPORTAL_TOP/mod_govportal/doc/operate.md
# block HEADING N: its N-th block for httpd
block() {
    awk -v heading="### $1" -v n="$2" '
        /^##/ { here = $0 == heading }
        on && /^```$/ { exit }
        on
        here && /^```apache$/ { on = ++seen == n }' "$page"
}

# --- authorities and certificates ----------------------------------------------

tls=$site_dir/tls
mkdir -p "$tls"
cat > "$tls/ca.cnf" <<END
[ca]
default_ca = staff
[staff]
database = $tls/index.txt
crlnumber = $tls/crlnumber
default_md = sha256
default_crl_days = 30
END
: > "$tls/index.txt"
echo 01 > "$tls/crlnumber"
key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
# authority NAME
authority() {
    openssl req -x509 $key -keyout "$tls/$1.key" -out "$tls/$1.pem" -days 30 \
        -subj "/O=Yunlan/CN=$1 authority" 2>> "$tls/log"
}
# certificate AUTHORITY NAME SUBJECT EXTENSIONS
certificate() {
    printf '%b' "$4" > "$tls/$2.ext"
    openssl req $key -new -keyout "$tls/$2.key" -out "$tls/$2.csr" -subj "$3" \
        2>> "$tls/log" &&
        openssl x509 -req -in "$tls/$2.csr" -CA "$tls/$1.pem" \
            -CAkey "$tls/$1.key" -CAcreateserial -days 30 \
            -extfile "$tls/$2.ext" -out "$tls/$2.pem" 2>> "$tls/log"
}
staff='basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n'
authority web
authority staff-ca
authority foreign
certificate web server '/CN=yunlan.localhost' \
    'basicConstraints=CA:FALSE\nsubjectAltName=DNS:*.yunlan.localhost\n'
certificate staff-ca known '/O=Yunlan/CN=Li Na 110101' "$staff"
certificate staff-ca stranger '/O=Yunlan/CN=Wang Wu 110102' "$staff"
certificate staff-ca lost '/O=Yunlan/CN=Zhao Liu 110103' "$staff"
certificate foreign forged '/O=Yunlan/CN=Li Na 110101' "$staff"
openssl ca -config "$tls/ca.cnf" -keyfile "$tls/staff-ca.key" \
    -cert "$tls/staff-ca.pem" -revoke "$tls/lost.pem" 2>> "$tls/log"
ok 'openssl makes certificates' openssl ca -config "$tls/ca.cnf" \
    -keyfile "$tls/staff-ca.key" -cert "$tls/staff-ca.pem" -gencrl \
    -out "$tls/staff-ca.crl" 2>> "$tls/log"

# --- people and httpd -----------------------------------------------------------

for login in li.na zhao sun; do person_make "$login" content author@edu; done
site_govctl user alias li.na certificate 'Li Na 110101'
site_govctl user alias zhao certificate 'Zhao Liu 110103'
site_govctl user alias sun ldap sun-7
is 'govctl lists who is called what' "$(site_govctl user aliases --json |
    jq -r '.[] | "\(.login) \(.source)"' | tr '\n' ' ')" \
    'li.na certificate sun ldap zhao certificate '

modules=$(apxs -q LIBEXECDIR)
extra=$site_dir/conf/extra
for module in socache_shmcb ssl authn_core authn_file auth_basic authz_user; do
    echo "LoadModule ${module}_module $modules/mod_$module.so"
done > "$extra/a-modules.conf"
block 'Client certificates' 2 |
    sed "s,/etc/govportal/tls,$tls,; s,/run/apache2,$site_dir/run," \
    > "$extra/b-certificates.conf"
printf 'sun-7:%s\n' "$(openssl passwd -apr1 'of the directory')" > "$tls/people"
chmod 644 "$tls/people"
chmod o+x "$tls"
block LDAP 1 | sed "s,AuthBasicProvider ldap,AuthBasicProvider file,
    s,AuthLDAPURL .*,AuthUserFile $tls/people," > "$extra/c-directory.conf"
like 'the page has the block for certificates' \
    "$(cat "$extra/b-certificates.conf")" '^SSLVerifyClient optional$'
like 'and for a directory' "$(cat "$extra/c-directory.conf")" '^ *AuthUserFile '
sed -i '/^GovPublicScheme/d' "$site_conf"
{
    block 'Client certificates' 1 | sed 's/^GovSignIn .*/& ldap=REMOTE_USER/'
} >> "$site_conf"
site_httpd_stop
site_httpd_start

# tls WHO ID PATH [curl's arguments]: WHO is a certificate or "-"
tls() {
    local who
    who=$1
    shift
    : > "$site_head"
    if [ "$who" = - ]; then
        get "$@" --cacert "$tls/web.pem"
    else
        get "$@" --cacert "$tls/web.pem" --cert "$tls/$who.pem" \
            --key "$tls/$who.key"
    fi
}
# said [...]: the status, or "none" when TLS gave up
said() {
    tls "$@" > "$site_dir/body" || :
    awk 'NR == 1 { print $2; n++ } END { if (!n) print "none" }' "$site_head"
}
via=/-/sign-in/via
form='autocomplete="current-password"'
opened() { grep -ci '^set-cookie: __Host-gov-session=.' "$site_head"; }

# --- certificates ---------------------------------------------------------------

is 'without a certificate the sign-in page comes' "$(said - edu /-/sign-in/)" 200
like 'with the form for a password' "$(cat "$site_dir/body")" "$form"
like 'and a way to sign in with a certificate' "$(cat "$site_dir/body")" \
    "href=\"$via/certificate\""
like 'its cookie is for this host and TLS only' "$(cat "$site_head")" \
    'Set-Cookie: __Host-gov-form=[^;]+; Path=/; HttpOnly; SameSite=Lax; Secure'
is 'there, nobody gets in without one' "$(said - edu $via/certificate)" 403
like 'but finds the form for a password' "$(cat "$site_dir/body")" "$form"

is 'a certificate that is known opens a session' \
    "$(said known edu "$via/certificate?to=/-/account/" -c "$site_dir/jar")" 303
like 'back to where the person was going' "$(cat "$site_head")" \
    '^Location: [^?]*/-/account/.?$'
like 'in a cookie for this host and TLS only' "$(cat "$site_head")" \
    'Set-Cookie: __Host-gov-session=[^;]+; Path=/; HttpOnly; SameSite=Lax; Secure'
is 'the session is open without the certificate, too' \
    "$(said - edu /-/account/ -b "$site_dir/jar")" 200
like 'and the person is the one of the table' "$(cat "$site_dir/body")" 'li\.na'
is 'as govctl says' "$(site_govctl session list --json |
    jq -r '.[] | "\(.login) \(.how) \(.step)"')" 'li.na certificate open'

is 'one that is not in the table opens nothing' \
    "$(said stranger edu $via/certificate)" 403
is 'no session' "$(opened)" 0
like 'the page says so, with the name' "$(cat "$site_dir/body")" 'Wang Wu 110102'
like 'and has the form for a password' "$(cat "$site_dir/body")" "$form"
like 'the audit has it' "$(site_govctl audit tail --lines 5)" \
    'session\.open.*refused.*certificate Wang Wu 110102'
is 'a revoked one ends the handshake' "$(said lost edu $via/certificate)" none
is 'also elsewhere' "$(said lost edu /)" none
is 'one of another authority, too' "$(said forged edu $via/certificate)" none
is 'a session needs its own host: nobody is signed in elsewhere' \
    "$(said - health /-/account/ -b "$site_dir/jar")" 303
is 'with the certificate the way is open in every language' \
    "$(said known www "/en$via/certificate")" 303
is 'and on a site below another' "$(said known qingyuan $via/certificate)" 303
is 'a source that is none opens nothing' "$(said known edu $via/other)" 403
is 'nor does one that is not the address' "$(said known edu $via/ldap)" 401

site_govctl user disable li.na
is 'a disabled account is shut, whatever vouches for it' \
    "$(said known edu $via/certificate)" 403
site_govctl user enable li.na
site_govctl user alias --remove li.na certificate 'Li Na 110101'
is 'so is one whose name was taken from the table' \
    "$(said known edu $via/certificate)" 403
site_govctl user alias li.na certificate 'Li Na 110101'
is 'and open when it is in it again' "$(said known edu $via/certificate)" 303

# --- headers are the visitor's ---------------------------------------------------

basic="Authorization: Basic $(printf 'Li Na 110101:x' | base64)"
for header in 'X-Remote-User: Li Na 110101' 'Remote-User: Li Na 110101' \
    'SSL_CLIENT_S_DN_CN: Li Na 110101' 'SSL-Client-S-DN-CN: Li Na 110101' \
    'SSL-Client-Verify: SUCCESS' "$basic"; do
    is "a header does not sign in: ${header%%:*}" \
        "$(said - edu $via/certificate -H "$header") $(opened)" '403 0'
done
is 'neither does a query' \
    "$(said - edu "$via/certificate?REMOTE_USER=Li%20Na%20110101") $(opened)" \
    '403 0'

# --- REMOTE_USER -----------------------------------------------------------------

is 'a directory asks first' "$(said - edu $via/ldap)" 401
is 'in every language' "$(said - edu "/en$via/ldap")" 401
is 'and on a site below another' "$(said - qingyuan $via/ldap)" 401
is 'a wrong password opens nothing' \
    "$(said - edu $via/ldap -u sun-7:wrong) $(opened)" '401 0'
is 'the right one opens a session' \
    "$(said - edu $via/ldap -u 'sun-7:of the directory' -c "$site_dir/jar-sun")" 303
is 'of the person of the table' "$(said - edu /-/account/ -b "$site_dir/jar-sun"
    grep -o 'sun' "$site_dir/body" | head -n 1)" '200
sun'
is 'headers do not' "$(said - edu $via/ldap -H 'X-Remote-User: sun-7' \
    -H 'Remote-User: sun-7') $(opened)" '401 0'
for path in "$via/%6Cdap" "/-/sign-in/via//ldap" "/-/./sign-in/via/ldap" \
    "/-/sign-in/x/../via/ldap" "$via/ldap/" "$via/ldap;x" "$via/ldap/x"; do
    unlike "no other way of writing it goes around: $path" \
        "$(said - edu "$path" -H 'X-Remote-User: sun-7') $(opened)" '303|200| 1'
done
is 'what another source asks for is no name here' \
    "$(said - edu $via/certificate -u 'sun-7:of the directory') $(opened)" '403 0'

# --- what an operator should not do ------------------------------------------------

sed -i 's/^SSLVerifyClient optional$/SSLVerifyClient optional_no_ca/
    s/^SSLCARevocationCheck .*/SSLCARevocationCheck none/' \
    "$extra/b-certificates.conf"
site_httpd_stop
site_httpd_start
is 'a name that no authority of ours has signed opens nothing' \
    "$(said forged edu $via/certificate) $(opened)" '403 0'
is 'one that it has does' "$(said known edu $via/certificate) $(opened)" '303 1'
sed -i 's/^GovSignIn .*/GovSignIn certificate=REMOTE_USER/' "$site_conf"
echo 'SSLUserName SSL_CLIENT_S_DN_CN' >> "$extra/b-certificates.conf"
site_httpd_stop
site_httpd_start
is 'also not as the user of httpd' \
    "$(said forged edu $via/certificate) $(opened)" '403 0'
is 'where the good one is' "$(said known edu $via/certificate) $(opened)" '303 1'

# --- the other blocks of the page ---------------------------------------------------

{
    cat "$site_dir/conf/httpd.conf"
    for module in ldap authnz_ldap; do
        echo "LoadModule ${module}_module $modules/mod_$module.so"
    done
    block LDAP 1
} > "$site_dir/conf/ldap-check.conf"
like "httpd reads the block for LDAP" "$(apache2 -t \
    -f "$site_dir/conf/ldap-check.conf" 2>&1)" 'Syntax OK'
tap_end
