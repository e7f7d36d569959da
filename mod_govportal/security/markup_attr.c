/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_attr.c -- the allow-list of attributes, and what their values may be.
 *
 * Each is checked so far that an HTML checker is content, too: what editors
 * paste must not spoil the page that shows it.
 */

#include <string.h>
#include <strings.h>

#include "gov_time.h"
#include "markup_priv.h"

#define WHITE " \t\n\r\f"

const char *
gov_markup__attr(const attrs_t *attrs, const char *name)
{
    int i;

    for (i = 0; attrs && i < attrs->count; i++)
        if (!strcmp(attrs->list[i].name, name))
            return attrs->list[i].value;
    return NULL;
}

void
gov_markup__unset(attrs_t *attrs, const char *name)
{
    int i, kept = 0;

    for (i = 0; i < attrs->count; i++)
        if (strcmp(attrs->list[i].name, name) != 0)
            attrs->list[kept++] = attrs->list[i];
    attrs->count = kept;
}

void
gov_markup__set(attrs_t *attrs, const char *name, const char *value)
{
    int i;

    for (i = 0; i < attrs->count; i++)
        if (!strcmp(attrs->list[i].name, name))
            break;
    gov_assert(i < (int)(sizeof(attrs->list) / sizeof(*attrs->list)));
    attrs->list[i].name = name;
    attrs->list[i].value = value;
    if (i == attrs->count)
        attrs->count++;
}

/* --- what a value may be -------------------------------------------------- */

/* A checker takes a value or NULL, which takes the attribute out. */

static const char *
check_plain(clean_t *c, const char *value)
{
    value = gov_text_fold(value, c->pool);
    return *value ? value : NULL;
}

static const char *
check_id(clean_t *c, const char *value)
{
    const char *id = gov_markup__id(value, c->pool);

    if (!id || apr_hash_get(c->ids, id, APR_HASH_KEY_STRING))
        return NULL;
    apr_hash_set(c->ids, id, APR_HASH_KEY_STRING, id);
    return id;
}

/* Languages of this country's sites and their visitors; a wrong guess of a word
   processor does less good than none. */
static const char *
check_lang(clean_t *c, const char *value)
{
    static const char languages[] = " zh en mn bo ug kk ko ky za ii ja ru fr de"
        " es pt it ar vi th lo my ms id hi la ";
    static const char scripts[] = " Hans Hant Latn Cyrl Arab Mong Tibt ";
    char *lang = apr_pstrdup(c->pool, value), *part, *rest = lang;
    bool first = true;

    if (strlen(value) > 20)
        return NULL;
    while ((part = strsep(&rest, "-")) != NULL) {
        const char *word = apr_psprintf(c->pool, " %s ", part);

        if (first ? strlen(part) != 2 || !strstr(languages, word)
                  : !strstr(scripts, word)
                      && (strlen(part) != 2 || part[0] < 'A' || part[0] > 'Z'
                          || part[1] < 'A' || part[1] > 'Z'))
            return NULL;
        first = false;
    }
    return value;
}

static const char *
one_of(const char *words, const char *value, apr_pool_t *pool)
{
    return *value && !strpbrk(value, WHITE)
        && strstr(words, apr_psprintf(pool, " %s ", value)) ? value : NULL;
}

static const char *
check_dir(clean_t *c, const char *value)
{
    return one_of(" ltr rtl auto ", value, c->pool);
}

static const char *
check_scope(clean_t *c, const char *value)
{
    return one_of(" row col rowgroup colgroup ", value, c->pool);
}

static const char *
check_numbering(clean_t *c, const char *value)
{
    return one_of(" 1 a A i I ", value, c->pool);
}

static const char *
check_reversed(clean_t *c, const char *value)
{
    (void)c;
    (void)value;
    return "reversed";
}

/* A number of at most DIGITS digits; leading zeros go. */
static const char *
number(const char *value, apr_size_t digits)
{
    apr_size_t len;

    value += strspn(value, WHITE);
    len = strspn(value, "0123456789");
    if (len == 0 || value[len + strspn(value + len, WHITE)])
        return NULL;
    while (len > 1 && *value == '0') {
        value++;
        len--;
    }
    return len <= digits ? value : NULL;
}

static const char *
check_pixels(clean_t *c, const char *value)
{
    value = number(value, 5);
    return value ? apr_pstrmemdup(c->pool, value, strspn(value, "0123456789"))
                 : NULL;
}

static const char *
check_span(clean_t *c, const char *value)
{
    value = number(value, 3);
    if (!value || *value == '0' || (*value == '1' && strlen(value) == 1))
        return NULL;
    return apr_pstrmemdup(c->pool, value, strspn(value, "0123456789"));
}

