/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* upload_pdf.c -- PDF without its author, and none that acts (ISO 32000-1). */

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "gov_text.h"
#include "upload_priv.h"

#define MAX_OBJECTS (1000 * 1000)
#define MAX_DEPTH 50              /* of direct objects in each other */

typedef struct pdf_t {
    qpdf_data q;
    bool sealed;                  /* somebody signed it */
    int removed;
    gov_err_t *refused;
    apr_pool_t *pool;
} pdf_t;

static apr_status_t
close_pdf(void *pdf)
{
    qpdf_cleanup(&((pdf_t *)pdf)->q);
    return APR_SUCCESS;
}

static bool
name_is(const pdf_t *pdf, qpdf_oh dict, const char *key, const char *names)
{
    qpdf_oh value = qpdf_oh_get_key(pdf->q, dict, key);

    return qpdf_oh_is_name(pdf->q, value)
        && gov_text_has_word(names, qpdf_oh_get_name(pdf->q, value));
}

/* What acts when it is opened or clicked, and what is carried inside.  A jump to a
   place and a link are no such thing. */
static void
check_dict(pdf_t *pdf, qpdf_oh dict)
{
    static const char *const keys[] = {
        "/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/RichMedia",
        "/XFA", NULL
    };
    const char *found = NULL;
    int i;

    for (i = 0; keys[i] && !found; i++)
        if (qpdf_oh_has_key(pdf->q, dict, keys[i]))
            found = keys[i];
    if (!found && name_is(pdf, dict, "/S", "/JavaScript /Launch /SubmitForm "
                          "/ImportData /Rendition /GoToE /Movie /Sound"))
        found = "an action";
    if (!found && name_is(pdf, dict, "/Subtype", "/RichMedia /Movie /Sound "
                          "/Screen /3D /FileAttachment"))
        found = "a medium or file inside";
    if (found && !pdf->refused)
        pdf->refused = gov_upload__refuse("file-active", pdf->pool, "%s",
                                          found);
    if (name_is(pdf, dict, "/Type", "/Sig /DocTimeStamp")
        && qpdf_oh_has_key(pdf->q, dict, "/ByteRange"))
        pdf->sealed = true;
}

static void
forget(pdf_t *pdf, qpdf_oh dict, const char *key)
{
    if (qpdf_oh_has_key(pdf->q, dict, key)) {
        qpdf_oh_remove_key(pdf->q, dict, key);
        pdf->removed++;
    }
}

/* Indirect objects are visited by their numbers, so only direct ones are followed
   from here. */
static void
visit(pdf_t *pdf, qpdf_oh object, int depth)
{
    apr_array_header_t *keys;
    int i, count;

    if (depth > MAX_DEPTH || pdf->refused)
        return;
    if (qpdf_oh_is_array(pdf->q, object)) {
        count = qpdf_oh_get_array_n_items(pdf->q, object);
        for (i = 0; i < count; i++) {
            qpdf_oh item = qpdf_oh_get_array_item(pdf->q, object, i);

            if (!qpdf_oh_is_indirect(pdf->q, item)
                && !qpdf_oh_is_scalar(pdf->q, item))
                visit(pdf, item, depth + 1);
            qpdf_oh_release(pdf->q, item);
        }
        return;
    }
    if (qpdf_oh_is_stream(pdf->q, object))
        object = qpdf_oh_get_dict(pdf->q, object);
    if (!qpdf_oh_is_dictionary(pdf->q, object))
        return;
    check_dict(pdf, object);
    keys = apr_array_make(pdf->pool, 8, sizeof(const char *));
    qpdf_oh_begin_dict_key_iter(pdf->q, object);
    while (qpdf_oh_dict_more_keys(pdf->q))
        APR_ARRAY_PUSH(keys, const char *) =
            apr_pstrdup(pdf->pool, qpdf_oh_dict_next_key(pdf->q));
    for (i = 0; i < keys->nelts; i++) {
        qpdf_oh value = qpdf_oh_get_key(
            pdf->q, object, APR_ARRAY_IDX(keys, i, const char *));

        if (!qpdf_oh_is_indirect(pdf->q, value)
            && !qpdf_oh_is_scalar(pdf->q, value))
            visit(pdf, value, depth + 1);
        qpdf_oh_release(pdf->q, value);
    }
}

