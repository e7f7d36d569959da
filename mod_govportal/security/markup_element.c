/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_element.c -- the allow-list of elements. */

#include <string.h>

#include "markup_priv.h"

static const kind_t kinds[EL__COUNT] = {
    [EL_ROOT] = ROOT,
    [EL_TEXT] = TEXT,
#define EL_KIND(name, kind) [EL_##name] = kind,
    ELEMENTS(EL_KIND)
#undef EL_KIND
};

/* gumbo's tag -> what it becomes; all others are unwrapped.  Blocks without a
   meaning that matters inside a document become div, so that their texts do not
   run together. */
static const unsigned char treatment[GUMBO_TAG_LAST + 1] = {
#define EL_SAME(name, kind) [GUMBO_TAG_##name] = EL_##name,
    ELEMENTS(EL_SAME)
#undef EL_SAME
    [GUMBO_TAG_ARTICLE] = EL_DIV, [GUMBO_TAG_ASIDE] = EL_DIV,
    [GUMBO_TAG_HEADER] = EL_DIV, [GUMBO_TAG_FOOTER] = EL_DIV,
    [GUMBO_TAG_MAIN] = EL_DIV, [GUMBO_TAG_NAV] = EL_DIV,
    [GUMBO_TAG_ADDRESS] = EL_DIV, [GUMBO_TAG_HGROUP] = EL_DIV,
    [GUMBO_TAG_CENTER] = EL_DIV, [GUMBO_TAG_FIELDSET] = EL_DIV,
    [GUMBO_TAG_LEGEND] = EL_DIV, [GUMBO_TAG_FORM] = EL_DIV,
    [GUMBO_TAG_DIR] = EL_UL, [GUMBO_TAG_MENU] = EL_UL,
    [GUMBO_TAG_XMP] = EL_PRE, [GUMBO_TAG_LISTING] = EL_PRE,
    [GUMBO_TAG_PLAINTEXT] = EL_PRE, [GUMBO_TAG_STRIKE] = EL_S,
    [GUMBO_TAG_TT] = EL_CODE, [GUMBO_TAG_KBD] = EL_CODE,
    [GUMBO_TAG_SAMP] = EL_CODE, [GUMBO_TAG_VAR] = EL_I,
    [GUMBO_TAG_DFN] = EL_I, [GUMBO_TAG_ACRONYM] = EL_ABBR,

    [GUMBO_TAG_SCRIPT] = EL_DROP, [GUMBO_TAG_STYLE] = EL_DROP,
    [GUMBO_TAG_TEMPLATE] = EL_DROP, [GUMBO_TAG_NOSCRIPT] = EL_DROP,
    [GUMBO_TAG_NOEMBED] = EL_DROP, [GUMBO_TAG_NOFRAMES] = EL_DROP,
    [GUMBO_TAG_IFRAME] = EL_DROP, [GUMBO_TAG_FRAME] = EL_DROP,
    [GUMBO_TAG_FRAMESET] = EL_DROP, [GUMBO_TAG_OBJECT] = EL_DROP,
    [GUMBO_TAG_EMBED] = EL_DROP, [GUMBO_TAG_APPLET] = EL_DROP,
    [GUMBO_TAG_PARAM] = EL_DROP, [GUMBO_TAG_SVG] = EL_DROP,
    [GUMBO_TAG_MATH] = EL_DROP, [GUMBO_TAG_CANVAS] = EL_DROP,
    [GUMBO_TAG_AUDIO] = EL_DROP, [GUMBO_TAG_VIDEO] = EL_DROP,
    [GUMBO_TAG_SOURCE] = EL_DROP, [GUMBO_TAG_TRACK] = EL_DROP,
    [GUMBO_TAG_MAP] = EL_DROP, [GUMBO_TAG_AREA] = EL_DROP,
    [GUMBO_TAG_INPUT] = EL_DROP, [GUMBO_TAG_SELECT] = EL_DROP,
    [GUMBO_TAG_OPTION] = EL_DROP, [GUMBO_TAG_OPTGROUP] = EL_DROP,
    [GUMBO_TAG_DATALIST] = EL_DROP, [GUMBO_TAG_TEXTAREA] = EL_DROP,
    [GUMBO_TAG_BUTTON] = EL_DROP, [GUMBO_TAG_ISINDEX] = EL_DROP,
    [GUMBO_TAG_TITLE] = EL_DROP, [GUMBO_TAG_META] = EL_DROP,
    [GUMBO_TAG_LINK] = EL_DROP, [GUMBO_TAG_BASE] = EL_DROP,
    [GUMBO_TAG_HEAD] = EL_DROP, [GUMBO_TAG_BGSOUND] = EL_DROP,
    [GUMBO_TAG_COL] = EL_DROP, [GUMBO_TAG_COLGROUP] = EL_DROP,
};

const char *
gov_markup__name(el_t el)
{
#define EL_TAG(name, kind) [EL_##name] = GUMBO_TAG_##name,
    static const GumboTag tags[EL__COUNT] = { ELEMENTS(EL_TAG) };
#undef EL_TAG

    return gumbo_normalized_tagname(tags[el]);
}

kind_t
gov_markup__kind(el_t el)
{
    return kinds[el];
}

/* Office programs paste "data islands": settings in an element of that name. */
static bool
is_island(const GumboElement *element)
{
    GumboStringPiece name = element->original_tag;

    gumbo_tag_from_original_text(&name);
    return name.length == 3 && !strncasecmp(name.data, "xml", 3);
}

el_t
gov_markup__element(const GumboElement *element)
{
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML)
        return EL_DROP;
    if (element->tag == GUMBO_TAG_UNKNOWN && is_island(element))
        return EL_DROP;
    return treatment[element->tag] ? treatment[element->tag] : EL_UNWRAP;
}
