/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_priv.h -- what the files of the markup cleaner share.
 *
 * parse -> walk (markup.c) -> build (markup_tree.c) -> settle -> write
 */
#ifndef GOV_MARKUP_PRIV_H
#define GOV_MARKUP_PRIV_H

#include <gumbo.h>

#include "gov_markup.h"
#include "gov_text.h"

#define MAX_MARKUP (4 * 1024 * 1024)
#define MAX_DEPTH 200             /* of what is written */
#define MAX_SOURCE_DEPTH 1000     /* of what is read; most of it is unwrapped */

/* --- elements (markup_element.c) --- */

/* How an element holds others. */
typedef enum kind_t {
    ROOT,
    BOX,                          /* blocks and text */
    PARAGRAPH,                    /* text; a block ends it */
    LABEL,                        /* text; a block in it is unwrapped */
    LIST, PAIRS, TABLE, ROWS, ROW, /* only their own parts */
    RULE,                         /* an empty block */
    INLINE,
    LEAF,                         /* an empty inline element */
    TEXT
} kind_t;

/* X(NAME, kind): what may be written, and nothing else. */
#define ELEMENTS(X)                                                           \
    X(DIV, BOX) X(SECTION, BOX) X(BLOCKQUOTE, BOX) X(LI, BOX) X(DD, BOX)      \
    X(TD, BOX) X(TH, BOX) X(FIGURE, BOX) X(FIGCAPTION, BOX) X(DETAILS, BOX)   \
    X(P, PARAGRAPH)                                                           \
    X(H1, LABEL) X(H2, LABEL) X(H3, LABEL) X(H4, LABEL) X(H5, LABEL)          \
    X(H6, LABEL) X(PRE, LABEL) X(DT, LABEL) X(SUMMARY, LABEL)                 \
    X(CAPTION, LABEL)                                                         \
    X(UL, LIST) X(OL, LIST) X(DL, PAIRS) X(TABLE, TABLE) X(THEAD, ROWS)       \
    X(TBODY, ROWS) X(TFOOT, ROWS) X(TR, ROW) X(HR, RULE)                      \
    X(A, INLINE) X(ABBR, INLINE) X(B, INLINE) X(CITE, INLINE)                 \
    X(CODE, INLINE) X(DEL, INLINE) X(EM, INLINE) X(I, INLINE)                 \
    X(INS, INLINE) X(MARK, INLINE) X(Q, INLINE) X(RP, INLINE) X(RT, INLINE)   \
    X(RUBY, INLINE) X(S, INLINE) X(SMALL, INLINE) X(SPAN, INLINE)             \
    X(STRONG, INLINE) X(SUB, INLINE) X(SUP, INLINE) X(TIME, INLINE)           \
    X(U, INLINE)                                                              \
    X(BR, LEAF) X(IMG, LEAF)

typedef enum el_t {
    EL_ROOT,
    EL_TEXT,
#define EL_ENUM(name, kind) EL_##name,
    ELEMENTS(EL_ENUM)
#undef EL_ENUM
    EL__COUNT,
    EL_UNWRAP = EL__COUNT,        /* only its contents are kept */
    EL_DROP                       /* nothing of it is kept */
} el_t;

/* "h2" */
const char *gov_markup__name(el_t el);
kind_t gov_markup__kind(el_t el);
/* What becomes of an element of the source. */
el_t gov_markup__element(const GumboElement *element);

static inline bool
gov_markup__is_heading(el_t el)
{
    return el >= EL_H1 && el <= EL_H6;
}

/* --- attributes (markup_attr.c) --- */

typedef struct attr_t {
    const char *name;
    const char *value;
} attr_t;

typedef struct attrs_t {
    int count;
    attr_t list[10];              /* no element may have more */
} attrs_t;

typedef struct clean_t {
    gov_markup_link_t link;
    void *baton;
    apr_hash_t *ids;              /* seen so far */
    int dropped;
    apr_pool_t *pool;
} clean_t;