static const char *
check_start(clean_t *c, const char *value)
{
    const char *digits = number(*value == '-' ? value + 1 : value, 6);

    if (!digits)
        return NULL;
    digits = apr_pstrmemdup(c->pool, digits, strspn(digits, "0123456789"));
    return *value == '-' ? apr_pstrcat(c->pool, "-", digits, NULL) : digits;
}

static const char *
check_datetime(clean_t *c, const char *value)
{
    gov_date_t date;
    apr_time_t time;

    value = gov_text_fold(value, c->pool);
    if (!gov_date_parse(&date, value, c->pool))
        return value;
    if (strlen(value) > 10 && value[10] == 'T' && !strchr(value, 'z')
        && !gov_time_parse(&time, value, c->pool))
        return value;
    return NULL;
}

/* Tokens; which of them name cells of the same table is seen later. */
static const char *
check_headers(clean_t *c, const char *value)
{
    char *rest = apr_pstrdup(c->pool, value), *word;
    gov_buf_t *out = gov_buf_create(32, c->pool);

    while ((word = strsep(&rest, WHITE)) != NULL) {
        const char *id = gov_markup__id(word, c->pool);

        if (id)
            gov_buf_printf(out, "%s%s", out->len ? " " : "", id);
    }
    return out->len ? out->data : NULL;
}

/* --- addresses ------------------------------------------------------------ */

/* The caller's answer is checked like the source's own. */
static const char *
resolve(address_t *kind, clean_t *c, const char *element, const char *value)
{
    const char *address = gov_markup__address(kind, value, c->pool);

    if (c->link && (*kind == ADDRESS_LOCAL || *kind == ADDRESS_WEB)) {
        address = c->link(c->baton, element, address, c->pool);
        if (!address)
            return NULL;
        address = gov_markup__address(kind, address, c->pool);
        if (*kind == ADDRESS_FRAGMENT)
            *kind = ADDRESS_BAD;
    }
    if (*kind == ADDRESS_BAD)
        return NULL;
    if (*kind == ADDRESS_FRAGMENT) {
        const char *id = gov_markup__id(address + 1, c->pool);

        return id ? apr_pstrcat(c->pool, "#", id, NULL) : NULL;
    }
    return gov_markup__address_encode(address, c->pool);
}

static const char *
check_src(clean_t *c, const char *value)
{
    address_t kind;
    const char *address = resolve(&kind, c, "img", value);

    return kind == ADDRESS_WEB || kind == ADDRESS_LOCAL ? address : NULL;
}

static const char *
check_source(clean_t *c, const char *value)
{
    address_t kind;
    const char *address = gov_markup__address(&kind, value, c->pool);

    return kind == ADDRESS_WEB || kind == ADDRESS_LOCAL
        ? gov_markup__address_encode(address, c->pool) : NULL;
}

static const char *
check_href(clean_t *c, const char *value)
{
    address_t kind;

    return resolve(&kind, c, "a", value);
}

/* --- which element has which ---------------------------------------------- */

static const struct {
    el_t el;                      /* EL_ROOT: all */
    const char *name;
    const char *(*check)(clean_t *c, const char *value);
} allowed[] = {
    { EL_ROOT, "id", check_id },
    { EL_ROOT, "lang", check_lang },
    { EL_ROOT, "dir", check_dir },
    { EL_A, "href", check_href },
    { EL_A, "title", check_plain },
    { EL_ABBR, "title", check_plain },
    { EL_IMG, "src", check_src },
    { EL_IMG, "alt", check_plain },
    { EL_IMG, "width", check_pixels },
    { EL_IMG, "height", check_pixels },
    { EL_TD, "colspan", check_span },
    { EL_TD, "rowspan", check_span },
    { EL_TD, "headers", check_headers },
    { EL_TH, "colspan", check_span },
    { EL_TH, "rowspan", check_span },
    { EL_TH, "headers", check_headers },
    { EL_TH, "scope", check_scope },
    { EL_OL, "start", check_start },
    { EL_OL, "reversed", check_reversed },
    { EL_OL, "type", check_numbering },
    { EL_TIME, "datetime", check_datetime },
    { EL_DEL, "datetime", check_datetime },
    { EL_INS, "datetime", check_datetime },
    { EL_DEL, "cite", check_source },
    { EL_INS, "cite", check_source },
    { EL_Q, "cite", check_source },
    { EL_BLOCKQUOTE, "cite", check_source },
};

