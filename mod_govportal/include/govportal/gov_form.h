/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_form.h
 *  @brief Form intake: what people send, typed and checked.  Floor: security.
 *
 *  A form is declared as data.  gov_form_read() reads a body against it, strictly
 *  (application/x-www-form-urlencoded of the WHATWG URL standard, or
 *  multipart/form-data of RFC 7578, both in UTF-8), and finds all mistakes at
 *  once.  A mistake is a code, never words: catalogues have them, see
 *  gov_view_form() in gov_view.h.
 *
 *      static const gov_form_field_t fields[] = {
 *          { .name = "name", .kind = GOV_FORM_LINE, .required = true,
 *            .most = 50, .autocomplete = "name" },
 *          { .name = "about", .kind = GOV_FORM_TEXT, .required = true,
 *            .least = 10, .most = 2000 },
 *          { NULL }
 *      };
 *      static const gov_form_t form = { "letter", fields };
 */
#ifndef GOV_FORM_H
#define GOV_FORM_H

#include "gov_policy.h"
#include "gov_time.h"

/** Kinds of fields.  X(NAME, word).  Blanks at both ends go and line ends become
 *  LF everywhere but in passwords; kinds that are written in ASCII may be typed
 *  with full-width characters. */
#define GOV_FORM_KINDS(X)                                                     \
    X(LINE, "line")             /**< one line */                               \
    X(TEXT, "text")             /**< several lines */                          \
    X(EMAIL, "email")           /**< RFC 5321, in ASCII */                     \
    X(PHONE, "phone")           /**< 3 to 15 digits (E.164), perhaps with +;
                                     blanks, hyphens and brackets go */        \
    X(NUMBER, "number")         /**< whole, perhaps negative */                \
    X(DATE, "date")             /**< YYYY-MM-DD; / . and 年月日 will do */     \
    X(CHOICE, "choice")         /**< one of a list, or several */              \
    X(FLAG, "flag")             /**< a tick */                                 \
    X(PASSWORD, "password")     /**< as typed, and never shown again */        \
    X(ID_NUMBER, "id-number")   /**< citizen identity number, GB 11643-1999,
                                     with its check digit */                   \
    X(URL, "url")               /**< http or https */                          \
    X(FILE, "file")             /**< one file, or several */

typedef enum gov_form_kind_t {
#define GOV_FORM_KIND_ENUM(name, word) GOV_FORM_##name,
    GOV_FORM_KINDS(GOV_FORM_KIND_ENUM)
#undef GOV_FORM_KIND_ENUM
    GOV_FORM__COUNT
} gov_form_kind_t;

/** One of a list. */
typedef struct gov_form_choice_t {
    const char *value;
    const char *label;            /**< data such as a unit's name; NULL: the word
                                       form.FORM.FIELD.VALUE */
} gov_form_choice_t;

typedef struct gov_form_field_t {
    const char *name;             /**< small letters, digits, '-' */
    gov_form_kind_t kind;
    bool required;                /**< FLAG: must be ticked */
    bool multiple;                /**< CHOICE, FILE: several */
    /** Both 0: what the kind itself allows.  LINE to TEXT, PASSWORD, URL: in
     *  characters (most 0: 200, or 10000 of TEXT); NUMBER: the value; DATE:
     *  YYYYMMDD; CHOICE, FILE of several: how many (most 0: all, or 10 files). */
    apr_int64_t least, most;
    apr_int64_t bytes;            /**< FILE: most bytes of one; 0: the group's
                                       rule */
    const gov_form_choice_t *choices; /**< CHOICE: up to one with value NULL */
    const char *autocomplete;     /**< HTML's word for what browsers may fill in
                                       ("name", "tel", "current-password"), or
                                       NULL */
    const char *label;            /**< data such as the label of a type's field;
                                       NULL: the word form.FORM.FIELD */
} gov_form_field_t;

typedef struct gov_form_t {
    const char *name;             /**< as a field's */
    const gov_form_field_t *fields; /**< up to one with name NULL */
} gov_form_t;

/** Up to *@a len bytes of a body to @a buf; *@a len is then how many, 0 at the
 *  end. */
typedef gov_err_t *(*gov_read_fn)(void *baton, char *buf, apr_size_t *len);

/** A body that nobody has read yet. */
typedef struct gov_body_t {
    const char *content_type;     /**< header as sent, or NULL */
    apr_int64_t length;           /**< bytes as declared; -1: not said */
    gov_read_fn read;             /**< NULL: there is no body */
    void *baton;
} gov_body_t;

/** What is refused unread, or at once. */
typedef struct gov_form_limits_t {
    apr_int64_t body;             /**< bytes of all */
    apr_int64_t file;             /**< bytes of one file */
    apr_size_t field;             /**< bytes of one value that is no file */
    int parts;                    /**< values and files */
} gov_form_limits_t;

/** What a form needs under the group's rules: room for its longest texts and its
 *  files, and 1 MB so that what is a little too long can be told so.
 *  @param policy  NULL: the defaults */
GOV_API gov_form_limits_t gov_form_limits(const gov_form_t *form,
                                          const gov_policy_t *policy);

/** What a mistake can be.  X(code), its words are form.mistake.CODE; detail: what
 *  {1} in the words is.  Callers add their own, see gov_intake_mistake(). */