static gov_err_t *
visit_all(pdf_t *pdf, bool forgetting)
{
    qpdf_oh trailer = qpdf_get_trailer(pdf->q);
    long long size = qpdf_oh_get_int_value(
        pdf->q, qpdf_oh_get_key(pdf->q, trailer, "/Size"));
    apr_pool_t *pool = pdf->pool, *iterpool;
    int id;

    if (size < 2 || size > MAX_OBJECTS)
        return gov_upload__refuse("file-damaged", pool, "%lld objects", size);
    apr_pool_create(&iterpool, pool);
    for (id = 1; id < (int)size && !pdf->refused; id++) {
        qpdf_oh object = qpdf_get_object_by_id(pdf->q, id, 0);

        apr_pool_clear(iterpool);
        pdf->pool = iterpool;
        if (!forgetting)
            visit(pdf, object, 0);
        else {
            qpdf_oh dict = qpdf_oh_is_stream(pdf->q, object)
                ? qpdf_oh_get_dict(pdf->q, object) : object;

            /* XMP of the document or of a picture in it; private data of the
               programs that made it */
            if (qpdf_oh_is_dictionary(pdf->q, dict)) {
                forget(pdf, dict, "/Metadata");
                forget(pdf, dict, "/PieceInfo");
            }
        }
        qpdf_oh_release(pdf->q, object);
    }
    pdf->pool = pool;
    if (pdf->refused)
        pdf->refused = gov_err_dup(pdf->refused, pool);
    apr_pool_destroy(iterpool);
    return pdf->refused;
}

/* Of the information dictionary only the title stays: PDF/UA asks for it. */
static void
forget_info(pdf_t *pdf)
{
    qpdf_oh trailer = qpdf_get_trailer(pdf->q);
    qpdf_oh info = qpdf_oh_get_key(pdf->q, trailer, "/Info"), title, fresh;
    bool more = false;

    if (!qpdf_oh_is_dictionary(pdf->q, info)) {
        forget(pdf, trailer, "/Info");
        return;
    }
    qpdf_oh_begin_dict_key_iter(pdf->q, info);
    while (qpdf_oh_dict_more_keys(pdf->q))
        more |= strcmp(qpdf_oh_dict_next_key(pdf->q), "/Title") != 0;
    if (!more)
        return;
    title = qpdf_oh_get_key(pdf->q, info, "/Title");
    fresh = qpdf_oh_new_dictionary(pdf->q);
    if (qpdf_oh_is_string(pdf->q, title))
        qpdf_oh_replace_key(pdf->q, fresh, "/Title", title);
    qpdf_oh_replace_key(pdf->q, trailer, "/Info", fresh);
    pdf->removed++;
}

/* libqpdf calls a number out of range a failure of the system, too; only when it
   writes may it be one. */
static gov_err_t *
failed(pdf_t *pdf, bool writing)
{
    qpdf_error e = qpdf_get_error(pdf->q);

    if (qpdf_get_error_code(pdf->q, e) == qpdf_e_password)
        return gov_upload__refuse("file-encrypted", pdf->pool, "a password");
    if (writing && qpdf_get_error_code(pdf->q, e) == qpdf_e_system)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pdf->pool, "%s",
                       qpdf_get_error_full_text(pdf->q, e));
    return gov_upload__refuse("file-damaged", pdf->pool, "%.200s",
                              qpdf_get_error_message_detail(pdf->q, e));
}

static gov_err_t *
write_pdf(pdf_t *pdf, const char *target)
{
    if (qpdf_init_write(pdf->q, target) & QPDF_ERRORS)
        return failed(pdf, true);
    qpdf_set_deterministic_ID(pdf->q, QPDF_TRUE);
    qpdf_set_stream_data_mode(pdf->q, qpdf_s_preserve);
    return qpdf_write(pdf->q) & QPDF_ERRORS ? failed(pdf, true) : NULL;
}

gov_err_t *
gov_upload__clean_pdf(cleaning_t *c)
{
    pdf_t *pdf = apr_pcalloc(c->pool, sizeof(*pdf));

    pdf->pool = c->pool;
    pdf->q = qpdf_init();
    apr_pool_cleanup_register(c->pool, pdf, close_pdf, apr_pool_cleanup_null);
    qpdf_silence_errors(pdf->q);
    qpdf_set_suppress_warnings(pdf->q, QPDF_TRUE);
    if (qpdf_read(pdf->q, c->source, "") & QPDF_ERRORS)
        return failed(pdf, false);
    if (qpdf_is_encrypted(pdf->q))
        return gov_upload__refuse("file-encrypted", c->pool, "encrypted");
    GOV_TRY(visit_all(pdf, false));
    if (pdf->sealed) {
        c->uncleaned = true;
        return NULL;
    }
    GOV_TRY(visit_all(pdf, true));
    forget_info(pdf);
    if (qpdf_has_error(pdf->q))
        return failed(pdf, false);
    c->removed = pdf->removed;
    return c->removed ? write_pdf(pdf, c->target) : NULL;
}