static const char *
checked(clean_t *c, el_t el, const GumboAttribute *attr)
{
    apr_size_t i;

    for (i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
        if ((allowed[i].el == EL_ROOT || allowed[i].el == el)
            && !strcmp(allowed[i].name, attr->name))
            return allowed[i].check(c, gov_text_repair(attr->value,
                                                       strlen(attr->value),
                                                       c->pool));
    return NULL;
}

/* The list's own name, which outlives gumbo's. */
static const char *
own_name(const char *name)
{
    apr_size_t i;

    for (i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
        if (!strcmp(allowed[i].name, name))
            return allowed[i].name;
    return NULL;
}

/* --- class ---------------------------------------------------------------- */

static bool
may_align(el_t el)
{
    kind_t kind = gov_markup__kind(el);

    return el != EL_PRE && (kind == BOX || kind == PARAGRAPH || kind == LABEL);
}

/* "center" or "right", as HTML's align and CSS's text-align have it. */
static const char *
alignment(const char *value)
{
    value += strspn(value, WHITE);
    if (!strncasecmp(value, "center", 6))
        return "align-center";
    if (!strncasecmp(value, "right", 5))
        return "align-right";
    return NULL;
}

static const char *
style_alignment(const char *style)
{
    const char *p = style;

    for (;;) {
        p += strspn(p, WHITE ";");
        if (!*p)
            return NULL;
        if (!strncasecmp(p, "text-align", 10)
            && p[10 + strspn(p + 10, WHITE)] == ':')
            return alignment(p + 11 + strspn(p + 10, WHITE));
        p += strcspn(p, ";");
    }
}

static const char *
classes(clean_t *c, const char *value, const char *align)
{
    static const char known[] = " align-center align-right indent lead note ";
    char *rest = apr_pstrdup(c->pool, value), *word;
    gov_buf_t *out = gov_buf_create(32, c->pool);

    while ((word = strsep(&rest, WHITE)) != NULL) {
        const char *mark = apr_psprintf(c->pool, " %s ", word);

        if (*word && strstr(known, mark)
            && !strstr(apr_psprintf(c->pool, " %s ", out->data), mark))
            gov_buf_printf(out, "%s%s", out->len ? " " : "", word);
    }
    if (align && !strstr(out->data, "align-"))
        gov_buf_printf(out, "%s%s", out->len ? " " : "", align);
    return out->len ? out->data : NULL;
}

static const char *
value_of(const GumboElement *element, const char *name)
{
    const GumboAttribute *attr = gumbo_get_attribute(&element->attributes,
                                                     name);

    return attr ? attr->value : NULL;
}

/* What the source says of looks, as a class of ours. */
static const char *
look(bool *used_align, bool *used_style, clean_t *c, el_t el,
     const GumboElement *element)
{
    const char *align = value_of(element, "align");
    const char *style = value_of(element, "style");
    const char *value = value_of(element, "class");
    const char *found = NULL;

    *used_align = *used_style = false;
    if (may_align(el)) {
        if (style && (found = style_alignment(style)) != NULL)
            *used_style = true;
        else if (align && (found = alignment(align)) != NULL)
            *used_align = true;
        else if (element->tag == GUMBO_TAG_CENTER)
            found = "align-center";
    }
    return value || found ? classes(c, value ? value : "", found) : NULL;
}

/* --- all of them ---------------------------------------------------------- */

void
gov_markup__attrs(attrs_t *attrs, clean_t *c, el_t el,
                  const GumboElement *element)
{
    bool used_align, used_style;
    const char *class = look(&used_align, &used_style, c, el, element);
    const char *value;
    unsigned i;

    attrs->count = 0;
    if (class)
        gov_markup__set(attrs, "class", class);
    for (i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attr = element->attributes.data[i];
        const char *name = attr->name;

        value = checked(c, el, attr);
        if (value)
            gov_markup__set(attrs, own_name(name), value);
        else if (!(class && !strcmp(name, "class"))
                 && !(used_align && !strcmp(name, "align"))
                 && !(used_style && !strcmp(name, "style"))
                 && !(el == EL_A && (!strcmp(name, "rel")
                                     || !strcmp(name, "name")))
                 && !(el == EL_IMG && !strcmp(name, "alt")))
            c->dropped++;
    }
    if (el == EL_IMG && !gov_markup__attr(attrs, "alt"))
        gov_markup__set(attrs, "alt", "");
    if (el == EL_A) {
        /* how anchors were written before ids */
        value = value_of(element, "name");
        if (value && !gov_markup__attr(attrs, "id")
            && (value = check_id(c, value)) != NULL)
            gov_markup__set(attrs, "id", value);
        value = gov_markup__attr(attrs, "href");
        if (value && strstr(value, "://") && strncmp(value, "mailto:", 7)
            && !strchr("/#?", *value) && strncasecmp(value, "http", 4) == 0)
            gov_markup__set(attrs, "rel", "noopener noreferrer external");
    }
}