/* The attributes that ELEMENT may keep, as EL. */
void gov_markup__attrs(attrs_t *attrs, clean_t *c, el_t el,
                       const GumboElement *element);
const char *gov_markup__attr(const attrs_t *attrs, const char *name);
void gov_markup__set(attrs_t *attrs, const char *name, const char *value);
void gov_markup__unset(attrs_t *attrs, const char *name);

/* --- addresses (markup_address.c) --- */

typedef enum address_t {
    ADDRESS_BAD,
    ADDRESS_FRAGMENT,             /* "#x" */
    ADDRESS_LOCAL,                /* relative to this page or site */
    ADDRESS_WEB,                  /* http, https */
    ADDRESS_OTHER                 /* mailto, tel */
} address_t;

/* The address a browser would make of VALUE, without blanks around, tabs and
   line ends within and backslashes; what kind it is by *KIND. */
const char *gov_markup__address(address_t *kind, const char *value,
                                apr_pool_t *pool);
/* ADDRESS with what may not stand in one percent-encoded. */
const char *gov_markup__address_encode(const char *address, apr_pool_t *pool);
/* The id that is written for ID, "c-" before it so that it is none of the
   page's own; NULL if it cannot be one. */
const char *gov_markup__id(const char *id, apr_pool_t *pool);

/* --- the tree (markup_tree.c) --- */

typedef struct node_t node_t;
struct node_t {
    el_t el;
    node_t *parent, *prev, *next, *first, *last;
    const attrs_t *attrs;         /* NULL: none */
    const char *text;             /* EL_TEXT */
    apr_size_t len;
    int depth;
    bool implied;                 /* nobody wrote its tag */
};

typedef struct tree_t tree_t;

tree_t *gov_markup__tree(apr_size_t source_len, apr_pool_t *pool);
/* A block begins; returns NULL if it is unwrapped where it stands.  Its end is
   told by gov_markup__close() in either case. */
node_t *gov_markup__open(tree_t *t, el_t el, const attrs_t *attrs);
void gov_markup__close(tree_t *t, node_t *node);
/* An inline element begins; false if it is unwrapped (then it is not closed). */
bool gov_markup__begin(tree_t *t, el_t el, const attrs_t *attrs);
void gov_markup__end(tree_t *t);
void gov_markup__text(tree_t *t, const char *text, apr_size_t len);
void gov_markup__leaf(tree_t *t, el_t el, const attrs_t *attrs);
/* It grew too deep or too large: stop building. */
bool gov_markup__failed(const tree_t *t);
/* Closes everything; returns the root. */
node_t *gov_markup__finish(tree_t *t);

void gov_markup__append(node_t *parent, node_t *node);
void gov_markup__put_before(node_t *place, node_t *node);
void gov_markup__remove(node_t *node);
/* Puts the children of NODE in its place. */
void gov_markup__unwrap(node_t *node);
bool gov_markup__is_blank(const char *text, apr_size_t len);

/* --- after building (markup_settle.c, markup_table.c) --- */

void gov_markup__settle(node_t *root, int top_heading, apr_pool_t *pool);
/* Caption first, then head, bodies, foot; every row and column of the grid has
   a cell that begins there, no cell reaches into another.  Removes a table
   without cells. */
void gov_markup__settle_table(node_t *table, apr_pool_t *pool);

/* --- output (markup_write.c) --- */

void gov_markup__write(gov_buf_t *out, const node_t *root);
void gov_markup__write_text(gov_buf_t *out, const node_t *root);

/* --- gumbo (markup_parse.c) --- */

/* Parse a whole document, or the contents of a body.  The tree lives in POOL
   and points into HTML.  INVALID if it takes far more memory or time than
   its size explains. */
gov_err_t *gov_markup__parse(const GumboOutput **output, const char *html,
                             apr_size_t len, bool whole, apr_pool_t *pool);

#endif