#define GOV_FORM_MISTAKES(X)                                                  \
    X("missing")                                                              \
    X("too-short")              /**< detail: least characters */               \
    X("too-long")               /**< detail: most characters */                \
    X("not-a-number")                                                         \
    X("too-small")              /**< detail: the least value */                \
    X("too-large")              /**< detail: the greatest value */             \
    X("not-a-date")                                                           \
    X("too-early")              /**< detail: the first day */                  \
    X("too-late")               /**< detail: the last day */                   \
    X("not-an-email")                                                         \
    X("not-a-phone")                                                          \
    X("not-an-id-number")                                                     \
    X("not-a-url")                                                            \
    X("not-a-choice")                                                         \
    X("too-few")                /**< detail: least count */                    \
    X("too-many")               /**< detail: greatest count */                 \
    X("file-too-large")         /**< detail: megabytes */                      \
    X("file-empty")

typedef struct gov_mistake_t {
    const char *field;            /**< its name; "": of the whole form */
    const char *code;
    const char *detail;           /**< or NULL */
} gov_mistake_t;

/** A file that came along.  It is removed with the intake's pool. */
typedef struct gov_intake_file_t {
    const char *path;             /**< mode 0600 */
    const char *name;             /**< as its sender calls it, without folders */
    apr_int64_t size;
    const char *digest;           /**< SHA-256, 64 hex digits */
} gov_intake_file_t;

typedef struct gov_intake_t gov_intake_t;

/** @param dir  for temporary files
 *  @return  INVALID    the body is no such form: another type or charset, a broken
 *                      or short body, one value where the form has none or two
 *                      where it has one (the error names the field)
 *           TOO_LARGE  one of @a limits; nothing more is read
 *           UNAVAILABLE  no room for temporary files, and what @a body->read says
 *  Mistakes of the values are no errors: ask gov_intake_ok(). */
GOV_API gov_err_t *gov_form_read(gov_intake_t **intake, const gov_form_t *form,
                                 const gov_body_t *body,
                                 const gov_form_limits_t *limits,
                                 const char *dir, apr_pool_t *pool);
/** A form nobody has filled in yet, for showing it the first time; without
 *  mistakes. */
GOV_API gov_intake_t *gov_intake_blank(const gov_form_t *form,
                                       apr_pool_t *pool);
/** What a field shows; for CHOICE and FLAG: chosen as well.  Adds a value where
 *  there are several. */
GOV_API void gov_intake_set(gov_intake_t *intake, const char *field,
                            const char *value);
/** A further mistake ("taken", "wrong-password"): its words are
 *  form.FORM.FIELD.CODE or form.mistake.CODE.  @a field "": of the whole form. */
GOV_API void gov_intake_mistake(gov_intake_t *intake, const char *field,
                                const char *code, const char *detail);

GOV_API bool gov_intake_ok(const gov_intake_t *intake);
/** gov_mistake_t, in the order of the form's fields, those of the whole form
 *  last. */
GOV_API apr_array_header_t *gov_intake_mistakes(const gov_intake_t *intake,
                                                apr_pool_t *pool);
GOV_API const gov_form_t *gov_intake_form(const gov_intake_t *intake);

/* Values.  The field must be one of the form's, of a fitting kind: anything else
 * is a programming mistake.  NULL or false: left empty, or wrong. */

/** LINE TEXT EMAIL PHONE PASSWORD ID_NUMBER URL, and CHOICE of one. */
GOV_API const char *gov_intake_text(const gov_intake_t *intake,
                                    const char *field);
GOV_API bool gov_intake_number(apr_int64_t *number, const gov_intake_t *intake,
                               const char *field);
GOV_API bool gov_intake_date(gov_date_t *date, const gov_intake_t *intake,
                             const char *field);
GOV_API bool gov_intake_flag(const gov_intake_t *intake, const char *field);
/** const char *, those chosen; never NULL. */
GOV_API const apr_array_header_t *gov_intake_choices(const gov_intake_t *intake,
                                                     const char *field);
/** gov_intake_file_t; never NULL. */
GOV_API const apr_array_header_t *gov_intake_files(const gov_intake_t *intake,
                                                   const char *field);
/** The first of them, or NULL. */
GOV_API const gov_intake_file_t *gov_intake_file(const gov_intake_t *intake,
                                                 const char *field);
/** A value by its name, also one that is no field of the form, such as "_key":
 *  valid text as it came, or NULL.  Names that begin with '_' come once. */
GOV_API const char *gov_intake_raw(const gov_intake_t *intake,
                                   const char *name);

/** What to show in the field again: as typed, even if wrong; NULL: nothing, as for
 *  every password and file. */
GOV_API const char *gov_intake_shown(const gov_intake_t *intake,
                                     const char *field);
/** Was @a value chosen, or the flag (@a value NULL) ticked? */
GOV_API bool gov_intake_chosen(const gov_intake_t *intake, const char *field,
                               const char *value);

/** "line", "text" … */
GOV_API const char *gov_form_kind_word(gov_form_kind_t kind);
/** NULL: the form has none of that name. */
GOV_API const gov_form_field_t *gov_form_field(const gov_form_t *form,
                                               const char *name);
/** Most characters the field takes; 0 for kinds that are not measured so. */
GOV_API apr_int64_t gov_form_most(const gov_form_field_t *field);

#endif
